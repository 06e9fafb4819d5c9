import type { ArmResource } from "../world.js";
import { invalidInput } from "./backupError.js";
import { canonical, softDeleteStates } from "./vaultSettings.js";

const toggle = ["Enabled", "Disabled"];

/** What a client may set under `properties`, with the values that Azure knows. All else is read-only and ignored. */
const settable: Record<string, readonly string[] | "number" | "strings"> = {
  "securitySettings.softDeleteSettings.state": softDeleteStates,
  "securitySettings.softDeleteSettings.retentionDurationInDays": "number",
  "securitySettings.immutabilitySettings.state": ["Disabled", "Unlocked", "Locked"],
  "securitySettings.encryptionSettings.state": ["Enabled", "Disabled", "Inconsistent"],
  "securitySettings.encryptionSettings.keyVaultProperties.keyUri": [],
  "securitySettings.encryptionSettings.kekIdentity.identityType": ["SystemAssigned", "UserAssigned"],
  "securitySettings.encryptionSettings.kekIdentity.identityId": [],
  "securitySettings.encryptionSettings.infrastructureEncryption": toggle,
  "featureSettings.crossSubscriptionRestoreSettings.state": ["Disabled", "PermanentlyDisabled", "Enabled"],
  "featureSettings.crossRegionRestoreSettings.state": toggle,
  "monitoringSettings.azureMonitorAlertSettings.alertsForAllJobFailures": toggle,
  "costManagementSettings.granularityLevel": ["VaultLevel", "ProtectedItemLevel", "ProtectedItemWithParentTag"],
  resourceGuardOperationRequests: "strings",
};

// SnapshotStore is no store of vaults: Azure/bicep-types-az#1194.
const datastoreTypes = ["VaultStore", "OperationalStore", "ArchiveStore", "SnapshotStore"];
const redundancies = ["GeoRedundant", "LocallyRedundant", "ZoneRedundant"];

/** The settable part of a request's `properties`, in Azure's spelling; null means not given. */
export function vaultProperties(given: ArmResource): ArmResource {
  const properties: ArmResource = {};
  for (const [path, kind] of Object.entries(settable)) {
    const value = valueAt(given, path);
    if (value !== undefined && value !== null) setAt(properties, path, checked(path, kind, value));
  }
  if (given.storageSettings) properties.storageSettings = storageSettings(given.storageSettings);
  return properties;
}

function checked(path: string, kind: (typeof settable)[string], value: unknown): unknown {
  if (kind === "number") {
    if (typeof value === "number") return value;
    throw invalidInput(`properties.${path} is ${JSON.stringify(value)}: a number is expected.`);
  }
  if (kind === "strings") {
    if (Array.isArray(value) && value.every((item) => typeof item === "string")) return value;
    throw invalidInput(`properties.${path}: an array of strings is expected.`);
  }
  if (typeof value !== "string") throw invalidInput(`properties.${path}: a string is expected.`);
  if (kind.length === 0) return value;
  const known = oneOf(path, kind, value);
  // Seen in a recording: what the client wrote as soft delete's state comes back in its case.
  return path.endsWith("softDeleteSettings.state") ? value : known;
}

function storageSettings(given: unknown): ArmResource[] {
  if (!Array.isArray(given)) throw invalidInput("properties.storageSettings: an array is expected.");
  return given.map((setting, index) => ({
    datastoreType: oneOf(`storageSettings[${index}].datastoreType`, datastoreTypes, setting?.datastoreType),
    type: oneOf(`storageSettings[${index}].type`, redundancies, setting?.type),
  }));
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
