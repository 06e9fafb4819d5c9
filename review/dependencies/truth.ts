import type { Truth } from "./keyAddress.js";

export function both(a: Truth, b: Truth): Truth {
  if (a === "no" || b === "no") return "no";
  return a === "yes" && b === "yes" ? "yes" : "unknown";
}

export const not = (truth: Truth): Truth => (truth === "unknown" ? truth : truth === "yes" ? "no" : "yes");

export const either = (truths: readonly Truth[]): Truth =>
  (["yes", "unknown"] as const).find((each) => truths.includes(each)) ?? "no";
