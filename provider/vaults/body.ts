import type { Sent, Setting, Settings } from "./setting.js";
import { type Maybe, unknown } from "./unknowns.js";
import { isObject, spelledAs, type Value } from "./values.js";

/** A vault of either kind as Resource Manager accepts and returns it: the fields that code uses by name. */
export interface Body {
  location?: string;
  tags?: Record<string, string>;
  identity?: {
    type?: string;
    principalId?: string;
    tenantId?: string;
    /** By ARM ID. In a PATCH, null removes an identity. */
    userAssignedIdentities?: Record<string, { principalId?: string; clientId?: string } | null>;
  };
  sku?: object;
  properties?: object & { provisioningState?: string };
}

/** The value at a path. Everything below an unknown value is unknown. */
export function at(value: unknown, path: string): unknown {
  let found = value;
  for (const name of namesIn(path)) found = field(found, name);
  return found ?? undefined;
}

/** The value of one field. Every field of an unknown value is unknown. */
export function field(value: unknown, name: string): unknown {
  if (value === unknown) return unknown;
  if (typeof value !== "object" || value === null) return undefined;
  const found = (value as Record<string, unknown>)[name] ?? undefined;
  // Most settings are absent. A name such as `constructor` is everywhere.
  return found !== undefined && Object.hasOwn(value, name) ? found : undefined;
}

/** The same few paths are looked up for every vault. */
const paths = new Map<string, readonly string[]>([["", []]]);

function namesIn(path: string): readonly string[] {
  const names = paths.get(path) ?? path.split(".");
  paths.set(path, names);
  return names;
}

/** A text. A value that is not a text is unknown, never absent. */
export function textAt(value: unknown, path = ""): Maybe<string> | undefined {
  const found = at(value, path);
  return found === undefined || found === unknown || typeof found === "string" ? (found as Maybe<string>) : unknown;
}

/** The texts of a list, or the names in a map: the IDs of identities come in either form. */
export function textsAt(value: unknown, path = ""): Maybe<Maybe<string>[]> | undefined {
  const found = at(value, path);
  if (found === undefined || found === unknown) return found as typeof unknown | undefined;
  if (Array.isArray(found)) return found.map((each) => textAt(each) ?? unknown);
  return isObject(found) ? Object.keys(found) : unknown;
}

/**
 * The settings of a vault in a body, in the shape of the arguments. A value that is not known, or of another type than
 * expected, is `unknown`. What the body omits stays absent.
 *
 * @param neverSet the value that this service returns for a setting that was never set
 */
export function readBody(settings: Settings, body: unknown, neverSet?: string): Record<string, unknown> {
  return collected(settings, (name) => readAt(settings[name], body, neverSet)) ?? {};
}

/** The same for this package's own arguments or outputs, which have the names of the settings. */
export function readArguments(settings: Settings, values: unknown): Record<string, unknown> {
  const read = collected(settings, (name) => readValue(settings[name]?.value, field(values, name), undefined)) ?? {};
  if (isObject(read.encryption)) {
    const state = textAt(values, "encryption.state");
    if (state !== undefined) read.encryption = { ...read.encryption, state };
  }
  return read;
}

function readAt(setting: Setting | undefined, body: unknown, neverSet: string | undefined): unknown {
  if (setting?.arm === undefined) return undefined;
  const { arm, value } = setting;
  if (typeof arm === "string") return readValue(value, at(body, arm), neverSet);
  if (isShaped(arm)) return arm.read(body);
  const fields = value.is === "fields" ? value.fields : {};
  return collected(arm, (field) => readValue(fields[field], at(body, arm[field] ?? ""), neverSet));
}

const isShaped = (arm: NonNullable<Setting["arm"]>): arm is Extract<Setting["arm"], { read: unknown }> =>
  typeof arm === "object" && typeof arm.read === "function";

/** A value in our spelling. A value that Azure adds later is returned unchanged, for the rules to judge. */
function readValue(value: Value | undefined, found: unknown, neverSet: string | undefined): unknown {
  if (found === undefined || found === null || found === "" || found === unknown) return found || undefined;
  switch (value?.is) {
    case "oneOf":
      if (typeof found !== "string") return unknown;
      if (neverSet !== undefined && found.toLowerCase() === neverSet.toLowerCase()) return undefined;
      return spelledAs(value, found);
    case "text":
      return typeof found === "string" ? (value.canonical(found) ?? found) : unknown;
    case "wholeNumber": {
      const parsed = typeof found === "string" ? Number(found) : found;
      return typeof parsed === "number" ? parsed : unknown;
    }
    case "list":
      return textsAt(found);
    case "fields":
      if (!isObject(found)) return unknown;
      return collected(value.fields, (field) => readValue(value.fields[field], found[field], neverSet));
    default:
      return found;
  }
}

/** Removes absent fields. Undefined if none is left. */
export const present = <T extends object>(object: T): T | undefined =>
  collected(object, (name) => (object as Record<string, unknown>)[name]) as T | undefined;

/** A value for each name of an object, without absent ones. Undefined if none is left. */
export function collected(names: object, get: (name: string) => unknown): Record<string, unknown> | undefined {
  let values: Record<string, unknown> | undefined;
  for (const name in names) {
    const value = get(name);
    if (value === undefined) continue;
    values ??= {};
    values[name] = value;
  }
  return values;
}

/** A body with these settings, without absent ones. */
export function writeBody(
  settings: Settings,
  values: object,
  names: readonly string[],
  { method, has, version }: { method: Sent["method"]; has?: object; version: string },
): Body {
  const body: Record<string, unknown> = {};
  for (const name of names) {
    const row = settings[name];
    const value = at(values, name);
    if (!row?.arm || value === undefined || version < since(row)) continue;
    if (typeof row.arm === "string") put(body, row.arm, value);
    else if (isShaped(row.arm)) {
      put(body, row.arm.path, row.arm.write(value as never, { method, has: has && at(has, name) }));
    } else {
      for (const [field, path] of Object.entries(row.arm)) put(body, path, at(value, field));
    }
  }
  return body;
}

/** The settings that a request with an older api-version omits. */
export const leftOutBy = (settings: Settings, values: object, version: string): string[] =>
  Object.entries(settings).flatMap(([name, row]) =>
    version < since(row) && at(values, name) !== undefined ? [name] : [],
  );

const since = (row: Setting): string => (row.since === "any" ? "" : row.since);

function put(body: Record<string, unknown>, path: string, value: unknown): void {
  if (value === undefined) return;
  const names = [...namesIn(path)];
  const last = names.pop() ?? "";
  let inner = body;
  for (const name of names) {
    const next = isObject(inner[name]) ? inner[name] : {};
    inner[name] = next;
    inner = next;
  }
  inner[last] = value;
}
