import { isMap } from "node:util/types";
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

/** More is no use to eyes. */
const shown = 100;

/** The lists in a record, whatever its kind: by the name of the member that holds them. */
export function contentsOf(record: object): Record<string, { name: string; state: string }[]> {
  const lists = Object.entries(record).map(([name, member]): [string, ArmResource[]] => [
    name,
    recordsOf(member).filter(isBody).slice(-shown),
  ]);
  return Object.fromEntries(
    lists.filter(([, items]) => items.length > 0).map(([name, items]) => [name, items.map(contentView)]),
  );
}

export function recordsOf(member: unknown): ArmResource[] {
  return isMap(member) ? [...member.values()].filter((value) => typeof value === "object" && value !== null) : [];
}

export function isBody(value: ArmResource): boolean {
  return typeof value.id === "string" && typeof value.name === "string" && typeof value.type === "string";
}

/** Each kind has its own word for how it is. */
function contentView({ name, properties = {} }: ArmResource): { name: string; state: string } {
  const { currentProtectionState, protectionState, status, provisioningState, friendlyName } = properties;
  const operation = properties.operationCategory ?? properties.operation;
  const what = friendlyName ?? properties.backupInstanceFriendlyName ?? properties.entityFriendlyName;
  const words = [operation, what === name ? undefined : what].filter(Boolean).join(" ");
  const state = currentProtectionState ?? protectionState ?? status ?? provisioningState ?? "";
  return { name: words === "" ? name : `${words} (${name})`, state: String(state) };
}
