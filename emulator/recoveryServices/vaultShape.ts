import type { Shape } from "../http/shape.js";
import { tracked } from "../http/tracked.js";

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
