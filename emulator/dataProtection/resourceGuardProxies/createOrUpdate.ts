import { operation } from "../../http/operation.js";
import { ok } from "../../http/reply.js";
import { requestBody } from "../../http/requestBody.js";
import { invalidInput } from "../backupError.js";
import { guardedOperations } from "../resourceGuards/operations.js";
import { requireVault } from "../vaultPath.js";
import { proxyPath } from "./path.js";

/** From now on the guard's operations on this vault have to be asked for. */
export const createOrUpdate = operation({
  name: "DppResourceGuardProxy_CreateOrUpdate",
  method: "PUT",
  path: proxyPath,
  answer(call) {
    const vault = requireVault(call);
    const guardId = String(
      requestBody(call.request, { properties: { resourceGuardResourceId: "string" } }).properties
        ?.resourceGuardResourceId ?? "",
    );
    const guard = call.world.resourceGuards.get(guardId.toLowerCase());
    if (guard === undefined) throw invalidInput(`There is no resource guard '${guardId}'.`);
    const excluded: string[] = guard.properties.vaultCriticalOperationExclusionList;
    const name = call.params.resourceGuardProxyName;
    const proxy = {
      id: `${vault.body.id}/backupResourceGuardProxies/${name}`,
      name,
      type: "Microsoft.DataProtection/backupVaults/backupResourceGuardProxies",
      properties: {
        resourceGuardResourceId: guardId,
        resourceGuardOperationDetails: guardedOperations
          .filter(({ operation }) => operation.startsWith("Microsoft.DataProtection/"))
          .filter(({ operation, mandatory }) => mandatory || !excluded.includes(operation))
          .map(({ operation, requests }) => ({
            vaultCriticalOperation: operation,
            defaultResourceRequest: `${guardId}/${requests}/default`,
          })),
        description: guard.properties.description,
        lastUpdatedTime: new Date(call.now).toISOString(),
      },
    };
    vault.guardProxies.set(name.toLowerCase(), proxy);
    vault.body.properties.isVaultProtectedByResourceGuard = true;
    return ok(proxy);
  },
});
