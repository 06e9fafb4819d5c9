import { when } from "../findings.js";
import type { Rule } from "../rule.js";
import { sources } from "../sources.js";
import { all, not } from "../truth.js";
import { isEncrypted } from "./encryption.js";
import { isAnyRemoved, isAttached, shownIdentities } from "./identities.js";

export const kekIdentityRemoved: Rule = {
  code: "kek-identity-removed",
  resource: "BackupVault",
  title: "The identity that reaches the key stays on the vault",
  summary:
    "Microsoft warns that the identity must not be disabled even for a moment: without it backup, restore, tiering, " +
    "expiry and the vault's deletion fail, and the cost goes on. Azure may accept the removal, so it is refused here as damage.",
  remediation: "Keep the identity on the vault, or first move the key to another identity in an update of its own.",
  decision: "refuse",
  evidence: "microsoft",
  overridable: false,
  source: sources.cmk,
  needs: ["vault"],
  judge(change) {
    const { operation, before, after } = change;
    const next = after?.encryption?.identity ?? undefined;
    const identity = next ?? before?.encryption?.identity ?? undefined;
    const whose = next === undefined ? "before" : "after";
    if (!before || !after || operation === "replace" || identity === undefined) return [];
    const truth = all(
      isEncrypted(before, "before"),
      isAnyRemoved(before, after),
      isAttached(identity, before, "before", whose),
      not(isAttached(identity, after, "after", whose)),
    );
    const reason =
      "This identity reaches the vault's key: without it backup, restore, expiry and even the vault's deletion fail, while the cost goes on.";
    const where = { property: "identity", from: shownIdentities(before), to: shownIdentities(after) };
    return when(truth, { decision: "refuse", ...where, reason }, change);
  },
};
