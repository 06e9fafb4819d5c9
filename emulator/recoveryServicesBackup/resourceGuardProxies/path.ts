import type { ArmResource } from "../../armResource.js";
import { resourceNotFound } from "../../http/armError.js";
import type { Call } from "../../http/operation.js";
import { type RecoveryServicesVaultRecord, vaultType } from "../../recoveryServices/records.js";
import { requireVault, type VaultCall, vaultPath } from "../../recoveryServices/vaultPath.js";

export const proxiesPath = `${vaultPath}/backupResourceGuardProxies` as const;
export const proxyPath = `${proxiesPath}/{resourceGuardProxyName}` as const;

export function requireProxy(call: VaultCall & Call<"resourceGuardProxyName">): {
  vault: RecoveryServicesVaultRecord;
  proxy: ArmResource;
} {
  const vault = requireVault(call);
  const name = call.params.resourceGuardProxyName;
  const proxy = vault.guardProxies.get(name.toLowerCase());
  if (proxy !== undefined) return { vault, proxy };
  const child = `${vault.body.name}/backupResourceGuardProxies/${name}`;
  throw resourceNotFound(vaultType, child, call.params.resourceGroupName);
}

/** The vault's own word for being guarded. */
export function showGuarded(vault: RecoveryServicesVaultRecord): void {
  const security = vault.body.properties.securitySettings;
  const multiUserAuthorization = vault.guardProxies.size > 0 ? "Enabled" : "Disabled";
  vault.body = {
    ...vault.body,
    properties: { ...vault.body.properties, securitySettings: { ...security, multiUserAuthorization } },
  };
}
