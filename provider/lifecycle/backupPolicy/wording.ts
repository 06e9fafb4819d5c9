import type { Instance } from "../../azure/index.js";
import type { BackupPolicyInputs } from "../../policies/backupPolicy.js";
import { judgeDependency, listed, policyDeleted, reported, type Verdict } from "../../rules/index.js";
import { parseChildId } from "../../vaults/childId.js";
import { isUnknown } from "../../vaults/unknowns.js";
import { parseVaultId } from "../../vaults/vaultId.js";
import { withNameInError } from "../run/nameInError.js";
import { adoptVariable } from "../run/vaults.js";

type Named = Partial<Pick<BackupPolicyInputs, "vault" | "policyName" | "policyId">>;

/** `Backup policy "daily" of Backup vault "payroll"` */
export function policyCalled({ vault, policyName, policyId = "" }: Named): string {
  const id = parseChildId(policyId, "backupPolicies");
  const [name, vaultId] = [policyName ?? id?.name ?? "", vault ?? id?.vault ?? ""];
  const vaultName = parseVaultId(vaultId)?.vaultName;
  const called = name === "" || isUnknown(name) ? "Backup policy" : `Backup policy "${name}"`;
  return vaultName === undefined ? called : `${called} of Backup vault "${vaultName}"`;
}

/** What a rule says of a policy that the program changes. */
export function policyText(verdict: Verdict, policy: Named, replaces: readonly string[]): string {
  const { code, decision, reason, evidence, source } = verdict;
  const changed = listed(replaces.map((name) => `\`${name}\``));
  const deed = verdict.operation === "delete" ? "be deleted after its replacement" : `be replaced to change ${changed}`;
  const headline = {
    refuse: `${policyCalled(policy)} cannot ${deed}`,
    warn: `${policyCalled(policy)} would ${deed}`,
    undecided: `cannot determine yet whether ${policyCalled(policy)} can ${deed}`,
  }[decision];
  const remediation = code === policyDeleted.code ? remediations[decision] : verdict.remediation;
  const rest = decision === "undecided" ? " `pulumi up` will not delete it until this can be determined." : "";
  return `${code}: ${headline}. ${reason} ${remediation}${rest} ${evidence === "microsoft" ? "" : `${reported} `}${source}`;
}

const remediations: Record<Verdict["decision"], string> = {
  refuse:
    "Change `policyName` as well: Pulumi then creates the new policy first, gives it to the backup instances of this " +
    "program, and deletes the old one last. Or add the changed policy as another BackupPolicy.",
  undecided: "Give each of them the new policy in this program, or in an update before this one.",
  warn: "",
};

export const inUse = (policy: Named, users: Instance[]): string => {
  const [verdict] = judgeDependency(policyDeleted, "delete", { kind: "BackupVault", users: { value: users } });
  return (
    `${policyDeleted.code}: ${policyCalled(policy)} cannot be deleted. ${verdict?.reason} ${policyDeleted.remediation} ` +
    `${reported} ${policyDeleted.source}`
  );
};

export const samePolicyTwice = (policy: Named): string =>
  `${policyCalled(policy)} is defined by two resources in this program. Keep one of them, or change one of them to another policy.`;

export const policyExists = (policy: Named): string =>
  `${policyCalled(policy)} already exists. ` +
  `If an interrupted \`pulumi up\` of this stack created it, adopt it for one run: \`${adoptVariable}='${policy.policyId}' pulumi up\`. ` +
  "To manage it in this stack, set `adopt: true`; Azure changes no policy, so it must be as the program describes it. " +
  "If the resource was renamed in the program, add its old name to `aliases`. Otherwise, choose another name.";

export const cannotAdoptPolicy = (policy: Named, unread: readonly string[]): string =>
  `${policyCalled(policy)} cannot be adopted: ` +
  `${unread.length > 0 ? `this version does not know all of it (${unread.join("; ")}).` : "its schedule or retention is not as the program describes it, and Azure changes no policy."} ` +
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
  `${policyCalled(policy)} was created, but Azure shows other rules than were sent. Run \`pulumi refresh\` to see them.`;

export const unknownPolicy = (id: string, unread: readonly string[]): string =>
  `${policyCalled({ policyId: id })} is not understood by this version: ${unread.join("; ")}. ` +
  "It was left as it is. Use a newer version, or manage this policy elsewhere.";

export const withPolicyInError = <T>(policy: Named, work: () => Promise<T>): Promise<T> =>
  withNameInError(policyCalled(policy), work);
