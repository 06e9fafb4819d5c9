import { get as getEncryptionConfig } from "./encryptionConfig/get.js";
import { update as updateEncryptionConfig } from "./encryptionConfig/update.js";
import { get as getJob } from "./jobs/get.js";
import { list as listJobs } from "./jobs/list.js";
import { operationStatuses } from "./operationStatus.js";
import { createOrUpdate as putPolicy } from "./policies/createOrUpdate.js";
import { remove as deletePolicy } from "./policies/delete.js";
import { get as getPolicy } from "./policies/get.js";
import { list as listPolicies } from "./policies/list.js";
import { remove as deleteConnection } from "./privateEndpointConnections/delete.js";
import { get as getConnection } from "./privateEndpointConnections/get.js";
import { backup } from "./protectedItems/backup.js";
import { createOrUpdate as protect } from "./protectedItems/createOrUpdate.js";
import { remove as deleteItem } from "./protectedItems/delete.js";
import { get as getItem } from "./protectedItems/get.js";
import { list as listItems } from "./protectedItems/list.js";
import { get as getContainer } from "./protectionContainers/get.js";
import { list as listContainers } from "./protectionContainers/list.js";
import { listDeleted as listDeletedContainers } from "./protectionContainers/listDeleted.js";
import { refresh } from "./protectionContainers/refresh.js";
import { register } from "./protectionContainers/register.js";
import { unregister } from "./protectionContainers/unregister.js";
import { remove as deleteProxy } from "./resourceGuardProxies/delete.js";
import { get as getProxy } from "./resourceGuardProxies/get.js";
import { list as listProxies } from "./resourceGuardProxies/list.js";
import { put as putProxy } from "./resourceGuardProxies/put.js";
import { unlockDelete } from "./resourceGuardProxies/unlockDelete.js";
import { get as getStorageConfig } from "./storageConfig/get.js";
import { patch as patchStorageConfig, update as putStorageConfig } from "./storageConfig/update.js";
import { listUsageSummaries } from "./usageSummaries.js";
import { get as getVaultConfig } from "./vaultConfig/get.js";
import { update as patchVaultConfig, put as putVaultConfig } from "./vaultConfig/update.js";

/** What a Recovery Services vault holds: the API that Microsoft calls RecoveryServicesBackup. */
export const recoveryServicesBackup = [
  getStorageConfig,
  putStorageConfig,
  patchStorageConfig,
  getVaultConfig,
  putVaultConfig,
  patchVaultConfig,
  getEncryptionConfig,
  updateEncryptionConfig,
  listProxies,
  getProxy,
  putProxy,
  deleteProxy,
  unlockDelete,
  listPolicies,
  getPolicy,
  putPolicy,
  deletePolicy,
  listContainers,
  listDeletedContainers,
  getContainer,
  register,
  unregister,
  refresh,
  listItems,
  getItem,
  protect,
  backup,
  deleteItem,
  listJobs,
  getJob,
  getConnection,
  deleteConnection,
  ...operationStatuses,
  listUsageSummaries,
];
