import type { ArmResource } from "../armResource.js";
import type { Effect, LongRunningOperation } from "../operations/longRunningOperation.js";
import { guid, type World } from "../world.js";
import type { BackupVaultRecord } from "./records.js";
import { vaultSettings } from "./vaultSettings.js";

type InstanceEffect = Extract<Effect, { instance: string }>;

export function endInstance(world: World, operation: LongRunningOperation, effect: InstanceEffect): void {
  const vault = world.vaults.get(effect.vaultId);
  const key = effect.instance;
  const instance = vault?.instances.get(key) ?? vault?.deletedInstances.get(key);
  if (vault === undefined || instance === undefined) return;
  if (operation.failure !== undefined) {
    instance.properties.provisioningState = "Failed";
    return;
  }
  switch (effect.kind) {
    case "instanceWritten":
      setState(instance, effect.state);
      break;
    case "instanceDeleted":
      if (effect.keep) softDeleteInstance(vault, key, operation.endsAt);
      else vault.instances.delete(key);
      break;
    case "instanceUndeleted":
      vault.deletedInstances.delete(key);
      vault.instances.set(key, instance);
      delete instance.properties.deletionInfo;
      instance.properties.objectType = "BackupInstance";
      setState(instance, "ProtectionStopped");
  }
}

export function setState(instance: ArmResource, state: string): void {
  instance.properties.currentProtectionState = state;
  instance.properties.protectionStatus = { status: state };
  instance.properties.provisioningState = "Succeeded";
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
