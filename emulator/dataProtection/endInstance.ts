import type { Effect, LongRunningOperation, OperationFailure } from "../state/longRunningOperation.js";
import type { ArmResource, BackupVaultRecord } from "../state/records.js";
import { guid, type World } from "../state/world.js";
import { userFacingError } from "./backupError.js";
import { noteSource } from "./protectedSources.js";
import { vaultSettings } from "./vaultSettings.js";

type InstanceEffect = Extract<Effect, { instance: string }>;

export function endInstance(world: World, operation: LongRunningOperation, effect: InstanceEffect): void {
  const vault = world.vaults.get(effect.vaultId);
  const key = effect.instance;
  const instance = vault?.instances.get(key);
  if (vault === undefined || instance === undefined) return;
  if (operation.failure !== undefined) {
    fail(instance, operation.failure);
    return;
  }
  switch (effect.kind) {
    case "instanceWritten":
      if (effect.policyInfo !== undefined) instance.properties.policyInfo = effect.policyInfo;
      setState(instance, effect.state);
      noteSource(world, vault, key);
      break;
    case "instanceDeleted":
      if (effect.keep) softDeleteInstance(vault, key, operation.endsAt);
      else vault.instances.delete(key);
  }
}

/** What failed is known by the state that it leaves; other changes leave the state that was. */
const failedStates: Record<string, string> = {
  ConfiguringProtection: "ConfiguringProtectionFailed",
  UpdatingProtection: "ProtectionError",
};

function fail(instance: ArmResource, { code, message }: OperationFailure): void {
  const state = failedStates[instance.properties.currentProtectionState];
  if (state !== undefined) {
    setState(instance, state);
    instance.properties.protectionErrorDetails = userFacingError(code, message).additionalInfo[0].info;
  }
  instance.properties.provisioningState = "Failed";
}

export function setState(instance: ArmResource, state: string): void {
  delete instance.properties.protectionErrorDetails;
  instance.properties.currentProtectionState = state;
  instance.properties.protectionStatus = { status: state };
  instance.properties.provisioningState = "Succeeded";
}

/** Brings an instance back, at once. */
export function undeleteInstance(world: World, vault: BackupVaultRecord, key: string, instance: ArmResource): void {
  vault.deletedInstances.delete(key);
  vault.instances.set(key, instance);
  noteSource(world, vault, key);
  delete instance.properties.deletionInfo;
  instance.properties.objectType = "BackupInstance";
  setState(instance, "ProtectionStopped");
}

/** Takes an instance from the active ones to those that can come back. */
export function softDeleteInstance(vault: BackupVaultRecord, key: string, now: number): void {
  const instance = vault.instances.get(key);
  if (instance === undefined) return;
  vault.instances.delete(key);
  vault.deletedInstances.set(key, instance);
  setState(instance, "SoftDeleted");
  const { retentionDurationInDays: days } = vaultSettings(vault.body);
  const time = (at: number) => new Date(at).toISOString();
  instance.properties.objectType = "DeletedBackupInstance";
  instance.properties.deletionInfo = {
    deletionTime: time(now),
    billingEndDate: time(now),
    scheduledPurgeTime: time(now + days * 24 * 3600 * 1000),
    deleteActivityID: guid(),
  };
}
