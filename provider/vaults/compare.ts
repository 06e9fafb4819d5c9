import { at } from "./body.js";
import type { SomeSettings, VaultDefinition, VaultInputs, VaultSettings } from "./definitions.js";
import { withoutLostConfiguration } from "./immutabilityConfiguration.js";
import { isUnknown } from "./unknowns.js";
import { isObject } from "./values.js";

type Name = keyof VaultSettings;

/** The settings in `wanted` that differ in `actual`. An unknown value is different. */
export function differences(definition: VaultDefinition, wanted: SomeSettings, actual: SomeSettings): Name[] {
  const names = [...definition.fixedAtCreation, ...definition.writable];
  return names.filter(
    (name) => wanted[name] !== undefined && !isSame(name, wanted[name], actual[name] ?? whenAbsent(definition, name)),
  );
}

/**
 * The same in words, such as `redundancy from LocallyRedundant to GeoRedundant`. Of an object, the fields that differ. A list
 * and tags are only named.
 */
export const differencesInWords = (definition: VaultDefinition, wanted: SomeSettings, actual: SomeSettings): string[] =>
  differences(definition, wanted, actual).flatMap((name) =>
    isWhole(definition, name) || !isObject(wanted[name])
      ? inWords(name, wanted[name], actual[name] ?? whenAbsent(definition, name))
      : Object.entries(wanted[name]).flatMap(([field, value]) => {
          const there = at(actual[name], field);
          return covers(value, there) ? [] : inWords(`${name}.${field}`, value, there);
        }),
  );

function inWords(path: string, wanted: unknown, there: unknown): string[] {
  const isPlain = [wanted, there].every((value) => !isObject(value) && !Array.isArray(value) && !isUnknown(value));
  return isPlain ? [`${path} from ${there ?? "unset"} to ${wanted}`] : [path];
}

/** The settings in `olds` that `wanted` omits, or of which it omits a field. */
export const removals = (definition: VaultDefinition, olds: SomeSettings, wanted: SomeSettings): Name[] =>
  definition.writable.filter((name) => isRemoved(definition, name, olds[name], wanted[name]));

/**
 * The settings that were written but that Azure returns with other values. A setting that it does not return is not a
 * contradiction, and neither are additional tags, which for example a policy may add during the write.
 */
export const notKept = (definition: VaultDefinition, written: SomeSettings, shown: SomeSettings): Name[] =>
  definition.writable.filter(
    (name) =>
      written[name] !== undefined &&
      !isKept(definition, name, written[name], shown[name] ?? whenAbsent(definition, name)),
  );

/** Whether a program manages the setting as a whole. Of other settings, it manages the fields that it sets. */
export const isWhole = ({ settings }: VaultDefinition, name: string): boolean => settings[name]?.managed === "whole";

const whenAbsent = ({ settings }: VaultDefinition, name: Name): unknown => settings[name]?.whenAbsent;

function isRemoved(definition: VaultDefinition, name: Name, old: unknown, wanted: unknown): boolean {
  if (old === undefined || isUnknown(wanted)) return false;
  if (wanted === undefined) return true;
  if (isWhole(definition, name) || !isObject(old) || !isObject(wanted)) return false;
  return Object.keys(old).some((field) => old[field] !== undefined && wanted[field] === undefined);
}

function isKept(definition: VaultDefinition, name: Name, written: unknown, shown: unknown): boolean {
  if (shown === undefined) return true;
  if (name === "tags") return covers(written, shown, true);
  // The code that sets a key retries an Inconsistent encryption itself.
  if (name === "encryption" && isInconsistent(shown)) return true;
  if (isWhole(definition, name) || !isObject(written) || !isObject(shown)) return isSame(name, written, shown);
  const comparable = Object.entries(written).filter(([field]) => shown[field] !== undefined);
  return isSame(name, Object.fromEntries(comparable), shown);
}

function isSame(name: Name, wanted: unknown, there: unknown): boolean {
  if (name === "tags") return covers(wanted, there, true) && covers(there, wanted, true);
  if (name === "identity") return covers(wanted, there) && covers(there, wanted);
  // Azure requires the last change of the key to be retried, so a vault in this state does not match the program.
  if (name === "encryption" && isInconsistent(there)) return false;
  return covers(wanted, there);
}

const isInconsistent = (encryption: unknown): boolean =>
  isObject(encryption) && String(encryption.state).toLowerCase() === "inconsistent";

/** Whether `actual` has all values of `wanted`. A field that the program does not set is not compared. */
function covers(wanted: unknown, actual: unknown, exactText = false): boolean {
  if (isUnknown(wanted)) return false;
  if (typeof wanted === "string" && typeof actual === "string") {
    return exactText ? wanted === actual : wanted.toLowerCase() === actual.toLowerCase();
  }
  if (Array.isArray(wanted) && Array.isArray(actual)) {
    const among = (item: unknown, items: unknown[]) => items.some((other) => covers(item, other, exactText));
    return wanted.every((item) => among(item, actual)) && actual.every((item) => among(item, wanted));
  }
  if (isObject(wanted)) {
    const has = isObject(actual) ? actual : {};
    return Object.entries(wanted).every(([key, value]) =>
      covers(value, has[key] ?? (exactText ? undefined : whenFieldAbsent(key, has)), exactText),
    );
  }
  return wanted === actual;
}

/** What a field means that Azure does not return, or that an earlier version of this package did not record. */
function whenFieldAbsent(field: string, object: object): unknown {
  if (field === "infrastructureEncryption") return "Disabled";
  // Both states of soft delete have the same value. The first version recorded only the one that the program sets.
  return field === "enhancedSecurityState" ? at(object, "state") : undefined;
}

/**
 * What the vault will be: its current settings, without those that were removed from the program, overwritten with the
 * program's settings.
 *
 * @param managed the program's old settings
 */
export function merge<W extends SomeSettings>(
  definition: VaultDefinition,
  has: SomeSettings,
  wanted: W,
  managed: SomeSettings = {},
): W {
  const merged: Record<string, unknown> = { ...has, ...wanted };
  for (const name of definition.writable) {
    if (managed[name] !== undefined && wanted[name] === undefined) delete merged[name];
  }
  for (const name in wanted) {
    const value = wanted[name];
    if (!isObject(value) || isWhole(definition, name)) continue;
    const left = fieldsOf(managed, name);
    const kept = Object.entries(fieldsOf(has, name)).filter(([field]) => !Object.hasOwn(left, field));
    merged[name] = { ...Object.fromEntries(kept), ...value };
  }
  if (isObject(wanted.encryption))
    merged.encryption = { ...fieldsOf(merged, "encryption"), state: wanted.encryption.state ?? "Enabled" };
  return withoutLostConfiguration(merged as W, wanted);
}

const fieldsOf = (has: object, name: string): object => {
  const value = at(has, name);
  return isObject(value) ? value : {};
};

/** Only these of the program's settings. */
export const only = (inputs: SomeSettings, names: readonly Name[]): SomeSettings =>
  Object.fromEntries(names.map((name) => [name, inputs[name]]));

/**
 * Adds Azure's defaults for arguments that were removed from the program. Returning to a default is judged and written like
 * any other change. `leftAlone` lists the removed arguments that keep their values, because Azure documents no default.
 */
export function returnRemovedToDefault(
  definition: VaultDefinition,
  olds: SomeSettings,
  inputs: VaultInputs,
): { inputs: VaultInputs; leftAlone: string[] } {
  const returned: Record<string, unknown> = {};
  const leftAlone: string[] = [];
  for (const name of definition.writable) {
    const { whenRemoved, managed, required } = definition.settings[name] ?? {};
    const [old, value] = [olds[name], inputs[name]];
    if (old === undefined || required) continue;
    if (whenRemoved === "keeps") {
      if (value === undefined && name !== "encryption") leftAlone.push(name);
    } else if (value === undefined) returned[name] = whenRemoved;
    else if (managed === "fields" && isObject(value) && isObject(old) && isObject(whenRemoved)) {
      const back = Object.entries(whenRemoved).filter(([field]) => field in old);
      returned[name] = { ...Object.fromEntries(back), ...value };
    }
  }
  if (olds.encryption?.infrastructureEncryption !== undefined && isObject(inputs.encryption)) {
    returned.encryption = { infrastructureEncryption: "Disabled", ...inputs.encryption };
  }
  return { inputs: { ...inputs, ...returned }, leftAlone };
}

/**
 * The current settings of a vault in Azure that the program manages. Where Azure's value means the same as the program's
 * (another case, an omitted default), the program's is kept, so that a refresh shows no change.
 */
export function liveInputs(definition: VaultDefinition, managed: VaultInputs, has: SomeSettings): VaultInputs {
  const drifted = differences(definition, managed, has);
  const now = drifted.map((name) => [name, onlyManaged(definition, name, managed[name], has[name])] as const);
  const gone = now.flatMap(([name, value]) => (value === undefined ? [name] : []));
  const result = { ...managed, ...Object.fromEntries(now) };
  for (const name of gone) delete result[name];
  return result;
}

/** Removes the fields that the program does not set. */
function onlyManaged(definition: VaultDefinition, name: Name, managed: unknown, actual: unknown): unknown {
  if (isWhole(definition, name) || !isObject(actual)) return actual;
  return Object.fromEntries(
    Object.entries(actual).filter(([key, value]) => (isObject(managed) && key in managed) || value === "Inconsistent"),
  );
}
