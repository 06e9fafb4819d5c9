import { markEnded } from "../arm/longRunning.js";
import { endJob } from "../dataProtection/backupJobs.js";
import { endInstance } from "../dataProtection/endInstance.js";
import { endVaultDeletion, endVaultWrite } from "../dataProtection/endVault.js";
import { endRecoveryServicesVaultDeletion, endRecoveryServicesVaultWrite } from "../recoveryServices/endVault.js";
import { endBackup } from "../recoveryServicesBackup/backupOperations.js";
import { endGroupDeletion } from "../resourceManager/endGroupDeletion.js";
import type { LongRunningOperation } from "../state/longRunningOperation.js";
import type { World } from "../state/world.js";

/** Ends the operations whose time has come: called before anybody looks at the world. */
export function settle(world: World, now: number): void {
  for (const id of [...world.running]) {
    const operation = world.operations.get(id);
    if (operation !== undefined && operation.endsAt <= now) end(world, operation, now);
  }
}

/** Ends one operation now, however long it would have taken. */
export function end(world: World, operation: LongRunningOperation, now: number): void {
  markEnded(world, operation, now);
  const { effect } = operation;
  endJob(world, operation);
  switch (effect.kind) {
    case "vaultWritten":
      endVaultWrite(world, operation, effect);
      break;
    case "vaultDeleted":
      endVaultDeletion(world, operation, effect);
      break;
    case "recoveryServicesVaultWritten":
      endRecoveryServicesVaultWrite(world, operation, effect);
      break;
    case "recoveryServicesVaultDeleted":
      endRecoveryServicesVaultDeletion(world, operation, effect);
      break;
    case "containerRegistered":
    case "containerUnregistered":
    case "itemProtected":
    case "itemDeleted":
      endBackup(world, operation, effect);
      break;
    case "resourceGroupDeleted":
      endGroupDeletion(world, operation, effect);
      break;
    case "nothing":
      break;
    default:
      endInstance(world, operation, effect);
  }
}
