import { oneOf, type Settable, setAt, settable, valueAt } from "../arm/settable.js";
import { type Shape, tracked } from "../arm/shape.js";
import type { ArmResource } from "../state/records.js";
import { invalidInput } from "./backupError.js";
import { softDeleteStates } from "./vaultSettings.js";

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

const toggle = ["Enabled", "Disabled"];

/** What a client may set under `properties`, with the values that Azure knows. All else is read-only and ignored. */
const known: Settable = {
  "securitySettings.softDeleteSettings.state": softDeleteStates,
  "securitySettings.softDeleteSettings.retentionDurationInDays": "any",
  "securitySettings.immutabilitySettings.state": ["Disabled", "Unlocked", "Locked"],
  "securitySettings.encryptionSettings.state": ["Enabled", "Disabled", "Inconsistent"],
  "securitySettings.encryptionSettings.keyVaultProperties.keyUri": "any",
  "securitySettings.encryptionSettings.kekIdentity.identityType": ["SystemAssigned", "UserAssigned"],
  "securitySettings.encryptionSettings.kekIdentity.identityId": "any",
  "securitySettings.encryptionSettings.infrastructureEncryption": toggle,
  "featureSettings.crossSubscriptionRestoreSettings.state": ["Disabled", "PermanentlyDisabled", "Enabled"],
  "featureSettings.crossRegionRestoreSettings.state": toggle,
  "monitoringSettings.azureMonitorAlertSettings.alertsForAllJobFailures": toggle,
  "costManagementSettings.granularityLevel": ["VaultLevel", "ProtectedItemLevel", "ProtectedItemWithParentTag"],
  resourceGuardOperationRequests: "any",
};

// SnapshotStore is no store of vaults: Azure/bicep-types-az#1194.
const datastoreTypes = ["VaultStore", "OperationalStore", "ArchiveStore", "SnapshotStore"];

const redundancies = ["GeoRedundant", "LocallyRedundant", "ZoneRedundant"];

/** The settable part of a request's `properties`, in Azure's spelling. `has`: those of the vault. */
export function vaultProperties(given: ArmResource, has?: ArmResource): ArmResource {
  const properties = settable(given, known, invalidInput, has);
  const state = "securitySettings.softDeleteSettings.state";
  // Seen in a recording: what the client wrote as soft delete's state comes back in its case.
  if (valueAt(properties, state) !== undefined) setAt(properties, state, valueAt(given, state));
  if (given.storageSettings)
    properties.storageSettings = given.storageSettings.map(storageSetting(has?.storageSettings));
  return properties;
}

const storageSetting =
  (has: ArmResource[] = []) =>
  ({ datastoreType, type }: ArmResource, index: number): ArmResource => {
    if (has.some((each) => each.datastoreType === datastoreType && each.type === type)) return { datastoreType, type };
    return {
      datastoreType: oneOf(`storageSettings[${index}].datastoreType`, datastoreTypes, datastoreType, invalidInput),
      type: oneOf(`storageSettings[${index}].type`, redundancies, type, invalidInput),
    };
  };
