import { isUnknown, unknownSentinel } from "./unknowns.js";

/** The valid values, as plain data. Parsing, messages, the TypeScript type and the schema are derived from it. */
export type Value = OneOf | Text | WholeNumber | Flag | Pairs | List | Fields;

/** Azure compares enum values without case. Ours are returned in Azure's spelling. */
export interface OneOf<V extends string = string> {
  is: "oneOf";
  values: readonly V[];
  /** The message for a wrong value, where a list of the values is not the best one. */
  expected?: string;
  /** Other names that Azure's documentation uses for a value, such as GRS, in upper case. */
  alsoCalled?: Readonly<Record<string, V>>;
}

export interface Text {
  is: "text";
  /** What is valid, to follow the argument's name: "must be ...". */
  expected: string;
  /** The canonical spelling. Undefined: the text is not valid. */
  canonical(text: string): string | undefined;
  /** Set by this package and not by programs: no message offers it as an argument. */
  isComputed?: true;
}

export interface WholeNumber {
  is: "wholeNumber";
  unit: string;
}

export interface Flag {
  is: "flag";
}

/** Names with a text each, as tags are. */
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
  /** Checks what concerns several fields. */
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

/** What is wrong with one argument. */
export interface Problem {
  /** The argument's path. Empty where `expected` names the argument itself. */
  path: string;
  /** What is valid, and what was received: the host hides that where the program marks it secret. */
  expected: string;
}

export const problemText = ({ path, expected }: Problem): string =>
  `${path} ${expected}${expected.endsWith("?") ? "" : "."}`.trim();

/**
 * The canonical value. An invalid value is added to `problems` and becomes unknown, so that the rules can still judge
 * the other arguments and the user reads all problems at once. A value that is not known yet passes.
 *
 * @param was the value that is recorded, as a check or a read of Azure left it. Azure may know more values than this version,
 * so a program may repeat this one; it may only not choose it newly
 */
export function parse(value: Value, given: unknown, path: string, problems: Problem[], was?: unknown): unknown {
  if (isUnknown(given)) return given;
  const wrong = (expected: string, hint = "") => {
    if (isRepeated(given, was)) return given;
    problems.push({ path, expected: `${expected}; it is ${received(given, value.is)}${hint}` });
    return unknownSentinel;
  };
  const readWith = (getter: string, isMeant: RegExp) =>
    typeof given === "string" && isMeant.test(given) ? `. To read it from the configuration, use \`${getter}\`` : "";
  switch (value.is) {
    case "oneOf": {
      const text = typeof given === "string" ? given : "";
      const expected = value.expected ?? `must be ${alternatives(value.values)}`;
      return spelled(value, text) ?? wrong(expected, didYouMean(valuesMeantBy(value, text)));
    }
    case "text":
      return (typeof given === "string" ? value.canonical(given) : undefined) ?? wrong(value.expected);
    case "wholeNumber":
      if (Number.isSafeInteger(given)) return given;
      return wrong(`must be a whole number of ${value.unit}`, readWith("config.getNumber", /^\d+$/));
    case "flag":
      if (typeof given === "boolean") return given;
      return wrong("must be true or false", readWith("config.getBoolean", /^(true|false)$/i));
    case "pairs":
      return isObject(given) ? parsePairs(value, given, path, problems, was) : wrong(value.expected);
    case "list":
      if (!Array.isArray(given)) return wrong("must be a list");
      return given.map((each, index) => parse(value.of, each, `${path}[${index}]`, problems, among(was, each)));
    case "fields":
      if (!isObject(given)) return wrong(`must be an object with the fields ${settableNames(value.fields).join(", ")}`);
      return parseFields(value, given, path, problems, isObject(was) ? was : undefined);
  }
}

const among = (was: unknown, item: unknown): unknown =>
  Array.isArray(was) ? was.find((each) => isRepeated(item, each)) : undefined;

const isRepeated = (given: unknown, was: unknown): boolean =>
  was !== undefined && was !== null && !isUnknown(was) && isSameValue(given, was);

/** Whether `parse` finds nothing wrong with it. */
export function isValid(value: Value, given: unknown): boolean {
  const problems: Problem[] = [];
  parse(value, given, "", problems);
  return problems.length === 0;
}

function parsePairs(
  value: Pairs,
  given: Record<string, unknown>,
  path: string,
  problems: Problem[],
  was: unknown,
): unknown {
  const pairs = Object.entries(given);
  if (pairs.every(isTextPair)) {
    if (value.fits(pairs) || isRepeated(given, was)) return given;
    problems.push({ path, expected: value.expected });
  }
  for (const [name, item] of pairs.filter((pair) => !isTextPair(pair)))
    problems.push({ path: `${path}.${name}`, expected: `must be a string; it is ${received(item, "pairs")}` });
  return unknownSentinel;
}

/** An object with these fields and no others. Absent fields stay absent, also those that the recorded object does not have. */
export function parseFields(
  { fields, required, check }: Fields,
  object: object,
  path: string,
  problems: Problem[],
  was?: Record<string, unknown>,
): Record<string, unknown> {
  const at = (name: string) => (path === "" ? name : `${path}.${name}`);
  const given = new Map(Object.entries(object).filter(([, item]) => item !== undefined));
  const parsed: Record<string, unknown> = {};
  for (const name of given.keys()) {
    if (!Object.hasOwn(fields, name)) {
      const known = settableNames(fields);
      const meant = didYouMean(meantBy(name, known).map(at)) || ".";
      problems.push({
        path: "",
        expected: `unknown argument "${at(name)}"${meant} Valid arguments: ${known.join(", ")}`,
      });
    }
  }
  for (const name of required) {
    const isAbsentInAzure = path !== "" && was !== undefined && was[name] === undefined;
    if (!given.has(name) && !isAbsentInAzure) {
      problems.push({ path: at(name), expected: "is missing" });
      parsed[name] = unknownSentinel;
    }
  }
  for (const [name, item] of given) {
    const value = Object.hasOwn(fields, name) ? fields[name] : undefined;
    if (value) parsed[name] = parse(value, item, at(name), problems, was?.[name]);
  }
  check?.(parsed, path, problems);
  return parsed;
}

/** The names that a program may set. */
const settableNames = (fields: Fields["fields"]): string[] =>
  Object.entries(fields).flatMap(([name, value]) => (value.is === "text" && value.isComputed ? [] : [name]));

/** A longer text is not shown at all, because the host does not recognize a part of a secret. */
const longestShown = 200;

/** The received value in words. The host hides no booleans, so only their kind is shown. */
function received(given: unknown, wanted: Value["is"]): string {
  if (given === null) return "null";
  if (Array.isArray(given)) return "a list";
  if (typeof given === "number") return wanted === "wholeNumber" ? `${given}` : `the number ${given}`;
  if (typeof given !== "string") return typeof given === "boolean" ? "a boolean" : "an object";
  if (given.length > longestShown) return `a string of more than ${longestShown} characters`;
  return wanted === "oneOf" || wanted === "text" ? JSON.stringify(given) : `the string ${JSON.stringify(given)}`;
}

export const didYouMean = (meant: readonly string[]): string =>
  meant.length > 0 ? `; did you mean ${alternatives(meant.map((each) => `"${each}"`))}?` : "";

function valuesMeantBy({ values, alsoCalled }: OneOf, given: string): string[] {
  const meant = alsoCalled?.[given.toUpperCase()];
  return meant === undefined ? meantBy(given, values) : [meant];
}

/** The one name that begins with a cut one; otherwise those that differ least from a misspelt one, by at most a third of it. */
export function meantBy(given: string, names: readonly string[]): string[] {
  if (given.length < 3 || given.length > longestShown) return [];
  const longer = names.filter((name) => name.toLowerCase().startsWith(given.toLowerCase()));
  if (longer.length === 1) return longer;
  const distances = names.map((name) => editDistance(given.toLowerCase(), name.toLowerCase()));
  const least = Math.min(...distances);
  return least <= Math.max(1, given.length / 3) ? names.filter((_, index) => distances[index] === least) : [];
}

/** How many characters have to be added, removed or replaced to turn one text into the other. */
function editDistance(a: string, b: string): number {
  let row = [...Array(b.length + 1).keys()];
  for (let i = 1; i <= a.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= b.length; j += 1)
      next.push(
        Math.min((next[j - 1] ?? 0) + 1, (row[j] ?? 0) + 1, (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1)),
      );
    row = next;
  }
  return row[b.length] ?? 0;
}

const isTextPair = (pair: [string, unknown]): pair is [string, string] => typeof pair[1] === "string";

/** Whether Azure's value is this one: it compares enum values without case, and shows some in more than one. */
export const isValue = (value: string, shown: unknown): boolean =>
  typeof shown === "string" && shown.toLowerCase() === value.toLowerCase();

/** What a table has under a value of Azure's, in whichever case that is shown. */
export const entryOf = <T>(table: Readonly<Record<string, T>>, shown: unknown): T | undefined =>
  Object.entries(table).find(([value]) => isValue(value, shown))?.[1];

/** In the table's spelling. Undefined if it is not one of its values. */
export const spelled = ({ values }: Pick<OneOf, "values">, given: string): string | undefined =>
  values.find((each) => each === given) ?? values.find((each) => each.toLowerCase() === given.toLowerCase());

/** The same, where what this version does not know, and what is no text, stays as it is. */
export const spelledAs = <T>(value: Pick<OneOf, "values">, shown: T): T | string =>
  typeof shown === "string" ? (spelled(value, shown) ?? shown) : shown;

/** `A, B or C` */
export const alternatives = (values: readonly string[]): string =>
  values.length > 1 ? `${values.slice(0, -1).join(", ")} or ${values.at(-1)}` : values.join("");

export const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** Lists and texts come back from the engine as they were sent; the members of an object in any order. */
export const isSameValue = (a: unknown, b: unknown): boolean => JSON.stringify(sorted(a)) === JSON.stringify(sorted(b));

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== "object" || value === null) return value ?? null;
  const members = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return members.map(([name, each]) => [name, sorted(each)]);
}
