import type { Live } from "../../review/index.js";
import type { ResourceChange } from "./planDocuments.js";
import { subscription, vaultId } from "./previews.js";

// A program whose names can be secret, what happens to it, and how Azure answers.

export type Values = Record<string, unknown>;

export const at = (group: string, path: string) =>
  `/subscriptions/${subscription}/resourceGroups/${group}/providers/${path}`;
export const groupOf = (name: string) => `/subscriptions/${subscription}/resourceGroups/${name}`;
export const vault = vaultId("hush-vault");
const recovery = at("backups", "Microsoft.RecoveryServices/vaults/hush-recovery");
export const account = at("app", "Microsoft.Storage/storageAccounts/hushdata");
const cluster = at("app", "Microsoft.ContainerService/managedClusters/aks");
const guard = at("guards", "Microsoft.DataProtection/resourceGuards/hush-guard");
const policy = `${vault}/backupPolicies/hush-policy`;
export const blobs = `${vault}/backupInstances/hush-blobs`;
const disk = `${vault}/backupInstances/hush-disk`;
const container = `${recovery}/backupFabrics/Azure/protectionContainers/StorageContainer;storage;app;hushdata`;
const share = `${container}/protectedItems/AzureFileShare;hush-share`;
const principal = "11111111-1111-1111-1111-111111111111";

/** What a program has, and what of it a plan of Terraform can mark. */
export const inTerraform = {
  vault: {
    type: "azurerm_data_protection_backup_vault",
    values: {
      ...{ id: vault, name: "hush-vault", resource_group_name: "backups", datastore_type: "VaultStore" },
      identity: [{ type: "SystemAssigned", principal_id: principal, identity_ids: [] }],
    },
  },
  recovery: {
    type: "azurerm_recovery_services_vault",
    values: { id: recovery, name: "hush-recovery", resource_group_name: "backups" },
  },
  policy: {
    type: "azurerm_data_protection_backup_policy_blob_storage",
    values: { id: policy, name: "hush-policy", vault_id: vault, vault_default_retention_duration: "P30D" },
  },
  blobs: {
    type: "azurerm_data_protection_backup_instance_blob_storage",
    values: {
      ...{ id: blobs, name: "hush-blobs", vault_id: vault, storage_account_id: account, backup_policy_id: policy },
      storage_account_container_names: ["one"],
    },
  },
  disk: {
    type: "azurerm_data_protection_backup_instance_disk",
    values: {
      ...{ id: disk, name: "hush-disk", vault_id: vault, snapshot_resource_group_name: "snapshots" },
      disk_id: at("app", "Microsoft.Compute/disks/data"),
    },
  },
  share: {
    type: "azurerm_backup_protected_file_share",
    values: {
      ...{ id: share, recovery_vault_name: "hush-recovery", resource_group_name: "backups" },
      ...{ source_storage_account_id: account, source_file_share_name: "hush-share" },
    },
  },
  container: {
    type: "azurerm_backup_container_storage_account",
    values: {
      ...{ id: container, recovery_vault_name: "hush-recovery", resource_group_name: "backups" },
      storage_account_id: account,
    },
  },
  link: {
    type: "azurerm_recovery_services_vault_resource_guard_association",
    values: {
      id: `${recovery}/backupResourceGuardProxies/VaultProxy`,
      ...{ vault_id: recovery, resource_guard_id: guard },
    },
  },
  endpoint: {
    type: "azurerm_private_endpoint",
    values: {
      id: at("app", "Microsoft.Network/privateEndpoints/e"),
      private_service_connection: [{ private_connection_resource_id: vault }],
    },
  },
  guard: { type: "azurerm_data_protection_resource_guard", values: { id: guard, name: "hush-guard" } },
} satisfies Record<string, { type: string; values: Values }>;

export type Part = keyof typeof inTerraform;

/** By the parts of the program, the arguments that are marked. */
export type Marks = Partial<Record<Part, readonly string[]>>;

const gone = (type: string, before: Values = {}): ResourceChange => ({ type, actions: ["delete"], before });

const storage = {
  id: account,
  name: "hushdata",
  cross_tenant_replication_enabled: true,
  shared_access_key_enabled: true,
};

/** What would be found of the program. */
export const changes: Record<string, ResourceChange[]> = {
  "the storage account is deleted": [gone("azurerm_storage_account", storage)],
  "the storage account is closed": [
    {
      ...{ type: "azurerm_storage_account", actions: ["update"], before: storage },
      after: { ...storage, cross_tenant_replication_enabled: false, shared_access_key_enabled: false },
    },
  ],
  "the resource group of the storage account is deleted": [gone("azurerm_resource_group", { id: groupOf("app") })],
  "the resource group of the snapshots is deleted": [gone("azurerm_resource_group", { id: groupOf("snapshots") })],
  "the resource group of the vaults is deleted": [gone("azurerm_resource_group", { id: groupOf("backups") })],
  "the resource group of the guard is deleted": [gone("azurerm_resource_group", { id: groupOf("guards") })],
  "a lock on the vault is deleted": [
    gone("azurerm_management_lock", {
      ...{ id: `${vault}/providers/Microsoft.Authorization/locks/keep`, scope: vault, lock_level: "CanNotDelete" },
    }),
  ],
  "a lock on the resource group is deleted": [
    gone("azurerm_management_lock", {
      id: `${groupOf("backups")}/providers/Microsoft.Authorization/locks/keep`,
      ...{ scope: groupOf("backups"), lock_level: "CanNotDelete" },
    }),
  ],
  "a role of the vault is deleted": [
    gone("azurerm_role_assignment", {
      id: `${account}/providers/Microsoft.Authorization/roleAssignments/r`,
      ...{ scope: account, role_definition_name: "Storage Account Backup Contributor", principal_id: principal },
    }),
  ],
  "the trusted access of the vault is deleted": [
    gone("azurerm_kubernetes_cluster_trusted_access_role_binding", {
      ...{ id: `${cluster}/trustedAccessRoleBindings/b`, kubernetes_cluster_id: cluster, source_resource_id: vault },
      roles: ["Microsoft.DataProtection/backupVaults/backup-operator"],
    }),
  ],
  "the private endpoint of the vault is deleted": [gone(inTerraform.endpoint.type)],
  "the key of the vault is deleted": [
    {
      ...{ type: "azurerm_data_protection_backup_vault_customer_managed_key", actions: ["no-op"] },
      before: {
        id: vault,
        data_protection_backup_vault_id: vault,
        key_vault_key_id: "https://kv.vault.azure.net/keys/k",
      },
      after: {
        id: vault,
        data_protection_backup_vault_id: vault,
        key_vault_key_id: "https://kv.vault.azure.net/keys/k",
      },
    },
    gone("azurerm_key_vault_key", { id: "https://kv.vault.azure.net/keys/k/1" }),
  ],
  "the key of the vault is removed": [
    gone("azurerm_data_protection_backup_vault_customer_managed_key", {
      ...{ id: vault, data_protection_backup_vault_id: vault, key_vault_key_id: "https://kv.vault.azure.net/keys/k" },
    }),
  ],
  "the file share is deleted": [
    gone("azurerm_storage_share", {
      ...{ id: `${account}/fileServices/default/shares/hush-share`, name: "hush-share", storage_account_id: account },
    }),
  ],
  "the policy is deleted": [gone(inTerraform.policy.type)],
  "the instance of blobs is deleted": [gone(inTerraform.blobs.type)],
  "the link to the guard is deleted": [gone(inTerraform.link.type)],
  "the guard is deleted": [gone(inTerraform.guard.type)],
  "the Backup vault is deleted": [gone(inTerraform.vault.type)],
  "the Recovery Services vault is deleted": [gone(inTerraform.recovery.type)],
};

const instance = (id: string, dataSourceId: string, datasourceType: string) => ({
  ...{ id, name: id.split("/").at(-1) ?? "", state: "ProtectionConfigured", policyId: policy },
  ...{ dataSourceId, datasourceType, dataStoreTypes: ["OperationalStore"], snapshotGroups: [groupOf("snapshots")] },
});

export const azure: Live = {
  vault: async (_, id) => ({ unreadable: `Azure refused GET ${id}.` }),
  facts: async ({ id }) => ({
    protection: {
      value:
        id === vault
          ? [
              instance(blobs, account, "Microsoft.Storage/storageAccounts/blobServices"),
              instance(disk, at("app", "Microsoft.Compute/disks/data"), "Microsoft.Compute/disks"),
              instance(`${vault}/backupInstances/aks`, cluster, "Microsoft.ContainerService/managedClusters"),
            ]
          : [],
    },
    deleted: { value: [] },
    policies: { value: ["hush-policy"] },
    protectedItems: {
      value: [{ id: share, name: "hush-share", state: "Protected", sourceResourceId: account, isSoftDeleted: false }],
    },
    containers: { value: [{ name: "hushdata" }] },
    guard: { value: { ids: [guard], excludedOperations: [] } },
  }),
  vaults: async () => ({
    vaults: [
      {
        ...{ kind: "BackupVault", id: vault, name: "hush-vault", principalId: principal, userAssigned: [] },
        ...{ isGuarded: true, identities: [{ id: "SystemAssigned", principalId: principal }] },
        encryption: { keyUri: "https://kv.vault.azure.net/keys/k", identity: "SystemAssigned" },
      },
      { kind: "RecoveryServicesVault", id: recovery, name: "hush-recovery", userAssigned: [], isGuarded: true },
    ],
    unread: [],
  }),
  resourceGuards: async () => ({ value: [guard] }),
  resourcesIn: async (id) => ({ value: [`${id}/providers/Microsoft.Compute/snapshots/s`, guard] }),
};

/** One that answers nothing, and says so of each vault. */
export const refusing: Live = {
  ...azure,
  facts: async ({ id }, names) =>
    Object.fromEntries(names.map((name) => [name, { unreadable: `Azure refused GET ${id}/${name}.` }])),
  resourceGuards: async (_, id) => ({ unreadable: `Azure refused GET ${id}/backupResourceGuardProxies.` }),
};

export const readings: Record<string, { live?: Live }> = {
  "without Azure": {},
  "with Azure": { live: azure },
  "where Azure refuses": { live: refusing },
};
