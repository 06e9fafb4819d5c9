import { calledById } from "./wording.js";

export const waitsForPermission = (vaultId: string, waitedMs: number, atMostMs: number): string => {
  const waited = waitedMs < 1_000 ? "" : ` Waited for ${Math.round(waitedMs / 1_000)} s so far.`;
  return (
    `${calledById(vaultId)}: Azure says that the identity may not use the key, though its rights can be seen. New rights take ` +
    `some minutes to count; waiting up to ${Math.ceil(atMostMs / 60_000)} min (timeouts.permission).${waited}`
  );
};

export const triesAgain = (vaultId: string): string =>
  `${calledById(vaultId)}: Azure left the encryption Inconsistent, and wants the same update again at once. Trying again.`;

export const staysInconsistent = (vaultId: string, tries: number): string =>
  `${calledById(vaultId)}: after ${tries} tries Azure still shows its encryption as Inconsistent. ` +
  "The update has to be made again: run `pulumi up` again soon, and ask Microsoft's support if it stays so.";

/** Azure's own messages name the wrong cause. */
export const whatIsWrong = (azures: string, found: string[]): string =>
  found.length > 0 ? `${found.join("\n")}\nAzure's words: ${azures}` : azures;

export const rolesLeft = (vaultId: string, principalId: string, why: string): string =>
  `${calledById(vaultId)} is deleted, and its own identity ${principalId} with it. Roles that KeyAccess gave that identity on the ` +
  `key could not be taken away: ${why} They point to nobody now, and can be deleted.`;
