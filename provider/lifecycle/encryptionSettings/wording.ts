import type { Facts } from "../../rules/index.js";
import { keyVersion } from "../../vaults/encryption.js";
import { calledById } from "../../vaults/vaultId.js";
import type { EncryptionSettingsInputs } from "./inputs.js";

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

const soonMs = 30 * 24 * 60 * 60_000;

/** What is allowed, and will need somebody's care later. */
export function notices({ vault, keyUri }: EncryptionSettingsInputs, { key }: Facts): string[] {
  const about = calledById(vault);
  const found = key && "value" in key && typeof key.value === "object" ? key.value : undefined;
  const expires = (found?.expires ?? Number.POSITIVE_INFINITY) * 1000;
  return [
    // https://learn.microsoft.com/azure/backup/encryption-at-rest-with-cmk-for-backup-vault
    ...(keyVersion(keyUri)
      ? [
          `${about}: keyUri names a version of the key, so the vault stays on it when the key is rotated. ` +
            "Leave the version out, and the vault follows the key by itself.",
        ]
      : []),
    ...(expires > Date.now() && expires < Date.now() + soonMs
      ? [
          `${about}: its key expires on ${new Date(expires).toISOString().slice(0, 10)}, and backups fail from then on. ` +
            "Rotate it in its key vault before.",
        ]
      : []),
  ];
}
