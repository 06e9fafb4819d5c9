import type { ArmError } from "../arm/armError.js";
import type { ResourceGuards } from "../dataProtection/guardConsent.js";
import type { VaultKey } from "../keyVault/keyTrouble.js";
import { identitiesOf } from "../managedIdentity/identityOfResource.js";
import type { ArmResource, RecoveryServicesVaultRecord, TrackedResource } from "../state/records.js";

/** The settings of a vault as the rules compare them: Azure's defaults for what is not set. */
export interface VaultSettings {
  redundancy: string;
  crossRegionRestore: string;
  crossSubscriptionRestore: string;
  softDelete: string;
  enhancedSecurity: string;
  softDeleteRetentionPeriodInDays: number;
  immutability: string;
  /** Undefined where Azure has none. */
  immutabilityType?: string;
  immutabilityDays?: number;
  /** Undefined: keys of the platform. */
  encryption?: EncryptionSettings;
  /** "system", and the lower-cased ids of user-assigned identities. */
  identities: string[];
  resourceGuardOperationRequests: string[];
}

export interface EncryptionSettings extends VaultKey {
  infrastructureEncryption: string;
}

export function vaultSettings({
  identity,
  properties,
}: Pick<TrackedResource, "identity" | "properties">): VaultSettings {
  const { redundancySettings, securitySettings: security, restoreSettings } = properties;
  const softDelete = security?.softDeleteSettings;
  const immutability = security?.immutabilitySettings;
  return {
    redundancy: redundancySettings?.standardTierStorageRedundancy ?? "GeoRedundant",
    crossRegionRestore: redundancySettings?.crossRegionRestore ?? "Disabled",
    crossSubscriptionRestore:
      restoreSettings?.crossSubscriptionRestoreSettings?.crossSubscriptionRestoreState ?? "Enabled",
    softDelete: softDelete?.softDeleteState ?? "AlwaysON",
    enhancedSecurity: softDelete?.enhancedSecurityState ?? "AlwaysON",
    softDeleteRetentionPeriodInDays: softDelete?.softDeleteRetentionPeriodInDays ?? 14,
    immutability: immutability?.state ?? "Disabled",
    immutabilityType: immutability?.configuration?.type,
    immutabilityDays: immutability?.configuration?.durationInDays ?? undefined,
    encryption: encryptionSettings(properties.encryption),
    identities: identitiesOf(identity),
    resourceGuardOperationRequests: properties.resourceGuardOperationRequests ?? [],
  };
}

export function encryptionSettings(given: ArmResource | undefined): EncryptionSettings | undefined {
  if (given === undefined) return undefined;
  return {
    keyUri: given.keyVaultProperties?.keyUri,
    kekIdentity: kekIdentity(given.kekIdentity),
    infrastructureEncryption: given.infrastructureEncryption ?? "Disabled",
  };
}

function kekIdentity(given: ArmResource | undefined): string | undefined {
  const user = given?.userAssignedIdentity?.toLowerCase();
  if (!given?.useSystemAssignedIdentity) return user;
  return user === undefined ? "system" : undefined;
}

/** A vault about to be written: what it is and what it would be. */
export interface VaultChange {
  name: string;
  /** Undefined: the vault is being created. */
  before?: VaultSettings;
  after: VaultSettings;
  vault?: RecoveryServicesVaultRecord;
  resourceGuards: ResourceGuards;
}

/** Azure's answer to a change that it does not make. */
export type VaultRule = (change: VaultChange) => ArmError | undefined;
