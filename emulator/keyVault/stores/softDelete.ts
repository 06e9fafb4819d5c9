import type { World } from "../../world.js";
import { deletedStoresOf, type Store, type StoreType, storesOf } from "./types.js";

/** It can be recovered as long as nobody purges it: the emulator does not end its retention. */
export function softDeleteStore(world: World, type: StoreType, record: Store, now: number): void {
  const { id, name, properties } = record.body;
  storesOf(world, type).delete(id.toLowerCase());
  if (!properties.enableSoftDelete) return;
  deletedStoresOf(world, type).set(name.toLowerCase(), { record, deletedAt: now });
}
