import type { ArmResource } from "../../armResource.js";
import { resourceNotFound } from "../../http/armError.js";
import type { Call } from "../../http/operation.js";
import type { BackupVaultRecord } from "../records.js";
import { requireVault, type VaultCall, vaultPath } from "../vaultPath.js";

export const proxiesPath = `${vaultPath}/backupResourceGuardProxies` as const;
export const proxyPath = `${proxiesPath}/{resourceGuardProxyName}` as const;

export function requireProxy(call: VaultCall & Call<"resourceGuardProxyName">): {
  vault: BackupVaultRecord;
  proxy: ArmResource;
} {
  const vault = requireVault(call);
  const name = call.params.resourceGuardProxyName;
  const proxy = vault.guardProxies.get(name.toLowerCase());
  if (proxy !== undefined) return { vault, proxy };
  const child = `${vault.body.name}/backupResourceGuardProxies/${name}`;
  throw resourceNotFound("Microsoft.DataProtection/backupVaults", child, call.params.resourceGroupName);
}
