/*
 * What Azure Backup can do for each kind of data source in a Backup vault. Validation, the requests and the documentation
 * are derived from this table. The sources of each row: decisions/backup-policies.md.
 */

export type DataStoreType = "OperationalStore" | "VaultStore" | "ArchiveStore";

export const intervals = ["PT1H", "PT2H", "PT4H", "PT6H", "PT8H", "PT12H", "P1D", "P1W"] as const;
export type Interval = (typeof intervals)[number];

/** The first successful backup of a period, which a policy may keep for longer than the others. */
export const markers = ["FirstOfDay", "FirstOfWeek", "FirstOfMonth", "FirstOfYear"] as const;
export type Marker = (typeof markers)[number];

export interface DataSource {
  /** What messages call it. */
  noun: string;
  /** Its type in Resource Manager. */
  armType: string;
  /** Backup on a schedule. */
  scheduled: {
    /** Where a scheduled backup is stored first. */
    store: DataStoreType;
    every: readonly Interval[];
    backupType: "Incremental" | "Full" | "Discrete";
    /** Where it may be copied from there. */
    copiedTo: readonly DataStoreType[];
  };
  /** Backup of every change, which has no schedule. Its only retention is for all of it. */
  continuous?: { store: DataStoreType; ruleName: string };
  /** The stores that it may have, and the longest retention in each. Undefined: Microsoft documents none. */
  longest: Partial<Record<DataStoreType, string | undefined>>;
  /** The most backups that the policy may keep at a time. */
  mostBackups?: number;
  markers: readonly Marker[];
  /** Other criteria than the first backup of a period, such as days of the week. */
  hasOtherCriteria: boolean;
  /** Microsoft's page. */
  source: string;
}

const page = (name: string) => `https://learn.microsoft.com/azure/backup/${name}`;

const database = (noun: string, armType: string, source: string): DataSource => ({
  noun,
  armType,
  scheduled: { store: "VaultStore", every: ["P1W"], backupType: "Full", copiedTo: [] },
  longest: { VaultStore: "P10Y" },
  markers: ["FirstOfWeek", "FirstOfMonth", "FirstOfYear"],
  hasOtherCriteria: true,
  source,
});

/** By the names that az and Az.DataProtection have for them (checked 2026-12). */
export const dataSources = {
  AzureDisk: {
    noun: "managed disks",
    armType: "Microsoft.Compute/disks",
    scheduled: {
      store: "OperationalStore",
      every: ["PT1H", "PT2H", "PT4H", "PT6H", "PT8H", "PT12H", "P1D"],
      backupType: "Incremental",
      copiedTo: [],
    },
    longest: { OperationalStore: "P1Y" },
    mostBackups: 450,
    markers: ["FirstOfDay", "FirstOfWeek", "FirstOfMonth", "FirstOfYear"],
    hasOtherCriteria: false,
    source: page("backup-managed-disks"),
  },
  AzureBlob: {
    noun: "blobs",
    armType: "Microsoft.Storage/storageAccounts/blobServices",
    scheduled: { store: "VaultStore", every: ["P1D", "P1W"], backupType: "Discrete", copiedTo: [] },
    continuous: { store: "OperationalStore", ruleName: "Default_OperationalStore" },
    longest: { OperationalStore: "P360D", VaultStore: "P10Y" },
    markers: ["FirstOfWeek", "FirstOfMonth", "FirstOfYear"],
    hasOtherCriteria: true,
    source: page("blob-backup-configure-manage"),
  },
  AzureDataLakeStorage: {
    noun: "Data Lake Storage",
    armType: "Microsoft.Storage/storageAccounts/adlsBlobServices",
    scheduled: { store: "VaultStore", every: ["P1D", "P1W"], backupType: "Discrete", copiedTo: [] },
    longest: { VaultStore: "P10Y" },
    markers: ["FirstOfWeek", "FirstOfMonth", "FirstOfYear"],
    hasOtherCriteria: true,
    source: page("azure-data-lake-storage-backup-support-matrix"),
  },
  AzureKubernetesService: {
    noun: "AKS clusters",
    armType: "Microsoft.ContainerService/managedClusters",
    scheduled: {
      store: "OperationalStore",
      every: ["PT4H", "PT6H", "PT8H", "PT12H", "P1D", "P1W"],
      backupType: "Incremental",
      copiedTo: ["VaultStore"],
    },
    longest: { OperationalStore: "P360D", VaultStore: undefined },
    markers: ["FirstOfDay", "FirstOfWeek", "FirstOfMonth", "FirstOfYear"],
    hasOtherCriteria: true,
    source: page("azure-kubernetes-service-cluster-backup"),
  },
  AzureDatabaseForPostgreSQLFlexibleServer: database(
    "PostgreSQL flexible servers",
    "Microsoft.DBforPostgreSQL/flexibleServers",
    page("backup-azure-database-postgresql-flex-overview"),
  ),
  AzureDatabaseForMySQL: database(
    "MySQL flexible servers",
    "Microsoft.DBforMySQL/flexibleServers",
    page("backup-azure-mysql-flexible-server-about"),
  ),
} as const satisfies Record<string, DataSource>;

export type DataSourceName = keyof typeof dataSources;

export const dataSourceNames = Object.keys(dataSources) as DataSourceName[];

export const dataSourceOf = (name: DataSourceName): DataSource => dataSources[name];

/** Undefined if this version does not know the type. */
export const dataSourceNamed = (armType: string): DataSourceName | undefined =>
  dataSourceNames.find((name) => dataSources[name].armType.toLowerCase() === armType.toLowerCase());

export const storesOf = ({ longest }: DataSource): DataStoreType[] => Object.keys(longest) as DataStoreType[];

/** Microsoft's page on the backup of a data source. Undefined: that of the rules about policies, which is about disks. */
export const pageOf = (name: DataSourceName | undefined): string | undefined =>
  name === undefined || name === "AzureDisk" ? undefined : dataSources[name].source;
