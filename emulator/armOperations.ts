import { createOrUpdate } from "./dataProtection/backupVaults/createOrUpdate.js";
import { remove } from "./dataProtection/backupVaults/delete.js";
import { get } from "./dataProtection/backupVaults/get.js";
import { listInResourceGroup, listInSubscription } from "./dataProtection/backupVaults/lists.js";
import { update } from "./dataProtection/backupVaults/update.js";
import * as operationStatus from "./dataProtection/operationStatus/get.js";
import * as operationResults from "./dataProtection/operationStatus/results.js";
import type { Operation } from "./http/operation.js";
import { operationResults as groupResults } from "./resourceManager/operationResults.js";
import { getProvider, listProviders, registerProvider } from "./resourceManager/providers.js";
import { checkExistence } from "./resourceManager/resourceGroups/checkExistence.js";
import * as groupPut from "./resourceManager/resourceGroups/createOrUpdate.js";
import * as groupDelete from "./resourceManager/resourceGroups/delete.js";
import * as groupGet from "./resourceManager/resourceGroups/get.js";
import { list as listGroups } from "./resourceManager/resourceGroups/list.js";
import { listResources } from "./resourceManager/resourceGroups/listResources.js";
import { getSubscription, listSubscriptions, listTenants } from "./resourceManager/subscriptions.js";

/** Everything that needs a token of Resource Manager. */
export const armOperations: readonly Operation[] = [
  listSubscriptions,
  getSubscription,
  listTenants,
  listProviders,
  getProvider,
  registerProvider,
  groupPut.createOrUpdate,
  groupGet.get,
  checkExistence,
  listGroups,
  listResources,
  groupDelete.remove,
  groupResults,
  get,
  createOrUpdate,
  update,
  remove,
  listInSubscription,
  listInResourceGroup,
  operationStatus.getBelowVault,
  operationStatus.getBelowGroup,
  operationStatus.getBelowSubscription,
  operationResults.getBelowVault,
  operationResults.getBelowSubscription,
];
