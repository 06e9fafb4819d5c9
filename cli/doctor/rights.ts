import type { VaultOverview } from "../../provider/overview/index.js";

export interface Right {
  /** What the provider does with it. */
  name: string;
  /** All of one of these lists. */
  actions: readonly (readonly string[])[];
  /** The least built-in role that has them. Backup Contributor deletes no vault. https://learn.microsoft.com/azure/role-based-access-control/built-in-roles */
  role: string;
  /** Whoever does not use this can do without. */
  only?: string;
}

const each = (type: string, ...actions: string[]): string[] => actions.map((action) => `${type}/${action}`);

const assignments = each("Microsoft.Authorization/roleAssignments", "read", "write", "delete");

const backupVault = (action: string) => `Microsoft.DataProtection/backupVaults/${action}`;
/** What is done to a vault's link to a guard. The guard itself belongs to somebody else. */
const association = ["read", "write", "delete", "unlockDelete/action"];

const recoveryServicesVault = (action: string) => `Microsoft.RecoveryServices/Vaults/${action}`;

export const vaultRights: Record<VaultOverview["kind"], readonly Right[]> = {
  BackupVault: [
    { name: "read Backup vaults", actions: [[backupVault("read")]], role: "Backup Reader" },
    {
      name: "write Backup vaults",
      actions: [[backupVault("write"), "Microsoft.DataProtection/locations/operationStatus/read"]],
      role: "Backup Contributor",
    },
    { name: "delete Backup vaults", actions: [[backupVault("delete")]], role: "Contributor" },
    {
      name: "read the contents of Backup vaults",
      actions: [
        ["backupInstances", "deletedBackupInstances", "backupPolicies"].map((list) => backupVault(`${list}/read`)),
      ],
      role: "Backup Reader",
    },
    {
      name: "write backup policies of Backup vaults",
      actions: [each(backupVault("backupPolicies"), "write", "delete")],
      role: "Backup Contributor",
      only: "BackupPolicy",
    },
    {
      name: "write backup instances of Backup vaults",
      actions: [
        [
          ...each(backupVault("backupInstances"), "write", "delete"),
          backupVault("validateForBackup/action"),
          backupVault("deletedBackupInstances/undelete/action"),
        ],
      ],
      role: "Backup Contributor",
      only: "BackupInstance",
    },
    {
      // Backup Contributor suspends backups and resumes protection, but neither stops it nor resumes backups (checked 2026-12).
      name: "stop and resume backups of Backup vaults",
      actions: [
        ["stopProtection", "suspendBackups", "resumeProtection", "resumeBackups"].map((action) =>
          backupVault(`backupInstances/${action}/action`),
        ),
      ],
      role: "Contributor",
      only: "a BackupInstance that keeps its backups when it is removed",
    },
    {
      name: "grant roles to the identities of Backup vaults",
      actions: [assignments],
      role: "Role Based Access Control Administrator",
      only: "`grantRoles` of a BackupInstance",
    },
    {
      name: "give Backup vaults access to AKS clusters",
      actions: [
        [
          "Microsoft.ContainerService/managedClusters/read",
          ...each("Microsoft.ContainerService/managedClusters/trustedAccessRoleBindings", "read", "write", "delete"),
          "Microsoft.KubernetesConfiguration/extensions/read",
        ],
      ],
      role: "Contributor",
      only: "a BackupInstance of an AKS cluster",
    },
    {
      name: "associate Backup vaults with resource guards",
      actions: [each(backupVault("backupResourceGuardProxies"), ...association)],
      role: "Backup Contributor",
      only: "ResourceGuardAssociation",
    },
  ],
  RecoveryServicesVault: [
    { name: "read Recovery Services vaults", actions: [[recoveryServicesVault("read")]], role: "Backup Reader" },
    { name: "write Recovery Services vaults", actions: [[recoveryServicesVault("write")]], role: "Backup Contributor" },
    {
      name: "delete Recovery Services vaults",
      actions: [[recoveryServicesVault("delete")]],
      role: "Contributor",
    },
    {
      name: "read the contents of Recovery Services vaults",
      actions: [
        ["backupProtectedItems", "backupProtectionContainers", "replicationUsages", "backupstorageconfig"].map((list) =>
          recoveryServicesVault(`${list}/read`),
        ),
      ],
      role: "Reader",
    },
    {
      name: "write backup policies of Recovery Services vaults",
      actions: [each(recoveryServicesVault("backupPolicies"), "read", "write", "delete")],
      role: "Backup Contributor",
      only: "RecoveryServicesBackupPolicy",
    },
    {
      name: "write protected items of Recovery Services vaults",
      actions: [
        [
          ...each(recoveryServicesVault("backupFabrics/protectionContainers"), "read", "write", "inquire/action"),
          ...each(
            recoveryServicesVault("backupFabrics/protectionContainers/protectedItems"),
            ...["read", "write", "delete"],
          ),
          recoveryServicesVault("backupProtectableItems/read"),
          "Microsoft.RecoveryServices/locations/backupStatus/action",
        ],
      ],
      role: "Backup Contributor",
      only: "ProtectedItem",
    },
    {
      // https://learn.microsoft.com/azure/backup/backup-rbac-rs-vault
      name: "back up virtual machines to Recovery Services vaults",
      actions: [each("Microsoft.Compute/virtualMachines", "read", "write")],
      role: "Virtual Machine Contributor",
      only: "a ProtectedItem of a virtual machine, and on that machine",
    },
    {
      name: "associate Recovery Services vaults with resource guards",
      actions: [each(recoveryServicesVault("backupResourceGuardProxies"), ...association)],
      role: "Backup Contributor",
      only: "ResourceGuardAssociation",
    },
  ],
};

/** The same for both kinds. */
export const keyRights: readonly Right[] = [
  {
    name: "use user-assigned identities",
    actions: [each("Microsoft.ManagedIdentity/userAssignedIdentities", "read", "assign/action")],
    role: "Managed Identity Operator",
    only: "vaults with user-assigned identities",
  },
  {
    name: "read keys",
    actions: [["Microsoft.KeyVault/vaults/read", "Microsoft.KeyVault/vaults/keys/read"]],
    role: "Reader",
    only: "vaults with customer-managed keys",
  },
  {
    name: "grant access to keys",
    actions: [assignments, ["Microsoft.KeyVault/vaults/read", "Microsoft.KeyVault/vaults/accessPolicies/write"]],
    role: "Role Based Access Control Administrator",
    only: "KeyAccess",
  },
];
