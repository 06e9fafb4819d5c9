import { createOrUpdate } from "./createOrUpdate.js";
import { remove } from "./delete.js";
import { get } from "./get.js";
import { list } from "./list.js";
import { resumeBackups } from "./resumeBackups.js";
import { resumeProtection } from "./resumeProtection.js";
import { stopProtection } from "./stopProtection.js";
import { suspendBackups } from "./suspendBackups.js";
import { validateForBackup } from "./validateForBackup.js";

export const backupInstances = [
  get,
  list,
  createOrUpdate,
  remove,
  stopProtection,
  resumeProtection,
  suspendBackups,
  resumeBackups,
  validateForBackup,
];
