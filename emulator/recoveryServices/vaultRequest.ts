import type { ArmResource } from "../armResource.js";
import { type Settable, settable } from "../http/settable.js";
import { invalidParameter } from "./recoveryError.js";

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

/** The settable part of a request's `properties`, in Azure's spelling. */
export function vaultProperties(given: ArmResource): ArmResource {
  return settable(given, known, (fact) => invalidParameter(parameterOf(fact), fact));
}

/** The service names the part of the body that it did not like, such as "monitoringSettings". */
function parameterOf(fact: string): string {
  return /^properties\.(\w+)/.exec(fact)?.[1] ?? "properties";
}
