import type { DataSourceName } from "./dataSources.js";

/*
 * What must be allowed to whom so that Azure Backup can back up a data source into a Backup vault. The page of each data source,
 * in the table of instances, names the roles.
 */

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
export type BackupRole = keyof typeof backupRoles;

/** Those that no backup needs, but that permit all that some of these do. */
const widerRoles = {
  owner: { name: "Owner", id: "8e3af657-a8ff-443c-a75c-2fe8c4bcb635" },
  storageBlobDataOwner: { name: "Storage Blob Data Owner", id: "b7e6dc6d-f1e8-4753-8033-0f276bb0955b" },
  // These read everything, as Reader does.
  userAccessAdministrator: { name: "User Access Administrator", id: "18d7d88d-d35e-4fb5-a5c3-7773c20a72d9" },
  accessControlAdministrator: {
    name: "Role Based Access Control Administrator",
    id: "f58310d9-a9f6-439a-9e8d-f62e7b41a168",
  },
  monitoringReader: { name: "Monitoring Reader", id: "43d0d8ad-25c7-4714-9337-8ba259a9fe05" },
  monitoringContributor: { name: "Monitoring Contributor", id: "749f88d5-cbae-40b8-bcfc-e573ddc772fa" },
  logAnalyticsReader: { name: "Log Analytics Reader", id: "73c42c96-874c-492b-b04d-ab87d138a893" },
  logAnalyticsContributor: { name: "Log Analytics Contributor", id: "92aaf0da-9dab-42b6-94a3-d43ce8d16293" },
} as const;
export type RoleName = BackupRole | keyof typeof widerRoles;

/**
 * The other roles with all actions and data actions of a role, by their definitions. Owner and Contributor have no data actions, and
 * Contributor writes no locks, as Storage Account Backup Contributor does (checked 2026-12).
 * https://learn.microsoft.com/azure/role-based-access-control/built-in-roles
 */
const including: Record<BackupRole, readonly RoleName[]> = {
  diskBackupReader: ["contributor", "owner"],
  diskSnapshotContributor: ["contributor", "owner"],
  storageAccountBackupContributor: ["owner"],
  contributor: ["owner"],
  dataOperatorForManagedDisks: [],
  storageBlobDataContributor: ["storageBlobDataOwner"],
  storageBlobDataReader: ["storageBlobDataContributor", "storageBlobDataOwner"],
  reader: [
    ...(["contributor", "owner", "userAccessAdministrator", "accessControlAdministrator"] as const),
    ...(["monitoringReader", "monitoringContributor", "logAnalyticsReader", "logAnalyticsContributor"] as const),
  ],
  postgreSqlLongTermRetention: ["contributor", "owner"],
  mySqlBackupAndExportOperator: ["contributor", "owner"],
};

/** Whether who has a role may do all that another one is needed for. */
export const includesRole = (role: RoleName, needed: BackupRole): boolean =>
  role === needed || including[needed].includes(role);

/** Roles that Azure has for nothing but backup, so that who has one is an identity that backs up. */
export const isOnlyForBackup = (role: RoleName): boolean => onlyForBackup.includes(role);

const onlyForBackup: readonly RoleName[] = [
  "diskBackupReader",
  "diskSnapshotContributor",
  "storageAccountBackupContributor",
  "postgreSqlLongTermRetention",
  "mySqlBackupAndExportOperator",
];

/** By its GUID, or its name in any spelling. */
export const roleNamed = (text: string): RoleName | undefined =>
  (Object.keys(roles) as RoleName[]).find((role) =>
    [roles[role].id, roles[role].name].some((each) => each.toLowerCase() === text.trim().toLowerCase()),
  );

const roles = { ...backupRoles, ...widerRoles };

/** What a Backup vault may do in a cluster that it backs up: Azure's name for the only such role. */
export const trustedAccessRole = "Microsoft.DataProtection/backupVaults/backup-operator";

/** Where a role is needed. `extensionStorage` is the account where a cluster's backup extension keeps its backups. */
export type Place = "dataSource" | "dataSourceGroup" | "snapshotGroup" | "extensionStorage";

/** Whose identity needs it. */
export type Holder = "vault" | "cluster" | "extension";

export interface RoleNeed {
  role: BackupRole;
  at: Place;
  /** @default vault */
  of?: Holder;
  /** Only where the policy copies backups into the vault. */
  ifVaulted?: true;
}

/** Who must be allowed to do what, and where. */
export const roleNeeds: Record<DataSourceName, readonly RoleNeed[]> = {
  AzureDisk: [
    { role: "diskBackupReader", at: "dataSource" },
    { role: "diskSnapshotContributor", at: "snapshotGroup" },
  ],
  AzureBlob: [{ role: "storageAccountBackupContributor", at: "dataSource" }],
  AzureDataLakeStorage: [{ role: "storageAccountBackupContributor", at: "dataSource" }],
  AzureKubernetesService: [
    { role: "reader", at: "dataSource" },
    { role: "reader", at: "snapshotGroup" },
    { role: "contributor", of: "cluster", at: "snapshotGroup" },
    { role: "storageBlobDataContributor", of: "extension", at: "extensionStorage" },
    { role: "diskSnapshotContributor", at: "snapshotGroup", ifVaulted: true },
    { role: "dataOperatorForManagedDisks", at: "snapshotGroup", ifVaulted: true },
    { role: "storageBlobDataReader", at: "extensionStorage", ifVaulted: true },
  ],
  AzureDatabaseForPostgreSQLFlexibleServer: [
    { role: "postgreSqlLongTermRetention", at: "dataSource" },
    { role: "reader", at: "dataSourceGroup" },
  ],
  AzureDatabaseForMySQL: [
    { role: "mySqlBackupAndExportOperator", at: "dataSource" },
    { role: "reader", at: "dataSourceGroup" },
  ],
};
