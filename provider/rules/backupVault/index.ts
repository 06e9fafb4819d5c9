import type { Rule } from "../rule.js";
import { cmkAccessMissing } from "./cmkAccessMissing.js";
import { cmkDependencyDeletedFirst } from "./cmkDependencyDeletedFirst.js";
import { cmkDisabled } from "./cmkDisabled.js";
import { cmkKeyMissing } from "./cmkKeyMissing.js";
import { cmkKeyType } from "./cmkKeyType.js";
import { cmkKeyUnusable } from "./cmkKeyUnusable.js";
import { cmkOperationalTier } from "./cmkOperationalTier.js";
import { cmkRemoved } from "./cmkRemoved.js";
import { cmkSystemIdentityAtCreate } from "./cmkSystemIdentityAtCreate.js";
import { cmkUserIdentityPrivateEndpoint } from "./cmkUserIdentityPrivateEndpoint.js";
import { cmkUserIdentityRestrictedKeyVault } from "./cmkUserIdentityRestrictedKeyVault.js";
import { crrAfterProtection } from "./crrAfterProtection.js";
import { crrNeedsGeo } from "./crrNeedsGeo.js";
import { csrPermanentlyDisabled } from "./csrPermanentlyDisabled.js";
import { datastoreArchiveStoreAlone } from "./datastoreArchiveStoreAlone.js";
import { datastoreSnapshotStore } from "./datastoreSnapshotStore.js";
import { datastoreTypeChanged } from "./datastoreTypeChanged.js";
import { deleteCmkBroken } from "./deleteCmkBroken.js";
import { deleteLockedWithData } from "./deleteLockedWithData.js";
import { deleteWithInstances } from "./deleteWithInstances.js";
import { deleteWithPolicies } from "./deleteWithPolicies.js";
import { deleteWithSoftDeleted } from "./deleteWithSoftDeleted.js";
import { encryptionInconsistent } from "./encryptionInconsistent.js";
import { immutabilityLocked } from "./immutabilityLocked.js";
import { immutabilityNeverSetLocked } from "./immutabilityNeverSetLocked.js";
import { infrastructureEncryptionFixed } from "./infrastructureEncryptionFixed.js";
import { infrastructureEncryptionNeedsCmk } from "./infrastructureEncryptionNeedsCmk.js";
import { instanceIdentityRemoved } from "./instanceIdentityRemoved.js";
import { kekIdentityNotAttached } from "./kekIdentityNotAttached.js";
import { kekIdentityRemoved } from "./kekIdentityRemoved.js";
import { kekIdentityShape } from "./kekIdentityShape.js";
import { keyAndIdentityTogether } from "./keyAndIdentityTogether.js";
import { keyVaultPurgeProtectionOff } from "./keyVaultPurgeProtectionOff.js";
import { keyVaultSoftDeleteOff } from "./keyVaultSoftDeleteOff.js";
import { moveWhileCmk } from "./moveWhileCmk.js";
import { newerApiVersionNeeded } from "./newerApiVersionNeeded.js";
import { oldKeyUnreachable } from "./oldKeyUnreachable.js";
import { oneWayChange } from "./oneWayChange.js";
import { operationalBackupsLeft } from "./operationalBackupsLeft.js";
import { redundancyAfterProtection } from "./redundancyAfterProtection.js";
import { resourceGuardRequired } from "./resourceGuardRequired.js";
import { retentionMissing } from "./retentionMissing.js";
import { retentionOutOfRange } from "./retentionOutOfRange.js";
import { softDeleteAlwaysOn } from "./softDeleteAlwaysOn.js";
import { softDeleteNotAlwaysOn } from "./softDeleteNotAlwaysOn.js";
import { softDeleteOffByApiVersion } from "./softDeleteOffByApiVersion.js";
import { updateWhileMoving } from "./updateWhileMoving.js";
import { vaultNameInvalid } from "./vaultNameInvalid.js";
import { vaultReplaced } from "./vaultReplaced.js";

/** In the order in which verdicts are shown: what keeps a vault from being deleted stands in the order to clear it. */
export const backupVaultRules: readonly Rule[] = [
  vaultNameInvalid,
  vaultReplaced,
  datastoreTypeChanged,
  datastoreSnapshotStore,
  datastoreArchiveStoreAlone,
  redundancyAfterProtection,
  crrNeedsGeo,
  crrAfterProtection,
  csrPermanentlyDisabled,
  softDeleteAlwaysOn,
  softDeleteOffByApiVersion,
  softDeleteNotAlwaysOn,
  newerApiVersionNeeded,
  retentionOutOfRange,
  retentionMissing,
  immutabilityLocked,
  immutabilityNeverSetLocked,
  oneWayChange,
  cmkDisabled,
  cmkRemoved,
  cmkSystemIdentityAtCreate,
  infrastructureEncryptionFixed,
  infrastructureEncryptionNeedsCmk,
  keyAndIdentityTogether,
  oldKeyUnreachable,
  kekIdentityRemoved,
  kekIdentityNotAttached,
  kekIdentityShape,
  instanceIdentityRemoved,
  cmkKeyMissing,
  cmkKeyType,
  cmkKeyUnusable,
  keyVaultSoftDeleteOff,
  keyVaultPurgeProtectionOff,
  cmkAccessMissing,
  cmkUserIdentityRestrictedKeyVault,
  cmkUserIdentityPrivateEndpoint,
  cmkOperationalTier,
  encryptionInconsistent,
  moveWhileCmk,
  updateWhileMoving,
  resourceGuardRequired,
  deleteWithInstances,
  deleteLockedWithData,
  deleteWithSoftDeleted,
  deleteWithPolicies,
  deleteCmkBroken,
  cmkDependencyDeletedFirst,
  operationalBackupsLeft,
];
