import { isApplied, isUserAssignedKeyIdentity, keyIdentityEnds } from "../backupVault/encryption.js";
import { when } from "../findings.js";
import type { Rule } from "../rule.js";
import { sources } from "../sources.js";
import { all } from "../truth.js";
import { firstFew } from "../wording.js";

export const rsvCmkUserIdentityPrivateEndpoint: Rule = {
  code: "rsv-cmk-user-identity-private-endpoint",
  resource: "RecoveryServicesVault",
  title: "A user-assigned identity and private endpoints",
  summary: "A vault with private endpoints does not support a key that a user-assigned identity reaches.",
  instead: "Let the vault's system-assigned identity reach the key.",
  decision: "refuse",
  evidence: "microsoft",
  overridable: false,
  source: sources.recoveryServicesCmk,
  needs: ["vault"],
  judge(change) {
    const { before, after } = change;
    const endpoints = before?.privateEndpoints ?? [];
    if (!after || change.operation !== "change" || endpoints.length === 0) return [];
    const truth = all(isApplied(change), isUserAssignedKeyIdentity(after));
    const because = `A user-assigned identity cannot reach the key of a vault with private endpoints, and this one has ${firstFew([...endpoints].sort())}.`;
    return when(truth, { decision: "refuse", ...keyIdentityEnds(change), because }, change);
  },
};
