import { operation } from "../http/operation.js";
import { noContent } from "../http/reply.js";
import { requireVault } from "../recoveryServices/vaultPath.js";
import { findReplicatedItem, replicatedItemPath } from "./path.js";

/** Ends the replication and forgets it. */
export const purgeReplicatedItem = operation({
  name: "ReplicationProtectedItems_Purge",
  method: "DELETE",
  path: replicatedItemPath,
  answer(call) {
    const vault = requireVault(call);
    const [key] = findReplicatedItem(vault, call) ?? [];
    if (key !== undefined) vault.replicatedItems.delete(key);
    return noContent;
  },
});
