import { ArmError } from "../arm/armError.js";
import type { ArmResource } from "../state/records.js";
import { guid, type World } from "../state/world.js";

/**
 * The identities of a resource as Resource Manager keeps them: one block for every resource provider.
 * https://learn.microsoft.com/azure/templates/microsoft.dataprotection/backupvaults
 */
function writtenIdentity(
  world: World,
  before: ArmResource | undefined,
  given: ArmResource | undefined,
  userAssigned: ArmResource,
): ArmResource | undefined {
  const type = identityType(given?.type);
  if (type === "None") return undefined;
  const identity: ArmResource = { type };
  if (type.includes("UserAssigned")) {
    for (const id of Object.keys(userAssigned)) refuseUnknown(world, id);
    if (Object.keys(userAssigned).length === 0) throw noUserAssigned();
    identity.userAssignedIdentities = userAssigned;
  }
  // The system-assigned identity lives as long as it stays assigned: taken away and given back, it is another one.
  if (type.includes("SystemAssigned")) identity.principalId = before?.principalId ?? guid();
  identity.tenantId = world.tenantId;
  return identity;
}

/** What PUT says: the identities given, no others. */
export function putIdentity(world: World, before: ArmResource | undefined, given: ArmResource | undefined) {
  const userAssigned = Object.fromEntries(
    Object.keys(given?.userAssignedIdentities ?? {}).map((id) => [id, known(before, id)?.[1] ?? {}]),
  );
  return writtenIdentity(world, before, given, userAssigned);
}

/** What PATCH says: entries are added, and taken away by null. */
export function patchIdentity(world: World, before: ArmResource | undefined, given: ArmResource) {
  const userAssigned: ArmResource = { ...before?.userAssignedIdentities };
  for (const [id, value] of Object.entries(given.userAssignedIdentities ?? {})) {
    const present = known(before, id);
    if (value !== null) userAssigned[present?.[0] ?? id] = present?.[1] ?? {};
    else if (present !== undefined) delete userAssigned[present[0]];
  }
  return writtenIdentity(world, before, { type: before?.type, ...given }, userAssigned);
}

/** Clients see empty entries until the operation has ended. */
export function resolveUserAssigned(world: World, identity: ArmResource | undefined): void {
  for (const id of Object.keys(identity?.userAssignedIdentities ?? {})) {
    const { clientId, principalId } = world.userAssignedIdentities.get(id.toLowerCase())?.properties ?? {};
    if (identity !== undefined) identity.userAssignedIdentities[id] = { clientId, principalId };
  }
}

/** "system", and the lower-cased ids of user-assigned identities. */
export function identitiesOf(identity: ArmResource | undefined): string[] {
  const system = /SystemAssigned/i.test(identity?.type ?? "") ? ["system"] : [];
  return [...system, ...Object.keys(identity?.userAssignedIdentities ?? {}).map((id) => id.toLowerCase())].sort();
}

function known(before: ArmResource | undefined, id: string): [string, ArmResource] | undefined {
  const entries: [string, ArmResource][] = Object.entries(before?.userAssignedIdentities ?? {});
  return entries.find(([present]) => present.toLowerCase() === id.toLowerCase());
}

function identityType(given: unknown): string {
  const words = String(given ?? "None")
    .split(",")
    .map((word) => word.trim().toLowerCase());
  const known = ["SystemAssigned", "UserAssigned", "None"].filter((type) => words.includes(type.toLowerCase()));
  if (known.length !== words.length || (known.length > 1 && known.includes("None"))) {
    throw new ArmError(
      400,
      "InvalidIdentityType",
      `The identity type '${given}' is not supported. Supported types are SystemAssigned, UserAssigned, ` +
        "'SystemAssigned,UserAssigned' and None.",
    );
  }
  return known.join(",");
}

function refuseUnknown(world: World, id: string): void {
  if (world.userAssignedIdentities.has(id.toLowerCase())) return;
  throw new ArmError(
    400,
    "FailedIdentityOperation",
    `Identity operation failed: the user-assigned identity '${id}' was not found. Create it first.`,
  );
}

function noUserAssigned(): ArmError {
  return new ArmError(
    400,
    "EmulatorUnverifiedIdentityInvalid",
    "The identity type UserAssigned needs userAssignedIdentities. Azure's own answer is not documented.",
  );
}
