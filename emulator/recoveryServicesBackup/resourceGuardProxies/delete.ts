import { operation } from "../../http/operation.js";
import { noContent } from "../../http/reply.js";
import { requireVault } from "../../recoveryServices/vaultPath.js";
import { refuseGuardedDeletion } from "../guardedOperations.js";
import { proxyPath, showGuarded } from "./path.js";

export const remove = operation({
  name: "ResourceGuardProxy_Delete",
  method: "DELETE",
  path: proxyPath,
  answer(call) {
    const vault = requireVault(call);
    const key = call.params.resourceGuardProxyName.toLowerCase();
    if (!vault.guardProxies.has(key)) return noContent;
    refuseGuardedDeletion(call, vault, "Microsoft.RecoveryServices/vaults/backupResourceGuardProxies/delete", true);
    vault.guardProxies.delete(key);
    showGuarded(vault);
    return { status: 200 };
  },
});
