import { createHash } from "node:crypto";
import type { KeyPlace } from "../../azure/index.js";
import { isArmError } from "../../azure/index.js";
import type { Grant, KeyAccessInputs } from "./inputs.js";
import { hasAll, orUnsure, others, type Way } from "./way.js";

/** Key Vault Crypto Service Encryption User: https://learn.microsoft.com/azure/role-based-access-control/built-in-roles */
const role = "e147488a-f6f5-4113-8e2d-b22465e65bf6";

const scopesOf = ({ keyId, storeId }: KeyPlace) => ({ Key: keyId, KeyVault: storeId });
const elsewhere = { Key: "KeyVault", KeyVault: "Key" } as const;

export const assignmentAt = (at: string, principalId: string, roleId: string = role): string =>
  `${at}/providers/Microsoft.Authorization/roleAssignments/${assignmentName(at, principalId, roleId)}`;

const grantFor = ({ scope, principalId }: KeyAccessInputs, place: KeyPlace): Grant & { roleAssignmentId: string } => ({
  grantedBy: "RoleAssignment",
  keyVaultId: place.storeId,
  roleAssignmentId: assignmentAt(scopesOf(place)[scope], principalId),
});

/** With Azure RBAC role assignments. */
export const roles: Way = {
  async grant(azure, inputs, place, deadline) {
    const { principalId, scope } = inputs;
    const { roleAssignments } = azure.keyRights;
    const ours = grantFor(inputs, place);
    const id = ours.roleAssignmentId;
    if (await roleAssignments.exists(id, { deadline })) return ours;
    if (await hasAll(azure, inputs, deadline)) {
      // Permissions that another KeyAccess granted, perhaps one that this one replaces, are deleted with that one.
      const another = assignmentAt(scopesOf(place)[elsewhere[scope]], principalId);
      if (!(await roleAssignments.exists(another, { deadline }))) return others(place);
    }
    const subscription = place.storeId.split("/").slice(0, 3).join("/");
    const roleDefinitionId = `${subscription}/providers/Microsoft.Authorization/roleDefinitions/${role}`;
    try {
      return await orUnsure(ours, () => roleAssignments.create(id, { principalId, roleDefinitionId }, { deadline }));
    } catch (error) {
      if (!isArmError(error) || error.code !== "RoleAssignmentExists") throw error;
      // The same role was assigned at the same scope under another name, not by this package.
      return others(place);
    }
  },

  async found({ roleAssignments }, inputs, place, deadline) {
    const ours = grantFor(inputs, place);
    return (await roleAssignments.exists(ours.roleAssignmentId, { deadline })) ? ours : undefined;
  },

  async revokeFromGone({ keyRights }, place, principalId, deadline) {
    for (const at of Object.values(scopesOf(place)))
      await keyRights.roleAssignments.delete(assignmentAt(at, principalId), { deadline });
  },
};

/** The same GUID for the same assignment, as in version 5 of RFC 9562, so that granting it twice creates one assignment. */
export function assignmentName(scope: string, principalId: string, role: string): string {
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
