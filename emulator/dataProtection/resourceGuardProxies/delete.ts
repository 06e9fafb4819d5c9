import type { ArmResource } from "../../armResource.js";
import { operation } from "../../http/operation.js";
import { noContent, ok } from "../../http/reply.js";
import { unverified } from "../backupError.js";
import { requireVault } from "../vaultPath.js";
import { proxyPath } from "./path.js";

/** Taking the guard away is itself guarded, always: it has to be unlocked first. */
export const remove = operation({
  name: "DppResourceGuardProxy_Delete",
  method: "DELETE",
  path: proxyPath,
  answer(call) {
    const vault = requireVault(call);
    const key = call.params.resourceGuardProxyName.toLowerCase();
    if (!vault.guardProxies.has(key)) return noContent;
    const { id } = vault.guardProxies.get(key) as ArmResource;
    if ((vault.unlocked.get(id.toLowerCase()) ?? 0) <= call.now) {
      throw unverified("resource-guard-required", "The resource guard has to be unlocked first: unlockDelete.", 403);
    }
    vault.guardProxies.delete(key);
    vault.body.properties.isVaultProtectedByResourceGuard = vault.guardProxies.size > 0;
    // Recorded: an empty object, where other deletions answer with nothing.
    return ok({});
  },
});
