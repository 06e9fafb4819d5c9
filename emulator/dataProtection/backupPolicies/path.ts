import type { ArmResource } from "../../armResource.js";
import { requireChild } from "../../http/requireChild.js";
import type { BackupVaultRecord } from "../records.js";
import { vaultPath } from "../vaultPath.js";

export const policiesPath = `${vaultPath}/backupPolicies` as const;
export const policyPath = `${policiesPath}/{policyName}` as const;
export const policyType = "Microsoft.DataProtection/backupVaults/backupPolicies";

export function requirePolicy(vault: BackupVaultRecord, name: string, group: string): ArmResource {
  return requireChild(vault.policies.get(name.toLowerCase()), vault, `backupPolicies/${name}`, group);
}
