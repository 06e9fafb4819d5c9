import { at as lookUp } from "../provider/vaults/body.js";
import { type Maybe, unknown } from "../provider/vaults/ruleVault.js";
import { isUnknown } from "../provider/vaults/unknowns.js";
import { isSameValue as isSameSetting } from "../provider/vaults/values.js";
import { isIgnored } from "./changes/plannedChange.js";

/** A value of a preview, in which `unknown` stands for what is not known yet and for what is secret. */
export type Value = Maybe<string | number | boolean | null | undefined | Value[] | { [name: string]: Value }>;

/** https://github.com/pulumi/pulumi/blob/master/sdk/go/common/resource/sig.go */
const signature = "4dabf18193072939515e22adb298388d";
const secretSignature = "1b47061264138c4ac30d75fd1eb44270";

/** No setting of a vault is nested deeper. The limit protects against previews that are. */
export const deepest = 20;

/** How a preview and this package's provider show a secret. */
export const hiddenText = "[secret]";

export const isSecret = (value: unknown): boolean =>
  value === hiddenText ||
  (typeof value === "object" && value !== null && (value as Record<string, unknown>)[signature] === secretSignature);

/** A value that a preview has, but marks as sensitive. As a value of a judgement, it is `unknown`. */
export const secretOf = (value: unknown): unknown => ({ [signature]: secretSignature, value });

/** Whether it is one of `secretOf`. What the preview itself hides is none. */
const isRevealable = (value: unknown): value is { value: unknown } =>
  typeof value === "object" && value !== null && isSecret(value) && Object.hasOwn(value, "value");

/** Changes the form of a value, which stays as sensitive as it is. */
export const inForm = (value: unknown, form: (value: unknown) => unknown): unknown =>
  isRevealable(value) ? secretOf(form(value.value)) : form(value);

/** With the values of `secretOf`. */
export function revealed(value: unknown): unknown {
  if (isRevealable(value)) return value.value;
  if (Array.isArray(value)) return value.map(revealed);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, revealed(each)]));
}

/** Some preview formats show an unknown value as `output<string>`. */
const isUnknownOrSecret = (value: unknown): boolean =>
  isSecret(value) ||
  isUnknown(value) ||
  (typeof value === "string" && value.endsWith(">") && value.startsWith("output<"));

/** Objects that `toValue` returns as they are. Every part of a review asks for the same ones. */
const known = new WeakSet<object>();

/** Whether `toValue` would copy it unchanged. */
function isPlain(raw: unknown): boolean {
  if (typeof raw !== "object" || raw === null) return !isUnknownOrSecret(raw);
  if (known.has(raw)) return true;
  const found = hasOnlyPlain(raw, 0);
  if (found) known.add(raw);
  return found;
}

function hasOnlyPlain(raw: object, depth: number): boolean {
  if (isSecret(raw)) return false;
  for (const name in raw) {
    if (depth === deepest || isIgnored(name)) return false;
    const each = (raw as Record<string, unknown>)[name];
    const isPlain =
      typeof each === "object" && each !== null ? hasOnlyPlain(each, depth + 1) : !isUnknownOrSecret(each);
    if (!isPlain) return false;
  }
  return true;
}

/** @param isHidden which values become `unknown` */
export function toValue(raw: unknown, isHidden = isUnknownOrSecret, depth = 0): Value {
  if (depth === 0 && isPlain(raw)) return raw as Value;
  if (isHidden(raw) || depth > deepest) return unknown;
  if (Array.isArray(raw)) return raw.map((each) => toValue(each, isHidden, depth + 1));
  if (typeof raw !== "object" || raw === null) return raw as Value;
  const values: { [name: string]: Value } = {};
  for (const [name, each] of Object.entries(raw)) {
    if (!isIgnored(name)) values[name] = toValue(each, isHidden, depth + 1);
  }
  return values;
}

export const secretsHiddenNote = "The preview hides the values of secrets. Findings that depend on them are undecided.";

/** Whether a value that a rule may use is secret. What is nested too deeply to be read may be. */
export const containsSecret = (value: unknown): boolean => !isPlain(value) && hasSecret(value, 0);

function hasSecret(value: unknown, depth: number): boolean {
  if (isSecret(value) || depth > deepest) return true;
  if (typeof value !== "object" || value === null) return false;
  return Object.entries(value).some(([name, each]) => !isIgnored(name) && hasSecret(each, depth + 1));
}

/** Whether `revealed` changes it. */
export const containsSensitive = (value: unknown): boolean => !isPlain(value) && hasRevealable(value, 0);

const hasRevealable = (value: unknown, depth: number): boolean =>
  isRevealable(value) ||
  (depth <= deepest &&
    typeof value === "object" &&
    value !== null &&
    Object.values(value).some((each) => hasRevealable(each, depth + 1)));

/** Whether a value is unknown or contains an unknown value. */
export const containsUnknown = (value: unknown): boolean =>
  value === unknown || (typeof value === "object" && value !== null && Object.values(value).some(containsUnknown));

/** What is not known may be another value each time. */
export const isSameValue = (a: unknown, b: unknown): boolean =>
  !containsUnknown(a) && !containsUnknown(b) && (a === b || isSameSetting(a, b));

/** The value at a path. Everything inside an unknown value is unknown. */
export const at = (value: Value, path: string): Value => lookUp(value, path) as Value;

/** Terraform has a block as a list, Pulumi an object where it can occur once. */
export const listOf = (value: Value): Value[] =>
  Array.isArray(value) ? value : value === undefined || value === null ? [] : [value];
