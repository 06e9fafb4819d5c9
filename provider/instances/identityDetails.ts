import { systemAssigned, usedIdentity, userAssignedIdentity } from "../vaults/identity.js";
import { fields, flag, type Of, type Problem } from "../vaults/values.js";
import { isSameId } from "./armId.js";

/*
 * Which of its vault's identities an instance uses: Azure's IdentityDetails.
 * https://learn.microsoft.com/rest/api/dataprotection/backup-instances/create-or-update#identitydetails
 */

const url = "userAssignedIdentityArmUrl";

function checkDetails(details: Record<string, unknown>, path: string, problems: Problem[]): void {
  const { useSystemAssignedIdentity: isSystem } = details;
  if (isSystem === true && details[url] !== undefined)
    problems.push({ path: `${path}.${url}`, expected: "must be omitted, because useSystemAssignedIdentity is true" });
  if (isSystem === false && details[url] === undefined)
    problems.push({ path: `${path}.${url}`, expected: "is missing, because useSystemAssignedIdentity is false" });
}

export const identityDetails = fields(
  { useSystemAssignedIdentity: flag, [url]: userAssignedIdentity },
  ["useSystemAssignedIdentity"],
  checkDetails,
);

export type IdentityDetails = Of<typeof identityDetails>;

/** For an identity by its ARM ID, or `SystemAssigned`. */
export const detailsOf = (identity: string): IdentityDetails =>
  identity === systemAssigned
    ? { useSystemAssignedIdentity: true }
    : { useSystemAssignedIdentity: false, [url]: identity };

/** Azure does not preserve the case of IDs, and absent details mean the system-assigned identity. */
export const isSameIdentity = (a: IdentityDetails | undefined, b: IdentityDetails | undefined): boolean =>
  isSameId(usedIdentity(a), usedIdentity(b));
