import { unknown } from "../../vaults/ruleVault.js";
import { fromTo, when } from "../findings.js";
import type { Rule } from "../rule.js";
import { sources } from "../sources.js";
import { stateOf } from "../stateMachine.js";
import { all, any, differs, not, truthOf } from "../truth.js";
import { isEncrypted, stateDiffers } from "./encryption.js";
import { infrastructureEncryption } from "./infrastructureEncryptionFixed.js";

const reason = "Infrastructure encryption comes only with a customer-managed key.";

export const infrastructureEncryptionNeedsCmk: Rule = {
  code: "infrastructure-encryption-needs-cmk",
  resource: "BackupVault",
  title: "Infrastructure encryption needs a customer-managed key",
  summary: reason,
  remediation: "Set encryption.keyUri and encryption.identity too, or leave infrastructureEncryption out.",
  decision: "refuse",
  evidence: "microsoft",
  overridable: false,
  source: sources.cmk,
  needs: [],
  judge(change) {
    const { operation, before, after } = change;
    if (!after || operation === "replace") return [];
    const state = stateOf(infrastructureEncryption, after);
    const isOn = state === unknown ? "after" : truthOf(state === "Enabled");
    const isKeyless = not(isEncrypted(after, "after"));
    const isTouched = before
      ? any(
          differs(stateOf(infrastructureEncryption, before), state),
          all(isEncrypted(before, "before"), stateDiffers(before, after)),
        )
      : "yes";
    const finding = { decision: "refuse", ...fromTo(infrastructureEncryption, change), reason } as const;
    return when(all(isOn, isKeyless, isTouched), finding, change);
  },
};
