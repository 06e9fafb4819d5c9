import { previewDeadline } from "../../azure/index.js";
import type { Context } from "../../host/context.js";
import {
  type DeletedBackup,
  type DependencyRule,
  judgeDependency,
  type ReplacedInstance,
  type Verdict,
} from "../../rules/index.js";
import { kindOf, nameIn } from "../../vaults/vaultId.js";
import { sharedFacts } from "../run/facts.js";
import { liveVault } from "../vault/liveVault.js";
import { guardedRule, guardOf } from "./guard.js";
import { type ProtectionInputs, whenRemoved } from "./kind.js";

/** The rules about one kind of protection, and what else decides. */
export interface ProtectionRules {
  replaced: DependencyRule<ReplacedInstance>;
  deleted: DependencyRule<DeletedBackup>;
  /** By its policy, whether all its backups are next to their source. Undefined: not known. */
  isOperational(context: Context, policyId: string | undefined, deadline: number): Promise<boolean | undefined>;
}

/**
 * What a replacement means for the backups.
 *
 * @param changed the arguments with another value, for which Azure has no update
 * @param open those whose new value is not known yet
 */
export async function judgeReplacement(
  rules: ProtectionRules,
  context: Context,
  old: ProtectionInputs,
  changed: readonly string[],
  open: readonly string[],
): Promise<Verdict[]> {
  const deletesBackups = whenRemoved(old) === "delete";
  const replaced = judgeDependency(rules.replaced, "replace", { changed, open, deletesBackups });
  if (!deletesBackups || changed.length === 0) return replaced;
  const { deadline } = previewDeadline();
  const guard = await guardOf(sharedFacts(context), old.vault, deadline);
  return [
    ...replaced,
    ...(await judgeDeletion(rules, context, old, "replace", deadline)),
    ...judgeDependency(guardedRule(old.vault), "replace", { what: "delete", guard, isOpen: false }),
  ];
}

/** What a deletion leaves of the backups, by the live vault. */
export async function judgeDeletion(
  { deleted, isOperational }: ProtectionRules,
  context: Context,
  { vault: vaultId, policyId }: { vault: string; policyId?: string },
  operation: "delete" | "replace",
  deadline: number,
): Promise<Verdict[]> {
  const vault = await liveVault(() => context.azure(), vaultId, deadline);
  const found = await isOperational(context, policyId, deadline);
  return judgeDependency(deleted, operation, {
    kind: kindOf(vaultId),
    vaultName: nameIn(vaultId),
    vault,
    ...(found !== undefined && { isOperational: found }),
  });
}
