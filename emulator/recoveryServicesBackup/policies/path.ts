import type { ArmResource } from "../../armResource.js";
import type { Call } from "../../http/operation.js";
import { requireChild } from "../../http/requireChild.js";
import type { RecoveryServicesVaultRecord } from "../../recoveryServices/records.js";
import { requireVault, type VaultCall, vaultPath } from "../../recoveryServices/vaultPath.js";

export const policiesPath = `${vaultPath}/backupPolicies` as const;
export const policyPath = `${policiesPath}/{policyName}` as const;

export type PolicyCall = VaultCall & Call<"policyName">;

export function requirePolicy(call: PolicyCall): { vault: RecoveryServicesVaultRecord; policy: ArmResource } {
  const vault = requireVault(call);
  const name = call.params.policyName;
  const found = vault.policies.get(name.toLowerCase());
  return { vault, policy: requireChild(found, vault, `backupPolicies/${name}`, call.params.resourceGroupName) };
}

export function itemsOfPolicy(vault: RecoveryServicesVaultRecord, policyId: string): ArmResource[] {
  const isIts = ({ properties }: ArmResource) => properties.policyId?.toLowerCase() === policyId.toLowerCase();
  return [...vault.protectedItems.values()].filter(isIts);
}

/** With the number that Azure counts. */
export function showPolicy(vault: RecoveryServicesVaultRecord, policy: ArmResource): ArmResource {
  const protectedItemsCount = itemsOfPolicy(vault, policy.id).length;
  return { ...policy, properties: { ...policy.properties, protectedItemsCount } };
}
