import type { World } from "../../world.js";
import { deletedStoresOf, type StoreType, storesOf } from "./types.js";

/** Each name is a host of its own, so it is there once in all of Azure. */
export function isNameTaken(world: World, type: StoreType, name: string): boolean {
  const wanted = name.toLowerCase();
  const isUsed = [...storesOf(world, type).keys()].some((id) => id.endsWith(`/${wanted}`));
  return isUsed || deletedStoresOf(world, type).has(wanted);
}
