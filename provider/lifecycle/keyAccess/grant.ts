import type { Azure, KeyPlace } from "../../azure/index.js";
import type { Grant, KeyAccessInputs } from "./inputs.js";
import { localPlaceOf, localRoles } from "./localRoles.js";
import { policies, revokePolicy } from "./policies.js";
import { roles } from "./roles.js";
import { hasAll, others, type Way } from "./way.js";

export const ways: Record<KeyPlace["by"], Way> = { Roles: roles, Policies: policies, LocalRoles: localRoles };

/**
 * The access of which nothing is recorded, as a resource would have granted it. Undefined if the principal cannot use the key.
 */
export async function existingAccess(
  azure: Azure,
  access: KeyAccessInputs,
  deadline: number,
): Promise<(KeyAccessInputs & Grant) | undefined> {
  const place = await azure.keyRights.place(access.keyUri, { deadline });
  for (const scope of ["Key", "KeyVault"] as const) {
    const given = await ways[place.by].found(azure.keyRights, { ...access, scope }, place, deadline);
    if (given) return { ...access, scope, ...given };
  }
  return (await hasAll(azure, access, deadline)) ? { ...access, ...others(place) } : undefined;
}

/**
 * What was granted, under names that are equal for equal grants: two resources may have granted the same, such as a
 * policy, which applies to the whole key vault.
 */
export function rightsOf({
  principalId,
  grantedBy,
  keyVaultId,
  roleAssignmentId,
  keyPermissions,
}: KeyAccessInputs & Grant) {
  const inArm = grantedBy === "LocalRoleAssignment" ? `${keyVaultId}${roleAssignmentId}` : roleAssignmentId;
  return {
    role: roleAssignmentId === undefined ? undefined : `access ${inArm}`,
    policy: keyPermissions?.length ? `access ${keyVaultId} ${principalId}` : undefined,
  };
}

/**
 * Revokes what was granted, and nothing else.
 *
 * @param isKept whether another resource of this program granted it too
 */
export async function revoke(
  azure: Azure,
  access: KeyAccessInputs & Grant,
  isKept: (right: string) => boolean,
  deadline: number,
): Promise<void> {
  const { principalId, grantedBy, keyVaultId, roleAssignmentId = "", keyPermissions = [] } = access;
  const { role, policy } = rightsOf(access);
  const { roleAssignments, localRoleAssignments } = azure.keyRights;
  if (role && !isKept(role)) {
    if (grantedBy === "LocalRoleAssignment") await localRoleAssignments.delete(localPlaceOf(access), { deadline });
    else await roleAssignments.delete(roleAssignmentId, { deadline });
  }
  if (policy && !isKept(policy)) await revokePolicy(azure, keyVaultId, principalId, keyPermissions, deadline);
}

/**
 * Revokes what KeyAccess granted to a principal that no longer exists. The access of a system-assigned identity cannot be
 * revoked earlier: the vault needs it until its deletion, which also deletes the identity.
 */
export async function revokeFromGone(
  azure: Azure,
  keyUri: string,
  principalId: string,
  deadline: number,
): Promise<void> {
  const place = await azure.keyRights.place(keyUri, { deadline });
  await ways[place.by].revokeFromGone(azure, place, principalId, deadline);
}
