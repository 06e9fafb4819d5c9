import { at, present, textAt } from "./body.js";
import { encryptionOfRecoveryServicesVault, identityTypes, vaultEncryption } from "./encryption.js";
import { identityInArm, managedIdentity, vaultIdentity } from "./identity.js";
import { name, type Settings, type Shaped, setting } from "./setting.js";
import { enabledOrDisabled, optional, redundancyOfStorage, shared, where } from "./sharedSettings.js";
import { fields, isValue, matching, type OneOf, oneOf, spelledAs, wholeNumber } from "./values.js";

/** `AlwaysON` is this service's spelling. Backup vaults have `AlwaysOn`, which is accepted too. */
const protection: OneOf<"Disabled" | "Enabled" | "AlwaysON"> = {
  ...oneOf("Disabled", "Enabled", "AlwaysON"),
  expected: "must be AlwaysON (Azure no longer accepts Disabled or Enabled on new vaults)",
};

const softDelete = "properties.securitySettings.softDeleteSettings";
const immutability = "properties.securitySettings.immutabilitySettings";
const alerts = "properties.monitoringSettings.azureMonitorAlertSettings";
const classicAlerts = "properties.monitoringSettings.classicAlertSettings";

/** Azure documents no default for an alert setting, so a removed one stays on the vault. */
const alert = {
  ...optional,
  value: enabledOrDisabled,
  whenAbsent: undefined,
  whenRemoved: "keeps",
  judged: false,
} as const;

/** Its identity has the shape that this service uses for an operation, not that of a key. */
const sourceScanInArm: Shaped = {
  path: "properties.securitySettings.sourceScanConfiguration",
  read(body) {
    const scan = at(body, this.path);
    const type = spelledAs(identityTypes, textAt(scan, "sourceScanIdentity.operationIdentityType"));
    const id = textAt(scan, "sourceScanIdentity.userAssignedIdentity");
    const state = spelledAs(enabledOrDisabled, textAt(scan, "state"));
    // As this service shows what was never set.
    if (isValue("Invalid", state)) return undefined;
    return scan && present({ state, identity: type === "SystemAssigned" ? type : (id ?? type) });
  },
  write: ({ state, identity }: { state: string; identity?: string }) => ({
    state,
    ...(identity === "SystemAssigned" && { sourceScanIdentity: { operationIdentityType: identity } }),
    ...(identity !== undefined &&
      identity !== "SystemAssigned" && {
        sourceScanIdentity: { operationIdentityType: "UserAssigned", userAssignedIdentity: identity },
      }),
  }),
};

/**
 * A Recovery Services vault (`Microsoft.RecoveryServices/vaults`).
 * https://learn.microsoft.com/rest/api/recoveryservices/vaults/create-or-update
 */
export const recoveryServicesVaultSettings = {
  // A rule checks length and first letter, for the previews of other providers too.
  vaultName: name(matching(/^[a-z0-9-]+$/i, "must contain only letters, digits and hyphens"), true),
  ...where,
  sku: setting({
    ...optional,
    value: fields({ name: oneOf("Standard", "RS0"), tier: matching(/./, "must be a non-empty string") }, ["name"]),
    arm: { name: "sku.name", tier: "sku.tier" },
    written: "PUT",
    whenAbsent: undefined,
    whenRemoved: "keeps",
    managed: "fields",
    judged: false,
  }),
  redundancy: setting({
    ...optional,
    value: redundancyOfStorage,
    arm: "properties.redundancySettings.standardTierStorageRedundancy",
    whenAbsent: undefined,
    // https://learn.microsoft.com/azure/backup/backup-create-recovery-services-vault
    whenRemoved: "GeoRedundant",
    judged: true,
  }),
  crossRegionRestore: setting({
    ...optional,
    value: enabledOrDisabled,
    arm: "properties.redundancySettings.crossRegionRestore",
    // https://learn.microsoft.com/rest/api/recoveryservices/vaults/get
    whenAbsent: "Disabled",
    whenRemoved: "Disabled",
    judged: true,
  }),
  softDelete: setting({
    ...optional,
    value: fields({
      state: protection,
      enhancedSecurityState: protection,
      retentionDurationInDays: wholeNumber("days"),
    }),
    arm: {
      state: `${softDelete}.softDeleteState`,
      enhancedSecurityState: `${softDelete}.enhancedSecurityState`,
      retentionDurationInDays: `${softDelete}.softDeleteRetentionPeriodInDays`,
    },
    whenAbsent: undefined,
    // https://learn.microsoft.com/azure/backup/secure-by-default
    whenRemoved: { state: "AlwaysON", enhancedSecurityState: "AlwaysON", retentionDurationInDays: 14 },
    managed: "fields",
    judged: true,
  }),
  immutability: setting({
    ...optional,
    value: oneOf("Disabled", "Unlocked", "Locked"),
    arm: `${immutability}.state`,
    whenAbsent: "Disabled",
    whenRemoved: "Disabled",
    judged: true,
  }),
  immutabilityConfiguration: setting({
    ...optional,
    value: fields({ type: oneOf("AsPerPolicy", "TimeBased"), durationInDays: wholeNumber("days") }),
    arm: { type: `${immutability}.configuration.type`, durationInDays: `${immutability}.configuration.durationInDays` },
    whenAbsent: undefined,
    whenRemoved: "keeps",
    managed: "fields",
    judged: true,
  }),
  crossSubscriptionRestore: setting({
    ...optional,
    value: oneOf("Enabled", "Disabled", "PermanentlyDisabled"),
    arm: "properties.restoreSettings.crossSubscriptionRestoreSettings.crossSubscriptionRestoreState",
    whenAbsent: "Enabled",
    whenRemoved: "Enabled",
    judged: true,
  }),
  publicNetworkAccess: setting({
    ...optional,
    value: enabledOrDisabled,
    arm: "properties.publicNetworkAccess",
    whenAbsent: "Enabled",
    whenRemoved: "Enabled",
    judged: false,
  }),
  alertsForAllJobFailures: setting({ ...alert, arm: `${alerts}.alertsForAllJobFailures` }),
  alertsForAllReplicationIssues: setting({ ...alert, arm: `${alerts}.alertsForAllReplicationIssues` }),
  alertsForAllFailoverIssues: setting({ ...alert, arm: `${alerts}.alertsForAllFailoverIssues` }),
  classicAlerts: setting({
    ...optional,
    value: fields({
      alertsForCriticalOperations: enabledOrDisabled,
      emailNotificationsForSiteRecovery: enabledOrDisabled,
    }),
    arm: {
      alertsForCriticalOperations: `${classicAlerts}.alertsForCriticalOperations`,
      emailNotificationsForSiteRecovery: `${classicAlerts}.emailNotificationsForSiteRecovery`,
    },
    whenAbsent: undefined,
    whenRemoved: "keeps",
    managed: "fields",
    judged: true,
  }),
  sourceScanConfiguration: setting({
    ...optional,
    value: fields({ state: enabledOrDisabled, identity: managedIdentity }, ["state"]),
    arm: sourceScanInArm,
    whenAbsent: undefined,
    whenRemoved: "keeps",
    managed: "fields",
    judged: false,
  }),
  costManagementGranularity: setting({
    ...optional,
    value: oneOf("VaultLevel", "ProtectedItemLevel", "ProtectedItemWithParentTag"),
    arm: "properties.costManagementSettings.granularityLevel",
    whenAbsent: undefined,
    whenRemoved: "keeps",
    judged: false,
  }),
  identity: setting({
    ...optional,
    value: vaultIdentity,
    arm: identityInArm(", "),
    whenAbsent: { type: "None" },
    whenRemoved: { type: "None" },
    judged: true,
  }),
  encryption: setting({
    ...optional,
    value: vaultEncryption,
    arm: encryptionOfRecoveryServicesVault,
    whenAbsent: undefined,
    // A vault cannot return to platform-managed keys: rsv-cmk-removed.
    whenRemoved: "keeps",
    managed: "fields",
    judged: true,
  }),
  ...shared,
} satisfies Settings;

/** The outputs that are not arguments, and their paths in Resource Manager's answer. */
export const recoveryServicesVaultOutputs = {
  principalId: "identity.principalId",
  tenantId: "identity.tenantId",
  provisioningState: "properties.provisioningState",
  secureScore: "properties.secureScore",
  bcdrSecurityLevel: "properties.bcdrSecurityLevel",
  backupStorageVersion: "properties.backupStorageVersion",
  privateEndpointStateForBackup: "properties.privateEndpointStateForBackup",
  privateEndpointStateForSiteRecovery: "properties.privateEndpointStateForSiteRecovery",
  multiUserAuthorization: "properties.securitySettings.multiUserAuthorization",
} as const;
