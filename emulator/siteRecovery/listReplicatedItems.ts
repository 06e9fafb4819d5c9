import { operation } from "../http/operation.js";
import { page } from "../http/page.js";
import { requireVault, vaultPath } from "../recoveryServices/vaultPath.js";

/** What Azure Site Recovery replicates into the vault: as much as a deletion has to know. */
export const listReplicatedItems = operation({
  name: "ReplicationProtectedItems_List",
  method: "GET",
  path: `${vaultPath}/replicationProtectedItems`,
  answer: (call) => page(call, [...requireVault(call).replicatedItems.values()], (item) => item),
});
