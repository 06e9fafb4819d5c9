import { ArmError } from "../../http/armError.js";
import type { World } from "../../world.js";
import { inDeletedState } from "./deletedPath.js";
import { isNameTaken } from "./name.js";
import { deletedStoresOf, type Store, type StoreType, storesOf } from "./types.js";

/**
 * A PUT to an id that no store has: it makes one, unless the name is taken, or brings the deleted one back.
 * https://learn.microsoft.com/azure/key-vault/general/key-vault-recovery
 */
export function recoverOrRefuse(
  world: World,
  type: StoreType,
  name: string,
  id: string,
  createMode: unknown,
): Store | undefined {
  const wantsRecovery = String(createMode ?? "default").toLowerCase() === "recover";
  const deleted = deletedStoresOf(world, type).get(name.toLowerCase());
  if (wantsRecovery && deleted?.record.body.id.toLowerCase() === id.toLowerCase()) {
    deletedStoresOf(world, type).delete(name.toLowerCase());
    storesOf(world, type).set(id.toLowerCase(), deleted.record);
    return deleted.record;
  }
  if (wantsRecovery) {
    throw new ArmError(404, "EmulatorUnverifiedNothingToRecover", `There is no deleted '${name}' to recover here.`);
  }
  if (deleted !== undefined) throw inDeletedState(type);
  if (isNameTaken(world, type, name)) {
    throw new ArmError(409, "VaultAlreadyExists", `The vault name '${name}' is already in use.`);
  }
  return undefined;
}
