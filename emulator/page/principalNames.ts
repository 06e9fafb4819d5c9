import type { World } from "../world.js";

/** Whose the principals are: identities of their own, those of vaults, and the one that clients sign in as. */
export function principalNames(world: World): Map<string, string> {
  const names = new Map([[world.application.objectId, "the application that clients sign in as"]]);
  for (const { name, properties } of world.userAssignedIdentities.values()) names.set(properties.principalId, name);
  for (const vaults of [world.vaults, world.recoveryServicesVaults]) {
    for (const { body } of vaults.values()) {
      if (body.identity?.principalId) names.set(body.identity.principalId, `${body.name} (system-assigned)`);
    }
  }
  return names;
}
