import type { Emulator, EmulatorOptions } from "../../emulator/index.js";
import { lifecycles } from "../../provider/lifecycles.js";
import { startElsewhere } from "../faults/journey.js";

export type Kind = "BackupVault" | "RecoveryServicesVault";

export const lifecycleOf = {
  BackupVault: lifecycles.backupVault,
  RecoveryServicesVault: lifecycles.recoveryServicesVault,
};

const types = {
  BackupVault: "Microsoft.DataProtection/backupVaults",
  RecoveryServicesVault: "Microsoft.RecoveryServices/vaults",
};

/** One setting of a vault that may change alone: in the words of a program, and as a PATCH says it. */
export interface Setting {
  /** The argument, or its field. */
  name: string;
  from: object;
  to: object;
  wire: object;
  /** What Azure wants with it, as it is in the vault. */
  beside?: object;
  /** Only by PUT, which says the whole vault. */
  isPut?: true;
}

export interface World {
  kind: Kind;
  azure: Emulator;
  id: string;
  /** What a program has to say. */
  least: Record<string, unknown>;
  /** What every vault of the table has from the beginning; `keyed` with a key of its own. */
  base: Record<string, unknown>;
  keyed: Record<string, unknown>;
  /** The encryption of a keyed vault, as it goes over the wire. */
  encryption: object;
  settings: Setting[];
}

let vaults = 0;

/** The same Azure, and a vault in it that is not there yet. */
export function anotherVault(world: World): World {
  const vaultName = `v-one-${++vaults}`;
  const id = `${world.id.slice(0, world.id.lastIndexOf("/"))}/${vaultName}`;
  return { ...world, id, least: { ...world.least, vaultName }, base: { ...world.base, vaultName } };
}

/** An Azure with two identities that may use two keys, and the settings that a vault there may change. */
export async function newWorld(kind: Kind, options: EmulatorOptions = {}): Promise<World> {
  const azure = await startElsewhere({ trust: true, ...options });
  azure.createResourceGroup("rg-payroll");
  const store = azure.createKeyVault("rg-payroll", "kv-payroll").id;
  const [key, other] = ["backup", "other"].map((name) => azure.createKey(store, name).replace(/\/[0-9a-f]{32}$/, ""));
  const [one, two] = ["id-one", "id-two"].map((name) => {
    const { id, properties } = azure.createUserAssignedIdentity("rg-payroll", name);
    azure.grant(store, properties.principalId);
    return String(id);
  });
  const vaultName = `v-one-${++vaults}`;
  const named = { vaultName, resourceGroupName: "rg-payroll", location: "westeurope" };
  const identity = { type: "UserAssigned", userAssignedIdentities: [one] };
  const softDelete = { state: "AlwaysOn", retentionDurationInDays: 20 };
  const isBackup = kind === "BackupVault";
  const keys = { key: String(key), other: String(other), one: String(one), two: String(two) };
  return {
    kind,
    azure,
    id: `/subscriptions/${azure.env.ARM_SUBSCRIPTION_ID}/resourceGroups/rg-payroll/providers/${types[kind]}/${vaultName}`,
    least: { ...named, ...(isBackup && { redundancy: "GeoRedundant" }) },
    base: { ...named, redundancy: "GeoRedundant", identity, ...(isBackup && { softDelete }) },
    keyed: { encryption: { keyUri: key, identity: one } },
    encryption: merged(encryptionOf[kind](keys, keys.key), kind === "BackupVault" ? {} : shown),
    settings: kind === "BackupVault" ? ofBackupVaults(keys) : ofRecoveryServicesVaults(keys),
  };
}

interface Keys {
  key: string;
  other: string;
  one: string;
  two: string;
}

const encryptionOf = {
  BackupVault: ({ one }: Keys, keyUri: string) => ({
    securitySettings: {
      encryptionSettings: {
        state: "Enabled",
        keyVaultProperties: { keyUri },
        kekIdentity: { identityType: "UserAssigned", identityId: one },
      },
    },
  }),
  RecoveryServicesVault: ({ one }: Keys, keyUri: string) => ({
    encryption: { keyVaultProperties: { keyUri }, kekIdentity: { userAssignedIdentity: one } },
  }),
};

/** This service shows it of every vault with a key, and it goes back with the rest. */
const shown = { encryption: { infrastructureEncryption: "Disabled" } };

/** One body of a request over another. */
export function merged(under: object, over: object): Record<string, unknown> {
  const result: Record<string, unknown> = { ...under };
  for (const [name, value] of Object.entries(over)) {
    const below = result[name];
    result[name] = isFields(value) && isFields(below) ? merged(below, value) : value;
  }
  return result;
}

const isFields = (value: unknown): value is object =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** What either kind has. */
const ofBoth = ({ one, two }: Keys): Setting[] => [
  { name: "tags", from: {}, to: { tags: { owner: "payroll" } }, wire: { tags: { owner: "payroll" } } },
  {
    name: "identity",
    from: { identity: { type: "UserAssigned", userAssignedIdentities: [one] } },
    to: { identity: { type: "UserAssigned", userAssignedIdentities: [one, two] } },
    wire: { identity: { type: "UserAssigned", userAssignedIdentities: { [one]: {}, [two]: {} } } },
  },
];

const plain = (name: string, from: unknown, to: unknown, wire: object): Setting => ({
  name,
  from: from === undefined ? {} : { [name]: from },
  to: { [name]: to },
  wire: { properties: wire },
});

const security = (settings: object) => ({ securitySettings: settings });

export const ofBackupVaults = (keys: Keys): Setting[] => [
  ...ofBoth(keys),
  {
    name: "softDelete.retentionDurationInDays",
    from: { softDelete: { state: "AlwaysOn", retentionDurationInDays: 20 } },
    to: { softDelete: { state: "AlwaysOn", retentionDurationInDays: 40 } },
    wire: { properties: security({ softDeleteSettings: { state: "AlwaysOn", retentionDurationInDays: 40 } }) },
  },
  plain("immutability", undefined, "Unlocked", security({ immutabilitySettings: { state: "Unlocked" } })),
  plain("crossRegionRestore", undefined, "Enabled", {
    featureSettings: { crossRegionRestoreSettings: { state: "Enabled" } },
  }),
  plain("crossSubscriptionRestore", undefined, "Disabled", {
    featureSettings: { crossSubscriptionRestoreSettings: { state: "Disabled" } },
  }),
  plain("alertsForAllJobFailures", undefined, "Enabled", {
    monitoringSettings: { azureMonitorAlertSettings: { alertsForAllJobFailures: "Enabled" } },
  }),
  plain("costManagementGranularity", undefined, "VaultLevel", {
    costManagementSettings: { granularityLevel: "VaultLevel" },
  }),
  plain(
    "encryption",
    undefined,
    { keyUri: keys.other, identity: keys.one },
    encryptionOf.BackupVault(keys, keys.other),
  ),
  {
    ...plain("redundancy", "GeoRedundant", "ZoneRedundant", {
      storageSettings: [{ datastoreType: "VaultStore", type: "ZoneRedundant" }],
    }),
    isPut: true,
  },
];

const for60Days = { type: "TimeBased", durationInDays: 60 };

export const ofRecoveryServicesVaults = (keys: Keys): Setting[] => [
  ...ofBoth(keys),
  {
    name: "softDelete.retentionDurationInDays",
    from: { softDelete: { retentionDurationInDays: 14 } },
    to: { softDelete: { retentionDurationInDays: 40 } },
    wire: { properties: security({ softDeleteSettings: { softDeleteRetentionPeriodInDays: 40 } }) },
    beside: {
      properties: security({ softDeleteSettings: { softDeleteState: "AlwaysON", enhancedSecurityState: "AlwaysON" } }),
    },
  },
  {
    ...plain("redundancy", "GeoRedundant", "ZoneRedundant", {
      redundancySettings: { standardTierStorageRedundancy: "ZoneRedundant" },
    }),
    beside: { properties: { redundancySettings: { crossRegionRestore: "Disabled" } } },
  },
  {
    ...plain("crossRegionRestore", undefined, "Enabled", { redundancySettings: { crossRegionRestore: "Enabled" } }),
    beside: { properties: { redundancySettings: { standardTierStorageRedundancy: "GeoRedundant" } } },
  },
  {
    ...plain("immutability", undefined, "Unlocked", security({ immutabilitySettings: { state: "Unlocked" } })),
    beside: { properties: security({ immutabilitySettings: { configuration: { type: "AsPerPolicy" } } }) },
  },
  {
    ...plain(
      "immutabilityConfiguration",
      undefined,
      for60Days,
      security({ immutabilitySettings: { configuration: for60Days } }),
    ),
    from: { immutability: "Unlocked" },
    beside: { properties: security({ immutabilitySettings: { state: "Unlocked" } }) },
  },
  plain("crossSubscriptionRestore", undefined, "Disabled", {
    restoreSettings: { crossSubscriptionRestoreSettings: { crossSubscriptionRestoreState: "Disabled" } },
  }),
  plain(
    "sourceScanConfiguration",
    undefined,
    { state: "Enabled", identity: keys.one },
    security({
      sourceScanConfiguration: {
        state: "Enabled",
        sourceScanIdentity: { operationIdentityType: "UserAssigned", userAssignedIdentity: keys.one },
      },
    }),
  ),
  plain("publicNetworkAccess", undefined, "Disabled", { publicNetworkAccess: "Disabled" }),
  ...["alertsForAllJobFailures", "alertsForAllReplicationIssues", "alertsForAllFailoverIssues"].map((name) =>
    plain(name, undefined, "Enabled", {
      monitoringSettings: { azureMonitorAlertSettings: { [name]: "Enabled" } },
    }),
  ),
  plain(
    "classicAlerts",
    undefined,
    { alertsForCriticalOperations: "Disabled" },
    { monitoringSettings: { classicAlertSettings: { alertsForCriticalOperations: "Disabled" } } },
  ),
  plain("costManagementGranularity", undefined, "VaultLevel", {
    costManagementSettings: { granularityLevel: "VaultLevel" },
  }),
  plain(
    "encryption",
    undefined,
    { keyUri: keys.other, identity: keys.one },
    encryptionOf.RecoveryServicesVault(keys, keys.other),
  ),
  { name: "sku", from: {}, to: { sku: { name: "Standard" } }, wire: { sku: { name: "Standard" } }, isPut: true },
];
