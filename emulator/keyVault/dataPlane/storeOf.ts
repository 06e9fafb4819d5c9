import type { Call } from "../../http/operation.js";
import type { EmulatorRequest } from "../../http/request.js";
import type { World } from "../../world.js";
import type { ManagedHsmRecord } from "../records.js";
import { type Store, storeAt } from "../stores/types.js";

/** The key vault or Managed HSM that a request is for. A port is closed as soon as its own is gone. */
export function requireStoreAt(world: World, { host = "" }: EmulatorRequest): Store {
  const store = storeAt(world, host);
  if (store !== undefined) return store;
  throw new Error(`There is no key vault and no Managed HSM ${host}.`);
}

export const storeOf = (call: Call<never>): Store => requireStoreAt(call.world, call.request);

/** For operations that only Managed HSMs have. */
export const hsmOf = (call: Call<never>): ManagedHsmRecord => storeOf(call) as ManagedHsmRecord;
