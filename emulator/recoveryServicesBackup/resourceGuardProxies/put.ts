import { listedOperations } from "../../dataProtection/resourceGuards/operations.js";
import { operation } from "../../http/operation.js";
import { ok } from "../../http/reply.js";
import { requestBody } from "../../http/requestBody.js";
import { vaultType } from "../../recoveryServices/records.js";
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
    const guard = call.world.resourceGuards.get(guardId.toLowerCase());
    if (guard === undefined) throw invalidParameter("resourceGuardResourceId");
    const guarded = listedOperations(guard.properties.vaultCriticalOperationExclusionList ?? [], vaultType);
    const name = call.params.resourceGuardProxyName;
    const proxy = {
      id: `${vault.body.id}/backupResourceGuardProxies/${name}`,
      name,
      type: "Microsoft.RecoveryServices/vaults/backupResourceGuardProxies",
      properties: {
        resourceGuardResourceId: guardId,
        resourceGuardOperationDetails: guarded.map(({ operation: vaultCriticalOperation, requests }) => ({
          vaultCriticalOperation,
          defaultResourceRequest: `${guardId}/${requests}/default`,
        })),
        lastUpdatedTime: new Date(call.now).toISOString(),
      },
    };
    vault.guardProxies.set(name.toLowerCase(), proxy);
    showGuarded(vault);
    return ok(proxy);
  },
});
