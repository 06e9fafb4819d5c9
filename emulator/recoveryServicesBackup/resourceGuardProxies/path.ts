import type { ArmResource } from "../../armResource.js";
import type { Call } from "../../http/operation.js";
import { requireChild } from "../../http/requireChild.js";
import type { RecoveryServicesVaultRecord } from "../../recoveryServices/records.js";
import { requireVault, type VaultCall, vaultPath } from "../../recoveryServices/vaultPath.js";

export const proxiesPath = `${vaultPath}/backupResourceGuardProxies` as const;
export const proxyPath = `${proxiesPath}/{resourceGuardProxyName}` as const;

export function requireProxy(call: VaultCall & Call<"resourceGuardProxyName">): {
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
export function showGuarded(vault: RecoveryServicesVaultRecord): void {
  const security = vault.body.properties.securitySettings;
  const multiUserAuthorization = vault.guardProxies.size > 0 ? "Enabled" : "Disabled";
  vault.body = {
    ...vault.body,
    properties: { ...vault.body.properties, securitySettings: { ...security, multiUserAuthorization } },
  };
}
