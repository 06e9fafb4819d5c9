import type { FactName, Facts } from "../facts.js";
import { factValue } from "../findings.js";
import { type Open, openFacts, unreadableOf, unreadableText } from "../undecided.js";

export const oldKeyFacts: FactName[] = ["oldKey", "oldKeyVault", "oldAccess"];

/** How it is with the key that a vault uses now. `unsure` is what only Azure can tell, when it is asked to write. */
export type OldKey = { is: "fine" } | { is: "lost" | "disabled" | "unsure"; why: string } | { is: "open"; open: Open };

export function oldKeyOf(facts: Facts): OldKey {
  const [key, keyVault, access] = [factValue(facts.oldKey), factValue(facts.oldKeyVault), factValue(facts.oldAccess)];
  if (keyVault === "missing") return { is: "lost", why: "its key vault does not exist" };
  if (key === "missing") return { is: "lost", why: "that key does not exist" };
  const isDenied = access?.get === "no" || access?.unwrap === "no";
  if (isDenied && access?.proven) return { is: "lost", why: "the identity may not read that key and unwrap with it" };
  const open = openFacts(facts, oldKeyFacts);
  if (open && oldKeyFacts.some((name) => facts[name] === undefined)) return { is: "open", open };
  const isDisabled = typeof key === "object" && !key.enabled;
  const unreadable = unreadableOf(facts, oldKeyFacts);
  const isUnproven = access !== undefined && !(access.get === "yes" && access.unwrap === "yes");
  const reasons = [
    isDisabled && "that key is disabled",
    unreadable.length > 0 && `not all was checked: it depends on ${unended(unreadableText(facts, unreadable))}`,
    isUnproven && "the roles that can be seen do not show that the identity may read that key and unwrap with it",
  ].filter((reason) => reason !== false);
  if (reasons.length === 0) return { is: "fine" };
  return { is: isDisabled ? "disabled" : "unsure", why: reasons.join("; ") };
}

const unended = (sentence: string): string => sentence.replace(/\.$/, "");
