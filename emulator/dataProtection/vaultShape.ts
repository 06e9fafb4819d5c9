import type { Shape } from "../http/shape.js";
import { tracked } from "../http/tracked.js";

const state = { state: "string" } as const;

/** What a client may write of a vault. */
export const vaultShape = {
  ...tracked,
  identity: { type: "string", userAssignedIdentities: { "*": { "*": "any" } } },
  properties: {
    storageSettings: [{ datastoreType: "string", type: "string" }],
    securitySettings: {
      softDeleteSettings: { state: "string", retentionDurationInDays: "number" },
      immutabilitySettings: state,
      encryptionSettings: {
        state: "string",
        keyVaultProperties: { keyUri: "string" },
        kekIdentity: { identityType: "string", identityId: "string" },
        infrastructureEncryption: "string",
      },
    },
    featureSettings: { crossSubscriptionRestoreSettings: state, crossRegionRestoreSettings: state },
    monitoringSettings: { azureMonitorAlertSettings: { alertsForAllJobFailures: "string" } },
    costManagementSettings: { granularityLevel: "string" },
    resourceGuardOperationRequests: ["string"],
  },
} as const satisfies Shape;
