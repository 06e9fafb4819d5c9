import { unknown } from "../vaults/ruleVault.js";

/**
 * Yes, no, or open. What is open depends on the vault's current value, which Azure knows, or on the desired one, which
 * `pulumi up` will know. Nothing open is ever taken for a no.
 */
export type Truth = "yes" | "no" | OpenValue;

/** Which value is not known: the vault's current one, or the one that the program asks for. */
export type OpenValue = "unknownCurrent" | "unknownDesired";

export function all(...truths: Truth[]): Truth {
  return (["no", "unknownCurrent", "unknownDesired"] as const).find((truth) => truths.includes(truth)) ?? "yes";
}

export function any(...truths: Truth[]): Truth {
  return (["yes", "unknownCurrent", "unknownDesired"] as const).find((truth) => truths.includes(truth)) ?? "no";
}

export function not(truth: Truth): Truth {
  if (truth === "yes") return "no";
  return truth === "no" ? "yes" : truth;
}

export const truthOf = (holds: boolean): Truth => (holds ? "yes" : "no");

/** Whether a setting gets another value. */
export function differs<T>(before: T, after: T, same: (a: T, b: T) => boolean = Object.is): Truth {
  if (before === unknown) return "unknownCurrent";
  return after === unknown ? "unknownDesired" : truthOf(!same(before, after));
}
