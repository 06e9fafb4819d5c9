import { operation } from "../../http/operation.js";
import { ok } from "../../http/reply.js";
import { requestBody } from "../../http/requestBody.js";
import { invalidParameter } from "../../recoveryServices/recoveryError.js";
import { requireVault } from "../../recoveryServices/vaultPath.js";
import { proxyPath, showGuarded } from "./path.js";

export const put = operation({
  name: "ResourceGuardProxy_Put",
  method: "PUT",
  path: proxyPath,
  answer(call) {
    const vault = requireVault(call);
    const { properties } = requestBody(call.request, { properties: { resourceGuardResourceId: "string" } });
    const guardId = String(properties?.resourceGuardResourceId ?? "");
    if (!call.world.resourceGuards.has(guardId.toLowerCase())) throw invalidParameter("resourceGuardResourceId");
    const name = call.params.resourceGuardProxyName;
    const proxy = {
      id: `${vault.body.id}/backupResourceGuardProxies/${name}`,
      name,
      type: "Microsoft.RecoveryServices/vaults/backupResourceGuardProxies",
      properties: {
        resourceGuardResourceId: guardId,
        resourceGuardOperationDetails: [],
        lastUpdatedTime: new Date(call.now).toISOString(),
      },
    };
    vault.guardProxies.set(name.toLowerCase(), proxy);
    showGuarded(vault);
    return ok(proxy);
  },
});
