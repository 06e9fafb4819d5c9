import type { Role } from "../state/identityRecords.js";

const everyoneReads = ["Microsoft.Authorization/*/read", "Microsoft.Resources/subscriptions/resourceGroups/read"];

const dataProtection = (...actions: string[]) => actions.map((action) => `Microsoft.DataProtection/${action}`);

const recoveryServices = (...actions: string[]) => actions.map((action) => `Microsoft.RecoveryServices/${action}`);

/** Neither has the jobs of Backup vaults, nor what Site Recovery has in the other kind. */
const backupReads = [
  ...dataProtection(
    ...["read", "operationResults/read", "operationStatus/read"].map((action) => `backupVaults/${action}`),
    ...["backupInstances", "deletedBackupInstances", "backupPolicies"].map((list) => `backupVaults/${list}/read`),
    "locations/operationStatus/read",
    "locations/operationResults/read",
    "operations/read",
  ),
  ...recoveryServices(
    ...["read", "usages/read", "backupUsageSummaries/read"].map((action) => `Vaults/${action}`),
    ...["backupJobs", "backupPolicies", "backupProtectedItems", "backupProtectionContainers"].map(
      (list) => `Vaults/${list}/read`,
    ),
    "Vaults/backupstorageconfig/read",
    "Vaults/backupconfig/read",
    "locations/operationStatus/read",
    "operations/read",
  ),
];

const guardLinks = ["read", "write", "delete", "unlockDelete/action"].map(
  (action) => `backupResourceGuardProxies/${action}`,
);

/** It changes vaults and all that is in them, and deletes no vault. */
const backupWrites = [
  ...dataProtection(
    "backupVaults/write",
    ...["backupInstances", "backupPolicies"].flatMap((list) => [
      `backupVaults/${list}/write`,
      `backupVaults/${list}/delete`,
    ]),
    "backupVaults/deletedBackupInstances/undelete/action",
    "backupVaults/validateForBackup/action",
    // Neither stopProtection nor resumeBackups is among them.
    ...["backup", "validateRestore", "restore", "validateForModifyBackup", "suspendBackups", "resumeProtection"].map(
      (action) => `backupVaults/backupInstances/${action}/action`,
    ),
    ...guardLinks.map((action) => `backupVaults/${action}`),
  ),
  ...recoveryServices(
    "Vaults/write",
    ...["backupJobs", "backupPolicies", "backupProtectedItems", "backupProtectionContainers"].map(
      (list) => `Vaults/${list}/*`,
    ),
    "Vaults/backupFabrics/protectionContainers/*",
    "Vaults/backupFabrics/refreshContainers/action",
    "Vaults/backupProtectableItems/*",
    "Vaults/backupstorageconfig/*",
    "Vaults/backupconfig/*",
    "locations/*",
    ...guardLinks.map((action) => `Vaults/${action}`),
  ),
];

/**
 * The built-in roles that matter to vaults and their keys, with what they grant on these. Other actions, of networks
 * and secrets for example, are left out.
 * https://learn.microsoft.com/azure/role-based-access-control/built-in-roles
 */
export const builtInRoles: readonly Role[] = [
  { name: "8e3af657-a8ff-443c-a75c-2fe8c4bcb635", roleName: "Owner", actions: ["*"], dataActions: [] },
  {
    name: "b24988ac-6180-42a0-ab88-20f7382dd24c",
    roleName: "Contributor",
    actions: ["*"],
    notActions: ["Microsoft.Authorization/*/Delete", "Microsoft.Authorization/*/Write"],
    dataActions: [],
  },
  { name: "acdd72a7-3385-48ef-bd42-f606fba81ae7", roleName: "Reader", actions: ["*/read"], dataActions: [] },
  {
    name: "5e467623-bb1f-42f4-a55d-6e525e11384b",
    roleName: "Backup Contributor",
    actions: [...everyoneReads, ...backupReads, ...backupWrites],
    dataActions: [],
  },
  {
    name: "00c29273-979b-4161-815c-10b084fb9324",
    roleName: "Backup Operator",
    actions: [
      ...everyoneReads,
      ...backupReads,
      ...dataProtection("backupVaults/backupInstances/write"),
      ...recoveryServices(
        "Vaults/backupFabrics/protectionContainers/write",
        "Vaults/backupFabrics/protectionContainers/inquire/action",
        "Vaults/backupFabrics/protectionContainers/protectedItems/write",
        "Vaults/backupFabrics/protectionContainers/protectedItems/backup/action",
        "Vaults/backupProtectableItems/*",
        "locations/backupStatus/action",
      ),
    ],
    dataActions: [],
  },
  {
    name: "a795c7a0-d4a2-40c1-ae25-d81f01202912",
    roleName: "Backup Reader",
    actions: ["Microsoft.Authorization/*/read", ...backupReads],
    dataActions: [],
  },
  // https://learn.microsoft.com/azure/role-based-access-control/built-in-roles/storage
  {
    name: "c2a970b4-16a7-4a51-8c84-8a8ea6ee0bb8",
    roleName: "Backup MUA Admin",
    actions: [
      "Microsoft.Authorization/*/read",
      "Microsoft.Resources/subscriptions/resourceGroups/read",
      ...dataProtection(
        "*/read",
        "*/resourceGuards/write",
        ...["read", "write", "delete"].map(
          (action) => `subscriptions/resourceGroups/providers/resourceGuards/${action}`,
        ),
        ...guardLinks.map((action) => `backupVaults/${action}`),
      ),
    ],
    dataActions: [],
  },
  {
    name: "f54b6d04-23c6-443e-b462-9c16ab7b4a52",
    roleName: "Backup MUA Operator",
    actions: ["Microsoft.Authorization/*/read", ...dataProtection("*/action", "*/read")],
    dataActions: [],
  },
  // https://learn.microsoft.com/azure/role-based-access-control/built-in-roles/compute
  {
    name: "3e5e47e6-65f7-47ef-90b5-e5dd4d455f24",
    roleName: "Disk Backup Reader",
    actions: [...everyoneReads, "Microsoft.Compute/disks/read", "Microsoft.Compute/disks/beginGetAccess/action"],
    dataActions: [],
  },
  {
    name: "7efff54f-a5b4-42b5-a1c5-5411624893ce",
    roleName: "Disk Snapshot Contributor",
    actions: [
      ...everyoneReads,
      "Microsoft.Compute/snapshots/delete",
      "Microsoft.Compute/snapshots/write",
      "Microsoft.Compute/snapshots/read",
      "Microsoft.Compute/snapshots/beginGetAccess/action",
      "Microsoft.Compute/snapshots/endGetAccess/action",
      "Microsoft.Compute/disks/beginGetAccess/action",
    ],
    dataActions: [],
  },
  {
    name: "959f8984-c045-4866-89c7-12bf9737be2e",
    roleName: "Data Operator for Managed Disks",
    actions: [],
    dataActions: [
      "Microsoft.Compute/disks/download/action",
      "Microsoft.Compute/disks/upload/action",
      "Microsoft.Compute/snapshots/download/action",
      "Microsoft.Compute/snapshots/upload/action",
    ],
  },
  // https://learn.microsoft.com/azure/role-based-access-control/built-in-roles/storage
  {
    name: "ba92f5b4-2d11-453d-a403-e96b0029c9fe",
    roleName: "Storage Blob Data Contributor",
    actions: [
      "Microsoft.Storage/storageAccounts/blobServices/containers/delete",
      "Microsoft.Storage/storageAccounts/blobServices/containers/read",
      "Microsoft.Storage/storageAccounts/blobServices/containers/write",
      "Microsoft.Storage/storageAccounts/blobServices/generateUserDelegationKey/action",
    ],
    dataActions: ["delete", "read", "write", "move/action", "add/action"].map(
      (action) => `Microsoft.Storage/storageAccounts/blobServices/containers/blobs/${action}`,
    ),
  },
  {
    name: "2a2b9908-6ea1-4ae2-8e65-a410df84e7d1",
    roleName: "Storage Blob Data Reader",
    actions: [
      "Microsoft.Storage/storageAccounts/blobServices/containers/read",
      "Microsoft.Storage/storageAccounts/blobServices/generateUserDelegationKey/action",
    ],
    dataActions: ["Microsoft.Storage/storageAccounts/blobServices/containers/blobs/read"],
  },
  {
    name: "e5e2a7ff-d759-4cd2-bb51-3152d37e2eb1",
    roleName: "Storage Account Backup Contributor",
    actions: [
      ...everyoneReads,
      "Microsoft.Storage/operations/read",
      "Microsoft.Storage/storageAccounts/objectReplicationPolicies/*",
      "Microsoft.Storage/storageAccounts/blobServices/read",
      "Microsoft.Storage/storageAccounts/blobServices/write",
      "Microsoft.Storage/storageAccounts/read",
      "Microsoft.Storage/storageAccounts/restoreBlobRanges/action",
    ],
    dataActions: [],
  },
  // https://learn.microsoft.com/azure/role-based-access-control/built-in-roles/databases
  {
    name: "c088a766-074b-43ba-90d4-1fb21feae531",
    roleName: "PostgreSQL Flexible Server Long Term Retention Backup Role",
    actions: [
      ...everyoneReads,
      "Microsoft.DBforPostgreSQL/flexibleServers/ltrBackupOperations/read",
      "Microsoft.DBforPostgreSQL/flexibleServers/ltrPreBackup/action",
      "Microsoft.DBforPostgreSQL/flexibleServers/startLtrBackup/action",
      "Microsoft.DBforPostgreSQL/locations/azureAsyncOperation/read",
      "Microsoft.DBforPostgreSQL/locations/operationResults/read",
    ],
    dataActions: [],
  },
  {
    name: "d18ad5f3-1baf-4119-b49b-d944edb1f9d0",
    roleName: "MySQL Backup And Export Operator",
    actions: [
      ...everyoneReads,
      "Microsoft.DBforMySQL/flexibleServers/read",
      "Microsoft.DBforMySQL/flexibleServers/write",
      "Microsoft.DBforMySQL/flexibleServers/backups/read",
      "Microsoft.DBforMySQL/flexibleServers/backupAndExport/action",
      "Microsoft.DBforMySQL/flexibleServers/validateBackup/action",
    ],
    dataActions: [],
  },
  {
    name: "00482a5a-887f-4fb3-b363-3b7fe8e74483",
    roleName: "Key Vault Administrator",
    actions: [...everyoneReads, "Microsoft.KeyVault/vaults/read"],
    dataActions: ["Microsoft.KeyVault/vaults/*"],
  },
  {
    name: "f25e0fa2-a7c8-4377-a976-54943a77a395",
    roleName: "Key Vault Contributor",
    actions: [...everyoneReads, "Microsoft.KeyVault/*"],
    dataActions: [],
  },
  {
    name: "21090545-7ca7-4776-b22c-e363652d74d2",
    roleName: "Key Vault Reader",
    actions: [...everyoneReads, "Microsoft.KeyVault/vaults/read"],
    dataActions: ["Microsoft.KeyVault/vaults/*/read"],
  },
  {
    name: "14b46e9e-c2b7-41b4-b07b-48a6ebf60603",
    roleName: "Key Vault Crypto Officer",
    actions: [...everyoneReads, "Microsoft.KeyVault/vaults/read"],
    dataActions: ["Microsoft.KeyVault/vaults/keys/*", "Microsoft.KeyVault/vaults/keyrotationpolicies/*"],
  },
  {
    name: "12338af0-0e69-4776-bea7-57ae8d297424",
    roleName: "Key Vault Crypto User",
    actions: [],
    dataActions: [
      "Microsoft.KeyVault/vaults/keys/read",
      "Microsoft.KeyVault/vaults/keys/update/action",
      "Microsoft.KeyVault/vaults/keys/backup/action",
      "Microsoft.KeyVault/vaults/keys/encrypt/action",
      "Microsoft.KeyVault/vaults/keys/decrypt/action",
      "Microsoft.KeyVault/vaults/keys/wrap/action",
      "Microsoft.KeyVault/vaults/keys/unwrap/action",
      "Microsoft.KeyVault/vaults/keys/sign/action",
      "Microsoft.KeyVault/vaults/keys/verify/action",
    ],
  },
  {
    name: "e147488a-f6f5-4113-8e2d-b22465e65bf6",
    roleName: "Key Vault Crypto Service Encryption User",
    actions: [
      "Microsoft.EventGrid/eventSubscriptions/write",
      "Microsoft.EventGrid/eventSubscriptions/read",
      "Microsoft.EventGrid/eventSubscriptions/delete",
    ],
    dataActions: [
      "Microsoft.KeyVault/vaults/keys/read",
      "Microsoft.KeyVault/vaults/keys/wrap/action",
      "Microsoft.KeyVault/vaults/keys/unwrap/action",
    ],
  },
  {
    name: "4633458b-17de-408a-b874-0445c86b69e6",
    roleName: "Key Vault Secrets User",
    actions: [],
    dataActions: ["Microsoft.KeyVault/vaults/secrets/getSecret/action"],
  },
  {
    name: "18d7d88d-d35e-4fb5-a5c3-7773c20a72d9",
    roleName: "User Access Administrator",
    actions: ["*/read", "Microsoft.Authorization/*"],
    dataActions: [],
  },
  {
    name: "f58310d9-a9f6-439a-9e8d-f62e7b41a168",
    roleName: "Role Based Access Control Administrator",
    actions: [
      "Microsoft.Authorization/roleAssignments/write",
      "Microsoft.Authorization/roleAssignments/delete",
      "*/read",
    ],
    dataActions: [],
  },
  {
    name: "18500a29-7fe2-46b2-a342-b16a415e101d",
    roleName: "Managed HSM contributor",
    actions: ["Microsoft.KeyVault/managedHSMs/*"],
    dataActions: [],
  },
];
