import { isUnknown, unknownSentinel } from "./unknowns.js";

/** What a value may be, as plain data: parsing, its messages, the TypeScript type and the schema follow from it. */
export type Value = OneOf | Text | WholeNumber | Flag | Pairs | List | Fields;

/** Azure compares enum values without case; ours come out as Azure spells them. */
export interface OneOf<V extends string = string> {
  is: "oneOf";
  values: readonly V[];
}

export interface Text {
  is: "text";
  /** What would be right, after the name of the argument: "must be ...". */
  expected: string;
  /** The one spelling that is kept. Undefined: it is not such a text. */
  canonical(text: string): string | undefined;
}

export interface WholeNumber {
  is: "wholeNumber";
  unit: string;
}

export interface Flag {
  is: "flag";
}

/** Names and texts, as tags are. */
export interface Pairs {
  is: "pairs";
  expected: string;
  fits(pairs: [string, string][]): boolean;
}

export interface List<V extends Value = Value> {
  is: "list";
  of: V;
}

export interface Fields<F extends Record<string, Value> = Record<string, Value>, R extends string = string> {
  is: "fields";
  fields: F;
  required: readonly R[];
  /** What no field says by itself. */
  check?(value: Record<string, unknown>, path: string, problems: Problem[]): void;
}

/** The TypeScript type of a value. */
export type Of<V> = Value extends V
  ? unknown
  : V extends OneOf<infer T>
    ? T
    : V extends Text
      ? string
      : V extends WholeNumber
        ? number
        : V extends Flag
          ? boolean
          : V extends Pairs
            ? Record<string, string>
            : V extends List<infer I>
              ? Of<I>[]
              : V extends Fields<infer F, infer R>
                ? Flat<{ [K in keyof F & R]: Of<F[K]> } & { [K in Exclude<keyof F, R>]?: Of<F[K]> }>
                : never;

type Flat<T> = { [K in keyof T]: T[K] };

export const oneOf = <const V extends string>(...values: V[]): OneOf<V> => ({ is: "oneOf", values });
export const wholeNumber = (unit: string): WholeNumber => ({ is: "wholeNumber", unit });
export const flag: Flag = { is: "flag" };
export const list = <V extends Value>(of: V): List<V> => ({ is: "list", of });

export const text = (expected: string, canonical: (text: string) => string | undefined): Text => ({
  is: "text",
  expected,
  canonical,
});

export const matching = (pattern: RegExp, expected: string): Text =>
  text(expected, (given) => (pattern.test(given) ? given : undefined));

export function fields<F extends Record<string, Value>>(all: F): Fields<F, never>;
export function fields<F extends Record<string, Value>, const R extends keyof F & string>(
  all: F,
  required: readonly R[],
  check?: Fields["check"],
): Fields<F, R>;
export function fields(all: Fields["fields"], required: readonly string[] = [], check?: Fields["check"]): Fields {
  return { is: "fields", fields: all, required, ...(check && { check }) };
}

/** What is wrong with one argument: where it stands, and what would be right. Never the value: it may be a secret. */
export interface Problem {
  path: string;
  expected: string;
}

/**
 * The canonical value. What is wrong is added to `problems` and becomes unknown, so that the rules can still judge
 * everything beside it and the user reads all problems at once. A value that is not known yet passes.
 */
export function parse(value: Value, given: unknown, path: string, problems: Problem[]): unknown {
  if (isUnknown(given)) return given;
  const wrong = (expected: string) => {
    problems.push({ path, expected: given === null ? `${expected}, not null` : expected });
    return unknownSentinel;
  };
  switch (value.is) {
    case "oneOf":
      return (typeof given === "string" && spelled(value, given)) || wrong(`must be ${alternatives(value.values)}`);
    case "text":
      return (typeof given === "string" ? value.canonical(given) : undefined) ?? wrong(value.expected);
    case "wholeNumber":
      return Number.isSafeInteger(given) ? given : wrong(`must be a whole number of ${value.unit}`);
    case "flag":
      return typeof given === "boolean" ? given : wrong("must be true or false");
    case "pairs": {
      const pairs = isObject(given) ? Object.entries(given) : undefined;
      return pairs?.every(isTextPair) && value.fits(pairs) ? given : wrong(value.expected);
    }
    case "list":
      if (!Array.isArray(given)) return wrong("must be a list");
      return given.map((each, index) => parse(value.of, each, `${path}[${index}]`, problems));
    case "fields":
      if (!isObject(given)) return wrong(`must be an object with ${Object.keys(value.fields).join(", ")}`);
      return parseFields(value, given, path, problems);
  }
}

/** An object with these fields and no others. Absent fields stay absent. */
export function parseFields(
  { fields, required, check }: Fields,
  object: object,
  path: string,
  problems: Problem[],
): Record<string, unknown> {
  const at = (name: string) => (path === "" ? name : `${path}.${name}`);
  const given = new Map(Object.entries(object).filter(([, item]) => item !== undefined));
  const parsed: Record<string, unknown> = {};
  for (const name of given.keys()) {
    if (!Object.hasOwn(fields, name)) problems.push({ path: at(name), expected: noSuchArgument(Object.keys(fields)) });
  }
  for (const name of required) {
    if (!given.has(name)) {
      problems.push({ path: at(name), expected: "is missing" });
      parsed[name] = unknownSentinel;
    }
  }
  for (const [name, item] of given) {
    const value = Object.hasOwn(fields, name) ? fields[name] : undefined;
    if (value) parsed[name] = parse(value, item, at(name), problems);
  }
  check?.(parsed, path, problems);
  return parsed;
}

const noSuchArgument = (names: readonly string[]) => `is no argument here. There are: ${names.join(", ")}`;

/** As the table spells it; nothing where it is none of its values. */
export const spelled = ({ values }: OneOf, given: string): string | undefined =>
  values.find((each) => each.toLowerCase() === given.toLowerCase());

const alternatives = (values: readonly string[]): string =>
  values.length > 1 ? `${values.slice(0, -1).join(", ")} or ${values.at(-1)}` : values.join("");

const isTextPair = (pair: [string, unknown]): pair is [string, string] => typeof pair[1] === "string";

export const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);
