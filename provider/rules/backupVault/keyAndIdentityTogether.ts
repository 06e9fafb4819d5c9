import { when } from "../findings.js";
import type { Rule } from "../rule.js";
import { sources } from "../sources.js";
import { all, any } from "../truth.js";
import { isKeyChanged, keyEnds, keyIdentityDiffers } from "./encryption.js";
import { identitiesDiffer } from "./identities.js";

const reason = "Azure does not change a vault's key and a managed identity in one request, for security reasons.";

export const keyAndIdentityTogether: Rule = {
  code: "key-and-identity-together",
  resource: "BackupVault",
  title: "Key and identity change one at a time",
  summary:
    `${reason} Both the identity that reaches the key and the vault's own identities count. ` +
    "The update that first enables the key sets them together.",
  remediation: "Make two updates: change one, run `pulumi up`, then change the other.",
  decision: "refuse",
  evidence: "microsoft",
  overridable: false,
  source: sources.cmk,
  needs: ["vault"],
  judge(change) {
    const { before, after } = change;
    if (!before || !after || change.operation === "replace") return [];
    const identity = any(keyIdentityDiffers(before, after), identitiesDiffer(before, after));
    const truth = all(isKeyChanged(change), identity);
    return when(truth, { decision: "refuse", ...keyEnds(change), reason }, change);
  },
};
