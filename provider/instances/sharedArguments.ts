import { childIdForm, childIdOf, parseChildId } from "../vaults/childId.js";
import { isUnknown } from "../vaults/unknowns.js";
import { oneOf, type Problem, type Text, text } from "../vaults/values.js";
import type { VaultKind } from "../vaults/vaultId.js";
import { isSameId } from "./armId.js";

/** What backup instances and protected items have in common: how their arguments are written, and what is wrong with them. */

export const onDelete = oneOf("delete", "stopProtectionRetainData", "suspend");

/** What is done with the source while the program declares it. */
export const protection = oneOf("protect", "stopProtectionRetainData", "suspend");

/** The ARM ID of a policy of this kind of vault. */
export const policyIdIn = (kind: VaultKind): Text =>
  text(`must be the ARM ID of a backup policy, ${childIdForm("backupPolicies", kind)}`, (given) => {
    const id = parseChildId(given, "backupPolicies", kind);
    return id && childIdOf(id.vault, "backupPolicies", id.name);
  });

/** @param noun what is backed up by the policy: `instance` or `item` */
export function policyProblems(
  noun: string,
  kind: VaultKind,
  { vault, policyId }: { vault: string; policyId: string },
): Problem[] {
  const policyVault = parseChildId(policyId, "backupPolicies", kind)?.vault;
  if (isUnknown(vault) || policyVault === undefined || isSameId(policyVault, vault)) return [];
  return [{ path: "policyId", expected: `must be a policy of the ${noun}'s own vault; it is ${policyId}` }];
}

/** Arguments that what is backed up needs and that are missing, or that it does not have. */
export function parameterProblems<N extends string>(
  names: readonly N[],
  { noun, needs, takes }: { noun: string; needs: readonly N[]; takes: readonly N[] },
  given: { readonly [K in N]?: unknown },
): Problem[] {
  return names.flatMap((path) => {
    const isThere = given[path] !== undefined;
    if (!isThere && needs.includes(path)) return [{ path, expected: `is missing. Backup of ${noun} needs it` }];
    if (!isThere || needs.includes(path) || takes.includes(path)) return [];
    return [{ path, expected: `is no argument for ${noun}. Remove it` }];
  });
}
