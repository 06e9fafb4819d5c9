import type { World } from "../world.js";

/** Somebody who signs in: the emulator's application, or a user-assigned identity. */
export interface Principal {
  clientId: string;
  objectId: string;
  /** The ARM id of a user-assigned identity. */
  resourceId?: string;
  proof: "secret" | "certificate";
}

export type Known = Omit<Principal, "proof">;

export function applicationOf({ application: { clientId, objectId } }: World): Known {
  return { clientId, objectId };
}

export function principalOf(world: World, clientId: string): Known | undefined {
  const wanted = clientId.toLowerCase();
  if (wanted === world.application.clientId) return applicationOf(world);
  return identities(world).find((identity) => identity.clientId === wanted);
}

export function identities({ userAssignedIdentities }: World): Known[] {
  return [...userAssignedIdentities.values()].map(({ id, properties: { clientId, principalId } }) => ({
    clientId,
    objectId: principalId,
    resourceId: id,
  }));
}
