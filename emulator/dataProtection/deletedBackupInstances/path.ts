import type { ArmResource } from "../../armResource.js";
import { requireChild } from "../../http/requireChild.js";
import type { InstanceCall } from "../backupInstances/path.js";
import type { BackupVaultRecord } from "../records.js";
import { requireVault, vaultPath } from "../vaultPath.js";

export const deletedInstancesPath = `${vaultPath}/deletedBackupInstances` as const;
export const deletedInstancePath = `${deletedInstancesPath}/{backupInstanceName}` as const;

export function requireDeletedInstance(call: InstanceCall): { vault: BackupVaultRecord; instance: ArmResource } {
  const vault = requireVault(call);
  const { backupInstanceName: name, resourceGroupName: group } = call.params;
  const found = vault.deletedInstances.get(name.toLowerCase());
  return { vault, instance: requireChild(found, vault, `deletedBackupInstances/${name}`, group) };
}

/** The same instance, under another address. */
export function showDeleted(instance: ArmResource): ArmResource {
  return {
    ...instance,
    id: instance.id.replace("/backupInstances/", "/deletedBackupInstances/"),
    type: "Microsoft.DataProtection/backupVaults/deletedBackupInstances",
  };
}
