import type { ArmResource } from "../state/records.js";

/** Where the two kinds of vault keep what matters most. */
const places: Record<string, string[]> = {
  redundancy: ["storageSettings.0.type", "redundancySettings.standardTierStorageRedundancy"],
  "soft delete": ["securitySettings.softDeleteSettings.state", "securitySettings.softDeleteSettings.softDeleteState"],
  days: [
    "securitySettings.softDeleteSettings.retentionDurationInDays",
    "securitySettings.softDeleteSettings.softDeleteRetentionPeriodInDays",
  ],
  immutability: ["securitySettings.immutabilitySettings.state"],
  encryption: ["securitySettings.encryptionSettings.state"],
  key: ["securitySettings.encryptionSettings.keyVaultProperties.keyUri", "encryption.keyVaultProperties.keyUri"],
  "cross-region restore": ["featureSettings.crossRegionRestoreSettings.state", "redundancySettings.crossRegionRestore"],
};

export function vaultSettings({ properties, identity }: ArmResource): Record<string, string> {
  const found = Object.entries(places).flatMap(([name, paths]) => {
    const value = paths.map((path) => valueAt(properties, path)).find((each) => each !== undefined);
    return value === undefined ? [] : [[name, String(value)]];
  });
  return { ...Object.fromEntries(found), ...(identity && { identity: identity.type }) };
}

export function keyUriOf({ properties }: ArmResource): string | undefined {
  return places.key?.map((path) => valueAt(properties, path)).find((uri) => typeof uri === "string") as
    | string
    | undefined;
}

function valueAt(object: unknown, path: string): unknown {
  return path.split(".").reduce<unknown>((at, name) => (at as ArmResource | null | undefined)?.[name], object);
}
