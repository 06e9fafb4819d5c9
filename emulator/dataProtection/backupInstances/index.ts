import { adhocBackup } from "./adhocBackup.js";
import { createOrUpdate } from "./createOrUpdate.js";
import { remove } from "./delete.js";
import { get } from "./get.js";
import { list } from "./list.js";
import { listForDataSource } from "./listForDataSource.js";
import { operationResult } from "./operationResult.js";
import { resumeBackups } from "./resumeBackups.js";
import { resumeProtection } from "./resumeProtection.js";
import { stopProtection } from "./stopProtection.js";
import { suspendBackups } from "./suspendBackups.js";
import { sync } from "./sync.js";
import { validateForBackup } from "./validateForBackup.js";
import { validateForModifyBackup } from "./validateForModifyBackup.js";
import { validateForRestore } from "./validateForRestore.js";

export const backupInstances = [
  get,
  list,
  listForDataSource,
  createOrUpdate,
  remove,
  stopProtection,
  resumeProtection,
  suspendBackups,
  resumeBackups,
  sync,
  adhocBackup,
  validateForBackup,
  validateForModifyBackup,
  validateForRestore,
  operationResult,
];
