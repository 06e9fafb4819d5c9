import { operation } from "../../http/operation.js";
import { noContent } from "../../http/reply.js";
import { requireVault } from "../../recoveryServices/vaultPath.js";
import { vaultSettings } from "../../recoveryServices/vaultSettings.js";
import { beginBelowVault } from "../asyncBackup.js";
import { refuseGuardedDeletion } from "../guardedOperations.js";
import { beginJob } from "../jobs/beginJob.js";
import { operationDenied } from "../policies/createOrUpdate.js";
import { containerKey } from "../protectionContainers/path.js";
import { kindOf } from "./kinds.js";
import { itemKey, itemPath } from "./path.js";

/** Stops protection and deletes the data: softly, which is so for every vault. */
export const remove = operation({
  name: "ProtectedItems_Delete",
  method: "DELETE",
  path: itemPath,
  answer(call) {
    const vault = requireVault(call);
    const key = itemKey(call);
    const item = vault.protectedItems.get(key);
    if (item === undefined || item.properties.isScheduledForDeferredDelete) return noContent;
    // https://learn.microsoft.com/azure/backup/backup-azure-immutable-vault-concept
    if (vaultSettings(vault.body).immutability !== "Disabled") throw operationDenied();
    refuseGuardedDeletion(
      call,
      vault,
      "Microsoft.RecoveryServices/vaults/backupFabrics/protectionContainers/protectedItems/delete",
    );
    const { friendlyName, backupManagementType } = item.properties;
    const jobType = kindOf(item.properties)?.jobType ?? "";
    const job = beginJob(call, vault, { friendlyName, backupManagementType, jobType, operation: "DeleteBackupData" });
    const vaultId = vault.body.id.toLowerCase();
    const effect = { kind: "itemDeleted", vaultId, key, containerKey: containerKey(call), job } as const;
    return beginBelowVault(call, vault.body.id, effect);
  },
});
