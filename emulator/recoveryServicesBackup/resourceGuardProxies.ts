import { requireChild } from "../arm/armError.js";
import { page } from "../arm/list.js";
import { type Call, noContent, ok, operation } from "../arm/operation.js";
import { requestBody } from "../arm/requestBody.js";
import { isReachable } from "../dataProtection/guardConsent.js";
import { listedOperations, unlockDeleteMinutes } from "../dataProtection/guardedOperations.js";
import { refuseOtherGuard, refuseOtherRegion } from "../dataProtection/resourceGuardRules.js";
import { invalidParameter } from "../recoveryServices/recoveryError.js";
import {
  deletionOf,
  notAllowed,
  refuseGuardedDeletion,
  refuseUnguarded,
} from "../recoveryServices/resourceGuardRules.js";
import { requireVault, type VaultCall, vaultPath } from "../recoveryServices/vaultPath.js";
import { type ArmResource, type RecoveryServicesVaultRecord, recoveryServicesVaultType } from "../state/records.js";

const proxiesPath = `${vaultPath}/backupResourceGuardProxies` as const;

const proxyPath = `${proxiesPath}/{resourceGuardProxyName}` as const;

function requireProxy(call: VaultCall & Call<"resourceGuardProxyName">): {
  vault: RecoveryServicesVaultRecord;
  proxy: ArmResource;
} {
  const vault = requireVault(call);
  const name = call.params.resourceGuardProxyName;
  const found = vault.guardProxies.get(name.toLowerCase());
  const path = `backupResourceGuardProxies/${name}`;
  return { vault, proxy: requireChild(found, vault, path, call.params.resourceGroupName) };
}

/** The vault's own word for being guarded. */
function showGuarded(vault: RecoveryServicesVaultRecord): void {
  const security = vault.body.properties.securitySettings;
  const multiUserAuthorization = vault.guardProxies.size > 0 ? "Enabled" : "Disabled";
  vault.body = {
    ...vault.body,
    properties: { ...vault.body.properties, securitySettings: { ...security, multiUserAuthorization } },
  };
}

const get = operation({
  name: "ResourceGuardProxy_Get",
  method: "GET",
  path: proxyPath,
  answer: (call) => ok(requireProxy(call).proxy),
});

const list = operation({
  name: "ResourceGuardProxies_Get",
  method: "GET",
  path: proxiesPath,
  answer: (call) => page(call, [...requireVault(call).guardProxies.values()], (proxy) => proxy),
});

const put = operation({
  name: "ResourceGuardProxy_Put",
  method: "PUT",
  path: proxyPath,
  answer(call) {
    const vault = requireVault(call);
    const { properties } = requestBody(call.request, { properties: { resourceGuardResourceId: "string" } });
    const guardId = String(properties?.resourceGuardResourceId ?? "");
    const guard = call.world.resourceGuards.get(guardId.toLowerCase());
    if (guard === undefined) throw invalidParameter("resourceGuardResourceId");
    if (!isReachable(call, guardId)) throw notAllowed(guardId);
    refuseOtherRegion(vault.body.location, guard);
    refuseOtherGuard(vault.guardProxies.values(), guardId);
    const guarded = listedOperations(
      guard.properties.vaultCriticalOperationExclusionList ?? [],
      recoveryServicesVaultType,
    );
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

const remove = operation({
  name: "ResourceGuardProxy_Delete",
  method: "DELETE",
  path: proxyPath,
  answer(call) {
    const vault = requireVault(call);
    const key = call.params.resourceGuardProxyName.toLowerCase();
    if (!vault.guardProxies.has(key)) return noContent;
    refuseGuardedDeletion(call, vault, vault.guardProxies.get(key)?.id ?? "");
    vault.guardProxies.delete(key);
    showGuarded(vault);
    return { status: 200 };
  },
});

/** For a while, `resourceToBeDeleted` may be deleted: a protected item, or the proxy itself. */
const unlockDelete = operation({
  name: "ResourceGuardProxy_UnlockDelete",
  method: "POST",
  path: `${proxyPath}/unlockDelete`,
  answer(call) {
    const { vault, proxy } = requireProxy(call);
    const shape = { resourceGuardOperationRequests: ["string"], resourceToBeDeleted: "string" } as const;
    const given = requestBody(call.request, shape);
    const resource = String(given.resourceToBeDeleted ?? proxy.id);
    refuseUnguarded(call, vault, deletionOf(resource), given.resourceGuardOperationRequests);
    const until = call.now + unlockDeleteMinutes * 60_000;
    vault.unlocked.set(resource.toLowerCase(), until);
    return ok({ unlockDeleteExpiryTime: new Date(until).toISOString() });
  },
});

export const recoveryServicesGuardProxies = [list, get, put, remove, unlockDelete];
