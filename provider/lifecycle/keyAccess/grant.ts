import { createHash } from "node:crypto";
import { type Azure, isArmError } from "../../azure/index.js";
import type { KeyPlace } from "../../azure/keyRights/index.js";
import type { Grant, KeyAccessInputs } from "./inputs.js";

/** Key Vault Crypto Service Encryption User: https://learn.microsoft.com/azure/role-based-access-control/built-in-roles */
const role = "e147488a-f6f5-4113-8e2d-b22465e65bf6";
// The portal's steps pick List too: https://learn.microsoft.com/azure/backup/encryption-at-rest-with-cmk-for-backup-vault
const needed = ["get", "list", "wrapKey", "unwrapKey"];

/** Gives what is missing, and says what that was. */
export async function grant(azure: Azure, inputs: KeyAccessInputs, place: KeyPlace, deadline: number): Promise<Grant> {
  return place.byRoles ? byRole(azure, inputs, place, deadline) : byPolicy(azure, inputs, place, deadline);
}

async function byRole(azure: Azure, inputs: KeyAccessInputs, place: KeyPlace, deadline: number): Promise<Grant> {
  const { keyUri, principalId, scope } = inputs;
  const { roleAssignments } = azure.keyRights;
  const at = scope === "Key" ? place.keyId : place.storeId;
  const id = `${at}/providers/Microsoft.Authorization/roleAssignments/${assignmentName(at, principalId)}`;
  const ours: Grant = { grantedBy: "RoleAssignment", keyVaultId: place.storeId, roleAssignmentId: id };
  const others: Grant = { grantedBy: "Nothing", keyVaultId: place.storeId };
  if (await roleAssignments.exists(id, { deadline })) return ours;
  const { get, wrap, unwrap } = await azure.keyRights.of(keyUri, principalId, { deadline });
  if ([get, wrap, unwrap].every((right) => right === "yes")) return others;
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

async function byPolicy(azure: Azure, { principalId }: KeyAccessInputs, place: KeyPlace, deadline: number) {
  const { storeId, tenantId } = place;
  const { accessPolicies } = azure.keyRights;
  const has = (await accessPolicies.keysOf(storeId, principalId, { deadline })) ?? [];
  const missing = needed.filter((name) => !includes(has, name) && !includes(has, "all"));
  if (missing.length === 0) return { grantedBy: "Nothing", keyVaultId: storeId } satisfies Grant;
  await accessPolicies.add(storeId, { tenantId, objectId: principalId, permissions: { keys: missing } }, { deadline });
  return { grantedBy: "AccessPolicy", keyVaultId: storeId, keyPermissions: missing } satisfies Grant;
}

/** Takes away what was given, and nothing else. */
export async function revoke(
  azure: Azure,
  { keyUri, principalId, grantedBy, keyVaultId, roleAssignmentId, keyPermissions = [] }: KeyAccessInputs & Grant,
  deadline: number,
): Promise<void> {
  if (grantedBy === "RoleAssignment" && roleAssignmentId) {
    await azure.keyRights.roleAssignments.delete(roleAssignmentId, { deadline });
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

const includes = (names: string[], name: string) => names.some((each) => each.toLowerCase() === name.toLowerCase());

/** The same GUID for the same assignment, in the way of RFC 9562's version 5, so that giving it twice is giving it once. */
function assignmentName(scope: string, principalId: string): string {
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
