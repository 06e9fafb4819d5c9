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
  /** Microsoft's page, which names the roles that backup needs: `provider/policies/backupRoles.ts`. */
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
    source: page("azure-kubernetes-service-cluster-backup-concept"),
  },
  AzureDatabaseForPostgreSQLFlexibleServer: {
    resourceType: "Microsoft.DBforPostgreSQL/flexibleServers",
    needs: [],
    takes: [],
    parameters: {},
    limits: [],
    isSet: false,
    source: page("backup-azure-database-postgresql-flex-overview"),
  },
  AzureDatabaseForMySQL: {
    resourceType: "Microsoft.DBforMySQL/flexibleServers",
    needs: [],
    takes: [],
    parameters: {},
    limits: [],
    isSet: false,
    source: page("backup-azure-mysql-flexible-server-about"),
  },
} as const satisfies Record<DataSourceName, InstanceSource>;

export const instanceSourceOf = (name: DataSourceName): InstanceSource => instanceSources[name];
