import { requireChild } from "../arm/armError.js";
import { asyncLocation, asyncOperation, beginOperation, retryAfter } from "../arm/longRunning.js";
import type { Call, Reply } from "../arm/operation.js";
import type { Shape } from "../arm/shape.js";
import type { Effect, OperationFailure } from "../state/longRunningOperation.js";
import type { ArmResource, BackupVaultRecord } from "../state/records.js";
import { unverified } from "./backupError.js";
import { type JobKind, startJob } from "./backupJobs.js";
import { locationId, refuseWhileDeleting, requireVault, type VaultCall, vaultPath } from "./vaultPath.js";

export const instancesPath = `${vaultPath}/backupInstances` as const;

export const instancePath = `${instancesPath}/{backupInstanceName}` as const;

export const instanceType = "Microsoft.DataProtection/backupVaults/backupInstances";

const dataSourceShape = {
  resourceID: "string",
  resourceUri: "string",
  datasourceType: "string",
  resourceName: "string",
  resourceType: "string",
  resourceLocation: "string",
  objectType: "string",
  resourceProperties: "any",
} as const satisfies Shape;

/** What a client may write of an instance. */
export const instanceShape = {
  friendlyName: "string",
  dataSourceInfo: dataSourceShape,
  dataSourceSetInfo: dataSourceShape,
  policyInfo: {
    policyId: "string",
    policyParameters: { dataStoreParametersList: "any", backupDatasourceParametersList: "any" },
  },
  datasourceAuthCredentials: "any",
  validationType: "string",
  identityDetails: { useSystemAssignedIdentity: "boolean", userAssignedIdentityArmUrl: "string" },
  resourceGuardOperationRequests: ["string"],
  objectType: "string",
} as const satisfies Shape;

export type InstanceCall = VaultCall & Call<"backupInstanceName">;

export function requireInstance(call: InstanceCall): { vault: BackupVaultRecord; instance: ArmResource } {
  const vault = requireVault(call);
  const { backupInstanceName: name, resourceGroupName: group } = call.params;
  const found = vault.instances.get(name.toLowerCase());
  return { vault, instance: requireChild(found, vault, `backupInstances/${name}`, group) };
}

type InstanceEffect = Extract<Effect, { instance: string }>;

interface Begun {
  /** The job that shows it; none for what only changes the instance's record. */
  job?: JobKind;
  retryAfterSeconds?: number;
  /** What makes it fail. */
  failure?: OperationFailure;
}

/** Begins an operation on an instance. Recorded: its status is below the vault, its result below the location. */
export function beginInstanceOperation(
  call: InstanceCall,
  vault: BackupVaultRecord,
  effect: InstanceEffect,
  { job, retryAfterSeconds = 10, failure }: Begun = {},
): Record<"asyncOperation" | "location" | "resultOfInstance", Record<string, string>> {
  const { vaultId, instance: key } = effect;
  refuseWhileWritingInstance(call, vault, key);
  const begun = beginOperation(call, effect);
  if (failure !== undefined) begun.failure ??= failure;
  vault.instanceOperations.set(key, begun.id);
  const instance = vault.instances.get(key);
  if (job !== undefined && instance !== undefined) {
    begun.job = { vaultId, name: startJob(vault, instance, job, call.now) };
  }
  const base = locationId({ subscriptionId: call.params.subscriptionId, location: vault.body.location });
  return {
    asyncOperation: { ...asyncOperation(call, vault.body.id, begun), ...retryAfter(call, retryAfterSeconds) },
    location: asyncLocation(call, base, begun),
    resultOfInstance: asyncLocation(call, `${vault.body.id}/backupInstances/${call.params.backupInstanceName}`, begun),
  };
}

/** The usual answer to an action: both addresses, and nothing else. */
export function accepted({ asyncOperation, location }: ReturnType<typeof beginInstanceOperation>): Reply {
  return { status: 202, headers: { ...asyncOperation, ...location } };
}

export function refuseWhileWritingInstance({ world }: InstanceCall, vault: BackupVaultRecord, key: string): void {
  refuseWhileDeleting(world, vault);
  const running = vault.instanceOperations.get(key);
  if (running === undefined || !world.running.has(running)) return;
  throw unverified(
    "operation-in-progress",
    `Another operation on the backup instance '${key}' is in progress. Retry when it has ended.`,
    409,
  );
}

export function effectOn(vault: BackupVaultRecord, name: string): { vaultId: string; instance: string } {
  return { vaultId: vault.body.id.toLowerCase(), instance: name.toLowerCase() };
}
