/**
 * What a service expects in a request: a type, a list of something, named members (others pass as they are), or with
 * `*` a map from names that the client chooses.
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
          misfit(member, memberOf(shape, name), path === "" ? name : `${path}.${name}`),
    ),
  );
}

/** Null stands for a member that is left out, but not for an item of a list. */
function hole(item: unknown, shape: Shape, path: string): string | undefined {
  return item === null ? wrong(item, "value", path) : misfit(item, shape, path);
}

function memberOf(shape: { readonly [member: string]: Shape }, name: string): Shape {
  if (shape["*"] !== undefined) return shape["*"];
  return Object.hasOwn(shape, name) ? (shape[name] as Shape) : "any";
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
