import type { ArmResource } from "../../armResource.js";
import { resourceNotFound } from "../../http/armError.js";
import type { BackupVaultRecord } from "../records.js";
import { vaultPath } from "../vaultPath.js";

export const policiesPath = `${vaultPath}/backupPolicies` as const;
export const policyPath = `${policiesPath}/{policyName}` as const;
export const policyType = "Microsoft.DataProtection/backupVaults/backupPolicies";

export function requirePolicy(vault: BackupVaultRecord, name: string, group: string): ArmResource {
  const policy = vault.policies.get(name.toLowerCase());
  if (policy !== undefined) return policy;
  throw resourceNotFound("Microsoft.DataProtection/backupVaults", `${vault.body.name}/backupPolicies/${name}`, group);
}
