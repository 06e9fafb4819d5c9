import type { ArmResource } from "../../armResource.js";
import { resourceNotFound } from "../../http/armError.js";
import type { Call } from "../../http/operation.js";
import type { Reply } from "../../http/reply.js";
import type { Shape } from "../../http/shape.js";
import { beginOperation } from "../../operations/begin.js";
import type { Effect } from "../../operations/longRunningOperation.js";
import { asyncLocation, asyncOperation, locationId, retryAfter } from "../asyncHeaders.js";
import type { BackupVaultRecord } from "../records.js";
import { requireVault, type VaultCall, vaultPath } from "../vaultPath.js";

export const instancesPath = `${vaultPath}/backupInstances` as const;
export const instancePath = `${instancesPath}/{backupInstanceName}` as const;
export const instanceType = "Microsoft.DataProtection/backupVaults/backupInstances";

export const instanceShape = {
  objectType: "string",
  friendlyName: "string",
  dataSourceInfo: { resourceID: "string", datasourceType: "string" },
  policyInfo: { policyId: "string" },
  identityDetails: { useSystemAssignedIdentity: "boolean", userAssignedIdentityArmUrl: "string" },
} satisfies Shape;

export type InstanceCall = VaultCall & Call<"backupInstanceName">;

export function requireInstance(call: InstanceCall): { vault: BackupVaultRecord; instance: ArmResource } {
  const vault = requireVault(call);
  const { backupInstanceName: name, resourceGroupName: group } = call.params;
  const instance = vault.instances.get(name.toLowerCase());
  if (instance !== undefined) return { vault, instance };
  throw resourceNotFound("Microsoft.DataProtection/backupVaults", `${vault.body.name}/backupInstances/${name}`, group);
}

/** Instances are followed below the location, not below their vault. */
export function beginInstanceOperation(call: InstanceCall, vault: BackupVaultRecord, effect: Effect): Reply["headers"] {
  const begun = beginOperation(call, effect);
  const base = locationId({ subscriptionId: call.params.subscriptionId, location: vault.body.location });
  return { ...asyncOperation(call, base, begun), ...asyncLocation(call, base, begun), ...retryAfter(call, 10) };
}

export function effectOn(vault: BackupVaultRecord, name: string): { vaultId: string; instance: string } {
  return { vaultId: vault.body.id.toLowerCase(), instance: name.toLowerCase() };
}
