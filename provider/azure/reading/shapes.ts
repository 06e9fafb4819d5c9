/**
 * The shape that we rely on of what is read. A shape is the type at the same time (`Of`), so nothing is read of a response
 * that was not looked at before. Azure's quirks pass: null is the same as absent, and members that no shape names are let
 * be. Throws a `Mismatch` with the place.
 */
export type Shape<T> = (value: unknown, at: string) => T;

export type Of<S> = S extends Shape<infer T> ? T : never;

/** What stands in a response instead of what is expected there. */
export class Mismatch extends Error {
  /** @param at empty: the whole of it */
  constructor(
    readonly at: string,
    expected: string,
    found: unknown,
  ) {
    super(`${at} is ${whatIs(found)} instead of ${expected}`);
  }
}

/** A value in words that show nothing of it: a response may hold anything. */
export function whatIs(value: unknown): string {
  if (value === undefined) return "absent";
  if (value === null) return "null";
  if (Array.isArray(value)) return "a list";
  if (typeof value === "object") return Object.keys(value).length > 0 ? "an object" : "an empty object";
  if (typeof value === "string") return /^\s*</.test(value) ? "HTML or XML" : "a string";
  return `a ${typeof value}`;
}

const primitive =
  <T>(type: string, expected: string): Shape<T> =>
  (value, at) => {
    if (typeof value !== type) throw new Mismatch(at, expected, value);
    return value as T;
  };

export const text = primitive<string>("string", "a string");
export const number = primitive<number>("number", "a number");
export const flag = primitive<boolean>("boolean", "true or false");

/** Nothing is decided by it: another kind of value counts as none. */
export const shown: Shape<string | undefined> = (value) => (typeof value === "string" ? value : undefined);

/** The same of a list of texts. */
export const shownList: Shape<string[] | undefined> = (value) =>
  Array.isArray(value) ? value.filter((each) => typeof each === "string") : undefined;

export const optional =
  <T>(shape: Shape<T>): Shape<T | undefined> =>
  (value, at) =>
    value === undefined || value === null ? undefined : shape(value, at);

/** The same of an object in which nothing is said: `{}`, or null in all members. */
export const optionalObject =
  <T extends object>(shape: Shape<T>): Shape<T | undefined> =>
  (value, at) =>
    isEmpty(value) ? undefined : shape(value, at);

const isEmpty = (value: unknown): boolean =>
  value === undefined ||
  value === null ||
  (typeof value === "object" &&
    !Array.isArray(value) &&
    Object.values(value).every((each) => each === undefined || each === null));

/** Where a name without a value says as much as one with an empty object. */
export const orEmpty =
  <T>(shape: Shape<T>): Shape<T> =>
  (value, at) =>
    shape(value ?? {}, at);

export const listOf =
  <T>(shape: Shape<T>): Shape<T[]> =>
  (value, at) => {
    if (!Array.isArray(value)) throw new Mismatch(at, "a list", value);
    return value.map((each, index) => shape(each, `${at}[${index}]`));
  };

/** An object whose members' names are data. */
export const mapOf =
  <T>(shape: Shape<T>): Shape<Record<string, T>> =>
  (value, at) =>
    Object.fromEntries(Object.entries(members(value, at)).map(([name, each]) => [name, shape(each, `${at}.${name}`)]));

/** Tags. One that is null is none. */
export const tags: Shape<Record<string, string>> = (value, at) => {
  const given = Object.entries(mapOf(optional(text))(value, at));
  return Object.fromEntries(given.flatMap(([name, each]) => (each === undefined ? [] : [[name, each]])));
};

type Fields = Record<string, Shape<unknown>>;
type ObjectOf<F extends Fields> = {
  [K in keyof F as undefined extends Of<F[K]> ? never : K]: Of<F[K]>;
} & {
  [K in keyof F as undefined extends Of<F[K]> ? K : never]?: Of<F[K]>;
};
type Flat<T> = { [K in keyof T]: T[K] };

export const object =
  <F extends Fields>(fields: F): Shape<Flat<ObjectOf<F>>> =>
  (value, at) => {
    const result = { ...members(value, at) };
    for (const [name, shape] of Object.entries(fields)) {
      const read = shape(result[name], at ? `${at}.${name}` : name);
      if (read === undefined) delete result[name];
      else result[name] = read;
    }
    return result as Flat<ObjectOf<F>>;
  };

function members(value: unknown, at: string): Record<string, unknown> {
  if (typeof value === "object" && value !== null && !Array.isArray(value)) return value as Record<string, unknown>;
  throw new Mismatch(at, "an object", value);
}

/** One kind of what is read from Azure: all that a response has to be to count as one. */
export interface Kind<T> {
  /** As messages call it: `a Backup vault`. */
  noun: string;
  shape: Shape<T>;
  /** Azure's codes, beside Resource Manager's own, by which one of this kind is not there. */
  notFound?: readonly string[];
  /** A list at a scope also shows what is above it. */
  isInherited?: boolean;
}
