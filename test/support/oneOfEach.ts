import type { Emulator } from "../../emulator/index.js";
import { handlerName, type ResourceTypeName, resourceTypeNames } from "../../provider/vaults/resourceTypes.js";
import { created, oneRun } from "./oneRun.js";

const location = "westeurope";
const named = { resourceGroupName: "rg-payroll", location };
const keyUri = "https://kv-payroll.vault.azure.net/keys/backup";

// https://learn.microsoft.com/azure/role-based-access-control/built-in-roles
const diskBackupReader = "3e5e47e6-65f7-47ef-90b5-e5dd4d455f24";
const diskSnapshotContributor = "7efff54f-a5b4-42b5-a1c5-5411624893ce";

/**
 * What is there before: an identity that may use a key, the principal of one that may not, and vaults of either kind without
 * either.
 */
interface Given {
  group: string;
  identity: string;
  principalId: string;
  vault: string;
  recoveryVault: string;
}

/**
 * One resource of each type, with all arguments that can be imported: does not compile while one is missing. Each may need
 * those above it.
 */
const programs: Record<ResourceTypeName, (given: Given) => object> = {
  BackupVault: ({ identity }) => ({
    ...named,
    vaultName: "bv-payroll",
    datastoreType: "VaultStore",
    redundancy: "GeoRedundant",
    softDelete: { state: "AlwaysOn", retentionDurationInDays: 30 },
    immutability: "Locked",
    crossRegionRestore: "Enabled",
    crossSubscriptionRestore: "PermanentlyDisabled",
    alertsForAllJobFailures: "Disabled",
    costManagementGranularity: "ProtectedItemLevel",
    identity: { type: "SystemAssigned,UserAssigned", userAssignedIdentities: [identity] },
    encryption: { keyUri, identity, infrastructureEncryption: "Enabled" },
    tags: { owner: "payroll-team", "cost center": "4711", 'quotes " and \\': "a\nb" },
  }),
  RecoveryServicesVault: ({ identity }) => ({
    ...named,
    vaultName: "rsv-payroll",
    sku: { name: "RS0", tier: "Standard" },
    redundancy: "GeoRedundant",
    crossRegionRestore: "Enabled",
    softDelete: { state: "AlwaysON", enhancedSecurityState: "AlwaysON", retentionDurationInDays: 30 },
    immutability: "Locked",
    immutabilityConfiguration: { type: "TimeBased", durationInDays: 60 },
    crossSubscriptionRestore: "Disabled",
    publicNetworkAccess: "Disabled",
    alertsForAllJobFailures: "Enabled",
    alertsForAllReplicationIssues: "Disabled",
    alertsForAllFailoverIssues: "Enabled",
    classicAlerts: { alertsForCriticalOperations: "Disabled", emailNotificationsForSiteRecovery: "Enabled" },
    sourceScanConfiguration: { state: "Enabled", identity },
    costManagementGranularity: "VaultLevel",
    identity: { type: "SystemAssigned,UserAssigned", userAssignedIdentities: [identity] },
    encryption: { keyUri, identity, infrastructureEncryption: "Enabled" },
    tags: { owner: "payroll-team" },
  }),
  IdentityAssignment: ({ vault, identity }) => ({ vault, identity }),
  KeyAccess: ({ principalId }) => ({ keyUri, principalId }),
  EncryptionSettings: ({ vault, identity }) => ({ vault, keyUri, identity }),
  ResourceGuard: () => ({ ...named, resourceGuardName: "guard", tags: { owner: "security" } }),
  ResourceGuardAssociation: ({ recoveryVault, group }) => ({
    vault: recoveryVault,
    resourceGuard: `${group}/providers/Microsoft.DataProtection/resourceGuards/guard`,
  }),
  BackupPolicy: ({ vault }) => ({
    vault,
    policyName: "disks-daily",
    dataSource: "AzureDisk",
    schedule: { every: "P1D", at: "02:00", timeZone: "W. Europe Standard Time" },
    retention: [{ keep: "P7D" }, { keep: "P12W", of: "FirstOfWeek" }],
  }),
  RecoveryServicesBackupPolicy: ({ recoveryVault }) => ({
    vault: recoveryVault,
    policyName: "machines-daily",
    dataSource: "VM",
    policyType: "V2",
    schedule: { every: "PT4H", at: "08:00", windowDuration: "PT12H", timeZone: "W. Europe Standard Time" },
    retention: [{ keep: "P30D" }, { keep: "P12M", of: { daysOfTheMonth: [1], lastDayOfTheMonth: true } }],
    instantRpRetentionRangeInDays: 3,
  }),
  BackupInstance: ({ vault, group }) => ({
    vault,
    instanceName: "disk-payroll",
    dataSource: "AzureDisk",
    dataSourceId: `${group}/providers/Microsoft.Compute/disks/disk-payroll`,
    policyId: `${vault}/backupPolicies/disks-daily`,
    snapshotResourceGroupId: group,
  }),
  ProtectedItem: ({ recoveryVault, group }) => ({
    vault: recoveryVault,
    sourceResourceId: `${group}/providers/Microsoft.Compute/virtualMachines/vm-payroll`,
    policyId: `${recoveryVault}/backupPolicies/DefaultPolicy`,
    diskExclusionProperties: { diskLunList: [0], isInclusionList: true },
  }),
};

/** Of these, another ID is documented than that which Pulumi records. */
const importIds: Partial<Record<ResourceTypeName, (given: Given) => string>> = {
  KeyAccess: ({ principalId }) => `${keyUri}#${principalId}`,
};

/**
 * @property id by which it is imported
 * @property recorded what Pulumi's engine recorded of it
 */
export type Made = Record<
  ResourceTypeName,
  { id: string; args: object; recorded: { id: string; inputs: Values; outputs: Values } }
>;

/**
 * What an update makes of each without replacing it, or none: another value of any argument that Azure keeps makes another one.
 */
export const changesOfEach: Record<ResourceTypeName, ((args: Values) => object) | "none"> = {
  BackupVault: () => ({ alertsForAllJobFailures: "Enabled", tags: { owner: "payroll" } }),
  RecoveryServicesVault: () => ({ alertsForAllJobFailures: "Disabled", tags: { owner: "payroll" } }),
  IdentityAssignment: "none",
  KeyAccess: "none",
  EncryptionSettings: () => ({ keyUri: `${keyUri}-next` }),
  ResourceGuard: () => ({ tags: { owner: "payroll" } }),
  ResourceGuardAssociation: "none",
  BackupPolicy: "none",
  RecoveryServicesBackupPolicy: () => ({ instantRpRetentionRangeInDays: 4 }),
  BackupInstance: ({ vault }) => ({ policyId: `${vault}/backupPolicies/disks-weekly` }),
  ProtectedItem: ({ vault }) => ({ policyId: `${vault}/backupPolicies/EnhancedPolicy` }),
};

type Values = Record<string, unknown>;

/**
 * Creates them all at Azure, as a program that is no longer there did. Each is between two snapshots of it: `before BackupVault`
 * and `with BackupVault`.
 */
export async function createOneOfEach(azure: Emulator): Promise<Made> {
  azure.createResourceGroup("rg-payroll");
  const group = `/subscriptions/${azure.env.ARM_SUBSCRIPTION_ID}/resourceGroups/rg-payroll`;
  const { id, properties } = azure.createUserAssignedIdentity("rg-payroll", "id-payroll");
  const { principalId } = azure.createUserAssignedIdentity("rg-payroll", "id-without-access").properties;
  const store = azure.createKeyVault("rg-payroll", "kv-payroll").id;
  azure.createKey(store, "backup");
  azure.createKey(store, "backup-next");
  azure.grant(store, properties.principalId);
  const run = oneRun(azure);
  const vault = await created(run.backupVault, {
    ...named,
    vaultName: "bv-other",
    redundancy: "LocallyRedundant",
    identity: { type: "SystemAssigned" },
  });
  azure.grant(
    `${group}/providers/Microsoft.Compute/disks/disk-payroll`,
    String(vault.outs.principalId),
    diskBackupReader,
  );
  azure.grant(group, String(vault.outs.principalId), diskSnapshotContributor);
  const recoveryVault = await created(run.recoveryServicesVault, { ...named, vaultName: "rsv-other" });
  azure.arm("PUT", `${vault.id}/backupPolicies/disks-weekly`, {
    properties: { objectType: "BackupPolicy", datasourceTypes: ["Microsoft.Compute/disks"], policyRules: [] },
  });
  const given = {
    group,
    identity: String(id),
    principalId,
    vault: vault.id,
    recoveryVault: recoveryVault.id,
  };
  const made: Partial<Made> = {};
  for (const type of resourceTypeNames) {
    const args = programs[type](given);
    azure.snapshot(`before ${type}`);
    const { id, inputs, outs } = await created(oneRun(azure)[handlerName(type)], args);
    azure.snapshot(`with ${type}`);
    made[type] = { id: importIds[type]?.(given) ?? id, args, recorded: { id, inputs, outputs: outs } };
  }
  return made as Made;
}
