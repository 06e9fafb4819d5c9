import type { VaultKind } from "../vaults/vaultId.js";
import { alertRules } from "./alerts.js";
import { apiVersionRules } from "./apiVersion.js";
import { crossRegionRestoreRules } from "./crossRegionRestore.js";
import { crossSubscriptionRestoreRules } from "./crossSubscriptionRestore.js";
import { datastoreRules } from "./datastore.js";
import { notEmpty, operationalBackupsLeft, withInstances, withPolicies, withSoftDeleted } from "./deletion.js";
import { keyBroken, vaultFirst } from "./deletionKey.js";
import { lockedWithData } from "./deletionLocked.js";
import { encryptionRules, inconsistentRules } from "./encryptionState.js";
import { immutabilityRules } from "./immutability.js";
import { immutabilityConfigurationRules } from "./immutabilityConfiguration.js";
import { immutabilityDisabledRules } from "./immutabilityDisabled.js";
import { infrastructureEncryptionRules } from "./infrastructureEncryption.js";
import { keyRules } from "./key.js";
import { keyAccessRules } from "./keyAccess.js";
import { keyChangeRules } from "./keyChange.js";
import { keyCoverageRules } from "./keyCoverage.js";
import { keyIdentityRules, newKeyIdentityRules, privateEndpointRules } from "./keyIdentity.js";
import { keyVaultRules, restrictedKeyVaultRules } from "./keyVault.js";
import { oneWayChangeRules } from "./oneWayChange.js";
import { redundancyRules } from "./redundancy.js";
import { replacementRules } from "./replacement.js";
import { resourceGuardRules } from "./resourceGuard.js";
import { moveRules } from "./resourceMove.js";
import { retentionRules } from "./retention.js";
import type { AnyRule, RulesByKind } from "./rule.js";
import { softDeleteRules } from "./softDelete.js";
import { identityRules } from "./vaultIdentity.js";
import { nameRules } from "./vaultName.js";

/**
 * The rules about each kind of vault, in the order in which verdicts are shown. Of what several rules say alike, the
 * first one speaks. What keeps a vault from being deleted stands in the order to clear it.
 */
export const rules: RulesByKind = {
  BackupVault: [
    ...nameRules.BackupVault,
    ...replacementRules.BackupVault,
    ...datastoreRules,
    ...redundancyRules.BackupVault,
    ...crossRegionRestoreRules.BackupVault,
    ...crossSubscriptionRestoreRules.BackupVault,
    ...softDeleteRules.BackupVault,
    ...apiVersionRules,
    ...retentionRules.BackupVault,
    ...immutabilityRules.BackupVault,
    ...immutabilityDisabledRules.BackupVault,
    ...oneWayChangeRules.BackupVault,
    ...encryptionRules.BackupVault,
    ...newKeyIdentityRules.BackupVault,
    ...infrastructureEncryptionRules.BackupVault,
    ...keyChangeRules.BackupVault,
    ...keyIdentityRules.BackupVault,
    ...identityRules.BackupVault,
    ...keyRules.BackupVault,
    ...keyVaultRules.BackupVault,
    ...keyAccessRules.BackupVault,
    ...restrictedKeyVaultRules.BackupVault,
    ...privateEndpointRules.BackupVault,
    ...keyCoverageRules.BackupVault,
    ...inconsistentRules,
    ...moveRules.BackupVault,
    ...resourceGuardRules.BackupVault,
    withInstances,
    lockedWithData.BackupVault,
    withSoftDeleted,
    withPolicies,
    keyBroken,
    vaultFirst,
    operationalBackupsLeft,
  ],
  RecoveryServicesVault: [
    ...nameRules.RecoveryServicesVault,
    ...replacementRules.RecoveryServicesVault,
    ...redundancyRules.RecoveryServicesVault,
    ...crossRegionRestoreRules.RecoveryServicesVault,
    ...crossSubscriptionRestoreRules.RecoveryServicesVault,
    ...softDeleteRules.RecoveryServicesVault,
    ...retentionRules.RecoveryServicesVault,
    ...immutabilityRules.RecoveryServicesVault,
    ...immutabilityConfigurationRules,
    ...immutabilityDisabledRules.RecoveryServicesVault,
    ...oneWayChangeRules.RecoveryServicesVault,
    ...encryptionRules.RecoveryServicesVault,
    ...newKeyIdentityRules.RecoveryServicesVault,
    ...infrastructureEncryptionRules.RecoveryServicesVault,
    ...keyIdentityRules.RecoveryServicesVault,
    ...identityRules.RecoveryServicesVault,
    ...keyRules.RecoveryServicesVault,
    ...keyVaultRules.RecoveryServicesVault,
    ...keyAccessRules.RecoveryServicesVault,
    ...keyChangeRules.RecoveryServicesVault,
    ...restrictedKeyVaultRules.RecoveryServicesVault,
    ...privateEndpointRules.RecoveryServicesVault,
    ...keyCoverageRules.RecoveryServicesVault,
    ...alertRules,
    ...moveRules.RecoveryServicesVault,
    ...resourceGuardRules.RecoveryServicesVault,
    notEmpty,
    lockedWithData.RecoveryServicesVault,
  ],
};

export const allRules: readonly AnyRule[] = [...rules.BackupVault, ...rules.RecoveryServicesVault];

export const ruleCodes: readonly string[] = allRules.map(({ code }) => code);

const byCode = new Map(allRules.map((rule) => [rule.code, rule]));

export const ruleOf = (code: string): AnyRule | undefined => byCode.get(code);

/** Only what rests on others' experience may be overridden; what rests on Microsoft's word may not. */
export const overridableCodes = (kind: VaultKind): string[] =>
  allRules.filter(({ resource, overridable }) => resource === kind && overridable).map(({ code }) => code);
