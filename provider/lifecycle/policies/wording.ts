import {
  type DeletedPolicy,
  type DependencyRule,
  judgeDependency,
  listed,
  reported,
  type Verdict,
} from "../../rules/index.js";
import { parseChildId } from "../../vaults/childId.js";
import { isUnknown } from "../../vaults/unknowns.js";
import { calledById, parseVaultId, type VaultKind } from "../../vaults/vaultId.js";
import { ifAskedToReplace } from "../run/askedToReplace.js";
import { withNameInError } from "../run/nameInError.js";
import { adoptVariable } from "../run/vaults.js";
import type { Policy, PolicyUser, PolicyWords } from "./kind.js";

type Named = Partial<Policy>;

/** `Backup policy "daily" of Backup vault "payroll"` */
export function policyCalled({ vault, policyName, policyId = "" }: Named): string {
  const id =
    parseChildId(policyId, "backupPolicies") ?? parseChildId(policyId, "backupPolicies", "RecoveryServicesVault");
  const [name, vaultId] = [policyName ?? id?.name ?? "", vault ?? id?.vault ?? ""];
  const called = name === "" || isUnknown(name) ? "Backup policy" : `Backup policy "${name}"`;
  return parseVaultId(vaultId) ? `${called} of ${calledById(vaultId)}` : called;
}

const deeds: Record<"change" | "delete" | "replace", (changed: string) => string> = {
  change: (changed) => `change ${changed}`,
  delete: () => "be deleted after its replacement",
  replace: (changed) => `be replaced to change ${changed}`,
};

/** What a rule says of a policy that the program changes. */
export function policyText(
  verdict: Verdict,
  policy: Named,
  changed: readonly string[],
  inUse: DependencyRule<DeletedPolicy>,
  { users }: PolicyWords,
): string {
  const { code, decision, operation, reason, evidence, source } = verdict;
  const of = listed(changed.map((name) => `\`${name}\``)) || "it";
  const deed = deeds[operation === "delete" || operation === "replace" ? operation : "change"](of);
  const headline = {
    refuse: `${policyCalled(policy)} cannot ${deed}`,
    warn: `${policyCalled(policy)} would ${deed}`,
    undecided: `cannot determine yet whether ${policyCalled(policy)} can ${deed}`,
  }[decision];
  const remediation = code === inUse.code ? remediations(users)[decision] : verdict.remediation;
  const write = operation === "change" ? "change" : "delete";
  const rest = decision === "undecided" ? ` \`pulumi up\` will not ${write} it until this can be determined.` : "";
  return `${code}: ${headline}. ${reason} ${remediation}${rest} ${evidence === "microsoft" ? "" : `${reported} `}${source}`;
}

const remediations = (users: string): Record<Verdict["decision"], string> => ({
  refuse:
    `Change \`policyName\` as well: Pulumi then creates the new policy first, gives it to the ${users} of this ` +
    "program, and deletes the old one last. Or add the changed policy as another resource.",
  undecided: "Give each of them the new policy in this program, or in an update before this one.",
  warn: "",
});

export const inUseText = (
  policy: Named,
  users: PolicyUser[],
  kind: VaultKind,
  rule: DependencyRule<DeletedPolicy>,
): string => {
  const [verdict] = judgeDependency(rule, "delete", { kind, users: { value: users } });
  const evidence = rule.evidence === "microsoft" ? "" : `${reported} `;
  return `${rule.code}: ${policyCalled(policy)} cannot be deleted. ${verdict?.reason} ${rule.remediation} ${evidence}${rule.source}`;
};

export const samePolicyTwice = (policy: Named): string =>
  `${policyCalled(policy)} is defined by two resources in this program. Keep one of them, or change one of them to another policy.`;

export const policyExists = (policy: Named, { adopted }: PolicyWords): string =>
  `${policyCalled(policy)} already exists. ` +
  `If an interrupted \`pulumi up\` of this stack created it, adopt it for one run: \`${adoptVariable}='${policy.policyId}' pulumi up\`. ` +
  `To manage it in this stack, set \`adopt: true\`; ${adopted}. ` +
  "If the resource was renamed in the program, add its old name to `aliases`. " +
  ifAskedToReplace +
  "Otherwise, choose another name.";

export const cannotAdoptPolicy = (policy: Named, unread: readonly string[], { differs }: PolicyWords): string =>
  `${policyCalled(policy)} cannot be adopted: ` +
  `${unread.length > 0 ? `this version does not know all of it (${unread.join("; ")}).` : differs} ` +
  "Import it to see what it has, or give this policy another name.";

export const adoptsPolicy = (policy: Named): string =>
  `${policyCalled(policy)} exists and is adopted, not created. If another resource in this stack is the same policy, for ` +
  "example under an old name, Pulumi only removes that one from its state; the policy is not deleted.";

export const policyStays = (policy: Named): string =>
  `${policyCalled(policy)} is not deleted: another resource in this program now manages it. Pulumi only removes this one from its state.`;

export const policyNotRead = (policy: Named, why: string): string =>
  `${policyCalled(policy)} could not be read: ${why} ` +
  "Whether it exists already was not checked; `pulumi up` checks it before it writes anything.";

export const noVaultForPolicy = (policy: Named): string =>
  `${policyCalled(policy)}: its vault does not exist: ${policy.vault} returned 404. Create it first, or correct the argument ` +
  "`vault`. If this program creates it, pass the resource itself.";

export const createsPolicyFirst = (policy: Named): string =>
  `${policyCalled(policy)} would be replaced under the same name, and the resource option \`deleteBeforeReplace: false\` ` +
  "makes Pulumi create the new policy first. A vault cannot have two policies of one name. Remove the option, or give the " +
  "policy another name.";

export const notKept = (policy: Named): string =>
  `${policyCalled(policy)} was written, but Azure shows something else than was sent. Run \`pulumi refresh\` to see it.`;

export const policyGone = (policy: Named): string =>
  `${policyCalled(policy)} does not exist any more, so it was not changed. Run \`pulumi refresh\`; the next \`pulumi up\` creates it again.`;

export const policyOtherwise = (policy: Named): string =>
  `${policyCalled(policy)} is another kind of policy by now, which Azure does not change into this one. Run \`pulumi refresh\` to see it.`;

export const unknownPolicy = (id: string, unread: readonly string[]): string =>
  `${policyCalled({ policyId: id })} is not understood by this version: ${unread.join("; ")}. ` +
  "It was left as it is. Use a newer version, or manage this policy elsewhere.";

export const withPolicyInError = <T>(policy: Named, work: () => Promise<T>): Promise<T> =>
  withNameInError(policyCalled(policy), work);
