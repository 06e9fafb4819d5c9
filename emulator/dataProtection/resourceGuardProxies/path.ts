import type { ArmResource } from "../../armResource.js";
import type { Call } from "../../http/operation.js";
import { requireChild } from "../../http/requireChild.js";
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
  const found = vault.guardProxies.get(name.toLowerCase());
  const path = `backupResourceGuardProxies/${name}`;
  return { vault, proxy: requireChild(found, vault, path, call.params.resourceGroupName) };
}
