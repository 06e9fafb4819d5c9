import type { ArmResource } from "../armResource.js";
import type { VaultKey } from "../customerManagedKey/keyTrouble.js";
import { canonical } from "../http/settable.js";
import { identitiesOf } from "../managedIdentity/identityOfResource.js";
import type { BackupVaultBody } from "./records.js";

/** The settings of a vault as the rules compare them: Azure's spelling, and its defaults for what is not set. */
export interface VaultSettings {
  /** Data store to redundancy. */
  redundancy: Record<string, string>;
  softDelete: string;
  retentionDurationInDays: number;
  immutability: string;
  crossRegionRestore: string;
  crossSubscriptionRestore: string;
  encryption: EncryptionSettings;
  /** "system", and the lower-cased ids of user-assigned identities. */
  identities: string[];
  resourceGuardOperationRequests: string[];
}

export interface EncryptionSettings extends VaultKey {
  state: string;
  infrastructureEncryption: string;
}

export function vaultSettings({
  identity,
  properties,
}: Pick<BackupVaultBody, "identity" | "properties">): VaultSettings {
  const { securitySettings: security = {}, featureSettings: features = {} } = properties;
  return {
    redundancy: Object.fromEntries(
      (properties.storageSettings ?? []).map(({ datastoreType, type }: ArmResource) => [datastoreType, type]),
    ),
    // The service echoes the state as the client wrote it, "ON" for example.
    softDelete: canonical(softDeleteStates, security.softDeleteSettings?.state) ?? "On",
    retentionDurationInDays: security.softDeleteSettings?.retentionDurationInDays ?? 14,
    immutability: security.immutabilitySettings?.state ?? "Disabled",
    crossRegionRestore: features.crossRegionRestoreSettings?.state ?? "Disabled",
    crossSubscriptionRestore: features.crossSubscriptionRestoreSettings?.state ?? "Enabled",
    encryption: encryptionSettings(security.encryptionSettings),
    identities: identitiesOf(identity),
    resourceGuardOperationRequests: properties.resourceGuardOperationRequests ?? [],
  };
}

export const softDeleteStates = ["Off", "On", "AlwaysOn"];

export function encryptionSettings(settings: ArmResource | undefined): EncryptionSettings {
  return {
    state: settings?.state ?? "Disabled",
    keyUri: settings?.keyVaultProperties?.keyUri,
    kekIdentity: kekIdentity(settings?.kekIdentity),
    infrastructureEncryption: settings?.infrastructureEncryption ?? "Disabled",
  };
}

function kekIdentity(given: ArmResource | undefined): string | undefined {
  if (given?.identityType !== "SystemAssigned") return given?.identityId?.toLowerCase();
  return given.identityId === undefined ? "system" : undefined;
}
