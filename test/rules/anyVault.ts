import fc from "fast-check";
import type { Facts, Transition } from "../../provider/rules/index.js";
import { definitions } from "../../provider/vaults/definitions.js";
import { type Maybe, unknown, type Vault } from "../../provider/vaults/ruleVault.js";
import type { Value } from "../../provider/vaults/values.js";
import { userAssigned } from "./transitions.js";

const otherIdentity = userAssigned.replace("payroll-key", "other-key");

/** The values that rules tell apart, where a setting has others than its states or spells them in several ways. */
const particular: Record<string, readonly unknown[]> = {
  vaultName: ["payroll", "Payroll", "other", "pay_roll", "p"],
  resourceGroupName: ["backups", "BACKUPS", "elsewhere"],
  subscriptionId: ["00000000-0000-0000-0000-000000000001", "00000000-0000-0000-0000-000000000002"],
  location: ["westeurope", "West Europe", "eastasia"],
  datastoreType: ["VaultStore", "OperationalStore", "SnapshotStore", "FutureStore"],
  "softDelete.state": ["Off", "On", "ON", "AlwaysOn", "Enabled", "Disabled", "AlwaysON", "Future"],
  "softDelete.retentionDurationInDays": [0, 13, 14, 100, 180, 181, Number.NaN],
  immutability: ["Disabled", "Unlocked", "Locked", "LOCKED", "Future"],
  "immutabilityConfiguration.durationInDays": [29, 30, 36_135, 36_136],
  costManagementGranularity: ["VaultLevel", "vaultlevel", "ProtectedItemLevel"],
  "identity.systemAssigned": [true, false],
  "identity.userAssigned": [[], [userAssigned], [otherIdentity], [userAssigned, otherIdentity]],
  "encryption.state": ["Enabled", "Disabled", "Inconsistent", "Future"],
  "encryption.keyUri": ["https://payroll.vault.azure.net/keys/first", "https://payroll.vault.azure.net/keys/second"],
  "encryption.identity": ["SystemAssigned", userAssigned, otherIdentity, "UserAssigned"],
  "encryption.identityId": [userAssigned],
  resourceGuardOperationRequests: [
    [],
    ["/guard/dppReduceImmutabilityStateRequests/default"],
    ["/guard/modifyEncryptionSettings/default"],
  ],
};

/** Of each setting that rules judge: the states that Azure has today, and one of tomorrow. */
const states = Object.fromEntries(
  Object.values(definitions).flatMap(({ settings }) =>
    Object.entries(settings).flatMap(([name, { judged, value }]) => (judged ? statesOf(name, value) : [])),
  ),
);

function statesOf(path: string, value: Value): [string, readonly unknown[]][] {
  if (value.is === "oneOf") return [[path, [...value.values, "Future"]]];
  if (value.is !== "fields") return [];
  return Object.entries(value.fields).flatMap(([field, each]) => statesOf(`${path}.${field}`, each));
}

/** What each setting may be. */
export const values: Record<string, readonly unknown[]> = { ...states, ...particular };

type Path = string;
export const paths = Object.keys(values);

/** A vault whose settings are named by their paths. What is `undefined` is absent. */
export type Flat = Record<Path, unknown>;

export function toVault(flat: Flat): Vault {
  const vault: Record<string, unknown> = {};
  for (const [path, value] of Object.entries(flat).filter(([, value]) => value !== undefined)) {
    const [outer = "", inner] = path.split(".");
    vault[outer] = inner === undefined ? value : { ...(vault[outer] as object), [inner]: value };
  }
  return vault;
}

const liveOnly = {
  resourceMoveState: fc.constantFrom(undefined, "InProgress", "MoveSucceeded", "Future"),
  lastWriteFailed: fc.constantFrom(undefined, true, unknown),
  isProtectedByResourceGuard: fc.constantFrom(undefined, true, false, unknown),
  privateEndpoints: fc.constantFrom(undefined, [], ["to-hub", "to-spoke"], unknown),
};

/** A vault of known values. */
export const knownVault: fc.Arbitrary<Flat> = fc.record({
  ...Object.fromEntries(paths.map((path) => [path, fc.constantFrom(undefined, ...(values[path] ?? []))])),
  ...liveOnly,
});

const anyText: fc.Arbitrary<Maybe<string> | undefined> = fc.oneof(
  fc.string(),
  fc.constantFrom(unknown, undefined, "", "__proto__", "constructor", "toString"),
);

/** A vault of whatever the types allow. */
export const anyVault: fc.Arbitrary<Flat> = fc.record({
  ...Object.fromEntries(
    paths.map((path) => [path, fc.oneof(fc.constantFrom(unknown, ...(values[path] ?? [])), odd(path))]),
  ),
  ...liveOnly,
});

function odd(path: Path): fc.Arbitrary<unknown> {
  if (path.endsWith("InDays")) return fc.double();
  if (path === "identity.systemAssigned") return fc.constant(undefined);
  const isList = path === "identity.userAssigned" || path === "resourceGuardOperationRequests";
  return isList ? fc.array(fc.oneof(fc.string(), fc.constant(unknown))) : anyText;
}

const instance = fc.record(
  {
    name: fc.string(),
    state: fc.constantFrom("ProtectionConfigured", "SoftDeleted", "Future"),
    datasourceType: fc.constantFrom("Microsoft.Compute/disks", "Microsoft.DBforPostgreSQL/servers"),
    dataStoreTypes: fc.constantFrom([], ["OperationalStore"], ["OperationalStore", "VaultStore"]),
    identity: fc.constantFrom("SystemAssigned", userAssigned),
  },
  { requiredKeys: ["name", "state"] },
);
const key = fc.record(
  {
    type: fc.constantFrom("RSA", "RSA-HSM", "EC", "Future"),
    size: fc.constantFrom(1024, 2048, 3072),
    enabled: fc.boolean(),
    notBefore: fc.double(),
    expires: fc.double(),
  },
  { requiredKeys: ["type", "enabled"] },
);
const keyVault = fc.record({
  kind: fc.constantFrom("KeyVault" as const, "ManagedHsm" as const),
  softDelete: fc.boolean(),
  purgeProtection: fc.boolean(),
  networkRestricted: fc.boolean(),
  location: fc.constantFrom(undefined, "westeurope", "East Asia"),
});
const right = fc.constantFrom("yes" as const, "no" as const, "unknown" as const);
const access = fc.record({ get: right, wrap: right, unwrap: right, proven: fc.boolean() });
const missing = fc.constant("missing" as const);

const item = fc.record(
  {
    name: fc.string(),
    state: fc.constantFrom("Protected", "ProtectionStopped", "Future"),
    managementType: fc.constantFrom("AzureIaasVM", "MAB", "Future"),
    type: fc.constantFrom("Microsoft.ClassicCompute/virtualMachines", "Microsoft.Compute/virtualMachines"),
    isSoftDeleted: fc.boolean(),
  },
  { requiredKeys: ["name", "state", "isSoftDeleted"] },
);
const container = fc.record(
  { name: fc.string(), managementType: fc.constantFrom("AzureStorage", "MAB") },
  { requiredKeys: ["name"] },
);

/** What every fact may be once it is read. */
export const factValues = {
  protection: fc.array(instance, { maxLength: 5 }),
  deleted: fc.array(instance, { maxLength: 5 }),
  policies: fc.array(fc.string(), { maxLength: 5 }),
  protectedItems: fc.array(item, { maxLength: 5 }),
  containers: fc.array(container, { maxLength: 5 }),
  replication: fc.record({ replicatedItems: fc.nat({ max: 2 }), registeredServers: fc.nat({ max: 2 }) }),
  storageTypeState: fc.constantFrom("Locked", "Unlocked", "Future"),
  key: fc.oneof(key, missing),
  keyVault: fc.oneof(keyVault, missing),
  access,
  oldKey: fc.oneof(key, missing),
  oldKeyVault: fc.oneof(keyVault, missing),
  oldAccess: access,
  guard: fc.record({
    excludedOperations: fc.constantFrom(
      [],
      ["Microsoft.DataProtection/backupVaults/write#reduceImmutabilityState"],
      ["Microsoft.RecoveryServices/vaults/write#reduceImmutabilityState"],
    ),
  }),
};

export type ReadableFact = keyof typeof factValues;
export const factNames = Object.keys(factValues) as ReadableFact[];

const fact = (value: fc.Arbitrary<unknown>) => fc.oneof(fc.record({ value }), fc.record({ unreadable: fc.string() }));

/** Facts that are read, cannot be read, or are not read yet. */
export const anyFacts = fc.record(
  { ...Object.fromEntries(factNames.map((name) => [name, fact(factValues[name])])), vault: fact(fc.constant("read")) },
  { requiredKeys: [] },
) as fc.Arbitrary<Facts>;

export const circumstances: fc.Arbitrary<
  Pick<Transition, "resource" | "apiVersion" | "when" | "multiRequestWrites" | "now">
> = fc.record({
  resource: fc.constantFrom("BackupVault" as const, "RecoveryServicesVault" as const),
  multiRequestWrites: fc.boolean(),
  apiVersion: fc.constantFrom("2025-07-01", "2026-06-01", "2026-08-31-preview"),
  when: fc.constantFrom("plan" as const, "write" as const),
  now: fc.constant(1_800_000_000),
});
