import type { ArmResource } from "../armResource.js";
import { allStores } from "../keyVault/stores/types.js";
import type { World } from "../world.js";

/** Every resource, without its properties: what Resource Manager knows about it by itself. */
export function genericView(world: World): ArmResource[] {
  const all: ArmResource[] = [
    ...[...world.vaults.values(), ...world.recoveryServicesVaults.values()].map(({ body }) => body),
    ...allStores(world).map(({ body }) => body),
    ...world.userAssignedIdentities.values(),
    ...world.resourceGuards.values(),
  ];
  return all.map(({ id, name, type, location, tags, identity, sku }) => ({
    id,
    name,
    type,
    location,
    tags,
    identity,
    sku,
  }));
}
