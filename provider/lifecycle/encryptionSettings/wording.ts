import { partsOf } from "../backupVault/vaultId.js";

const named = (vaultId: string) => `Backup vault "${partsOf(vaultId).vaultName}"`;

export const cannotBeDeleted = (refused: string[]): string =>
  `${refused.join("\n")} Deleting EncryptionSettings alone cannot take the key away: delete them together with their vault, ` +
  "put them back into the program, or give up managing them with `pulumi state delete`.";

export const takenOver = (vaultId: string, keyUri: string): string =>
  `${named(vaultId)} is encrypted with the key ${keyUri} already, by somebody else than this program, and will change to the program's settings.`;

export const waitsForPermission = (vaultId: string, minutes: number): string =>
  `${named(vaultId)}: Azure says that the identity may not use the key, though its rights can be seen. ` +
  `New rights take some minutes to count; waiting up to ${minutes} min (timeouts.permission).`;

export const triesAgain = (vaultId: string): string =>
  `${named(vaultId)}: Azure left the encryption Inconsistent, and wants the same update again at once. Trying again.`;

export const staysInconsistent = (vaultId: string, tries: number): string =>
  `${named(vaultId)}: after ${tries} tries Azure still shows its encryption as Inconsistent. ` +
  "The update has to be made again: run `pulumi up` again soon, and ask Microsoft's support if it stays so.";

/** Azure's own messages name the wrong cause. */
export const whatIsWrong = (azures: string, found: string[]): string =>
  found.length > 0 ? `${found.join("\n")}\nAzure's words: ${azures}` : azures;
