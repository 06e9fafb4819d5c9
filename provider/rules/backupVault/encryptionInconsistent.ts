import { fromTo } from "../findings.js";
import type { Rule } from "../rule.js";
import { sources } from "../sources.js";
import { stateOf } from "../stateMachine.js";
import { encryption } from "./encryption.js";

export const encryptionInconsistent: Rule = {
  code: "encryption-inconsistent",
  resource: "BackupVault",
  title: "The last update of the encryption failed inside",
  summary:
    "Azure shows Inconsistent when an update of the encryption failed inside, and wants it tried again at once. " +
    "The vault counts as encrypted meanwhile.",
  remediation: "Run the update of the encryption again now, with the same key and identity.",
  decision: "warn",
  evidence: "microsoft",
  overridable: false,
  source: sources.vault,
  needs: ["vault"],
  judge(change) {
    const { operation, before, after, writes } = change;
    if (!writes || !before || !after || operation === "replace" || stateOf(encryption, before) !== "Inconsistent")
      return [];
    const reason = "The last update of the vault's encryption failed inside Azure, which wants it tried again at once.";
    return [{ decision: "warn", ...fromTo(encryption, change), reason }];
  },
};
