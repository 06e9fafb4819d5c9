import { isArmError, type KeyPlace, type LocalPlace, localScopes } from "../../azure/index.js";
import type { Grant, KeyAccessInputs } from "./inputs.js";
import { assignmentName } from "./roles.js";
import { hasAll, orUnsure, others, type Way } from "./way.js";

/** Managed HSM Crypto Service Encryption User: https://learn.microsoft.com/azure/key-vault/managed-hsm/built-in-roles */
const role = "33413926-3206-4cdd-b39a-83574fe37a17";

const assignmentAt = (storeId: string, scope: string, principalId: string): LocalPlace => ({
  storeId,
  scope,
  name: assignmentName(`${storeId}${scope}`, principalId, role),
});

const elsewhere = { Key: "KeyVault", KeyVault: "Key" } as const;

const placeFor = ({ principalId }: KeyAccessInputs, { storeId, key }: KeyPlace, scope: KeyAccessInputs["scope"]) =>
  assignmentAt(storeId, localScopes(key)[scope], principalId);

/** With the local roles of a Managed HSM. */
export const localRoles: Way = {
  async grant(azure, inputs, place, deadline) {
    const { principalId, scope } = inputs;
    const { localRoleAssignments } = azure.keyRights;
    const local = placeFor(inputs, place, scope);
    const ours = grantOf(local);
    if (await localRoleAssignments.exists(local, { deadline })) return ours;
    if (await hasAll(azure, inputs, deadline)) {
      // Permissions that another KeyAccess granted, perhaps one that this one replaces, are deleted with that one.
      const another = placeFor(inputs, place, elsewhere[scope]);
      if (!(await localRoleAssignments.exists(another, { deadline }))) return others(place);
    }
    return orUnsure(ours, () => localRoleAssignments.create(local, { principalId, roleId: role }, { deadline })).catch(
      async (error: unknown) => {
        if (!isArmError(error) || error.status !== 409) throw error;
        if (await localRoleAssignments.exists(local, { deadline })) return ours;
        // The same role was assigned under another name, not by this package.
        if (error.code !== "RoleAssignmentExists") throw error;
        return others(place);
      },
    );
  },

  async found({ localRoleAssignments }, inputs, place, deadline) {
    const local = placeFor(inputs, place, inputs.scope);
    return (await localRoleAssignments.exists(local, { deadline })) ? grantOf(local) : undefined;
  },

  async revokeFromGone({ keyRights }, { storeId, key }, principalId, deadline) {
    for (const at of Object.values(localScopes(key)))
      await keyRights.localRoleAssignments.delete(assignmentAt(storeId, at, principalId), { deadline });
  },
};

const grantOf = (local: LocalPlace): Grant => ({
  grantedBy: "LocalRoleAssignment",
  keyVaultId: local.storeId,
  roleAssignmentId: idOf(local),
});

/** The ID in the form that the Managed HSM uses. */
const idOf = ({ scope, name }: LocalPlace) =>
  `${scope === "/" ? "" : scope}/providers/Microsoft.Authorization/roleAssignments/${name}`;

/** The place of a role assignment in a Managed HSM, from what was recorded. */
export function localPlaceOf({ keyVaultId, roleAssignmentId = "" }: Grant): LocalPlace {
  const [, scope, name = ""] = /^(.*)\/providers\/.*\/([^/]+)$/.exec(roleAssignmentId) ?? [];
  return { storeId: keyVaultId, scope: scope || "/", name };
}
