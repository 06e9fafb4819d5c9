/**
 * What a service reads in a request: a type, a list of something, or named members (others pass as they are), with
 * `*` for names that the client chooses. It is the whole list of the names that the emulator reads: what is not in it
 * is found in one spelling only.
 */
export type Shape = "string" | "number" | "boolean" | "any" | readonly [Shape] | { readonly [member: string]: Shape };

/** What does not fit, in words; undefined: it fits. */
export function misfit(value: unknown, shape: Shape, path = ""): string | undefined {
  if (value === null || value === undefined || shape === "any") return undefined;
  if (typeof shape === "string") {
    return typeof value === shape ? undefined : wrong(value, shape, path);
  }
  if (isList(shape)) {
    if (!Array.isArray(value)) return wrong(value, "array", path);
    return first(value.map((item, index) => () => hole(item, shape[0], `${path}[${index}]`)));
  }
  if (typeof value !== "object" || Array.isArray(value)) return wrong(value, "object", path);
  const members = Object.entries(value);
  return first(
    members.map(
      ([name, member]) =>
        () =>
          misfit(member, memberOf(shape, name)[1], path === "" ? name : `${path}.${name}`),
    ),
  );
}

/**
 * A request with the names of its members as the service spells them. Azure reads them in any case: recorded of its
 * own clients. Of two that differ in case only, the last one counts.
 */
export function spelled(value: unknown, shape: Shape): unknown {
  if (typeof shape === "string" || typeof value !== "object" || value === null) return value;
  if (isList(shape)) return (value as unknown[]).map((item) => spelled(item, shape[0]));
  return Object.fromEntries(
    Object.entries(value).map(([given, member]) => {
      const [name, of] = memberOf(shape, given);
      return [name, spelled(member, of)];
    }),
  );
}

/** Null stands for a member that is left out, but not for an item of a list. */
function hole(item: unknown, shape: Shape, path: string): string | undefined {
  return item === null ? wrong(item, "value", path) : misfit(item, shape, path);
}

function memberOf(shape: { readonly [member: string]: Shape }, given: string): [name: string, Shape] {
  const name = Object.keys(shape).find((each) => each.toLowerCase() === given.toLowerCase());
  // A map takes a name as it is, whatever it says.
  if (name === undefined || name === "*") return [given, shape["*"] ?? "any"];
  return [name, shape[name] as Shape];
}

function isList(shape: Shape): shape is readonly [Shape] {
  return Array.isArray(shape);
}

function wrong(value: unknown, expected: string, path: string): string {
  return `Error converting value ${JSON.stringify(value)?.slice(0, 100)} to type '${expected}'. Path '${path}'.`;
}

function first(checks: (() => string | undefined)[]): string | undefined {
  for (const check of checks) {
    const found = check();
    if (found !== undefined) return found;
  }
  return undefined;
}

/** What every resource with a location has. */
export const tracked = { location: "string", tags: { "*": "string" } } satisfies Shape;
