import { type FilterFields, filterOf, page } from "../arm/list.js";
import { noContent, ok, operation } from "../arm/operation.js";
import { refuseGuardedDeletion } from "../recoveryServices/resourceGuardRules.js";
import { requireVault, vaultPath } from "../recoveryServices/vaultPath.js";
import { vaultSettings } from "../recoveryServices/vaultSettings.js";
import type { ArmResource, RecoveryServicesVaultRecord } from "../state/records.js";
import { beginBelow, beginBelowVault } from "./backupOperations.js";
import { beginJob } from "./jobs.js";
import { operationDenied } from "./policies.js";
import { itemKey, itemPath, kindOf, refuseSoftDeleted, requireItem } from "./protectedItem.js";
import { containerKey } from "./protectionContainers.js";

const get = operation({
  name: "ProtectedItems_Get",
  method: "GET",
  path: itemPath,
  answer: (call) => ok(requireItem(call).item),
});

/** Also those that are soft-deleted. */
const list = operation({
  name: "BackupProtectedItems_List",
  method: "GET",
  path: `${vaultPath}/backupProtectedItems`,
  answer(call) {
    const wanted = filterOf(call.request.query.get("$filter"), fields);
    return page(call, [...requireVault(call).protectedItems.values()].filter(wanted), (item) => item);
  },
});

const fields: FilterFields = {
  backupManagementType: ({ properties }) => properties.backupManagementType,
  itemType: ({ properties }) => properties.workloadType,
  policyName: ({ properties }) => properties.policyName,
  containerName: ({ properties }) => properties.containerName,
  friendlyName: ({ properties }) => properties.friendlyName,
};

/** A backup now, outside of the policy's schedule. */
const backup = operation({
  name: "Backups_Trigger",
  method: "POST",
  path: `${itemPath}/backup`,
  answer(call) {
    const { vault, item } = requireItem(call);
    refuseSoftDeleted(item);
    const { friendlyName, backupManagementType } = item.properties;
    const jobType = kindOf(item.properties)?.jobType ?? "";
    const job = beginJob(call, vault, { friendlyName, backupManagementType, jobType, operation: "Backup" });
    const time = new Date(call.now).toISOString();
    const done = { lastBackupStatus: "Completed", lastBackupTime: time, lastRecoveryPoint: time };
    const stopped = item.properties.protectionState === "ProtectionStopped";
    const effect = {
      kind: "itemProtected",
      vaultId: vault.body.id.toLowerCase(),
      key: itemKey(call),
      containerKey: containerKey(call),
      item: { ...item, properties: { ...item.properties, ...done, ...(!stopped && { protectionState: "Protected" }) } },
      job,
    } as const;
    return beginBelow(call, item.id, effect);
  },
});

/** Snapshots of a file share, by a policy that stores nothing in the vault: immutability is not about them. */
function isOperational(vault: RecoveryServicesVaultRecord, { properties }: ArmResource): boolean {
  const policy = [...vault.policies.values()].find(({ id }) => id === properties.policyId);
  const { backupManagementType, vaultRetentionPolicy } = policy?.properties ?? {};
  return backupManagementType === "AzureStorage" && vaultRetentionPolicy === undefined;
}

/** Stops protection and deletes the data: softly, which is so for every vault. */
const remove = operation({
  name: "ProtectedItems_Delete",
  method: "DELETE",
  path: itemPath,
  answer(call) {
    const vault = requireVault(call);
    const key = itemKey(call);
    const item = vault.protectedItems.get(key);
    if (item === undefined || item.properties.isScheduledForDeferredDelete) return noContent;
    // https://learn.microsoft.com/azure/backup/backup-azure-immutable-vault-concept
    if (vaultSettings(vault.body).immutability !== "Disabled" && !isOperational(vault, item)) throw operationDenied();
    refuseGuardedDeletion(call, vault, item.id);
    const { friendlyName, backupManagementType } = item.properties;
    const jobType = kindOf(item.properties)?.jobType ?? "";
    const job = beginJob(call, vault, { friendlyName, backupManagementType, jobType, operation: "DeleteBackupData" });
    const vaultId = vault.body.id.toLowerCase();
    const effect = { kind: "itemDeleted", vaultId, key, containerKey: containerKey(call), job } as const;
    return beginBelowVault(call, vault.body.id, effect);
  },
});

export const protectedItems = [list, get, backup, remove];
