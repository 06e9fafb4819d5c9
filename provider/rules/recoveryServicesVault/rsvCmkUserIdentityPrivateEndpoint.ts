import { unknown } from "../../vaults/ruleVault.js";
import { isApplied, isUserAssignedKeyIdentity, keyIdentityEnds } from "../backupVault/encryption.js";
import { when } from "../findings.js";
import type { Rule } from "../rule.js";
import { sources } from "../sources.js";
import { all, type Truth, truthOf } from "../truth.js";
import { firstFew } from "../wording.js";

export const rsvCmkUserIdentityPrivateEndpoint: Rule = {
  code: "rsv-cmk-user-identity-private-endpoint",
  resource: "RecoveryServicesVault",
  title: "A user-assigned identity and private endpoints",
  summary: "A vault with private endpoints does not support a key that a user-assigned identity reaches.",
  remediation: "Let the vault's system-assigned identity reach the key.",
  decision: "refuse",
  evidence: "microsoft",
  overridable: false,
  source: sources.recoveryServicesCmk,
  needs: ["vault"],
  judge(change) {
    const { before, after } = change;
    const endpoints = before?.privateEndpoints ?? [];
    if (!after || change.operation !== "change") return [];
    const isConnected: Truth = endpoints === unknown ? "before" : truthOf(endpoints.length > 0);
    const truth = all(isConnected, isApplied(change), isUserAssignedKeyIdentity(after));
    const names = endpoints === unknown ? "" : firstFew([...endpoints].sort());
    const reason = `A user-assigned identity cannot reach the key of a vault with private endpoints, and this one has ${names}.`;
    return when(truth, { decision: "refuse", ...keyIdentityEnds(change), reason }, change);
  },
};
