import { isUnknown } from "../../host/unknowns.js";
import { isWhole } from "./isWhole.js";
import type { VaultSettings } from "./vaultInputs.js";

interface Comparable<S> {
  fixedAtCreation: readonly (keyof S & string)[];
  writable: readonly (keyof S & string)[];
  /** What Azure leaves out of its answer while it is so. */
  whenAbsent: Partial<S>;
}

/** How the settings of one kind of vault are compared. */
export function comparing<S>({ fixedAtCreation, writable, whenAbsent }: Comparable<S>) {
  const settings = [...fixedAtCreation, ...writable];
  return {
    /** The settings that `wanted` names and that are otherwise in `actual`. An unknown value is different. */
    differences: (wanted: Partial<S>, actual: Partial<S>): (keyof S & string)[] =>
      settings.filter(
        (name) => wanted[name] !== undefined && !isSame(name, wanted[name], actual[name] ?? whenAbsent[name]),
      ),

    /** The settings that `olds` had and `wanted` no longer names, or of which it no longer names a field. */
    removals: (olds: Partial<S>, wanted: Partial<S>): (keyof S & string)[] =>
      writable.filter((name) => isRemoved(name, olds[name], wanted[name])),

    /**
     * The settings that were written and that Azure shows otherwise. What it does not show at all, it does not
     * contradict; and tags that somebody adds, such as a policy in the moment of the write, are no contradiction.
     */
    notKept: (written: Partial<S>, shown: Partial<S>): (keyof S & string)[] =>
      writable.filter(
        (name) => written[name] !== undefined && !isKept(name, written[name], shown[name] ?? whenAbsent[name]),
      ),
  };
}

function isRemoved(name: string, old: unknown, wanted: unknown): boolean {
  if (old === undefined || isUnknown(wanted)) return false;
  if (wanted === undefined) return true;
  if (isWhole(name) || !isFields(old) || !isFields(wanted)) return false;
  return Object.keys(old).some((field) => old[field] !== undefined && wanted[field] === undefined);
}

function isKept(name: string, written: unknown, shown: unknown): boolean {
  if (shown === undefined) return true;
  if (name === "tags") return covers(written, shown, true);
  // Whoever sets a key has more to do then than to send it again.
  if (name === "encryption" && isInconsistent(shown)) return true;
  if (isWhole(name) || !isFields(written) || !isFields(shown)) return isSame(name, written, shown);
  const comparable = Object.entries(written).filter(([field]) => shown[field] !== undefined);
  return isSame(name, Object.fromEntries(comparable), shown);
}

const isFields = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

function isSame(name: string, wanted: unknown, there: unknown): boolean {
  if (name === "tags") return covers(wanted, there, true) && covers(there, wanted, true);
  if (name === "identity") return covers(wanted, there) && covers(there, wanted);
  // Azure wants the last change of the key again: a vault in this state is not what the program says.
  if (name === "encryption" && isInconsistent(there)) return false;
  return covers(wanted, there);
}

const isInconsistent = (encryption: unknown) =>
  (encryption as VaultSettings["encryption"])?.state?.toLowerCase() === "inconsistent";

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
