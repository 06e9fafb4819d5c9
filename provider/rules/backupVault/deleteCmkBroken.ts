import { unknown } from "../../vaults/ruleVault.js";
import { openValue, undecided, when } from "../findings.js";
import type { Finding, Rule } from "../rule.js";
import { sources } from "../sources.js";
import { not } from "../truth.js";
import { isEncrypted } from "./encryption.js";
import { isAttached } from "./identities.js";
import { oldKeyFacts, oldKeyOf } from "./oldKey.js";
import { wholeVault } from "./wholeVault.js";

export const deleteCmkBroken: Rule = {
  code: "delete-cmk-broken",
  resource: "BackupVault",
  title: "A vault is not deleted without its key",
  summary:
    "Azure needs the key and the identity to delete a vault with a customer-managed key. While either is lost, it does " +
    "not support the deletion.",
  remediation:
    "Recover the key, put the identity back on the vault and give it its rights again, then delete the vault.",
  decision: "refuse",
  evidence: "microsoft",
  overridable: false,
  source: sources.cmk,
  needs: ["vault", ...oldKeyFacts],
  judge(change) {
    const { operation, before, facts } = change;
    if (operation !== "delete" || !before) return [];
    const encrypted = isEncrypted(before, "before");
    if (encrypted === "no") return [];
    const finding = (decision: "refuse" | "warn", why: string): Finding => ({
      decision,
      ...wholeVault,
      reason: `Azure needs the vault's key and identity to delete it, and ${why}.`,
    });
    const { identity, keyUri } = before.encryption ?? {};
    const isLost = identity === undefined || identity === null ? "no" : not(isAttached(identity, before, "before"));
    if (isLost === "yes") return when(encrypted, finding("refuse", "the identity is not on the vault"), change);
    const isNamed = keyUri !== undefined && keyUri !== null;
    const key = isNamed ? oldKeyOf(facts) : ({ is: "fine" } as const);
    if (key.is === "lost") return when(encrypted, finding("refuse", key.why), change);
    if (keyUri === unknown || isLost !== "no" || encrypted !== "yes") {
      return [undecided(wholeVault, openValue("before", "encryption", change))];
    }
    if (key.is === "open") return [undecided(wholeVault, key.open)];
    // Microsoft speaks of a deleted key; whether a disabled one is enough is not known.
    return key.is === "fine" ? [] : [finding("warn", key.why)];
  },
};
