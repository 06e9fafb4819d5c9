import { unknown } from "../vaults/ruleVault.js";
import type { VaultKind } from "../vaults/vaultId.js";
import { isKeyChanged, keyFromTo, keyIdentityDiffers } from "./encryption.js";
import type { FactsOf } from "./facts.js";
import { factValue, undecided, when } from "./findings.js";
import { identitiesDiffer, isAttached } from "./identities.js";
import { type Change, type Finding, ofBothKinds, type Rule, type RulesByKind } from "./rule.js";
import { sources } from "./sources.js";
import { all, any, not } from "./truth.js";
import { type Open, openFacts, unreadableOf, unreadableText } from "./undecided.js";
import { unended } from "./wording.js";

const togetherReason =
  "For security reasons, Azure does not change a vault's key and a managed identity in one request.";

const together: Rule<"BackupVault"> = {
  code: "key-and-identity-together",
  topic: "keyChange",
  resource: "BackupVault",
  title: "Key and identity change one at a time",
  summary:
    `${togetherReason} Both the identity that accesses the key and the vault's own identities count. The update that ` +
    "first enables the key sets them together.",
  remediation: "Make two updates: change one, run `pulumi up`, then change the other.",
  decision: "refuse",
  evidence: "microsoft",
  overridable: false,
  source: sources.cmk.BackupVault,
  needs: ["vault"],
  judge: (change) => {
    const { before, after } = change;
    if (!before || !after || change.operation === "replace") return [];
    const identity = any(keyIdentityDiffers(before, after), identitiesDiffer(before, after));
    const truth = all(isKeyChanged(change), identity);
    return when(truth, { decision: "refuse", ...keyFromTo(change), reason: togetherReason }, change);
  },
};

export const oldKeyFacts = ["oldKey", "oldKeyVault", "oldAccess"] as const;

/** Microsoft says it of Backup vaults only. What is encrypted by a key is read with it, whichever vault holds it. */
const oldKeyUnreachable = ofBothKinds({
  code: "old-key-unreachable",
  topic: "keyChange",
  title: "A key is changed while the old one still works",
  summary:
    "To switch to another key, Azure unwraps with the old one. The update fails if the old key is disabled or deleted, or " +
    "if the vault's identity may no longer read it and unwrap with it.",
  remediation:
    "Restore the identity's Get and Unwrap Key permissions on the old key, make sure that the old key is enabled, then change the key.",
  decision: "refuse",
  evidence: { BackupVault: "microsoft", RecoveryServicesVault: "community" },
  overridable: { BackupVault: false, RecoveryServicesVault: true },
  source: sources.cmk,
  needs: oldKeyFacts,
  judge: {
    BackupVault: judgeOldKey,
    RecoveryServicesVault: (change) => {
      const found = [...judgeOldIdentity(change), ...judgeOldKey(change)];
      const refused = found.find(({ decision }) => decision === "refuse");
      return refused ? [refused] : found;
    },
  },
});

const neededBecause = (why: string): string => `Azure needs the old key to switch to another one, and ${why}.`;

function judgeOldKey(change: Change): Finding[] {
  const isChanged = isKeyChanged(change);
  const oldKeyUri = change.before?.encryption?.keyUri ?? undefined;
  // A new key that is absent is cmk-removed.
  if (isChanged === "no" || oldKeyUri === undefined || !change.after?.encryption?.keyUri) return [];
  const where = keyFromTo(change);
  const finding = (decision: "refuse" | "warn", why: string): Finding => ({
    decision,
    ...where,
    reason: neededBecause(why),
  });
  const key = oldKeyOf(change.facts);
  if (key.is === "lost" || key.is === "disabled") return when(isChanged, finding("refuse", key.why), change);
  // Which key to ask about is not known.
  if (oldKeyUri === unknown) return when(isChanged, finding("refuse", ""), change);
  if (key.is === "open") return [undecided(where, key.open)];
  return key.is === "unsure" ? [finding("warn", key.why)] : [];
}

/** A Backup vault's key and identities do not change together: key-and-identity-together. */
function judgeOldIdentity(change: Change<"RecoveryServicesVault">): Finding[] {
  const { before, after } = change;
  const identity = before?.encryption?.identity ?? undefined;
  if (!before || !after || identity === undefined) return [];
  const truth = all(
    isKeyChanged(change),
    isAttached(identity, before, "unknownCurrent", "unknownCurrent"),
    not(isAttached(identity, after, "unknownDesired", "unknownCurrent")),
  );
  const reason = neededBecause("the identity that accesses it leaves the vault in the same update");
  const remediation = "Make two updates: change the key, run `pulumi up`, then remove the identity from the vault.";
  return when(truth, { decision: "refuse", ...keyFromTo(change), reason, remediation }, change);
}

/** How it is with the key that a vault uses now. `unsure` is what only Azure can tell, when it is asked to write. */
type OldKey = { is: "fine" } | { is: "lost" | "disabled" | "unsure"; why: string } | { is: "open"; open: Open };

export function oldKeyOf(facts: FactsOf<VaultKind>): OldKey {
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
    unreadable.length > 0 && `not everything was checked, because ${unended(unreadableText(facts, unreadable))}`,
    isUnproven &&
      "the role assignments that can be seen do not show that the identity may read that key and unwrap with it",
  ].filter((reason) => reason !== false);
  if (reasons.length === 0) return { is: "fine" };
  return { is: isDisabled ? "disabled" : "unsure", why: reasons.join("; ") };
}

export const keyChangeRules: RulesByKind = {
  BackupVault: [together, oldKeyUnreachable.BackupVault],
  RecoveryServicesVault: [oldKeyUnreachable.RecoveryServicesVault],
};
