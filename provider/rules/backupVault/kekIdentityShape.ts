import { unknown, type Vault } from "../../vaults/ruleVault.js";
import { when } from "../findings.js";
import type { Rule } from "../rule.js";
import { sources } from "../sources.js";
import { all, any, type Truth, truthOf } from "../truth.js";
import { becomesEncrypted, isEncrypted, keyIdentityDiffers, keyIdentityEnds } from "./encryption.js";
import { isSystemAssigned } from "./identities.js";

export const kekIdentityShape: Rule = {
  code: "kek-identity-shape",
  resource: "BackupVault",
  title: "How the key's identity is named",
  summary:
    "The key's identity is either SystemAssigned, without an id, or the ARM id of one user-assigned identity. " +
    'Azure\'s specification calls the two "mutually exclusive".',
  remediation: "Set encryption.identity to SystemAssigned or to the ARM id of a user-assigned identity.",
  decision: "refuse",
  evidence: "microsoft",
  overridable: false,
  source: sources.vault,
  needs: [],
  judge(change) {
    const { operation, before, after } = change;
    if (!after || operation === "replace") return [];
    const isTouched = before ? any(becomesEncrypted(before, after), keyIdentityDiffers(before, after)) : "yes";
    const truth = all(isEncrypted(after, "after"), isMisshapen(after), isTouched);
    const reason = "The key's identity is either SystemAssigned without an id or the id of a user-assigned identity.";
    return when(truth, { decision: "refuse", ...keyIdentityEnds(change), reason }, change);
  },
};

const userAssigned =
  /^\/subscriptions\/[^/]+\/resourceGroups\/[^/]+\/providers\/Microsoft\.ManagedIdentity\/userAssignedIdentities\/[^/]+$/i;

export function isMisshapen({ encryption }: Vault): Truth {
  const identity = encryption?.identity ?? "";
  const id = encryption?.identityId ?? "";
  if (identity === unknown) return "after";
  if (!isSystemAssigned(identity)) return truthOf(!userAssigned.test(identity));
  return id === unknown ? "after" : truthOf(id !== "");
}
