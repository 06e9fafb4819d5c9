import type { ArmError } from "../arm/armError.js";
import { canonical } from "../arm/settable.js";
import type { VaultKey } from "../keyVault/keyTrouble.js";
import { identitiesOf } from "../managedIdentity/identityOfResource.js";
import type { ArmResource, BackupVaultBody, BackupVaultRecord } from "../state/records.js";
import type { ResourceGuards } from "./guardConsent.js";

/** The settings of a vault as the rules compare them: Azure's spelling, and its defaults for what is not set. */
interface VaultSettings {
  /** Data store to redundancy. */
  redundancy: Record<string, string>;
  softDelete: string;
  retentionDurationInDays: number;
  immutability: string;
  crossRegionRestore: string;
  encryption: EncryptionSettings;
  /** "system", and the lower-cased ids of user-assigned identities. */
  identities: string[];
  resourceGuardOperationRequests: string[];
  /** As they are written, for a rule that alone asks for one of them. */
  properties: ArmResource;
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
    encryption: encryptionSettings(security.encryptionSettings),
    identities: identitiesOf(identity),
    resourceGuardOperationRequests: properties.resourceGuardOperationRequests ?? [],
    properties,
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

/** A vault about to be written: what it is and what it would be. */
export interface VaultChange {
  name: string;
  location: string;
  apiVersion: string;
  asksForAlwaysOn: boolean;
  /** Undefined: the vault is being created. */
  before?: VaultSettings;
  after: VaultSettings;
  vault?: BackupVaultRecord;
  resourceGuards: ResourceGuards;
}

/** Azure's answer to a change that it does not make. */
export type VaultRule = (change: VaultChange) => ArmError | undefined;

/**
 * Data in the vault, also what is soft-deleted: it can come back. Whether Azure counts those is not published.
 */
export function holdsData(vault: BackupVaultRecord | undefined): boolean {
  return vault !== undefined && vault.instances.size + vault.deletedInstances.size > 0;
}
