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

const backupVault = (action: string) => `Microsoft.DataProtection/backupVaults/${action}`;
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
      actions: [["write", "delete"].map((each) => backupVault(`backupPolicies/${each}`))],
      role: "Backup Contributor",
      only: "BackupPolicy",
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
      actions: [["read", "write", "delete"].map((each) => recoveryServicesVault(`backupPolicies/${each}`))],
      role: "Backup Contributor",
      only: "RecoveryServicesBackupPolicy",
    },
  ],
};

/** The same for both kinds. */
export const keyRights: readonly Right[] = [
  {
    name: "use user-assigned identities",
    actions: [["read", "assign/action"].map((each) => `Microsoft.ManagedIdentity/userAssignedIdentities/${each}`)],
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
    actions: [
      ["read", "write", "delete"].map((each) => `Microsoft.Authorization/roleAssignments/${each}`),
      ["Microsoft.KeyVault/vaults/read", "Microsoft.KeyVault/vaults/accessPolicies/write"],
    ],
    role: "Role Based Access Control Administrator",
    only: "KeyAccess",
  },
];
