import { operation } from "../http/operation.js";
import { ok } from "../http/reply.js";
import { requireChild } from "../http/requireChild.js";
import { requireVault } from "../recoveryServices/vaultPath.js";
import { findReplicatedItem, replicatedItemPath } from "./path.js";

export const getReplicatedItem = operation({
  name: "ReplicationProtectedItems_Get",
  method: "GET",
  path: replicatedItemPath,
  answer(call) {
    const vault = requireVault(call);
    const [, item] = findReplicatedItem(vault, call) ?? [];
    const { replicatedProtectedItemName: name, resourceGroupName } = call.params;
    return ok(requireChild(item, vault, `replicationProtectedItems/${name}`, resourceGroupName));
  },
});
