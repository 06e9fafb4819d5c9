import { encryptionDiffers } from "../backupVault/encryption.js";
import {
  type Guarded,
  judgeGuarded,
  keyOrEncryptionEnds,
  lowered,
  resourceGuardRequired,
} from "../backupVault/resourceGuardRequired.js";
import { fromTo } from "../findings.js";
import type { Rule } from "../rule.js";
import { immutability } from "./rsvImmutabilityLocked.js";

/**
 * Disabling soft delete is guarded too, and never gets so far: it is refused for every vault.
 * https://learn.microsoft.com/azure/backup/multi-user-authorization-concept (checked 2026-11)
 */
const guarded: Guarded[] = [
  {
    operation: "Microsoft.RecoveryServices/vaults/write#reduceImmutabilityState",
    request: "reduceImmutabilityStateRequests",
    fromTo: (change) => fromTo(immutability, change),
    isTouched: lowered(immutability.read, "Unlocked", "Disabled", immutability.whenAbsent),
  },
  {
    operation: "Microsoft.RecoveryServices/vaults/write#modifyEncryptionSettings",
    request: "modifyEncryptionSettings",
    fromTo: keyOrEncryptionEnds,
    isTouched: encryptionDiffers,
  },
];

export const rsvResourceGuardRequired: Rule = {
  ...resourceGuardRequired,
  code: "rsv-resource-guard-required",
  resource: "RecoveryServicesVault",
  summary:
    "Where a resource guard protects a vault, lowering its immutability and changing its encryption need a request that " +
    "the guard's owner allows. A guard may exclude an operation from its protection.",
  judge: (change) => judgeGuarded(guarded, change),
};
