import type { FactName } from "../facts.js";
import { factValue, openValue, undecided, when } from "../findings.js";
import type { Finding, Rule } from "../rule.js";
import { sources } from "../sources.js";
import { not } from "../truth.js";
import { openFacts, unreadableOf, unreadableText } from "../undecided.js";
import { unknown } from "../vault.js";
import { isEncrypted } from "./encryption.js";
import { isAttached } from "./identities.js";
import { wholeVault } from "./wholeVault.js";

const needs: FactName[] = ["oldKey", "oldKeyVault", "oldAccess"];

export const deleteCmkBroken: Rule = {
  code: "delete-cmk-broken",
  resource: "BackupVault",
  title: "A vault is not deleted without its key",
  summary:
    "Azure needs the key and the identity to delete a vault with a customer-managed key. While either is lost, it does " +
    "not support the deletion.",
  instead: "Recover the key, put the identity back on the vault and give it its rights again, then delete the vault.",
  decision: "refuse",
  evidence: "microsoft",
  overridable: false,
  source: sources.cmk,
  needs: ["vault", ...needs],
  judge(change) {
    const { operation, before, facts } = change;
    if (operation !== "delete" || !before) return [];
    const encrypted = isEncrypted(before, "before");
    if (encrypted === "no") return [];
    const refusal = (why: string): Finding => ({
      decision: "refuse",
      ...wholeVault,
      because: `Azure needs the vault's key and identity to delete it, and ${why}.`,
    });
    const { identity, keyUri } = before.encryption ?? {};
    const [key, keyVault, access] = [factValue(facts.oldKey), factValue(facts.oldKeyVault), factValue(facts.oldAccess)];
    const isDenied = access?.get === "no" || access?.unwrap === "no";
    const reason =
      (keyVault === "missing" && "the key vault does not exist") ||
      (key === "missing" && "the key does not exist") ||
      (isDenied && access?.proven && "the identity may not read the key and unwrap with it") ||
      ((identity ?? undefined) !== undefined &&
        not(isAttached(identity ?? unknown, before, "before")) === "yes" &&
        "the identity is not on the vault");
    if (reason) return when(encrypted, refusal(reason), change);
    if (keyUri === unknown || identity === unknown || encrypted !== "yes") {
      return [undecided(wholeVault, openValue("before", "encryption", change))];
    }
    if ((keyUri ?? undefined) === undefined) return [];
    const open = openFacts(facts, needs);
    if (open && needs.some((name) => facts[name] === undefined)) return [undecided(wholeVault, open)];
    const unreadable = unreadableOf(facts, needs);
    const unsure =
      (unreadable.length > 0 && `that was not checked: it depends on ${unreadableText(facts, unreadable)}`) ||
      (typeof key === "object" && !key.enabled && "the key is disabled.") ||
      ((isDenied || access?.get === "unknown" || access?.unwrap === "unknown") &&
        "the roles that can be seen do not show that the identity may read the key and unwrap with it.");
    if (!unsure) return [];
    const because = `Azure needs the vault's key and identity to delete it, and ${unsure}`;
    return [{ decision: "warn", ...wholeVault, because }];
  },
};
