import { when } from "../findings.js";
import type { Rule } from "../rule.js";
import { sources } from "../sources.js";
import { all, any } from "../truth.js";
import {
  becomesEncrypted,
  isEncrypted,
  isUserAssignedKeyIdentity,
  keyIdentityDiffers,
  keyIdentityEnds,
} from "./encryption.js";

const reason =
  "A vault whose key is reached by a user-assigned identity does not support private endpoints for Azure Backup, and nothing in the vault shows whether it has any.";

export const cmkUserIdentityPrivateEndpoint: Rule = {
  code: "cmk-user-identity-private-endpoint",
  resource: "BackupVault",
  title: "A user-assigned identity and private endpoints",
  summary: reason,
  remediation: "If the vault is to have private endpoints, use its system-assigned identity.",
  decision: "warn",
  evidence: "microsoft",
  overridable: false,
  source: sources.cmk,
  needs: [],
  judge(change) {
    const { operation, before, after } = change;
    if (!after || operation === "replace") return [];
    const isNew = before ? any(becomesEncrypted(before, after), keyIdentityDiffers(before, after)) : "yes";
    const truth = all(isEncrypted(after, "after"), isUserAssignedKeyIdentity(after), isNew);
    return when(truth, { decision: "warn", ...keyIdentityEnds(change), reason }, change);
  },
};
