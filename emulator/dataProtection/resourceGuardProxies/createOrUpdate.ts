import { operation } from "../../http/operation.js";
import { ok } from "../../http/reply.js";
import { requestBody } from "../../http/requestBody.js";
import { invalidInput } from "../backupError.js";
import { listedOperations } from "../resourceGuards/operations.js";
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
      // Recorded: "vaults", unlike in the id.
      type: "Microsoft.DataProtection/vaults/backupResourceGuardProxies",
      properties: {
        resourceGuardResourceId: guardId,
        resourceGuardOperationDetails: listedOperations(excluded, "Microsoft.DataProtection/backupVaults").map(
          ({ operation: name, requests }) => ({
            vaultCriticalOperation: name,
            defaultResourceRequest: `${guardId}/${requests}/default`,
          }),
        ),
        lastUpdatedTime: new Date(call.now).toISOString(),
      },
    };
    vault.guardProxies.set(name.toLowerCase(), proxy);
    vault.body.properties.isVaultProtectedByResourceGuard = true;
    return ok(proxy);
  },
});
