import { recoveryError } from "../recoveryError.js";
import type { VaultRule } from "./vaultChange.js";

// https://learn.microsoft.com/azure/backup/backup-create-recovery-services-vault
export const redundancy: VaultRule = ({ before, after, vault }) => {
  if (before === undefined || before.redundancy === after.redundancy || !vault?.everRegistered) return undefined;
  // As quoted in hashicorp/terraform-provider-azurerm#8813.
  return recoveryError(
    400,
    "StorageModelModifyError",
    "Storage Redundancy option is locked when the first machine is registered with the vault, and cannot be modified " +
      "thereafter.",
  );
};
