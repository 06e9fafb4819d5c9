import { isUnknown, unknownSentinel } from "../../host/unknowns.js";

/** What is wrong with one argument: where it stands, and what would be right. Never the value: it may be a secret. */
export interface Problem {
  path: string;
  expected: string;
}

/** Returns the canonical value, and adds what is wrong to `problems`. */
export type Parse = (value: unknown, path: string, problems: Problem[]) => unknown;

/**
 * A parser that lets values pass that are not known yet. What is wrong becomes unknown, so that the rules can still
 * judge everything beside it and the user reads all problems at once.
 */
export function parser(expected: string, canonical: (value: unknown) => unknown): Parse {
  return (value, path, problems) => {
    if (isUnknown(value)) return value;
    const result = canonical(value);
    if (result !== undefined) return result;
    problems.push({ path, expected: value === null ? `${expected}, not null` : expected });
    return unknownSentinel;
  };
}

/** An object with these fields and no others. Absent fields stay absent. */
export function record(fields: Record<string, Parse>, required: readonly string[] = []): Parse {
  const names = Object.keys(fields);
  const isObject = parser(`must be an object with ${names.join(", ")}`, objectOrNothing);
  return (value, path, problems) => {
    const object = isObject(value, path, problems);
    if (isUnknown(object)) return object;
    const given = Object.entries(object as object).filter(([, item]) => item !== undefined);
    for (const [name] of given.filter(([name]) => !names.includes(name))) {
      problems.push({ path: join(path, name), expected: `is no argument here. There are: ${names.join(", ")}` });
    }
    const missing = required.filter((name) => !given.some(([key]) => key === name));
    for (const name of missing) problems.push({ path: join(path, name), expected: "is missing" });
    const known = given.filter(([name]) => names.includes(name));
    return Object.fromEntries([
      ...missing.map((name) => [name, unknownSentinel]),
      ...known.map(([name, item]) => [name, fields[name]?.(item, join(path, name), problems)]),
    ]);
  };
}

export function list(item: Parse): Parse {
  const isList = parser("must be a list", (value) => (Array.isArray(value) ? value : undefined));
  return (value, path, problems) => {
    const items = isList(value, path, problems);
    if (isUnknown(items)) return items;
    return (items as unknown[]).map((each, index) => item(each, `${path}[${index}]`, problems));
  };
}

export const objectOrNothing = (value: unknown): object | undefined =>
  typeof value === "object" && value !== null && !Array.isArray(value) ? value : undefined;

const join = (path: string, name: string) => (path === "" ? name : `${path}.${name}`);
