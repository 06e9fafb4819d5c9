import { recoveryError } from "../recoveryError.js";
import type { VaultRule } from "./vaultChange.js";

/** The states that a vault may come to from another one; a new vault starts from Disabled. */
const steps: Record<string, string[]> = {
  Disabled: ["Disabled", "Unlocked"],
  Unlocked: ["Disabled", "Unlocked", "Locked"],
  Locked: ["Locked"],
};

/**
 * https://learn.microsoft.com/azure/backup/backup-azure-immutable-vault-concept. That the lock comes only after
 * Unlocked, and the sentence that does not fit that case: Azure/azure-rest-api-specs#26598.
 */
export const immutability: VaultRule = ({ before, after }) => {
  if (steps[before?.immutability ?? "Disabled"]?.includes(after.immutability)) return undefined;
  return recoveryError(
    400,
    "UserErrorUnsupportedVaultImmutabilityStateChange",
    "The immutable vault property for this vault is locked, hence, this setting cannot be disabled.",
  );
};
