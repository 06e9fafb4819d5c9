import { backupError } from "../backupError.js";
import type { VaultRule } from "./vaultChange.js";

// Recorded of azure-cli-extensions: test_dataprotection_backup_vault_update.
export const immutability: VaultRule = ({ before, after }) => {
  if (before?.immutability !== "Locked" || after.immutability === "Locked") return undefined;
  return backupError(
    400,
    "UserErrorUnsupportedVaultImmutabilityStateChange",
    "The immutable vault property for this vault is locked, hence, this setting cannot be disabled.",
    [
      "The vault has its immutable vault property enabled and locked, and it can no longer be reverted to a " +
        "non-immutable vault. Refer to the documentation to learn more: https://aka.ms/AB-ImmutableVaults-States ",
    ],
  );
};
