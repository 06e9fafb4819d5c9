import { recoveryError, unverified } from "./recoveryError.js";
import type { VaultRule } from "./vaultSettings.js";

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

/** The states that a vault may come to from another one; a new vault starts from Disabled. */
const steps: Record<string, string[]> = {
  Disabled: ["Disabled", "Unlocked"],
  Unlocked: ["Disabled", "Unlocked", "Locked"],
  Locked: ["Locked"],
};

/**
 * "Required when type is TimeBased, omitted when AsPerPolicy", `@minValue(30)` and `@maxValue(36135)`: `ImmutabilityConfiguration`
 * in specification/recoveryservices/resource-manager/Microsoft.RecoveryServices/RecoveryServices/models.tsp.
 */
export const immutabilityDuration: VaultRule = ({ after }) => {
  const { immutabilityType: type = "AsPerPolicy", immutabilityDays: days } = after;
  if (days === undefined) return type === "TimeBased" ? refusal("is required for TimeBased") : undefined;
  if (!(days >= 30 && days <= 36_135)) return refusal(`is ${days}, and must be from 30 to 36135`);
  return type === "AsPerPolicy" ? refusal("must be omitted for AsPerPolicy") : undefined;
};

const refusal = (fact: string) =>
  unverified(
    "rsv-immutability-duration",
    `immutabilitySettings.configuration.durationInDays ${fact}. Azure's own answer is not documented.`,
  );

/** "once `state` transitions to `Locked`, the immutability configuration is permanently immutable": Azure/azure-rest-api-specs#42428. */
export const lockedConfiguration: VaultRule = ({ before, after }) => {
  if (before?.immutability !== "Locked" || before.immutabilityType === undefined) return undefined;
  const isSame =
    before.immutabilityType === after.immutabilityType && before.immutabilityDays === after.immutabilityDays;
  if (isSame) return undefined;
  return unverified(
    "rsv-immutability-configuration-locked",
    "The immutability of this vault is locked, and so is its configuration. Azure's own answer is not documented.",
  );
};
