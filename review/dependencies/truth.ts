import type { Truth } from "./keyAddress.js";

export function both(a: Truth, b: Truth): Truth {
  if (a === "no" || b === "no") return "no";
  return a === "yes" && b === "yes" ? "yes" : "unknown";
}

export const not = (truth: Truth): Truth => (truth === "unknown" ? truth : truth === "yes" ? "no" : "yes");
