import type { VaultKind } from "../vaults/vaultId.js";
import type { RuleText } from "./rule.js";
import type { Operation, Verdict } from "./verdict.js";

/**
 * A rule about something that the data in a vault depends on, such as its resource group, a backup instance or its key. It
 * judges that this is deleted, replaced or changed, by what was found out about it: `F`.
 */
export interface DependencyRule<F> extends RuleText {
  overridable: false;
  judge(found: F): DependencyFinding[];
}

/** What a rule found. What it leaves out is the rule's own. */
export interface DependencyFinding extends Pick<Verdict, "decision" | "reason"> {
  /** The kind of the vault that is affected. @default BackupVault */
  vault?: VaultKind;
  remediation?: string;
  source?: string;
}

export interface VaultName {
  kind: VaultKind;
  name: string;
}

/** The verdicts of one rule. */
export function judgeDependency<F>(
  { code, remediation, source, evidence, judge }: DependencyRule<F>,
  operation: Operation,
  found: F,
): Verdict[] {
  return judge(found).map(({ vault = "BackupVault", ...finding }) => ({
    code,
    resource: vault,
    operation,
    property: "",
    from: "",
    to: "",
    remediation,
    source,
    ...finding,
    evidence,
    overridable: false,
  }));
}

/**
 * What uses something until the run changes that. Terraform makes the change after the deletion, and Pulumi does where it
 * replaces what the deleted resource depends on:
 * https://github.com/hashicorp/terraform/blob/main/docs/destroying.md
 */
export const changedAfterDeletion = {
  reason: "The run changes that, but this deletion may come first.",
  remediation: "Make that change in a run of its own, and this deletion in the next one.",
};

export const readVaults = "Run this again with credentials that can read the vaults in Azure.";
