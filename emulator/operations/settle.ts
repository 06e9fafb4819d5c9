import { endInstance } from "../dataProtection/endInstance.js";
import { endVaultDeletion, endVaultWrite } from "../dataProtection/endVault.js";
import { endJob } from "../dataProtection/job.js";
import * as recoveryServices from "../recoveryServices/endVault.js";
import { endBackup } from "../recoveryServicesBackup/endBackup.js";
import { endGroupDeletion } from "../resourceManager/endGroupDeletion.js";
import type { World } from "../world.js";
import type { LongRunningOperation } from "./longRunningOperation.js";

/** Ends the operations whose time has come: called before anybody looks at the world. */
export function settle(world: World, now: number): void {
  for (const id of [...world.running]) {
    const operation = world.operations.get(id);
    if (operation !== undefined && operation.endsAt <= now) end(world, operation, now);
  }
}

/** Ends one operation now, however long it would have taken. */
export function end(world: World, operation: LongRunningOperation, now: number): void {
  world.running.delete(operation.id);
  operation.ended = true;
  operation.endsAt = Math.min(operation.endsAt, now);
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
      recoveryServices.endVaultWrite(world, operation, effect);
      break;
    case "recoveryServicesVaultDeleted":
      recoveryServices.endVaultDeletion(world, operation, effect);
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
