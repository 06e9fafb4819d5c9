import type { ArmResource } from "../armResource.js";
import { invalidInput } from "./backupError.js";
import { canonical, softDeleteStates } from "./vaultSettings.js";

const toggle = ["Enabled", "Disabled"];

/** What a client may set under `properties`, with the values that Azure knows. All else is read-only and ignored. */
const settable: Record<string, readonly string[] | "any"> = {
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

/** The settable part of a request's `properties`, in Azure's spelling. */
export function vaultProperties(given: ArmResource): ArmResource {
  const properties: ArmResource = {};
  for (const [path, values] of Object.entries(settable)) {
    const value = valueAt(given, path);
    if (value !== undefined) setAt(properties, path, spelt(path, values, value));
  }
  if (given.storageSettings) properties.storageSettings = given.storageSettings.map(storageSetting);
  return properties;
}

function spelt(path: string, values: readonly string[] | "any", value: unknown): unknown {
  if (values === "any") return value;
  const known = oneOf(path, values, value);
  // Seen in a recording: what the client wrote as soft delete's state comes back in its case.
  return path.endsWith("softDeleteSettings.state") ? value : known;
}

function storageSetting({ datastoreType, type }: ArmResource, index: number): ArmResource {
  return {
    datastoreType: oneOf(`storageSettings[${index}].datastoreType`, datastoreTypes, datastoreType),
    type: oneOf(`storageSettings[${index}].type`, redundancies, type),
  };
}

function oneOf(path: string, values: readonly string[], value: unknown): string {
  const known = canonical(values, value);
  if (known !== undefined) return known;
  throw invalidInput(`properties.${path} is ${JSON.stringify(value)}, known are ${values.join(", ")}.`);
}

function valueAt(object: ArmResource, path: string): unknown {
  return path.split(".").reduce<ArmResource | undefined>((at, name) => at?.[name] ?? undefined, object);
}

function setAt(object: ArmResource, path: string, value: unknown): void {
  const names = path.split(".");
  const last = names.pop() as string;
  let at = object;
  for (const name of names) at = at[name] ??= {};
  at[last] = value;
}
