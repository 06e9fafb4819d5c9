import { resourceNotFound } from "../http/armError.js";
import { operation } from "../http/operation.js";
import { ok } from "../http/reply.js";
import { vaultType } from "../recoveryServices/records.js";
import { requireVault } from "../recoveryServices/vaultPath.js";
import { findReplicatedItem, replicatedItemPath } from "./path.js";

export const getReplicatedItem = operation({
  name: "ReplicationProtectedItems_Get",
  method: "GET",
  path: replicatedItemPath,
  answer(call) {
    const vault = requireVault(call);
    const [, item] = findReplicatedItem(vault, call) ?? [];
    if (item !== undefined) return ok(item);
    const { replicatedProtectedItemName: name, resourceGroupName } = call.params;
    throw resourceNotFound(vaultType, `${vault.body.name}/replicationProtectedItems/${name}`, resourceGroupName);
  },
});
