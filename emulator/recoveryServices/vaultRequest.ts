import { type Settable, settable } from "../arm/settable.js";
import { type Shape, tracked } from "../arm/shape.js";
import type { ArmResource } from "../state/records.js";
import { invalidParameter } from "./recoveryError.js";

/** What a client may write of a vault. */
export const vaultShape = {
  ...tracked,
  sku: { name: "string", tier: "string" },
  identity: { type: "string", userAssignedIdentities: { "*": { "*": "any" } } },
  properties: {
    publicNetworkAccess: "string",
    encryption: {
      keyVaultProperties: { keyUri: "string" },
      kekIdentity: { useSystemAssignedIdentity: "boolean", userAssignedIdentity: "string" },
      infrastructureEncryption: "string",
    },
    redundancySettings: { standardTierStorageRedundancy: "string", crossRegionRestore: "string" },
    securitySettings: {
      immutabilitySettings: { state: "string", configuration: { type: "string", durationInDays: "number" } },
      softDeleteSettings: {
        softDeleteState: "string",
        enhancedSecurityState: "string",
        softDeleteRetentionPeriodInDays: "number",
      },
      sourceScanConfiguration: { state: "string", sourceScanIdentity: "any" },
    },
    regionOfChoiceSettings: { status: "string" },
    restoreSettings: { crossSubscriptionRestoreSettings: { crossSubscriptionRestoreState: "string" } },
    monitoringSettings: {
      azureMonitorAlertSettings: {
        alertsForAllJobFailures: "string",
        alertsForAllReplicationIssues: "string",
        alertsForAllFailoverIssues: "string",
      },
      classicAlertSettings: { alertsForCriticalOperations: "string", emailNotificationsForSiteRecovery: "string" },
    },
    costManagementSettings: { granularityLevel: "string" },
    resourceGuardOperationRequests: ["string"],
  },
} as const satisfies Shape;

const toggle = ["Enabled", "Disabled"];

export const softDeleteStates = ["Invalid", "Enabled", "Disabled", "AlwaysON"];

/** What a client may set under `properties`, with the values that Azure knows. All else is read-only and ignored. */
const known: Settable = {
  publicNetworkAccess: toggle,
  "encryption.keyVaultProperties.keyUri": "any",
  "encryption.kekIdentity.useSystemAssignedIdentity": "any",
  "encryption.kekIdentity.userAssignedIdentity": "any",
  "encryption.infrastructureEncryption": toggle,
  "redundancySettings.standardTierStorageRedundancy": ["LocallyRedundant", "GeoRedundant", "ZoneRedundant"],
  "redundancySettings.crossRegionRestore": toggle,
  "securitySettings.immutabilitySettings.state": ["Disabled", "Unlocked", "Locked"],
  "securitySettings.immutabilitySettings.configuration.type": ["AsPerPolicy", "TimeBased"],
  "securitySettings.immutabilitySettings.configuration.durationInDays": "any",
  "securitySettings.softDeleteSettings.softDeleteState": softDeleteStates,
  "securitySettings.softDeleteSettings.enhancedSecurityState": softDeleteStates,
  "securitySettings.softDeleteSettings.softDeleteRetentionPeriodInDays": "any",
  "securitySettings.sourceScanConfiguration.state": [...toggle, "Invalid"],
  "securitySettings.sourceScanConfiguration.sourceScanIdentity": "any",
  "regionOfChoiceSettings.status": [...toggle, "Invalid"],
  "restoreSettings.crossSubscriptionRestoreSettings.crossSubscriptionRestoreState": [
    "Enabled",
    "Disabled",
    "PermanentlyDisabled",
  ],
  "monitoringSettings.azureMonitorAlertSettings.alertsForAllJobFailures": toggle,
  "monitoringSettings.azureMonitorAlertSettings.alertsForAllReplicationIssues": toggle,
  "monitoringSettings.azureMonitorAlertSettings.alertsForAllFailoverIssues": toggle,
  "monitoringSettings.classicAlertSettings.alertsForCriticalOperations": toggle,
  "monitoringSettings.classicAlertSettings.emailNotificationsForSiteRecovery": toggle,
  "costManagementSettings.granularityLevel": ["VaultLevel", "ProtectedItemLevel", "ProtectedItemWithParentTag"],
  resourceGuardOperationRequests: "any",
};

/** The settable part of a request's `properties`, in Azure's spelling. `has`: those of the vault. */
export function vaultProperties(given: ArmResource, has?: ArmResource): ArmResource {
  return settable(given, known, (fact) => invalidParameter(parameterOf(fact), fact), has);
}

/** The service names the part of the body that it did not like, such as "monitoringSettings". */
function parameterOf(fact: string): string {
  return /^properties\.(\w+)/.exec(fact)?.[1] ?? "properties";
}
