import type { Input } from "@pulumi/pulumi";

/**
 * What of an AKS cluster is backed up: everything, if nothing is said.
 * https://learn.microsoft.com/azure/backup/azure-kubernetes-service-cluster-backup
 */
export interface BackupConfiguration {
  /**
   * The namespaces that are backed up, at most 800. Azure Backup leaves `kube-system`, `kube-node-lease` and `kube-public` out, and
   * does not take them here. @default all namespaces
   */
  includedNamespaces?: Input<Input<string>[]>;
  /** Namespaces that are not backed up. @default none */
  excludedNamespaces?: Input<Input<string>[]>;
  /** The types of Kubernetes resources that are backed up, such as `v1/Secret`. @default all types */
  includedResourceTypes?: Input<Input<string>[]>;
  /** Types of Kubernetes resources that are not backed up, such as `v1/Secret`. @default none */
  excludedResourceTypes?: Input<Input<string>[]>;
  /** Only resources with these labels are backed up, such as `app=payroll`. @default all resources */
  labelSelectors?: Input<Input<string>[]>;
  /** Whether snapshots of the persistent volumes are taken. @default true */
  snapshotVolumes?: Input<boolean>;
  /** Whether resources that belong to no namespace, such as cluster roles, are backed up. @default true */
  includeClusterScopeResources?: Input<boolean>;
  /**
   * The types of persistent volumes that are backed up. `AzureFileShareSMB` is kept next to the cluster only, for at most 30 days.
   * @default Azure decides
   */
  includedVolumeTypes?: Input<Input<"AzureDisk" | "AzureFileShareSMB">[]>;
  /** Hooks in the cluster that run before and after a backup. @default none */
  backupHookReferences?: Input<Input<BackupHookReference>[]>;
}

/**
 * Backup of all containers of a storage account, also of those that it gets later.
 * https://learn.microsoft.com/javascript/api/@azure/arm-dataprotection/blobbackuprulebasedautoprotectionsettings
 */
export interface AutoProtectionSettings {
  /** Must be true. To back up certain containers only, set `containers` instead. */
  enabled: Input<boolean>;
  /** The containers that are left out. Azure evaluates the rules in this order. @default none */
  rules?: Input<Input<AutoProtectionRule>[]>;
}

/** Containers that are not backed up, by their names. */
export interface AutoProtectionRule {
  /** The containers are left out. */
  mode: Input<"Exclude">;
  /** `pattern` is how their names begin. */
  type: Input<"Prefix">;
  /** Literal text, such as `logs-`: Azure takes no wildcards. */
  pattern: Input<string>;
}

/**
 * Which identity of its vault an instance uses.
 * https://learn.microsoft.com/rest/api/dataprotection/backup-instances/create-or-update#identitydetails
 */
export interface IdentityDetails {
  /** Whether it is the vault's system-assigned identity. */
  useSystemAssignedIdentity: Input<boolean>;
  /** The ARM ID of a user-assigned identity that the vault has. Required if `useSystemAssignedIdentity` is false. */
  userAssignedIdentityArmUrl?: Input<string>;
}

/**
 * A custom resource of the kind `BackupHook` in the cluster.
 * https://learn.microsoft.com/azure/backup/azure-kubernetes-service-cluster-backup#use-hooks-during-aks-backup
 */
export interface BackupHookReference {
  /** The name of the custom resource. */
  name: Input<string>;
  /** The namespace that it is in. */
  namespace: Input<string>;
}
