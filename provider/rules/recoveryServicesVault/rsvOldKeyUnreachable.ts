import { isKeyChanged, keyEnds } from "../backupVault/encryption.js";
import { isAttached } from "../backupVault/identities.js";
import { oldKeyUnreachable } from "../backupVault/oldKeyUnreachable.js";
import { when } from "../findings.js";
import type { Change, Finding, Rule } from "../rule.js";
import { sources } from "../sources.js";
import { all, not } from "../truth.js";

/** Microsoft says it of Backup vaults only. What is encrypted by a key is read with it, whichever vault holds it. */
export const rsvOldKeyUnreachable: Rule = {
  ...oldKeyUnreachable,
  code: "rsv-old-key-unreachable",
  resource: "RecoveryServicesVault",
  evidence: "community",
  overridable: true,
  source: sources.recoveryServicesCmk,
  judge(change) {
    const left = judgeIdentity(change);
    return left.length > 0 ? left : oldKeyUnreachable.judge(change);
  },
};

/** A Backup vault's key and identities do not change together: key-and-identity-together. */
function judgeIdentity(change: Change): Finding[] {
  const { before, after } = change;
  const identity = before?.encryption?.identity ?? undefined;
  if (!before || !after || identity === undefined) return [];
  const truth = all(
    isKeyChanged(change),
    isAttached(identity, before, "before", "before"),
    not(isAttached(identity, after, "after", "before")),
  );
  const reason =
    "Azure needs the old key to take another one, and the identity that reaches it leaves in the same update.";
  const remediation = "Make two updates: change the key, run `pulumi up`, then take the identity off the vault.";
  return truth === "yes" ? when(truth, { decision: "refuse", ...keyEnds(change), reason, remediation }, change) : [];
}
