import { denySettingsType, protectionAction } from "../changes/plannedChange.js";
import type { DependencyKind } from "./adapters.js";

export interface DependencyRow {
  noun: string;
  isOfVault?: boolean;
  /**
   * Types of Pulumi's providers. Those of azure-native stand for every api-version, and those of the classic provider for
   * Terraform's.
   */
  types: readonly string[];
  /** Resource Manager's types. */
  arm: readonly string[];
}

const vault = (type: string) => `Microsoft.RecoveryServices/vaults/${type}`;
const storage = (type: string) => `Microsoft.Storage/storageAccounts${type}`;
const backupVault = (type: string) => `Microsoft.DataProtection/backupVaults/${type}`;
const classic = (module: string, ...names: string[]) =>
  names.map((name) => `azure:${module}/${name.charAt(0).toLowerCase()}${name.slice(1)}:${name}`);

/** One row for each kind: its types, by which a change is recognized. How it is judged: `review/dependencies/`. */
export const dependencyRows: Record<DependencyKind, DependencyRow> = {
  resourceGroup: {
    noun: "resource group",
    types: ["azure-native:resources:ResourceGroup", ...classic("core", "ResourceGroup")],
    arm: ["Microsoft.Resources/resourceGroups", "Microsoft.Resources/subscriptions/resourceGroups"],
  },
  backupInstance: {
    noun: "backup instance",
    isOfVault: true,
    types: [
      "azure-native:dataprotection:BackupInstance",
      ...classic(
        "dataprotection",
        // The provider's own spelling.
        "BackupInstanceBlogStorage",
        "BackupInstanceDataLakeStorage",
        "BackupInstanceDisk",
        "BackupInstanceKubernetesCluster",
        "BackupInstanceMysqlFlexibleServer",
        "BackupInstancePostgresql",
        "BackupInstancePostgresqlFlexibleServer",
      ),
    ],
    arm: [backupVault("backupInstances")],
  },
  protectedItem: {
    noun: "protected item",
    isOfVault: true,
    types: ["azure-native:recoveryservices:ProtectedItem", ...classic("backup", "ProtectedFileShare", "ProtectedVM")],
    arm: [vault("backupFabrics/protectionContainers/protectedItems")],
  },
  protectionAction: {
    noun: "action",
    isOfVault: true,
    types: [],
    // Of Terraform.
    arm: [protectionAction],
  },
  container: {
    noun: "protection container",
    isOfVault: true,
    types: ["azure-native:recoveryservices:ProtectionContainer", ...classic("backup", "ContainerStorageAccount")],
    arm: [vault("backupFabrics/protectionContainers")],
  },
  replicatedItem: {
    noun: "replicated item",
    isOfVault: true,
    types: [
      "azure-native:recoveryservices:ReplicationProtectedItem",
      "azure-native:recoveryservices:ReplicationMigrationItem",
      ...classic("siterecovery", "ReplicatedVM", "VmwareReplicatedVm"),
    ],
    arm: [
      vault("replicationFabrics/replicationProtectionContainers/replicationProtectedItems"),
      vault("replicationFabrics/replicationProtectionContainers/replicationMigrationItems"),
    ],
  },
  policy: {
    noun: "backup policy",
    isOfVault: true,
    types: [
      "azure-native:dataprotection:BackupPolicy",
      "azure-native:recoveryservices:ProtectionPolicy",
      ...classic(
        "dataprotection",
        "BackupPolicyBlobStorage",
        "BackupPolicyDataLakeStorage",
        "BackupPolicyDisk",
        "BackupPolicyKubernetesCluster",
        "BackupPolicyMysqlFlexibleServer",
        "BackupPolicyPostgresql",
        "BackupPolicyPostgresqlFlexibleServer",
      ),
      ...classic("backup", "PolicyFileShare", "PolicyVM", "PolicyVMWorkload"),
    ],
    arm: [backupVault("backupPolicies"), vault("backupPolicies")],
  },
  key: {
    noun: "key",
    types: ["azure-native:keyvault:Key", ...classic("keyvault", "Key", "ManagedHardwareSecurityModuleKey")],
    arm: ["Microsoft.KeyVault/vaults/keys", "Microsoft.KeyVault/managedHSMs/keys"],
  },
  // Its key has its name, and is deleted with it.
  // https://learn.microsoft.com/azure/key-vault/certificates/about-certificates#composition-of-a-certificate
  certificate: {
    noun: "certificate",
    types: classic("keyvault", "Certificate"),
    arm: ["Microsoft.KeyVault/vaults/certificates"],
  },
  keyVault: {
    noun: "key vault",
    types: ["azure-native:keyvault:Vault", ...classic("keyvault", "KeyVault")],
    arm: ["Microsoft.KeyVault/vaults"],
  },
  managedHsm: {
    noun: "Managed HSM",
    types: ["azure-native:keyvault:ManagedHsm", ...classic("keyvault", "ManagedHardwareSecurityModule")],
    arm: ["Microsoft.KeyVault/managedHSMs"],
  },
  identity: {
    noun: "user-assigned identity",
    types: ["azure-native:managedidentity:UserAssignedIdentity", ...classic("authorization", "UserAssignedIdentity")],
    arm: ["Microsoft.ManagedIdentity/userAssignedIdentities"],
  },
  roleAssignment: {
    noun: "role assignment",
    types: [
      "azure-native:authorization:RoleAssignment",
      ...classic("authorization", "Assignment"),
      ...classic("pim", "ActiveRoleAssignment"),
      ...classic("keyvault", "ManagedHardwareSecurityModuleRoleAssignment"),
    ],
    arm: ["Microsoft.Authorization/roleAssignments"],
  },
  roleDefinition: {
    noun: "role definition",
    types: [
      "azure-native:authorization:RoleDefinition",
      ...classic("authorization", "RoleDefinition"),
      ...classic("keyvault", "ManagedHardwareSecurityModuleRoleDefinition"),
    ],
    arm: ["Microsoft.Authorization/roleDefinitions"],
  },
  accessPolicy: {
    noun: "access policy",
    types: ["azure-native:keyvault:AccessPolicy", ...classic("keyvault", "AccessPolicy")],
    arm: ["Microsoft.KeyVault/vaults/accessPolicies"],
  },
  lock: {
    noun: "lock",
    types: [
      ...["ByScope", "AtResourceLevel", "AtResourceGroupLevel", "AtSubscriptionLevel"].map(
        (scope) => `azure-native:authorization:ManagementLock${scope}`,
      ),
      ...classic("management", "Lock"),
    ],
    arm: ["Microsoft.Authorization/locks"],
  },
  resourceGuard: {
    noun: "resource guard",
    isOfVault: true,
    types: ["azure-native:dataprotection:ResourceGuard", ...classic("dataprotection", "ResourceGuard")],
    arm: ["Microsoft.DataProtection/resourceGuards"],
  },
  guardAssociation: {
    noun: "association with a resource guard",
    isOfVault: true,
    types: [
      "azure-native:dataprotection:DppResourceGuardProxy",
      "azure-native:recoveryservices:ResourceGuardProxy",
      ...classic("recoveryservices", "VaultResourceGuardAssociation"),
    ],
    arm: [backupVault("backupResourceGuardProxies"), vault("backupResourceGuardProxies")],
  },
  privateEndpoint: {
    noun: "private endpoint",
    types: ["azure-native:network:PrivateEndpoint", ...classic("privatelink", "Endpoint")],
    arm: ["Microsoft.Network/privateEndpoints"],
  },
  denySettings: {
    noun: "deny settings of a deployment stack",
    types: [],
    arm: [denySettingsType],
  },
  storageAccount: {
    noun: "storage account",
    types: ["azure-native:storage:StorageAccount", ...classic("storage", "Account")],
    arm: [storage("")],
  },
  networkRules: {
    noun: "network rules of a storage account",
    types: classic("storage", "AccountNetworkRules"),
    arm: [],
  },
  fileShare: {
    noun: "file share",
    types: ["azure-native:storage:FileShare", ...classic("storage", "Share")],
    arm: [storage("/fileServices/shares")],
  },
  blobContainer: {
    noun: "container of blobs",
    // A file system of Data Lake Storage is a container.
    types: ["azure-native:storage:BlobContainer", ...classic("storage", "Container", "DataLakeGen2Filesystem")],
    arm: [storage("/blobServices/containers")],
  },
  storageService: {
    noun: "service of a storage account",
    types: ["azure-native:storage:BlobServiceProperties", "azure-native:storage:FileServiceProperties"],
    arm: [storage("/blobServices"), storage("/fileServices")],
  },
  lifecyclePolicy: {
    noun: "lifecycle management policy",
    types: ["azure-native:storage:ManagementPolicy", ...classic("storage", "ManagementPolicy")],
    arm: [storage("/managementPolicies")],
  },
  snapshot: {
    noun: "snapshot",
    types: ["azure-native:compute:Snapshot", ...classic("compute", "Snapshot")],
    arm: ["Microsoft.Compute/snapshots"],
  },
  restorePoint: {
    noun: "restore point",
    types: [
      ...["RestorePointCollection", "RestorePoint"].map((name) => `azure-native:compute:${name}`),
      ...classic("compute", "RestorePointCollection", "RestorePoint"),
    ],
    arm: ["Microsoft.Compute/restorePointCollections", "Microsoft.Compute/restorePointCollections/restorePoints"],
  },
  clusterExtension: {
    noun: "cluster extension",
    types: [
      "azure-native:kubernetesconfiguration:Extension",
      ...classic("containerservice", "KubernetesClusterExtension"),
    ],
    arm: ["Microsoft.KubernetesConfiguration/extensions"],
  },
  trustedAccess: {
    noun: "trusted access role binding",
    types: [
      "azure-native:containerservice:TrustedAccessRoleBinding",
      ...classic("containerservice", "ClusterTrustedAccessRoleBinding"),
    ],
    arm: ["Microsoft.ContainerService/managedClusters/trustedAccessRoleBindings"],
  },
};
