import type { DataSourceName } from "../policies/dataSources.js";

/*
 * What a backup instance of each kind of data source consists of. Validation, the requests and what is read of Azure's answers
 * are derived from this table. What policies of a kind can be stands in the policies' table, under the same names.
 */

/** The arguments that only some data sources have. */
export const parameterNames = [
  "snapshotResourceGroupId",
  "containers",
  "autoProtectionSettings",
  "backupConfiguration",
] as const;
export type ParameterName = (typeof parameterNames)[number];

/**
 * The built-in roles that backup needs, by Microsoft's names and GUIDs (checked 2026-12).
 * https://learn.microsoft.com/azure/role-based-access-control/built-in-roles
 */
export const backupRoles = {
  diskBackupReader: { name: "Disk Backup Reader", id: "3e5e47e6-65f7-47ef-90b5-e5dd4d455f24" },
  diskSnapshotContributor: { name: "Disk Snapshot Contributor", id: "7efff54f-a5b4-42b5-a1c5-5411624893ce" },
  storageAccountBackupContributor: {
    name: "Storage Account Backup Contributor",
    id: "e5e2a7ff-d759-4cd2-bb51-3152d37e2eb1",
  },
  contributor: { name: "Contributor", id: "b24988ac-6180-42a0-ab88-20f7382dd24c" },
  dataOperatorForManagedDisks: {
    name: "Data Operator for Managed Disks",
    id: "959f8984-c045-4866-89c7-12bf9737be2e",
  },
  storageBlobDataContributor: { name: "Storage Blob Data Contributor", id: "ba92f5b4-2d11-453d-a403-e96b0029c9fe" },
  storageBlobDataReader: { name: "Storage Blob Data Reader", id: "2a2b9908-6ea1-4ae2-8e65-a410df84e7d1" },
  reader: { name: "Reader", id: "acdd72a7-3385-48ef-bd42-f606fba81ae7" },
  postgreSqlLongTermRetention: {
    name: "PostgreSQL Flexible Server Long Term Retention Backup Role",
    id: "c088a766-074b-43ba-90d4-1fb21feae531",
  },
  mySqlBackupAndExportOperator: {
    name: "MySQL Backup And Export Operator",
    id: "d18ad5f3-1baf-4119-b49b-d944edb1f9d0",
  },
} as const;

/** Where a role is needed. `extensionStorage` is the account where a cluster's backup extension keeps its backups. */
export type Place = "dataSource" | "dataSourceGroup" | "snapshotGroup" | "extensionStorage";

/** Whose identity needs it. */
export type Holder = "vault" | "cluster" | "extension";

export interface RoleNeed {
  role: keyof typeof backupRoles;
  at: Place;
  /** @default vault */
  of?: Holder;
  /** Only where the policy copies backups into the vault. */
  ifVaulted?: true;
}

/** How many Microsoft's page allows in one instance. */
export interface Limit {
  /** The path of the list. */
  list: "containers" | "backupConfiguration.includedNamespaces";
  /** What it names. */
  noun: string;
  most: number;
  source: string;
}

export interface InstanceSource {
  /** The type of the resource that is backed up. */
  resourceType: string;
  /** What must be said besides the resource. */
  needs: readonly ParameterName[];
  /** What may be said. */
  takes: readonly ParameterName[];
  /** The arguments of which it has one at most, with Azure's type of each: they say what of the resource is backed up. */
  parameters: Partial<Record<ParameterName, string>>;
  /** One of them must be there. */
  needsParameters?: true;
  /** Empty: Microsoft's page limits none of its lists. */
  limits: readonly Limit[];
  /** Whether Azure's clients send what it belongs to as well: the same resource once more. */
  isSet: boolean;
  /** Who must be allowed to do what, and where. */
  roles: readonly RoleNeed[];
  /** Microsoft's page, which names the roles. */
  source: string;
}

const page = (name: string) => `https://learn.microsoft.com/azure/backup/${name}`;

/** By the names that az and Az.DataProtection have for them (checked 2026-12). */
export const instanceSources = {
  AzureDisk: {
    resourceType: "Microsoft.Compute/disks",
    needs: ["snapshotResourceGroupId"],
    takes: [],
    parameters: {},
    limits: [],
    isSet: false,
    roles: [
      { role: "diskBackupReader", at: "dataSource" },
      { role: "diskSnapshotContributor", at: "snapshotGroup" },
    ],
    source: page("backup-managed-disks"),
  },
  AzureBlob: {
    resourceType: "Microsoft.Storage/storageAccounts",
    needs: [],
    // Operational backup is of the whole account, vaulted backup of these containers.
    takes: ["containers", "autoProtectionSettings"],
    parameters: {
      containers: "BlobBackupDatasourceParameters",
      autoProtectionSettings: "BlobBackupDatasourceParametersForAutoProtection",
    },
    // "You can also select a subset of containers to back up (up to 100 containers)."
    limits: [{ list: "containers", noun: "containers", most: 100, source: page("blob-backup-support-matrix") }],
    isSet: true,
    roles: [{ role: "storageAccountBackupContributor", at: "dataSource" }],
    source: page("blob-backup-configure-manage"),
  },
  AzureDataLakeStorage: {
    resourceType: "Microsoft.Storage/storageAccounts",
    needs: [],
    takes: ["containers", "autoProtectionSettings"],
    parameters: {
      containers: "AdlsBlobBackupDatasourceParameters",
      autoProtectionSettings: "AdlsBlobBackupDatasourceParametersForAutoProtection",
    },
    // "Maximum number of containers in a storage account that can be protected: 100"
    limits: [
      {
        list: "containers",
        noun: "containers",
        most: 100,
        source: page("azure-data-lake-storage-backup-support-matrix"),
      },
    ],
    needsParameters: true,
    isSet: true,
    roles: [{ role: "storageAccountBackupContributor", at: "dataSource" }],
    source: page("azure-data-lake-storage-backup-support-matrix"),
  },
  AzureKubernetesService: {
    resourceType: "Microsoft.ContainerService/managedClusters",
    needs: ["snapshotResourceGroupId"],
    takes: ["backupConfiguration"],
    parameters: { backupConfiguration: "KubernetesClusterBackupDatasourceParameters" },
    limits: [
      {
        list: "backupConfiguration.includedNamespaces",
        noun: "namespaces",
        most: 800,
        source: page("azure-kubernetes-service-cluster-backup-support-matrix"),
      },
    ],
    isSet: true,
    roles: [
      { role: "reader", at: "dataSource" },
      { role: "reader", at: "snapshotGroup" },
      { role: "contributor", of: "cluster", at: "snapshotGroup" },
      { role: "storageBlobDataContributor", of: "extension", at: "extensionStorage" },
      { role: "diskSnapshotContributor", at: "snapshotGroup", ifVaulted: true },
      { role: "dataOperatorForManagedDisks", at: "snapshotGroup", ifVaulted: true },
      { role: "storageBlobDataReader", at: "extensionStorage", ifVaulted: true },
    ],
    source: page("azure-kubernetes-service-cluster-backup-concept"),
  },
  AzureDatabaseForPostgreSQLFlexibleServer: {
    resourceType: "Microsoft.DBforPostgreSQL/flexibleServers",
    needs: [],
    takes: [],
    parameters: {},
    limits: [],
    isSet: false,
    roles: [
      { role: "postgreSqlLongTermRetention", at: "dataSource" },
      { role: "reader", at: "dataSourceGroup" },
    ],
    source: page("backup-azure-database-postgresql-flex-overview"),
  },
  AzureDatabaseForMySQL: {
    resourceType: "Microsoft.DBforMySQL/flexibleServers",
    needs: [],
    takes: [],
    parameters: {},
    limits: [],
    isSet: false,
    roles: [
      { role: "mySqlBackupAndExportOperator", at: "dataSource" },
      { role: "reader", at: "dataSourceGroup" },
    ],
    source: page("backup-azure-mysql-flexible-server-about"),
  },
} as const satisfies Record<DataSourceName, InstanceSource>;

export const instanceSourceOf = (name: DataSourceName): InstanceSource => instanceSources[name];
