import { judgeMove } from "../findings.js";
import type { Rule } from "../rule.js";
import { sources } from "../sources.js";
import { stateOf } from "../stateMachine.js";
import { encryption } from "./encryption.js";

const reason = "A vault that a customer-managed key encrypts never returns to the platform's keys.";

export const cmkDisabled: Rule = {
  code: "cmk-disabled",
  resource: "BackupVault",
  title: "A customer-managed key cannot be disabled",
  summary: reason,
  remediation: "Keep the encryption Enabled; its key and its identity can be changed, one at a time.",
  decision: "refuse",
  evidence: "microsoft",
  overridable: false,
  source: sources.cmk,
  needs: ["vault"],
  states: encryption,
  judge: (change) =>
    change.after && stateOf(encryption, change.after) !== "unset" ? judgeMove(encryption, change, reason) : [],
};
