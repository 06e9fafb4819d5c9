import { beginOperation, operationUrl, retryAfter } from "../arm/longRunning.js";
import type { Call, Reply } from "../arm/operation.js";
import type { Effect, LongRunningOperation } from "../state/longRunningOperation.js";
import type { ArmResource, RecoveryServicesVaultRecord } from "../state/records.js";
import type { World } from "../state/world.js";
import { sharesOf } from "../storage/fileShares.js";

/** Starts an operation that is followed below what it is about. */
export function beginBelow(call: Call, base: string, effect: Effect): Reply {
  return begin(call, effect, `${base}/operationsStatus`, `${base}/operationResults`);
}

/** Starts the operation in which a changed policy is applied to what uses it. It has changed already. */
export function beginBelowPolicy(call: Call, policyId: string): Reply {
  return begin(call, { kind: "nothing" }, `${policyId}/operations`, `${policyId}/operationResults`);
}

/** Starts an operation that is followed below the vault, since what it is about may be gone. */
export function beginBelowVault(call: Call, vaultId: string, effect: Effect): Reply {
  return begin(call, effect, `${vaultId}/backupOperations`, `${vaultId}/backupOperationResults`);
}

function begin(call: Call, effect: Effect, status: string, results: string): Reply {
  const begun = beginOperation(call, effect);
  const headers = {
    "Azure-AsyncOperation": operationUrl(call, `${status}/${begun.id}`),
    Location: operationUrl(call, `${results}/${begun.id}`),
    ...retryAfter(call, 60),
  };
  return { status: 202, headers };
}

type BackupEffect = Extract<
  Effect,
  { kind: "containerRegistered" | "containerUnregistered" | "itemProtected" | "itemDeleted" }
>;

export function endBackup(world: World, operation: LongRunningOperation, effect: BackupEffect): void {
  const vault = world.recoveryServicesVaults.get(effect.vaultId);
  if (vault === undefined) return;
  if ("job" in effect) endJob(vault, operation, effect.job);
  if (operation.failure !== undefined) return;
  switch (effect.kind) {
    case "containerRegistered":
      vault.containers.set(effect.key, effect.container);
      discover(world, vault, effect.key, effect.container);
      break;
    case "containerUnregistered":
      vault.containers.delete(effect.key);
      break;
    case "itemProtected":
      vault.protectedItems.set(effect.key, effect.item);
      vault.everProtected = true;
      if (effect.container !== undefined) vault.containers.set(effect.containerKey, effect.container);
      break;
    case "itemDeleted":
      softDelete(vault, effect.key, effect.containerKey, operation.endsAt);
  }
}

/** A registration looks into its storage account, too. */
export function discover(world: World, vault: RecoveryServicesVaultRecord, key: string, container: ArmResource): void {
  const found = sharesOf(world, String(container.properties.sourceResourceId)).map(({ id }) => id.toLowerCase());
  vault.discovered = { ...vault.discovered, [key]: found };
}

function endJob(
  vault: RecoveryServicesVaultRecord,
  { failure, startTime, endsAt }: LongRunningOperation,
  name: string,
) {
  const job = vault.jobs.get(name);
  if (job === undefined) return;
  const status = failure === undefined ? "Completed" : "Failed";
  const duration = `PT${(endsAt - startTime) / 1000}S`;
  const errorDetails = failure && [{ errorCode: 0, errorTitle: failure.code, errorString: failure.message }];
  const properties = { ...job.properties, status, duration, endTime: new Date(endsAt).toISOString() };
  vault.jobs.set(name, { ...job, properties: { ...properties, ...(errorDetails && { errorDetails }) } });
}

/** Whatever the vault's rules say. The item is named as the data source is. */
export function softDeleteItem(vault: RecoveryServicesVaultRecord, friendlyName: string): void {
  const isIt = ({ properties }: ArmResource) => properties.friendlyName.toLowerCase() === friendlyName.toLowerCase();
  const [key] = [...vault.protectedItems].find(([, item]) => isIt(item)) ?? [];
  if (key === undefined) throw new Error(`There is no protected item ${friendlyName} in ${vault.body.id}.`);
  softDelete(vault, key, key.slice(0, key.lastIndexOf("/")), Date.now());
}

/** It stays in the list for as long as the vault keeps what is deleted. */
function softDelete(vault: RecoveryServicesVaultRecord, key: string, container: string, now: number): void {
  const item = vault.protectedItems.get(key);
  if (item === undefined) return;
  const { softDeleteSettings } = vault.body.properties.securitySettings;
  const days = softDeleteSettings.softDeleteRetentionPeriodInDays;
  // Recorded: what is soft-deleted has no policy.
  const { policyId: _, policyName: _1, ...kept } = item.properties;
  const properties: ArmResource = {
    ...kept,
    protectionState: "ProtectionStopped",
    isScheduledForDeferredDelete: true,
    // The service's own name for the days, which is not the specification's: azure-powershell, AzureFileShareItem.cs.
    deferredDeleteTimeInUTC: new Date(now).toISOString(),
    softDeleteRetentionPeriod: days,
  };
  vault.protectedItems.set(key, { ...item, properties });
  // A machine is registered only by being protected.
  const isMachine = item.properties.backupManagementType === "AzureIaasVM";
  if (isMachine && activeItemsIn(vault, container).length === 0) vault.containers.delete(container);
}

/** The items of a container that are not soft-deleted. */
export function activeItemsIn(vault: RecoveryServicesVaultRecord, container: string): ArmResource[] {
  return [...vault.protectedItems]
    .filter(([key, { properties }]) => key.startsWith(`${container}/`) && !properties.isScheduledForDeferredDelete)
    .map(([, item]) => item);
}
