import { unknown } from "../vaults/ruleVault.js";
import { isEncrypted } from "./encryption.js";
import { openValue, undecided, when, wholeVault } from "./findings.js";
import { isAttached } from "./identities.js";
import { oldKeyFacts, oldKeyOf } from "./keyChange.js";
import type { Finding, Rule } from "./rule.js";
import { sources } from "./sources.js";
import { not } from "./truth.js";

export const keyBroken: Rule<"BackupVault"> = {
  code: "delete-cmk-broken",
  topic: "deletion",
  resource: "BackupVault",
  title: "A vault is not deleted without its key",
  summary:
    "Azure needs the key and the identity to delete a vault with a customer-managed key. While either is lost, it does " +
    "not support the deletion.",
  remediation:
    "Recover the key, restore the identity on the vault and its permissions on the key, then delete the vault.",
  decision: "refuse",
  evidence: "microsoft",
  overridable: false,
  source: sources.cmk.BackupVault,
  needs: ["vault", ...oldKeyFacts],
  judge: (change) => {
    const { operation, before, facts } = change;
    if (operation !== "delete" || !before) return [];
    const encrypted = isEncrypted(before, "unknownCurrent");
    if (encrypted === "no") return [];
    const finding = (decision: "refuse" | "warn", why: string): Finding => ({
      decision,
      ...wholeVault,
      reason: `Azure needs the vault's key and identity to delete it, and ${why}.`,
    });
    const { identity, keyUri } = before.encryption ?? {};
    const isLost =
      identity === undefined || identity === null ? "no" : not(isAttached(identity, before, "unknownCurrent"));
    if (isLost === "yes") return when(encrypted, finding("refuse", "the identity is not on the vault"), change);
    const isNamed = keyUri !== undefined && keyUri !== null;
    const key = isNamed ? oldKeyOf(facts) : ({ is: "fine" } as const);
    if (key.is === "lost") return when(encrypted, finding("refuse", key.why), change);
    if (keyUri === unknown || isLost !== "no" || encrypted !== "yes") {
      return [undecided(wholeVault, openValue("unknownCurrent", "encryption", change))];
    }
    if (key.is === "open") return [undecided(wholeVault, key.open)];
    // Microsoft speaks of a deleted key; whether a disabled one is enough is not known.
    return key.is === "fine" ? [] : [finding("warn", key.why)];
  },
};

export const vaultFirst: Rule<"BackupVault"> = {
  code: "cmk-dependency-deleted-first",
  topic: "deletion",
  resource: "BackupVault",
  title: "The vault is deleted before its key",
  summary:
    "A vault with a customer-managed key can be deleted only while its key, its identity and that identity's role " +
    "assignment exist. A plan that deletes the vault says so.",
  remediation:
    "Make the vault depend on them in the program, so that it is deleted first, and keep them until it is gone.",
  decision: "warn",
  evidence: "microsoft",
  overridable: false,
  source: sources.cmk.BackupVault,
  needs: ["vault"],
  judge: ({ operation, before, when }) => {
    // When the vault is being deleted it is too late to say so.
    if (operation !== "delete" || !before || when !== "plan" || isEncrypted(before, "unknownCurrent") !== "yes")
      return [];
    const reason =
      "Azure needs the vault's key, its identity and that identity's permissions until the vault is deleted.";
    return [{ decision: "warn", ...wholeVault, reason }];
  },
};
