import { judgeMove, when } from "../findings.js";
import type { Rule } from "../rule.js";
import { sources } from "../sources.js";
import { stateOf } from "../stateMachine.js";
import { all, truthOf } from "../truth.js";
import { encryption, isKeyChanged, keyEnds } from "./encryption.js";

const reason = "A vault that a customer-managed key encrypts never returns to the platform's keys.";

export const cmkRemoved: Rule = {
  code: "cmk-removed",
  resource: "BackupVault",
  title: "A customer-managed key cannot be removed",
  summary: `${reason} What Azure does with an update that leaves the encryption out is not documented.`,
  remediation: "Keep encryption in the program, and the key in its key vault, as long as the vault exists.",
  decision: "refuse",
  evidence: "microsoft",
  overridable: false,
  source: sources.cmk,
  needs: ["vault"],
  judge(change) {
    const { after } = change;
    if (!after || change.operation === "replace") return [];
    if (stateOf(encryption, after) === "unset") return judgeMove(encryption, change, reason);
    const isKeyless = truthOf((after.encryption?.keyUri ?? undefined) === undefined);
    return when(all(isKeyChanged(change), isKeyless), { decision: "refuse", ...keyEnds(change), reason }, change);
  },
};
