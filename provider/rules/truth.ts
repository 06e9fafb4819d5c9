import { unknown } from "../vaults/ruleVault.js";

/**
 * Yes, no, or open. What is open hangs on the vault's present value (`before`), which Azure knows, or on the new one
 * (`after`), which `pulumi up` will know. Nothing open is ever taken for a no.
 */
export type Truth = "yes" | "no" | "before" | "after";

export function all(...truths: Truth[]): Truth {
  return (["no", "before", "after"] as const).find((truth) => truths.includes(truth)) ?? "yes";
}

export function any(...truths: Truth[]): Truth {
  return (["yes", "before", "after"] as const).find((truth) => truths.includes(truth)) ?? "no";
}

export function not(truth: Truth): Truth {
  if (truth === "yes") return "no";
  return truth === "no" ? "yes" : truth;
}

export const truthOf = (holds: boolean): Truth => (holds ? "yes" : "no");

/** Whether a setting gets another value. */
export function differs<T>(before: T, after: T, same: (a: T, b: T) => boolean = Object.is): Truth {
  if (before === unknown) return "before";
  return after === unknown ? "after" : truthOf(!same(before, after));
}
