import { undecided, when } from "../findings.js";
import type { Rule } from "../rule.js";
import { sources } from "../sources.js";
import { all, any, not } from "../truth.js";
import { isApplied, isEncrypted, keyIdentityEnds } from "./encryption.js";
import { identitiesDiffer, isAttached } from "./identities.js";
import { isMisshapen } from "./kekIdentityShape.js";

export const kekIdentityNotAttached: Rule = {
  code: "kek-identity-not-attached",
  resource: "BackupVault",
  title: "The identity that reaches the key is on the vault",
  summary: "An identity can reach the key only if it is on the vault. That Azure rejects another one is inferred.",
  remediation: "Add the identity to the vault first, inline or with IdentityAssignment.",
  decision: "refuse",
  evidence: "community",
  overridable: true,
  source: sources.cmk,
  needs: ["vault"],
  judge(change) {
    const { operation, before, after } = change;
    const identity = after?.encryption?.identity ?? undefined;
    if (!after || operation === "replace" || identity === undefined) return [];
    const isLeaving = before ? isAttached(identity, before, "before", "after") : "no";
    const truth = all(
      isEncrypted(after, "after"),
      not(isMisshapen(after)),
      not(isAttached(identity, after, "after")),
      before ? any(isApplied(change), identitiesDiffer(before, after)) : "yes",
      // While the vault has a key already, an identity that leaves it is kek-identity-removed.
      before ? not(all(isEncrypted(before, "before"), isLeaving)) : "yes",
    );
    const where = keyIdentityEnds(change);
    const reason = "The identity that shall reach the key is not on the vault.";
    // One that was never there may still come with another resource of the same run.
    if (truth === "yes" && before && isLeaving === "no" && change.when === "plan") {
      return [undecided(where, { reason: `${reason.slice(0, -1)} yet.`, remediation: this.remediation })];
    }
    return when(truth, { decision: "refuse", ...where, reason }, change);
  },
};
