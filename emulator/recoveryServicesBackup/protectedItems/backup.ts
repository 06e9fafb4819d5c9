import { operation } from "../../http/operation.js";
import { beginBelow } from "../asyncBackup.js";
import { beginJob } from "../jobs/beginJob.js";
import { containerKey } from "../protectionContainers/path.js";
import { refuseSoftDeleted } from "./createOrUpdate.js";
import { kindOf } from "./kinds.js";
import { itemKey, itemPath, requireItem } from "./path.js";

/** A backup now, outside of the policy's schedule. */
export const backup = operation({
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
