import { isUnknown } from "../../host/unknowns.js";
import { type BackupVaultSettings, fixedAtCreation, writable } from "./inputs.js";

type Setting = keyof BackupVaultSettings;

/** What Azure leaves out of its answer while it is so. https://learn.microsoft.com/azure/backup/backup-vault-overview */
const whenAbsent: Partial<BackupVaultSettings> = {
  datastoreType: "VaultStore",
  immutability: "Disabled",
  crossRegionRestore: "Disabled",
  crossSubscriptionRestore: "Enabled",
  identity: { type: "None" },
  tags: {},
};

/** The settings that `wanted` names and that are otherwise in `actual`. An unknown value is different. */
export function differences(wanted: BackupVaultSettings, actual: Partial<BackupVaultSettings>): Setting[] {
  const settings = [...fixedAtCreation, ...writable];
  return settings.filter((name) => wanted[name] !== undefined && !isSame(name, wanted[name], actual[name]));
}

/** The settings that `olds` had and `wanted` no longer names. */
export function removals(olds: Partial<BackupVaultSettings>, wanted: BackupVaultSettings): Setting[] {
  return writable.filter((name) => olds[name] !== undefined && wanted[name] === undefined);
}

function isSame(name: Setting, wanted: unknown, actual: unknown): boolean {
  const there = actual ?? whenAbsent[name];
  if (name === "tags") return covers(wanted, there, true) && covers(there, wanted, true);
  if (name === "identity") return covers(wanted, there) && covers(there, wanted);
  // Azure wants the last change of the key again: a vault in this state is not what the program says.
  if (name === "encryption" && isInconsistent(there)) return false;
  return covers(wanted, there);
}

const isInconsistent = (encryption: unknown) =>
  (encryption as BackupVaultSettings["encryption"])?.state?.toLowerCase() === "inconsistent";

/** Whether `actual` has all that `wanted` says. A field that the program does not set is not compared. */
function covers(wanted: unknown, actual: unknown, exactText = false): boolean {
  if (isUnknown(wanted)) return false;
  if (typeof wanted === "string" && typeof actual === "string") {
    return exactText ? wanted === actual : wanted.toLowerCase() === actual.toLowerCase();
  }
  if (Array.isArray(wanted) && Array.isArray(actual)) {
    const among = (item: unknown, items: unknown[]) => items.some((other) => covers(item, other, exactText));
    return wanted.every((item) => among(item, actual)) && actual.every((item) => among(item, wanted));
  }
  if (typeof wanted === "object" && wanted !== null && !Array.isArray(wanted)) {
    const fields = (actual ?? {}) as Record<string, unknown>;
    return Object.entries(wanted).every(([key, value]) =>
      covers(value, fields[key] ?? (key === "infrastructureEncryption" ? "Disabled" : undefined), exactText),
    );
  }
  return wanted === actual;
}
