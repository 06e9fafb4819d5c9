import { requireChild } from "../arm/armError.js";
import { page } from "../arm/list.js";
import { type Call, noContent, ok, operation } from "../arm/operation.js";
import { requestBody } from "../arm/requestBody.js";
import type { ArmResource, BackupVaultRecord } from "../state/records.js";
import { invalidInput, unverified } from "./backupError.js";
import { isReachable, resourceGuardsOf } from "./guardConsent.js";
import { listedOperations, unlockDeleteMinutes } from "./guardedOperations.js";
import { notAllowed, refuseOtherGuard, refuseOtherRegion } from "./resourceGuardRules.js";
import { requireVault, type VaultCall, vaultPath } from "./vaultPath.js";

const proxiesPath = `${vaultPath}/backupResourceGuardProxies` as const;

const proxyPath = `${proxiesPath}/{resourceGuardProxyName}` as const;

function requireProxy(call: VaultCall & Call<"resourceGuardProxyName">): {
  vault: BackupVaultRecord;
  proxy: ArmResource;
} {
  const vault = requireVault(call);
  const name = call.params.resourceGuardProxyName;
  const found = vault.guardProxies.get(name.toLowerCase());
  const path = `backupResourceGuardProxies/${name}`;
  return { vault, proxy: requireChild(found, vault, path, call.params.resourceGroupName) };
}

const get = operation({
  name: "DppResourceGuardProxy_Get",
  method: "GET",
  path: proxyPath,
  answer: (call) => ok(requireProxy(call).proxy),
});

const list = operation({
  name: "DppResourceGuardProxy_List",
  method: "GET",
  path: proxiesPath,
  answer: (call) => page(call, [...requireVault(call).guardProxies.values()], (proxy) => proxy),
});

/** From now on the guard's operations on this vault have to be asked for. */
const createOrUpdate = operation({
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
    if (!isReachable(call, guardId)) throw notAllowed(guardId);
    refuseOtherRegion(vault.body.location, guard);
    refuseOtherGuard(vault.guardProxies.values(), guardId);
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

/** Taking the guard away is itself guarded, always: it has to be unlocked first. */
const remove = operation({
  name: "DppResourceGuardProxy_Delete",
  method: "DELETE",
  path: proxyPath,
  answer(call) {
    const vault = requireVault(call);
    const key = call.params.resourceGuardProxyName.toLowerCase();
    if (!vault.guardProxies.has(key)) return noContent;
    const { id } = vault.guardProxies.get(key) as ArmResource;
    if ((vault.unlocked.get(id.toLowerCase()) ?? 0) <= call.now) {
      throw unverified("resource-guard-required", "Call unlockDelete first to unlock the resource guard.", 403);
    }
    vault.guardProxies.delete(key);
    vault.body.properties.isVaultProtectedByResourceGuard = vault.guardProxies.size > 0;
    // Recorded: an empty object, where other deletions answer with nothing.
    return ok({});
  },
});

/** For a while, `resourceToBeDeleted` may be deleted: a backup instance, or the proxy itself. */
const unlockDelete = operation({
  name: "DppResourceGuardProxy_UnlockDelete",
  method: "POST",
  path: `${proxyPath}/unlockDelete`,
  answer(call) {
    const { vault, proxy } = requireProxy(call);
    const shape = { resourceGuardOperationRequests: ["string"], resourceToBeDeleted: "string" } as const;
    const given = requestBody(call.request, shape);
    const requests: string[] = given.resourceGuardOperationRequests ?? [];
    const resource = String(given.resourceToBeDeleted ?? proxy.id).toLowerCase();
    const collection = resource.includes("/backupinstances/")
      ? "deleteBackupInstanceRequests"
      : "deleteResourceGuardProxyRequests";
    const wanted = `${proxy.properties.resourceGuardResourceId}/${collection}/`.toLowerCase();
    if (!requests.some((request) => request.toLowerCase().startsWith(wanted))) {
      const message = `resourceGuardOperationRequests names no request of ${wanted}. Azure's own answer is not documented.`;
      throw unverified("resource-guard-required", message, 403);
    }
    const guardId = String(proxy.properties.resourceGuardResourceId);
    if (!resourceGuardsOf(call).isAllowed(guardId.toLowerCase())) throw notAllowed(guardId);
    const until = call.now + unlockDeleteMinutes * 60_000;
    vault.unlocked.set(resource, until);
    return ok({ unlockDeleteExpiryTime: new Date(until).toISOString() });
  },
});

export const resourceGuardProxies = [get, list, createOrUpdate, remove, unlockDelete];
