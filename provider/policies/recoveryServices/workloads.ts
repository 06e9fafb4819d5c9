/*
 * What Azure Backup can do for what a Recovery Services vault protects. Validation, the requests and the documentation are
 * derived from this table. The sources of each row: decisions/recovery-services-backup-policies.md.
 */

/** Of full backups and snapshots. */
export const intervals = ["PT4H", "PT6H", "PT8H", "PT12H", "P1D", "P1W"] as const;
export type Interval = (typeof intervals)[number];

/** Of log backups, with Azure's number of minutes. */
export const logIntervals = {
  PT15M: 15,
  PT30M: 30,
  PT1H: 60,
  PT2H: 120,
  PT4H: 240,
  PT8H: 480,
  PT12H: 720,
  P1D: 1440,
} as const satisfies Record<string, number>;
export type LogInterval = keyof typeof logIntervals;

/** Which backups are kept for how long: each tier has a unit of its own. */
export const tierUnits = { daily: "D", weekly: "W", monthly: "M", yearly: "Y" } as const;
export type Tier = keyof typeof tierUnits;
export const tiers = Object.keys(tierUnits) as Tier[];

/** The other backups of a database besides its full ones. */
export const subPolicies = ["Differential", "Incremental", "Log"] as const;
export type SubPolicy = (typeof subPolicies)[number];

/** The least and the most, in the unit of the tier. */
type Range = readonly [least: number, most: number];

export interface Variant {
  every: readonly Interval[];
  /** Where the backups are that the retention is for. */
  store: "OperationalStore" | "VaultStore";
  keep: Readonly<Record<Tier, Range>>;
  /** Snapshots next to the source, for days of their own. `weekly`: the only number of days that a weekly policy has. */
  snapshots?: { argument: SnapshotArgument; range: Range; usual: number; weekly?: number };
  /** The most backups that are kept at a time. */
  mostBackups?: number;
}

export type SnapshotArgument = "instantRpRetentionRangeInDays" | "snapshotRetentionInDays";

/** Azure's types of policies for virtual machines; whether backups of file shares go to the vault; databases have one kind. */
export type VariantName = "V1" | "V2" | "Snapshot" | "Vaulted" | "Streaming";

export interface Workload {
  /** What messages call it. */
  noun: string;
  managementType: "AzureIaasVM" | "AzureStorage" | "AzureWorkload";
  variants: Partial<Record<VariantName, Variant>>;
  /** The other backups that it may have, and for how many days each may be kept. */
  also: Partial<Record<SubPolicy, Range>>;
  /** It cannot be without them. */
  needsLog?: true;
  /** Microsoft's page. */
  source: string;
}

const page = (name: string) => `https://learn.microsoft.com/azure/backup/${name}`;

const longTerm = { daily: [7, 9999], weekly: [1, 5163], monthly: [1, 1188], yearly: [1, 99] } as const;

/** The same for snapshots of file shares and for the vault: decisions/recovery-services-backup-policies.md. */
const ofFileShares = { daily: [1, 200], weekly: [1, 200], monthly: [1, 120], yearly: [1, 10] } as const;

const hourly = ["PT4H", "PT6H", "PT8H", "PT12H"] as const;

const database: Workload["variants"] = { Streaming: { every: ["P1D", "P1W"], store: "VaultStore", keep: longTerm } };

/** By Azure's names for the types of workloads (checked 2026-12). */
export const workloads = {
  VM: {
    noun: "virtual machines",
    managementType: "AzureIaasVM",
    variants: {
      V1: {
        every: ["P1D", "P1W"],
        store: "VaultStore",
        keep: longTerm,
        snapshots: { argument: "instantRpRetentionRangeInDays", range: [1, 5], usual: 2, weekly: 5 },
      },
      V2: {
        every: [...hourly, "P1D", "P1W"],
        store: "VaultStore",
        keep: longTerm,
        snapshots: { argument: "instantRpRetentionRangeInDays", range: [1, 30], usual: 7, weekly: 5 },
      },
    },
    also: {},
    source: page("backup-azure-vms-enhanced-policy"),
  },
  AzureFileShare: {
    noun: "file shares",
    managementType: "AzureStorage",
    variants: {
      Snapshot: { every: [...hourly, "P1D"], store: "OperationalStore", keep: ofFileShares, mostBackups: 200 },
      Vaulted: {
        every: [...hourly, "P1D"],
        store: "VaultStore",
        keep: ofFileShares,
        snapshots: { argument: "snapshotRetentionInDays", range: [1, 199], usual: 5 },
      },
    },
    also: {},
    source: page("azure-file-share-support-matrix"),
  },
  SQLDataBase: {
    noun: "SQL Server databases in virtual machines",
    managementType: "AzureWorkload",
    variants: database,
    also: { Differential: [7, 180], Log: [7, 35] },
    source: page("backup-sql-server-database-azure-vms"),
  },
  SAPHanaDatabase: {
    noun: "SAP HANA databases in virtual machines",
    managementType: "AzureWorkload",
    variants: database,
    also: { Differential: [7, 180], Incremental: [7, 180], Log: [7, 35] },
    needsLog: true,
    source: page("backup-azure-sap-hana-database"),
  },
  SAPAseDatabase: {
    noun: "SAP ASE databases in virtual machines",
    managementType: "AzureWorkload",
    variants: database,
    also: { Differential: [7, 180], Log: [7, 35] },
    source: page("sap-ase-database-backup"),
  },
} as const satisfies Record<string, Workload>;

export type WorkloadName = keyof typeof workloads;

export const workloadNames = Object.keys(workloads) as WorkloadName[];

export const workloadOf = (name: WorkloadName): Workload => workloads[name];

/** Undefined: the workload has no such kind of policy. */
export const variantOf = (name: WorkloadName, variant: VariantName): Variant | undefined =>
  workloadOf(name).variants[variant];
