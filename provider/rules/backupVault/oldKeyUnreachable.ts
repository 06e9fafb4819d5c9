import type { FactName } from "../facts.js";
import { factValue, undecided, when } from "../findings.js";
import type { Finding, Rule } from "../rule.js";
import { sources } from "../sources.js";
import { openFacts, unreadableOf, unreadableText } from "../undecided.js";
import { isKeyChanged, keyEnds } from "./encryption.js";

const needs: FactName[] = ["oldKey", "oldKeyVault", "oldAccess"];

export const oldKeyUnreachable: Rule = {
  code: "old-key-unreachable",
  resource: "BackupVault",
  title: "A key is changed while the old one still works",
  summary:
    "To take another key, Azure unwraps with the old one. The update fails if the old key is disabled or gone, or if " +
    "the vault's identity may no longer read it and unwrap with it.",
  instead: "Give the identity Get and Unwrap Key on the old key again and enable that key, then change the key.",
  decision: "refuse",
  evidence: "microsoft",
  overridable: false,
  source: sources.cmk,
  needs,
  judge(change) {
    const isChanged = isKeyChanged(change);
    // An unknown old key cannot be asked for; an absent new one is refused for that.
    if (isChanged === "no" || !change.after?.encryption?.keyUri) return [];
    const where = keyEnds(change);
    const { facts } = change;
    const [key, keyVault, access] = [factValue(facts.oldKey), factValue(facts.oldKeyVault), factValue(facts.oldAccess)];
    const reason =
      (keyVault === "missing" && "its key vault does not exist") ||
      (key === "missing" && "it does not exist") ||
      (typeof key === "object" && !key.enabled && "it is disabled");
    const refusal = (why: string): Finding => ({
      decision: "refuse",
      ...where,
      because: `Azure needs the old key to take another one, and ${why}.`,
    });
    if (reason) return when(isChanged, refusal(reason), change);
    const isDenied = access?.get === "no" || access?.unwrap === "no";
    if (isDenied && access?.proven) {
      return when(isChanged, refusal("the vault's identity may not read it and unwrap with it"), change);
    }
    if (isChanged === "before" && typeof change.before?.encryption?.keyUri !== "string") {
      return when(isChanged, refusal("whether it is reachable is not known"), change);
    }
    const open = openFacts(facts, needs);
    if (open && needs.some((name) => facts[name] === undefined)) return [undecided(where, open)];
    const unsure = isDenied || access?.get === "unknown" || access?.unwrap === "unknown";
    const unreadable = unreadableOf(facts, needs);
    if (unreadable.length === 0 && !unsure) return [];
    const because =
      unreadable.length > 0
        ? `Azure needs the old key to take another one, which was not checked: it depends on ${unreadableText(facts, unreadable)}`
        : "Azure needs the old key to take another one, and the roles that can be seen do not show that the vault's identity may read it and unwrap with it.";
    return [{ decision: "warn", ...where, because }];
  },
};
