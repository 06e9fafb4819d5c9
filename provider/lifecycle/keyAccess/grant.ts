import type { Azure, KeyPlace } from "../../azure/index.js";
import type { Grant, KeyAccessInputs } from "./inputs.js";
import { localPlaceOf, localRoles } from "./localRoles.js";
import { policies, revokePolicy } from "./policies.js";
import { roles } from "./roles.js";
import type { Way } from "./way.js";

export const ways: Record<KeyPlace["by"], Way> = { Roles: roles, Policies: policies, LocalRoles: localRoles };

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
