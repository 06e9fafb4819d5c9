import { secretsProperty } from "../fromProgram.js";
import { isSecretMark, secretMark } from "../secretMark.js";

type Properties = Record<string, unknown>;

/**
 * The properties of a call with secrets as plain values, and the paths of those in `__secrets`, which is the form in which
 * the handlers take them.
 */
export function withoutMarks(properties: Properties): Properties {
  const paths: string[][] = [];
  const plain = unmarked(properties, [], paths) as Properties;
  return paths.length > 0 ? { ...plain, [secretsProperty]: paths } : plain;
}

function unmarked(value: unknown, path: string[], paths: string[][]): unknown {
  if (isSecretMark(value)) {
    paths.push(path);
    // A secret within a secret is hidden with it.
    return unmarked(value.value, path, []);
  }
  if (Array.isArray(value)) return value.map((each, index) => unmarked(each, [...path, String(index)], paths));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, each]) => [name, unmarked(each, [...path, name], paths)]),
  );
}

/** A result with the values at these paths marked as secret. The handlers mark what else contains a secret. */
export function withMarks({ [secretsProperty]: _, ...properties }: Properties, secrets: unknown): Properties {
  const paths = Array.isArray(secrets) ? (secrets as string[][]) : [];
  return paths.reduce((marked, path) => markedAt(marked, path) as Properties, properties);
}

function markedAt(value: unknown, [first, ...rest]: string[]): unknown {
  if (isSecretMark(value) || value === undefined) return value;
  if (first === undefined) return secretMark(value);
  if (Array.isArray(value)) return value.map((each, index) => (String(index) === first ? markedAt(each, rest) : each));
  if (typeof value !== "object" || value === null || !(first in value)) return value;
  return { ...value, [first]: markedAt((value as Properties)[first], rest) };
}
