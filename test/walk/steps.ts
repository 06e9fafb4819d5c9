import fc from "fast-check";

/** One change of one vault, in words that fast-check can print, shrink and make again. */
export interface Step {
  kind: "BackupVault" | "RecoveryServicesVault";
  /** The vault as it is, in the words of our arguments. Absent: it is to be created. */
  before?: Settings;
  /** What the program says then. Absent: the vault is to be deleted. */
  after?: Settings;
  holds: Holding;
  guard: Guard;
  isMoving: boolean;
  hasFailed: boolean;
}

export type Settings = Record<string, unknown>;

export const holdings = {
  BackupVault: ["nothing", "an instance", "an instance of an identity", "a soft-deleted instance", "a policy"],
  RecoveryServicesVault: [
    "nothing",
    "a machine",
    "a soft-deleted machine",
    "a storage account",
    "a replicated machine",
    "a private endpoint",
  ],
} as const;
export type Holding = (typeof holdings)[keyof typeof holdings][number];

/** The operations that a resource guard leaves out. */
export const guards = ["none", "all", "not immutability", "not encryption"] as const;
export type Guard = (typeof guards)[number];

/** Keys of the world, each in a key vault of its own kind, and what is wrong with it. */
export const keys = [
  "good",
  "another good",
  "elliptic",
  "small",
  "disabled",
  "expired",
  "missing",
  "not granted",
  "not purge protected",
  "behind a network",
  "in another region",
] as const;

export const identities = ["system", "a", "b"] as const;

const maybe = <T>(value: fc.Arbitrary<T>, nil = 2) => fc.option(value, { nil: undefined, freq: nil });
const oneOf = <T>(...values: T[]) => fc.constantFrom(...values);
const enabledOrDisabled = oneOf("Enabled", "Disabled");

const identity = fc.subarray([...identities], { minLength: 0 });
/** Most keys are good ones, so that other things come to be refused too. */
const key = fc.oneof({ weight: 3, arbitrary: oneOf(...keys.slice(0, 2)) }, { weight: 1, arbitrary: oneOf(...keys) });
const encryption = fc.record(
  { key, identity: oneOf(...identities), infrastructureEncryption: enabledOrDisabled },
  { requiredKeys: ["key", "identity"] },
);
const common = {
  crossRegionRestore: maybe(enabledOrDisabled),
  immutability: maybe(oneOf("Disabled", "Unlocked", "Locked")),
  crossSubscriptionRestore: maybe(oneOf("Enabled", "Disabled", "PermanentlyDisabled")),
  alertsForAllJobFailures: maybe(enabledOrDisabled, 4),
  identities: maybe(identity),
  encryption: maybe(encryption, 2),
  tags: maybe(oneOf({ owner: "payroll" }, { owner: "backup", team: "a" }), 4),
};
const redundancy = oneOf("LocallyRedundant", "ZoneRedundant", "GeoRedundant");

const settings: Record<Step["kind"], Record<string, fc.Arbitrary<unknown>>> = {
  BackupVault: {
    redundancy,
    softDelete: maybe(
      fc.record(
        { state: oneOf("Off", "On", "AlwaysOn"), retentionDurationInDays: oneOf(13, 14, 30, 180) },
        { requiredKeys: ["state"] },
      ),
    ),
    costManagementGranularity: maybe(oneOf("VaultLevel", "ProtectedItemLevel"), 6),
    ...common,
  },
  RecoveryServicesVault: {
    redundancy: maybe(redundancy),
    softDelete: maybe(
      fc.record(
        { state: oneOf("Disabled", "Enabled", "AlwaysON", "AlwaysON"), retentionDurationInDays: oneOf(13, 14, 30) },
        { requiredKeys: ["state"] },
      ),
    ),
    publicNetworkAccess: maybe(enabledOrDisabled, 4),
    alertsForAllReplicationIssues: maybe(enabledOrDisabled, 6),
    ...common,
  },
};

/** Of all that a program may ask for, what Azure may have: it has refused the rest, or the key has gone wrong since. */
function asItMayBe(kind: Step["kind"], wanted: Settings): Settings {
  const settings = { ...wanted } as Settings & {
    softDelete?: { state: string; retentionDurationInDays?: number };
    encryption?: { key: (typeof keys)[number]; identity: string };
    identities?: string[];
  };
  const isGeo = settings.redundancy === "GeoRedundant" || (kind === "RecoveryServicesVault" && !settings.redundancy);
  if (!isGeo) delete settings.crossRegionRestore;
  const { softDelete, encryption, identities = [] } = settings;
  if (softDelete?.retentionDurationInDays === 13) settings.softDelete = { ...softDelete, retentionDurationInDays: 14 };
  if (encryption && !keysOfOld.some((name) => name === encryption.key))
    settings.encryption = { ...encryption, key: "good" };
  if (encryption && !identities.includes(encryption.identity))
    settings.identities = [...identities, encryption.identity];
  return settings;
}

const keysOfOld = ["good", "disabled", "expired", "missing", "not granted", "another good"] as const;

/** What the vault has, with one to three of its settings changed, added or removed, or one field of a setting. */
function changed(kind: Step["kind"], before: Settings): fc.Arbitrary<Settings> {
  const names = Object.keys(settings[kind]);
  const values = (chosen: string[]) =>
    fc.record(Object.fromEntries(chosen.map((name) => [name, settings[kind][name] as fc.Arbitrary<unknown>])));
  const some = fc.subarray(names, { minLength: 1, maxLength: 3 }).chain(values);
  const nested = names.filter((name) => isGroup(before[name]));
  if (nested.length === 0) return some.map((changes) => ({ ...before, ...changes }));
  const field = fc.constantFrom(...nested).chain((name) =>
    fc.tuple(settings[kind][name] as fc.Arbitrary<unknown>, fc.nat()).map(([value, which]) => {
      const was = before[name] as Settings;
      const fields = Object.keys(isGroup(value) ? value : {});
      const chosen = fields[which % fields.length] as string;
      return fields.length === 0 ? {} : { [name]: { ...was, [chosen]: (value as Settings)[chosen] } };
    }),
  );
  return fc.oneof(some, field).map((changes) => ({ ...before, ...changes }));
}

const isGroup = (value: unknown): value is Settings =>
  typeof value === "object" && value !== null && !Array.isArray(value);

function stepOf(kind: Step["kind"]): fc.Arbitrary<Step> {
  const circumstances = {
    kind: fc.constant(kind),
    holds: fc.oneof(
      { weight: 1, arbitrary: oneOf("nothing" as const) },
      { weight: 1, arbitrary: oneOf(...holdings[kind]) },
    ),
    guard: fc.oneof({ weight: 5, arbitrary: oneOf("none" as const) }, { weight: 2, arbitrary: oneOf(...guards) }),
    isMoving: fc.oneof({ weight: 19, arbitrary: fc.constant(false) }, { weight: 1, arbitrary: fc.constant(true) }),
    hasFailed: fc.oneof({ weight: 9, arbitrary: fc.constant(false) }, { weight: 1, arbitrary: fc.constant(true) }),
  };
  const wanted = fc.record(settings[kind]);
  const state = wanted.map((each) => asItMayBe(kind, each));
  const change = state.chain((before) => fc.record({ before: fc.constant(before), after: changed(kind, before) }));
  return fc.oneof(
    {
      weight: 8,
      arbitrary: fc.tuple(fc.record(circumstances), change).map(([around, both]) => ({ ...around, ...both })),
    },
    {
      weight: 1,
      arbitrary: state.map(
        (after) => ({ kind, after, holds: "nothing", guard: "none", isMoving: false, hasFailed: false }) as const,
      ),
    },
    {
      weight: 1,
      arbitrary: fc.tuple(fc.record(circumstances), state).map(([around, before]) => ({ ...around, before })),
    },
  );
}

export const anyStep: fc.Arbitrary<Step> = fc.oneof(
  { weight: 3, arbitrary: stepOf("BackupVault") },
  { weight: 2, arbitrary: stepOf("RecoveryServicesVault") },
);
