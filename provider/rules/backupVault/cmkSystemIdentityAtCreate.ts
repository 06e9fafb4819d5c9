import { when } from "../findings.js";
import type { Rule } from "../rule.js";
import { sources } from "../sources.js";
import { all, not } from "../truth.js";
import { isEncrypted, isUserAssignedKeyIdentity, keyIdentityEnds } from "./encryption.js";

const reason =
  "While a vault is created, only a user-assigned identity can reach its key: the vault's own does not exist yet.";

export const cmkSystemIdentityAtCreate: Rule = {
  code: "cmk-system-identity-at-create",
  resource: "BackupVault",
  title: "A new vault reaches its key by a user-assigned identity",
  summary: reason,
  remediation:
    "Use a user-assigned identity, or create the vault without encryption and set its key in a later update, for which EncryptionSettings is there.",
  decision: "refuse",
  evidence: "microsoft",
  overridable: false,
  source: sources.cmk,
  needs: [],
  judge(change) {
    const { operation, after } = change;
    if (operation !== "create" || (after?.encryption?.identity ?? undefined) === undefined || !after) return [];
    const truth = all(isEncrypted(after, "after"), not(isUserAssignedKeyIdentity(after)));
    return when(truth, { decision: "refuse", ...keyIdentityEnds(change), reason }, change);
  },
};
