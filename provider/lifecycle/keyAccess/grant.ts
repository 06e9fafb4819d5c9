import { createHash } from "node:crypto";
import { type Azure, isArmError, wasAccepted } from "../../azure/index.js";
import { type KeyPlace, type LocalPlace, localScopes } from "../../azure/keyRights/index.js";
import { messageOf } from "../messageOf.js";
import type { Grant, KeyAccessInputs } from "./inputs.js";

/** Key Vault Crypto Service Encryption User: https://learn.microsoft.com/azure/role-based-access-control/built-in-roles */
const role = "e147488a-f6f5-4113-8e2d-b22465e65bf6";
// The portal's steps pick List too: https://learn.microsoft.com/azure/backup/encryption-at-rest-with-cmk-for-backup-vault
const needed = ["get", "list", "wrapKey", "unwrapKey"];

/** Managed HSM Crypto Service Encryption User: https://learn.microsoft.com/azure/key-vault/managed-hsm/built-in-roles */
const localRole = "33413926-3206-4cdd-b39a-83574fe37a17";

/** Gives what is missing, and says what that was. */
export async function grant(azure: Azure, inputs: KeyAccessInputs, place: KeyPlace, deadline: number): Promise<Grant> {
  const ways = { Roles: byRole, Policies: byPolicy, LocalRoles: byLocalRole };
  return ways[place.by](azure, inputs, place, deadline);
}

async function byRole(azure: Azure, inputs: KeyAccessInputs, place: KeyPlace, deadline: number): Promise<Grant> {
  const { keyUri, principalId, scope } = inputs;
  const { roleAssignments } = azure.keyRights;
  const id = roleAssignmentAt(scope === "Key" ? place.keyId : place.storeId, principalId);
  const ours: Grant = { grantedBy: "RoleAssignment", keyVaultId: place.storeId, roleAssignmentId: id };
  const others: Grant = { grantedBy: "Nothing", keyVaultId: place.storeId };
  if (await roleAssignments.exists(id, { deadline })) return ours;
  if (await hasAll(azure, keyUri, principalId, deadline)) return others;
  const subscription = place.storeId.split("/").slice(0, 3).join("/");
  const roleDefinitionId = `${subscription}/providers/Microsoft.Authorization/roleDefinitions/${role}`;
  try {
    await roleAssignments.create(id, { principalId, roleDefinitionId }, { deadline });
  } catch (error) {
    // Somebody else has given the same role at the same place under another name.
    if (isArmError(error) && error.code === "RoleAssignmentExists") return others;
    throw error;
  }
  return ours;
}

const roleAssignmentAt = (at: string, principalId: string): string =>
  `${at}/providers/Microsoft.Authorization/roleAssignments/${assignmentName(at, principalId, role)}`;

const localRoleAssignmentAt = (storeId: string, scope: string, principalId: string): LocalPlace => ({
  storeId,
  scope,
  name: assignmentName(`${storeId}${scope}`, principalId, localRole),
});

const hasAll = async (azure: Azure, keyUri: string, principalId: string, deadline: number): Promise<boolean> => {
  const { get, wrap, unwrap } = await azure.keyRights.of(keyUri, principalId, { deadline });
  return [get, wrap, unwrap].every((right) => right === "yes");
};

async function byLocalRole(azure: Azure, inputs: KeyAccessInputs, place: KeyPlace, deadline: number): Promise<Grant> {
  const { keyUri, principalId, scope } = inputs;
  const { localRoleAssignments } = azure.keyRights;
  const { storeId } = place;
  const local = localRoleAssignmentAt(storeId, localScopes(place.key)[scope], principalId);
  const ours: Grant = { grantedBy: "LocalRoleAssignment", keyVaultId: storeId, roleAssignmentId: idOf(local) };
  const others: Grant = { grantedBy: "Nothing", keyVaultId: storeId };
  if (await localRoleAssignments.exists(local, { deadline })) return ours;
  if (await hasAll(azure, keyUri, principalId, deadline)) return others;
  try {
    await localRoleAssignments.create(local, { principalId, roleId: localRole }, { deadline });
  } catch (error) {
    if (!isArmError(error) || error.status !== 409) throw error;
    // Ours after all, where the answer to its first try was lost; else somebody else's under another name.
    if (await localRoleAssignments.exists(local, { deadline })) return ours;
    if (error.code !== "RoleAssignmentExists") throw error;
    return others;
  }
  return ours;
}

/** As the Managed HSM writes it. */
const idOf = ({ scope, name }: LocalPlace) =>
  `${scope === "/" ? "" : scope}/providers/Microsoft.Authorization/roleAssignments/${name}`;

/** Where a role assignment inside a Managed HSM is, by what was recorded of it. */
export function localPlaceOf({ keyVaultId, roleAssignmentId = "" }: Grant): LocalPlace {
  const [, scope, name = ""] = /^(.*)\/providers\/.*\/([^/]+)$/.exec(roleAssignmentId) ?? [];
  return { storeId: keyVaultId, scope: scope || "/", name };
}

async function byPolicy(azure: Azure, { principalId }: KeyAccessInputs, place: KeyPlace, deadline: number) {
  const { storeId, tenantId } = place;
  const { accessPolicies } = azure.keyRights;
  const has = (await accessPolicies.keysOf(storeId, principalId, { deadline })) ?? [];
  const missing = needed.filter((name) => !includes(has, name) && !includes(has, "all"));
  if (missing.length === 0) return { grantedBy: "Nothing", keyVaultId: storeId } satisfies Grant;
  const given: Grant = { grantedBy: "AccessPolicy", keyVaultId: storeId, keyPermissions: missing };
  try {
    await accessPolicies.add(
      storeId,
      { tenantId, objectId: principalId, permissions: { keys: missing } },
      { deadline },
    );
  } catch (error) {
    throw wasAccepted(error) ? new UnsureGrant(messageOf(error), given) : error;
  }
  return given;
}

/**
 * The answer was lost, so these rights may have been given. Unlike a role assignment, a policy has no name by which the
 * next run would know it for ours.
 */
class UnsureGrant extends Error {
  override readonly name = "UnsureGrant";
  constructor(
    message: string,
    readonly given: Grant,
  ) {
    super(message);
  }
}

export const isUnsure = (error: unknown): error is UnsureGrant => (error as Error | undefined)?.name === "UnsureGrant";

/** Takes away what was given, and nothing else. */
export async function revoke(azure: Azure, access: KeyAccessInputs & Grant, deadline: number): Promise<void> {
  const { keyUri, principalId, grantedBy, keyVaultId, roleAssignmentId, keyPermissions = [] } = access;
  if (grantedBy === "RoleAssignment" && roleAssignmentId) {
    await azure.keyRights.roleAssignments.delete(roleAssignmentId, { deadline });
  }
  if (grantedBy === "LocalRoleAssignment") {
    await azure.keyRights.localRoleAssignments.delete(localPlaceOf(access), { deadline });
  }
  if (grantedBy !== "AccessPolicy") return;
  const { accessPolicies } = azure.keyRights;
  const has = await accessPolicies.keysOf(keyVaultId, principalId, { deadline });
  if (!has?.some((name) => includes(keyPermissions, name))) return;
  const { tenantId } = await azure.keyRights.place(keyUri, { deadline });
  const policy = (keys: string[]) => ({ tenantId, objectId: principalId, permissions: { keys } });
  await accessPolicies.remove(keyVaultId, policy(keyPermissions), { deadline });
  // Microsoft does not say whether this takes the named rights or all of the principal's: what is not ours is put back.
  const left = (await accessPolicies.keysOf(keyVaultId, principalId, { deadline })) ?? [];
  const lost = has.filter((name) => !includes(keyPermissions, name) && !includes(left, name));
  if (lost.length > 0) await accessPolicies.add(keyVaultId, policy(lost), { deadline });
}

/**
 * Takes away the roles that KeyAccess gave to a principal that is gone. The access of a vault's own identity is not
 * deleted by itself: the vault needs it to the end, and takes its identity along. Its roles have names of ours.
 */
export async function revokeFromGone(
  azure: Azure,
  keyUri: string,
  principalId: string,
  deadline: number,
): Promise<void> {
  const { place, roleAssignments, localRoleAssignments } = azure.keyRights;
  const { by, storeId, keyId, key } = await place(keyUri, { deadline });
  if (by === "Roles") {
    for (const at of [keyId, storeId]) await roleAssignments.delete(roleAssignmentAt(at, principalId), { deadline });
  }
  if (by === "LocalRoles") {
    for (const at of Object.values(localScopes(key))) {
      await localRoleAssignments.delete(localRoleAssignmentAt(storeId, at, principalId), { deadline });
    }
  }
}

const includes = (names: string[], name: string) => names.some((each) => each.toLowerCase() === name.toLowerCase());

/** The same GUID for the same assignment, in the way of RFC 9562's version 5, so that giving it twice is giving it once. */
function assignmentName(scope: string, principalId: string, role: string): string {
  const hash = createHash("sha1").update(`${scope}|${principalId}|${role}`.toLowerCase()).digest("hex");
  const variant = ((Number.parseInt(hash.slice(16, 18), 16) & 0x3f) | 0x80).toString(16);
  return [
    hash.slice(0, 8),
    hash.slice(8, 12),
    `5${hash.slice(13, 16)}`,
    variant + hash.slice(18, 20),
    hash.slice(20, 32),
  ].join("-");
}
