import { calledById } from "../vault/wording.js";

const named = (vaultId: string) => calledById(vaultId);

export const cannotBeDeleted = (refused: string[]): string =>
  `${refused.join("\n")} Deleting EncryptionSettings alone cannot take the key away: delete them together with their vault, ` +
  "put them back into the program, or give up managing them with `pulumi state delete`.";

export const takenOver = (vaultId: string, keyUri: string): string =>
  `${named(vaultId)} is encrypted with the key ${keyUri} already, by somebody else than this program, and will change to the program's settings.`;

export const vaultNotKnown =
  "Encryption settings: the vault is not known before `pulumi up`, so nothing about it was checked. A customer-managed " +
  "key is permanent: a vault never returns to the platform's keys.";

export const sameSettingsTwice = (vaultId: string): string =>
  `${named(vaultId)} gets its encryption from two EncryptionSettings of this program. Keep one of them.`;

export const settingsStay = (vaultId: string): string =>
  `${named(vaultId)} keeps its encryption: another EncryptionSettings of this program has it too. Pulumi only forgets this one.`;
