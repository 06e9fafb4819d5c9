import { unverified } from "../backupError.js";
import type { VaultRule } from "./vaultChange.js";

// https://learn.microsoft.com/azure/backup/create-manage-backup-vault
export const crossSubscriptionRestore: VaultRule = ({ before, after }) => {
  if (before?.crossSubscriptionRestore !== "PermanentlyDisabled") return undefined;
  if (after.crossSubscriptionRestore === "PermanentlyDisabled") return undefined;
  return unverified(
    "csr-permanently-disabled",
    "CSR once permanently disabled on a vault can't be re-enabled because it's an irreversible operation.",
  );
};
