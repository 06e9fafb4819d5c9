import { gapOfItems } from "../policies/gaps.js";
import { isSameContent, type PolicyContent } from "../policies/recoveryServices/content.js";
import {
  inputsOfLive,
  keptIn as keptInPolicy,
  parsePolicy,
  policyBody,
  policyContent,
  policyContents,
  readPolicy,
  requirePolicyId,
} from "../policies/recoveryServices/policy.js";
import type { WorkloadName } from "../policies/recoveryServices/workloads.js";
import {
  asVaulted,
  judgeDependency,
  lessFrequent,
  type ProtectedItem,
  protectionPolicyDeleted,
  protectionPolicyGuarded,
  protectionPolicyLonger,
  protectionPolicyShorter,
  protectionPolicyVaulted,
  shorterIn,
  type Verdict,
} from "../rules/index.js";
import { isSameValue } from "../vaults/values.js";
import type { Does, PolicyChange } from "./policies/kind.js";
import { policyLifecycle } from "./policies/lifecycle.js";
import { guardOf, namedRequests } from "./protection/guard.js";
import { asPlanned, liveVault } from "./vault/liveVault.js";

/**
 * Azure changes a policy of a Recovery Services vault in place, and applies the change to the recovery points that exist. It
 * makes no other type of policy of it, and does not stop storing backups in the vault.
 */
export const recoveryServicesBackupPolicy = policyLifecycle({
  kind: "RecoveryServicesVault",
  words: {
    users: "protected items",
    adopted: "it is changed to match the program",
    differs: "it is another kind of policy than the program describes, which Azure does not change.",
  },
  contents: policyContents,
  parse: parsePolicy,
  contentOf: policyContent,
  isSameContent,
  fixed: (before, after) =>
    before.dataSource !== after.dataSource ||
    (before.content.variant !== after.content.variant && after.content.variant !== "Vaulted"),
  body: policyBody,
  read: readPolicy,
  inputsOfLive,
  requireId: requirePolicyId,
  policies: ({ protectionPolicies }) => protectionPolicies,
  users: async (facts, vaultId, options) =>
    (await facts.protectedItems(vaultId, options)).filter(({ isSoftDeleted }) => !isSoftDeleted),
  inUse: protectionPolicyDeleted,
  judgeChange,
});

async function judgeChange(change: PolicyChange<PolicyContent>): Promise<Verdict[]> {
  const { before, after, operation, azure, vault: vaultId, deadline } = change;
  const isVaultedNow = before.content.variant === "Snapshot" && after.content.variant === "Vaulted";
  const kept = { before: keptIn(before), after: keptIn(after) };
  const gaps = { before: gapOfItems(before.content), after: gapOfItems(after.content) };
  if (!isVaultedNow && isSameValue([kept.before, gaps.before], [kept.after, gaps.after])) return [];
  const [live, users] = await Promise.all([
    liveVault(() => azure, vaultId, deadline),
    change.users() as Promise<{ value: ProtectedItem[] } | { unreadable: string }>,
  ]);
  const { vault, isPlanned } = asPlanned(live, change.immutability);
  // Another policy in the place of one that nothing uses shortens nothing.
  if (operation === "replace" && "value" in users && users.value.length === 0) return [];
  const isUnused = "value" in users && users.value.length === 0;
  const lessOften = isUnused ? [] : judgeDependency(lessFrequent.RecoveryServicesVault, operation, gaps);
  // Snapshots that exist keep their retention when a policy begins to store backups in the vault.
  if (isVaultedNow) {
    const isShorter = shorterIn(kept.before.map(asVaulted), kept.after).length > 0;
    return [
      ...judgeDependency(protectionPolicyVaulted, operation, { isVaultedNow, users }),
      ...judgeDependency(protectionPolicyShorter, operation, { ...kept, vault, isPlanned, users, isVaultedNow }),
      ...lessOften,
      ...(operation === "change" ? await judgeGuard(change, isShorter) : []),
    ];
  }
  return [
    ...lessOften,
    ...judgeDependency(protectionPolicyShorter, operation, { ...kept, vault, isPlanned, users }),
    ...judgeDependency(protectionPolicyLonger, operation, { ...kept, vault, users }),
    ...(operation === "change" ? await judgeGuard(change, shorterIn(kept.before, kept.after).length > 0) : []),
  ];
}

/** Microsoft: of a policy, a guard protects that its retention gets shorter. */
async function judgeGuard({ azure, vault, requests, deadline }: PolicyChange<PolicyContent>, isShorter: boolean) {
  if (!isShorter) return [];
  const guard = await guardOf(azure, vault, deadline);
  const named = namedRequests(requests);
  return judgeDependency(protectionPolicyGuarded, "change", { isShorter, guard, named, isOpen: false });
}

const keptIn = ({ dataSource, content }: Does<PolicyContent>) =>
  keptInPolicy({ dataSource: dataSource as WorkloadName, content });
