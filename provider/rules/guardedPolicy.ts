import { guardedOperation } from "../vaults/guardedOperations.js";
import type { DependencyRule } from "./dependency.js";
import { consentNeeded } from "./guardConsent.js";
import { type Guarded, judgeGuarded } from "./guardedBackups.js";
import { sources } from "./sources.js";

const policyWrite = guardedOperation("RecoveryServicesVault", "backupPolicies/write");

export interface GuardedPolicy extends Guarded {
  /** A guard protects no other change of a policy. */
  isShorter: boolean;
}

export const protectionPolicyGuarded: DependencyRule<GuardedPolicy> = {
  code: "rsv-policy-guarded",
  title: "A resource guard protects the retention of the vault's policies",
  summary:
    "Where a resource guard protects a Recovery Services vault, a shorter retention in a policy needs the consent of the guard's " +
    "owner, and the guard's request in the program. A guard can exclude it.",
  remediation:
    `Add the guard's request, \`{ARM ID of the guard}/${policyWrite.requests}/default\`, to \`resourceGuardOperationRequests\`. ` +
    consentNeeded(undefined),
  decision: "refuse",
  evidence: "microsoft",
  overridable: false,
  source: sources.multiUserAuthorization,
  needs: ["guard"],
  judge: ({ isShorter, ...found }) =>
    (isShorter ? judgeGuarded(policyWrite, found) : []).map((finding) => ({
      ...finding,
      vault: "RecoveryServicesVault" as const,
    })),
};
