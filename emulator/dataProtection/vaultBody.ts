import { normalLocation, pairedLocations } from "../arm/locations.js";
import type { Call } from "../arm/operation.js";
import { merged } from "../arm/settable.js";
import { identitiesOf, patchIdentity, putIdentity } from "../managedIdentity/identityOfResource.js";
import { type ArmResource, type BackupVaultBody, backupVaultType } from "../state/records.js";
import type { World } from "../state/world.js";
import { asksForAlwaysOn } from "./softDeleteRules.js";
import { vaultProperties } from "./vaultRequest.js";
import { vaultSettings } from "./vaultSettings.js";

/** The vault that a PUT asks for: what it leaves out goes back to Azure's default. */
export function putVault(call: Call, id: string, given: ArmResource, before?: BackupVaultBody): BackupVaultBody {
  const properties = vaultProperties(given.properties ?? {}, before?.properties);
  properties.securitySettings ??= {};
  const security = properties.securitySettings;
  // Not published, and the clients disagree: Microsoft's send the settings with every PUT, others never do.
  security.encryptionSettings ??= structuredClone(before?.properties.securitySettings?.encryptionSettings);
  if (security.encryptionSettings === undefined) delete security.encryptionSettings;
  // Recorded where all states are taken: On for whoever chose nothing. Where AlwaysOn is asked for, Recovery Services
  // vaults are given that; whether Backup vaults are is not known.
  const state = asksForAlwaysOn(call) ? "AlwaysOn" : "On";
  security.softDeleteSettings = { state, retentionDurationInDays: 14, ...security.softDeleteSettings };
  properties.storageSettings ??= before?.properties.storageSettings ?? [
    { datastoreType: "VaultStore", type: "GeoRedundant" },
  ];
  return vault(id, {
    location: normalLocation(String(given.location)),
    tags: given.tags ?? undefined,
    identity: shownIdentity(
      putIdentity(call.world, before?.identity, given.identity ?? undefined),
      given.identity,
      before?.identity,
    ),
    properties,
    before,
  });
}

/**
 * The vault that a PATCH asks for: what it leaves out stays. Location and storage settings are no part of it.
 */
export function patchVault(world: World, before: BackupVaultBody, given: ArmResource): BackupVaultBody {
  const { storageSettings: _, ...patch } = vaultProperties(given.properties ?? {}, before.properties);
  return vault(before.id, {
    location: before.location,
    tags: given.tags ?? before.tags,
    identity: given.identity
      ? shownIdentity(patchIdentity(world, before.identity, given.identity), given.identity, before.identity)
      : before.identity,
    // An identity is one value: the id of a user-assigned one does not survive a change to SystemAssigned.
    properties: merged(settableOf(before.properties), patch, ["kekIdentity"]),
    before,
  });
}

/**
 * Recorded: a vault that was told to have no identity shows that, one that was told nothing does not; and while its
 * identities change, those that users assigned are empty.
 */
function shownIdentity(
  identity: ArmResource | undefined,
  given: ArmResource | undefined,
  before: ArmResource | undefined,
): ArmResource | undefined {
  if (identity === undefined) return given && { type: "None" };
  const ids = Object.keys(identity.userAssignedIdentities ?? {});
  if (ids.length === 0 || identitiesOf(identity).join() === identitiesOf(before).join()) return identity;
  return { ...identity, userAssignedIdentities: Object.fromEntries(ids.map((id) => [id, {}])) };
}

interface Parts {
  location: string;
  tags?: Record<string, string>;
  identity?: ArmResource;
  properties: ArmResource;
  before?: BackupVaultBody;
}

function vault(id: string, { location, tags, identity, properties, before }: Parts): BackupVaultBody {
  return {
    location,
    ...(tags && { tags }),
    ...(identity && { identity }),
    properties: {
      ...properties,
      provisioningState: before === undefined ? "Provisioning" : "Updating",
      isVaultProtectedByResourceGuard: before?.properties.isVaultProtectedByResourceGuard ?? false,
      ...securityScore(properties),
      replicatedRegions: replicatedRegions(location, properties),
    },
    id: before?.id ?? id,
    name: before?.name ?? id.slice(id.lastIndexOf("/") + 1),
    type: backupVaultType,
  };
}

/** Recorded of azure-cli-extensions: test_dataprotection_backup_vault_update, ..._create_and_delete. */
function securityScore(properties: ArmResource): { secureScore: string; bcdrSecurityLevel: string } {
  const { softDelete, immutability } = vaultSettings({ properties });
  const isOn = softDelete === "On";
  if (softDelete === "AlwaysOn" || (isOn && immutability === "Locked")) {
    return { secureScore: "Adequate", bcdrSecurityLevel: "Good" };
  }
  if (isOn && immutability === "Unlocked") return { secureScore: "Minimum", bcdrSecurityLevel: "Fair" };
  return { secureScore: "None", bcdrSecurityLevel: "Poor" };
}

function replicatedRegions(location: string, { storageSettings }: ArmResource): string[] {
  const geo = storageSettings.some(({ type }: ArmResource) => type === "GeoRedundant");
  const pair = pairedLocations[location];
  return geo && pair !== undefined ? [pair] : [];
}

export function settableOf(properties: ArmResource): ArmResource {
  return structuredClone({ ...vaultProperties(properties, properties), storageSettings: properties.storageSettings });
}

/** The vault as a client of that version sees it, with the members that no specification declares. */
export function showVault({ properties, ...rest }: BackupVaultBody, apiVersion: string): BackupVaultBody {
  const { bcdrSecurityLevel, replicatedRegions, regionOfChoiceSettings, ...always } = properties;
  return {
    ...rest,
    properties: {
      ...always,
      // Recorded: by 2023-05-01 they are not there, by 2024-04-01 they are.
      ...(apiVersion > "2023-05-01" && { bcdrSecurityLevel, replicatedRegions }),
      // Recorded: by 2025-09-01 it is there, by 2026-06-01 no more.
      ...(apiVersion >= "2025-09-01" && apiVersion < "2026-06-01" && { crossRegionBackupSettings: "NotApplicable" }),
      // Only an arranged vault has another.
      ...(apiVersion >= "2026-03-01" && {
        regionOfChoiceSettings: regionOfChoiceSettings ?? { status: "NotApplicable" },
      }),
    },
  } as BackupVaultBody;
}
