import { ArmError, requireChild } from "../arm/armError.js";
import { page } from "../arm/list.js";
import { ok, operation } from "../arm/operation.js";
import type { ArmResource, BackupVaultRecord } from "../state/records.js";
import { unverified } from "./backupError.js";
import { undeleteInstance } from "./endInstance.js";
import { effectOn, type InstanceCall, refuseWhileWritingInstance } from "./instanceCall.js";
import { requireVault, vaultPath } from "./vaultPath.js";

const deletedInstancesPath = `${vaultPath}/deletedBackupInstances` as const;

const deletedInstancePath = `${deletedInstancesPath}/{backupInstanceName}` as const;

function requireDeletedInstance(call: InstanceCall): { vault: BackupVaultRecord; instance: ArmResource } {
  const vault = requireVault(call);
  const { backupInstanceName: name, resourceGroupName: group } = call.params;
  const found = vault.deletedInstances.get(name.toLowerCase());
  return { vault, instance: requireChild(found, vault, `deletedBackupInstances/${name}`, group) };
}

/** The same instance, under another address. */
function showDeleted(instance: ArmResource): ArmResource {
  return {
    ...instance,
    id: instance.id.replace("/backupInstances/", "/deletedBackupInstances/"),
    type: "Microsoft.DataProtection/backupVaults/deletedBackupInstances",
  };
}

const get = operation({
  name: "DeletedBackupInstances_Get",
  method: "GET",
  path: deletedInstancePath,
  answer: (call) => ok(showDeleted(requireDeletedInstance(call).instance)),
});

const list = operation({
  name: "DeletedBackupInstances_List",
  method: "GET",
  path: deletedInstancesPath,
  answer: (call) => page(call, [...requireVault(call).deletedInstances.values()], showDeleted),
});

/** Recorded: 200 without an operation, also while another vault protects the data source. */
const undelete = operation({
  name: "DeletedBackupInstances_Undelete",
  method: "POST",
  path: `${deletedInstancePath}/undelete`,
  answer(call) {
    const vault = requireVault(call);
    const { instance: key } = effectOn(vault, call.params.backupInstanceName);
    const instance = vault.deletedInstances.get(key);
    if (instance === undefined) throw nothingToUndelete();
    refuseWhileWritingInstance(call, vault, key);
    if (vault.instances.has(key)) {
      const message = `There is a backup instance '${instance.name}' already. Azure's own answer is not documented.`;
      throw unverified("undelete-name-taken", message, 409);
    }
    undeleteInstance(call.world, vault, key, instance);
    return { status: 200 };
  },
});

// Recorded of azure-cli-extensions: test_dataprotection_backup_instance_softdelete. Without additionalInfo.
function nothingToUndelete(): ArmError {
  const message =
    "Azure resource does not exist. Please make sure required resources exist. If the issue persists, contact " +
    "Microsoft support.";
  return new ArmError(404, "UserErrorGenericResourceNotFound", message, { error: { target: null, details: null } });
}

export const deletedBackupInstances = [get, list, undelete];
