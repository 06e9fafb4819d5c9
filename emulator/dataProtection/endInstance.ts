import type { ArmResource } from "../armResource.js";
import type { Effect, LongRunningOperation } from "../operations/longRunningOperation.js";
import type { World } from "../world.js";

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
      vault.instances.delete(key);
      if (effect.keep) vault.deletedInstances.set(key, softDeleted(instance));
      break;
    case "instanceUndeleted":
      vault.deletedInstances.delete(key);
      vault.instances.set(key, instance);
      delete instance.properties.deletionInfo;
      setState(instance, "ProtectionStopped");
  }
}

export function setState(instance: ArmResource, state: string): void {
  instance.properties.currentProtectionState = state;
  instance.properties.protectionStatus = { status: state };
  instance.properties.provisioningState = "Succeeded";
}

function softDeleted(instance: ArmResource): ArmResource {
  setState(instance, "SoftDeleted");
  return instance;
}
