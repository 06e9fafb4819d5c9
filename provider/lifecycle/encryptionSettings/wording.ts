import type { Facts } from "../../rules/index.js";
import { keyVersion } from "../../vaults/encryption.js";
import { calledById } from "../../vaults/vaultId.js";

const named = (vaultId: string) => calledById(vaultId);

export const cannotBeDeleted = (refused: string[]): string =>
  `${refused.join("\n")} Deleting EncryptionSettings alone cannot remove the key from the vault. Delete them together with ` +
  "their vault, restore them in the program, or stop managing them with `pulumi state delete`.";

export const takenOver = (vaultId: string, keyUri: string): string =>
  `${named(vaultId)} is already encrypted with a key that this program does not manage: ${keyUri}. ` +
  "Its encryption will be updated to match the program.";

export const vaultNotKnown =
  "Encryption settings: the vault is only known during `pulumi up`; it is checked then, before anything is written. A " +
  "customer-managed key is permanent: a vault cannot return to platform-managed keys.";

export const sameSettingsTwice = (vaultId: string): string =>
  `${named(vaultId)} gets its encryption from two EncryptionSettings resources in this program. Keep one of them.`;

export const settingsStay = (vaultId: string): string =>
  `${named(vaultId)} keeps its encryption: another EncryptionSettings resource in this program manages it. ` +
  "Pulumi only removes this one from its state.";

const soonMs = 30 * 24 * 60 * 60_000;

/** What is allowed, and needs attention later. */
export function notices({ vault, keyUri }: { vault: string; keyUri: string }, { key }: Facts): string[] {
  const about = calledById(vault);
  const found = key && "value" in key && typeof key.value === "object" ? key.value : undefined;
  const expires = (found?.expires ?? Number.POSITIVE_INFINITY) * 1000;
  return [
    // https://learn.microsoft.com/azure/backup/encryption-at-rest-with-cmk-for-backup-vault
    ...(keyVersion(keyUri)
      ? [
          `${about}: \`keyUri\` includes a key version, so the vault keeps that version when the key is rotated. ` +
            "To use new versions automatically, omit the version.",
        ]
      : []),
    ...(expires > Date.now() && expires < Date.now() + soonMs
      ? [
          `${about}: its key expires on ${new Date(expires).toISOString().slice(0, 10)}, and backups fail from then on. ` +
            "Rotate the key before that date.",
        ]
      : []),
  ];
}

export const noSettingsId = (id: string): string =>
  `"${id}" is not the ID of EncryptionSettings. Use {ARM ID of the vault}#encryption.`;

export const noKeyOnVault = (vaultId: string): string =>
  `${calledById(vaultId)} does not exist or is not encrypted with a customer-managed key.`;
