import { denySettingsType, type PlannedChange, protectionAction } from "../changes/plannedChange.js";
import type { Provider } from "../report.js";
import type { Dependency, DependencyKind, SourceKind, Subject } from "./adapters.js";
import { nativeType } from "./azureNative.js";
import { azurermTypesOf } from "./azurerm.js";

interface Row {
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
const rows: Record<DependencyKind, Row> = {
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
  clusterExtension: {
    noun: "cluster extension",
    types: [
      "azure-native:kubernetesconfiguration:Extension",
      ...classic("containerservice", "KubernetesClusterExtension"),
    ],
    arm: ["Microsoft.KubernetesConfiguration/extensions"],
  },
};

const sourceKinds: readonly DependencyKind[] = [
  "storageAccount",
  "fileShare",
  "blobContainer",
  "storageService",
  "lifecyclePolicy",
  "clusterExtension",
] satisfies SourceKind[];

/** Most storage accounts and clusters are not backed up, so only what is about one that is counts. */
export const isSource = (kind: DependencyKind | undefined): boolean => kind !== undefined && sourceKinds.includes(kind);

const byType = new Map(
  (Object.entries(rows) as [DependencyKind, Row][]).flatMap(([kind, { noun, isOfVault = false, types, arm }]) =>
    [...types, ...types.flatMap(azurermTypesOf), ...arm].map(
      (type) => [type.toLowerCase(), { kind, noun, isOfVault }] as const,
    ),
  ),
);

/** What each kind is called. */
export const dependencyNames = Object.fromEntries(
  Object.entries(rows).map(([kind, { noun, isOfVault = false }]) => [kind, { noun, isOfVault }]),
) as Record<DependencyKind, Pick<Dependency, "noun" | "isOfVault">>;

/** The types of every kind, for tests and for the readers of other tools. */
export const dependencyTypes: ReadonlyMap<string, Omit<Dependency, "provider">> = byType;

/** What vaults depend on, by any provider's type for it. */
export function dependencyOf(change: Pick<PlannedChange, "type" | "old" | "new">): Dependency | undefined {
  const native = nativeType(change.type);
  const type = native ? `azure-native:${native}` : change.type;
  const found = byType.get(type.toLowerCase()) ?? byType.get(armTypeOf(change)?.toLowerCase() ?? "");
  return found && { ...found, provider: providerOf(change.type) };
}

/** Resource types of these are about backups, whatever they are. */
export const isAboutBackups = (armType: string): boolean =>
  /^Microsoft\.(DataProtection|RecoveryServices)\//i.test(armType);
const backupModules =
  /^azure-native(_\w+)?:(dataprotection|recoveryservices)[:/]|^azure:(dataprotection|recoveryservices|backup|siterecovery)\/|^azurerm:\w+\/(dataProtection|recoveryServices|backup|siteRecovery)|^azurerm_(data_protection|recovery_services|backup|site_recovery)_/;

/** https://registry.terraform.io/providers/hashicorp/azurerm/latest/docs/resources/subscription */
const cancelled = /^azurerm_subscription$|^(azure:core|azurerm:index)\/subscription:/;

/**
 * Why this version cannot judge a resource that is about backups, or undefined if it is not about backups. Generic
 * resources (azure-native's `Resource`, azapi) and Terraform's types end here, unless something before
 * knows their types.
 */
export function unsupportedBackupType(change: Pick<PlannedChange, "type" | "old" | "new">): Subject | undefined {
  const { type } = change;
  if (cancelled.test(type)) {
    const why = "Its deletion cancels the subscription, with all vaults in it, which this version does not check.";
    return { is: "unsupported", provider: providerOf(type), why, without: ["create", "update"] };
  }
  const arm = armTypeOf(change);
  if (!(arm && isAboutBackups(arm)) && !backupModules.test(type)) return undefined;
  const what = arm && !type.includes(arm) ? `${arm} through the type ${type}` : `the type ${type}`;
  const why = `This version cannot check ${what}.`;
  return {
    is: "unsupported",
    provider: providerOf(type),
    why,
    without: isSiteRecovery(type, arm) ? ["create", "update"] : ["create"],
  };
}

/** It replicates machines. Its policies, fabrics and mappings have no part in the backups, however they are updated. */
const isSiteRecovery = (type: string, arm = ""): boolean =>
  /^azure:siterecovery\/|^azurerm(_|:index\/)site_?recovery|^azure-native.*:Replication\w+$/i.test(type) ||
  /^Microsoft\.RecoveryServices\/vaults\/replication/i.test(arm);

export function providerOf(type: string): Provider {
  if (type.startsWith("azure-native")) return "azure-native";
  if (/^microsoft\./i.test(type)) return "arm";
  const [, made] = /^(?:action\.)?(azapi|azurerm)/.exec(type) ?? [];
  return made === "azapi" || made === "azurerm" ? made : "azure";
}

/**
 * Resource Manager's type of a generic resource: `Microsoft.DataProtection/backupVaults`. If it becomes one of another type,
 * the one that is deleted counts.
 */
export function armTypeOf({ type, old, new: wanted }: Pick<PlannedChange, "type" | "old" | "new">): string | undefined {
  const inputs = (old ?? wanted)?.inputs ?? {};
  const text = (name: string) => (typeof inputs[name] === "string" ? inputs[name] : "");
  if (/^microsoft\./i.test(type)) return type;
  if (/^azapi(_|:index\/)(resource|update_?resource)(:|$)/i.test(type))
    return text("type").split("@")[0] || armTypeIn(old?.id) || armTypeIn(text("resourceId"));
  if (nativeType(type) !== "resources:Resource") return undefined;
  const parent = text("parentResourcePath").split("/").filter(Boolean);
  const types = [...parent.filter((_, index) => index % 2 === 0), text("resourceType")];
  const named = text("resourceProviderNamespace") && [text("resourceProviderNamespace"), ...types].join("/");
  return named || armTypeIn(old?.id);
}

/** The type of the resource of an ARM ID. */
export function armTypeIn(id: string | undefined): string | undefined {
  const [, namespace, path] = /.*\/providers\/([^/]+)\/(.+)$/i.exec(id ?? "") ?? [];
  if (!namespace || !path) return undefined;
  return [namespace, ...path.split("/").filter((_, index) => index % 2 === 0)].join("/");
}
