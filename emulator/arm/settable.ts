import type { ArmResource } from "../state/records.js";

/** Path below `properties` to the values that Azure knows there. */
export type Settable = Record<string, readonly string[] | "any">;

/**
 * The part of a request's `properties` that a client may set, in Azure's spelling. All else is ignored.
 *
 * @param has what the resource has: a value that a test put there, of an Azure to come, may be sent back
 */
export function settable(
  given: ArmResource,
  known: Settable,
  refuse: (fact: string) => Error,
  has: ArmResource = {},
): ArmResource {
  const properties: ArmResource = {};
  for (const [path, values] of Object.entries(known)) {
    const value = valueAt(given, path);
    if (value === undefined) continue;
    setAt(
      properties,
      path,
      values === "any" || value === valueAt(has, path) ? value : oneOf(path, values, value, refuse),
    );
  }
  return properties;
}

export function oneOf(
  path: string,
  values: readonly string[],
  value: unknown,
  refuse: (fact: string) => Error,
): string {
  const known = canonical(values, value);
  if (known !== undefined) return known;
  throw refuse(`properties.${path} is ${JSON.stringify(value)}, known are ${values.join(", ")}.`);
}

/** The spelling that Azure documents for a value in any case. */
export function canonical(values: readonly string[], value: unknown): string | undefined {
  return values.find((known) => known.toLowerCase() === String(value).toLowerCase());
}

/** What PATCH makes of `properties`: what it leaves out stays. Members named in `whole` are replaced as one value. */
export function merged(before: ArmResource, patch: ArmResource, whole: readonly string[] = []): ArmResource {
  const result: ArmResource = { ...before };
  for (const [name, value] of Object.entries(patch)) {
    const isObject = typeof value === "object" && !Array.isArray(value) && !whole.includes(name);
    result[name] = isObject ? merged(before[name] ?? {}, value, whole) : value;
  }
  return result;
}

export function valueAt(object: ArmResource, path: string): unknown {
  return path.split(".").reduce<ArmResource | undefined>((at, name) => at?.[name] ?? undefined, object);
}

export function setAt(object: ArmResource, path: string, value: unknown): void {
  const names = path.split(".");
  const last = names.pop() as string;
  let at = object;
  for (const name of names) at = at[name] ??= {};
  at[last] = value;
}
