import type { Azure, KeyPlace } from "../../azure/index.js";
import type { Grant, KeyAccessInputs } from "./inputs.js";
import { localPlaceOf, localRoles } from "./localRoles.js";
import { policies, revokePolicy } from "./policies.js";
import { roles } from "./roles.js";
import type { Way } from "./way.js";

export const ways: Record<KeyPlace["by"], Way> = { Roles: roles, Policies: policies, LocalRoles: localRoles };

/**
 * What was given, by names that are the same for whoever gave the same: two resources may have given one right, such as
 * a policy, which is a key vault's and not a key's.
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
 * Takes away what was given, and nothing else.
 *
 * @param isKept what somebody else of this program has given too
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
 * Takes away what KeyAccess gave to a principal that is gone. The access of a vault's own identity is not deleted by
 * itself: the vault needs it to the end, and takes its identity along.
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
