import { at as lookUp } from "../provider/vaults/body.js";
import { type Maybe, unknown } from "../provider/vaults/ruleVault.js";
import { isUnknown } from "../provider/vaults/unknowns.js";

/** A value of a preview with one mark for all that it does not tell: what is not known yet, and what is secret. */
export type Value = Maybe<string | number | boolean | null | undefined | Value[] | { [name: string]: Value }>;

/** https://github.com/pulumi/pulumi/blob/master/sdk/go/common/resource/sig.go */
const signature = "4dabf18193072939515e22adb298388d";
const secretSignature = "1b47061264138c4ac30d75fd1eb44270";

/** Nothing of a vault lies deeper, and a preview may be made to be deep. */
const deepest = 20;

/** How a preview, and this package's provider, write a secret. */
export const hiddenText = "[secret]";

export const isSecret = (value: unknown): boolean =>
  value === hiddenText ||
  (typeof value === "object" && value !== null && (value as Record<string, unknown>)[signature] === secretSignature);

/** `output<string>` is how some forms of a preview show what is not known. */
const isOpen = (value: unknown): boolean =>
  isSecret(value) || isUnknown(value) || (typeof value === "string" && /^output<.*>$/s.test(value));

/** @param isHidden which values come out as unknown */
export function toValue(raw: unknown, isHidden = isOpen, depth = 0): Value {
  if (isHidden(raw) || depth > deepest) return unknown;
  if (Array.isArray(raw)) return raw.map((each) => toValue(each, isHidden, depth + 1));
  if (typeof raw !== "object" || raw === null) return raw as Value;
  const values: { [name: string]: Value } = {};
  for (const [name, each] of Object.entries(raw)) {
    if (!isOfNoRule(name)) values[name] = toValue(each, isHidden, depth + 1);
  }
  return values;
}

/** Tags and the like may be as large, and as secret, as they want: no rule asks for them. */
export const isOfNoRule = (name: string): boolean => name === "tags" || name.startsWith("__");

export const valuesAreHidden = "The preview hides the values of secrets, and what depends on them is undecided.";

/** Whether a secret is among what a rule may ask for. */
export function withSecrets(value: unknown): boolean {
  if (isSecret(value)) return true;
  if (typeof value !== "object" || value === null) return false;
  return Object.entries(value).some(([name, each]) => !isOfNoRule(name) && withSecrets(each));
}

/** Whether something unknown is in a value. */
export const isOpenIn = (value: unknown): boolean =>
  value === unknown || (typeof value === "object" && value !== null && Object.values(value).some(isOpenIn));

/** What lies at a path. Nothing is known of what lies in something unknown. */
export const at = (value: Value, path: string): Value => lookUp(value, path) as Value;
