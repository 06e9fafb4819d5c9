import type { Rule } from "../rule.js";
import { rsvClassicAlerts } from "./rsvClassicAlerts.js";
import { rsvCmkAccessMissing } from "./rsvCmkAccessMissing.js";
import { rsvCmkAfterRegistration } from "./rsvCmkAfterRegistration.js";
import { rsvCmkKeyMissing } from "./rsvCmkKeyMissing.js";
import { rsvCmkKeyType } from "./rsvCmkKeyType.js";
import { rsvCmkKeyUnusable } from "./rsvCmkKeyUnusable.js";
import { rsvCmkKeyVaultRegion } from "./rsvCmkKeyVaultRegion.js";
import { rsvCmkRemoved } from "./rsvCmkRemoved.js";
import { rsvCmkUnsupportedWorkload } from "./rsvCmkUnsupportedWorkload.js";
import { rsvCmkUserIdentityPrivateEndpoint } from "./rsvCmkUserIdentityPrivateEndpoint.js";
import { rsvCmkUserIdentityRestrictedKeyVault } from "./rsvCmkUserIdentityRestrictedKeyVault.js";
import { rsvCmkWithCrr } from "./rsvCmkWithCrr.js";
import { rsvCrrAfterProtection } from "./rsvCrrAfterProtection.js";
import { rsvCrrNeedsGeo } from "./rsvCrrNeedsGeo.js";
import { rsvCsrPermanentlyDisabled } from "./rsvCsrPermanentlyDisabled.js";
import { rsvDeleteLockedWithData } from "./rsvDeleteLockedWithData.js";
import { rsvDeleteNotEmpty } from "./rsvDeleteNotEmpty.js";
import { rsvIdentityNarrowed } from "./rsvIdentityNarrowed.js";
import { rsvImmutabilityDuration } from "./rsvImmutabilityDuration.js";
import { rsvImmutabilityLocked } from "./rsvImmutabilityLocked.js";
import { rsvImmutabilityLockedAtCreate } from "./rsvImmutabilityLockedAtCreate.js";
import { rsvImmutabilitySkipsUnlocked } from "./rsvImmutabilitySkipsUnlocked.js";
import { rsvInfrastructureEncryptionFixed } from "./rsvInfrastructureEncryptionFixed.js";
import { rsvKekIdentityRemoved } from "./rsvKekIdentityRemoved.js";
import { rsvKekIdentityShape } from "./rsvKekIdentityShape.js";
import { rsvKeyVaultPurgeProtectionOff } from "./rsvKeyVaultPurgeProtectionOff.js";
import { rsvKeyVaultSoftDeleteOff } from "./rsvKeyVaultSoftDeleteOff.js";
import { rsvMoveWhileCmk } from "./rsvMoveWhileCmk.js";
import { rsvNameInvalid } from "./rsvNameInvalid.js";
import { rsvOldKeyUnreachable } from "./rsvOldKeyUnreachable.js";
import { rsvOneWayChange } from "./rsvOneWayChange.js";
import { rsvRedundancyAfterRegistration } from "./rsvRedundancyAfterRegistration.js";
import { rsvResourceGuardRequired } from "./rsvResourceGuardRequired.js";
import { rsvRetentionOutOfRange } from "./rsvRetentionOutOfRange.js";
import { rsvSoftDeleteNotAlwaysOn } from "./rsvSoftDeleteNotAlwaysOn.js";
import { rsvSoftDeleteOff } from "./rsvSoftDeleteOff.js";
import { rsvUpdateWhileMoving } from "./rsvUpdateWhileMoving.js";
import { rsvUserIdentityAtCreate } from "./rsvUserIdentityAtCreate.js";
import { rsvVaultReplaced } from "./rsvVaultReplaced.js";

/** In the order in which verdicts are shown. */
export const recoveryServicesVaultRules: readonly Rule[] = [
  rsvNameInvalid,
  rsvVaultReplaced,
  rsvRedundancyAfterRegistration,
  rsvCrrNeedsGeo,
  rsvCrrAfterProtection,
  rsvCsrPermanentlyDisabled,
  rsvSoftDeleteOff,
  rsvSoftDeleteNotAlwaysOn,
  rsvRetentionOutOfRange,
  rsvImmutabilityLocked,
  rsvImmutabilityLockedAtCreate,
  rsvImmutabilitySkipsUnlocked,
  rsvImmutabilityDuration,
  rsvOneWayChange,
  rsvCmkAfterRegistration,
  rsvCmkRemoved,
  rsvInfrastructureEncryptionFixed,
  rsvKekIdentityRemoved,
  rsvKekIdentityShape,
  rsvIdentityNarrowed,
  rsvUserIdentityAtCreate,
  rsvCmkKeyMissing,
  rsvCmkKeyType,
  rsvCmkKeyUnusable,
  rsvCmkKeyVaultRegion,
  rsvKeyVaultSoftDeleteOff,
  rsvKeyVaultPurgeProtectionOff,
  rsvCmkAccessMissing,
  rsvOldKeyUnreachable,
  rsvCmkUserIdentityRestrictedKeyVault,
  rsvCmkUserIdentityPrivateEndpoint,
  rsvCmkUnsupportedWorkload,
  rsvCmkWithCrr,
  rsvClassicAlerts,
  rsvMoveWhileCmk,
  rsvUpdateWhileMoving,
  rsvResourceGuardRequired,
  rsvDeleteNotEmpty,
  rsvDeleteLockedWithData,
];
