import { operation } from "../../http/operation.js";
import { noContent } from "../../http/reply.js";
import { unverified } from "../backupError.js";
import type { BackupVaultRecord } from "../records.js";
import { refuseLocked } from "../rules/resourceGuard.js";
import { isSecureByDefault } from "../secureByDefault.js";
import { requireVault } from "../vaultPath.js";
import { vaultSettings } from "../vaultSettings.js";
import { accepted, beginInstanceOperation, effectOn, instancePath, refuseWhileWritingInstance } from "./path.js";

export const remove = operation({
  name: "BackupInstances_Delete",
  method: "DELETE",
  path: instancePath,
  answer(call) {
    const vault = requireVault(call);
    const name = call.params.backupInstanceName;
    const instance = vault.instances.get(name.toLowerCase());
    if (instance === undefined) return noContent;
    refuseImmutable(vault, instance.properties.dataSourceInfo.datasourceType);
    refuseLocked(call, vault, instance.id);
    refuseWhileWritingInstance(call, vault, name.toLowerCase());
    // Where secure by default is on, what is deleted can come back even with soft delete off.
    const { softDelete } = vaultSettings(vault.body);
    const keep = softDelete !== "Off" || isSecureByDefault(vault.body.location, call.apiVersion);
    instance.properties.provisioningState = "Deleting";
    const effect = { kind: "instanceDeleted", ...effectOn(vault, name), keep } as const;
    const job = { operation: "UnConfigure", operationCategory: "Management" };
    return accepted(beginInstanceOperation(call, vault, effect, { job, retryAfterSeconds: 30 }));
  },
});

// Their backups stay in the data source's own storage: https://learn.microsoft.com/azure/backup/disk-backup-overview
const operational = ["Microsoft.Compute/disks", "Microsoft.Storage/storageAccounts/blobServices"];

// https://learn.microsoft.com/azure/backup/backup-azure-immutable-vault-concept
function refuseImmutable(vault: BackupVaultRecord, datasourceType: string): void {
  if (vaultSettings(vault.body).immutability === "Disabled" || operational.includes(datasourceType)) return;
  throw unverified(
    "delete-immutable-instance",
    "The vault is immutable: stop protection with delete data is refused before its recovery points expire.",
  );
}
