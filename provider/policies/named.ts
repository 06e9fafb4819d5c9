import { childIdOf } from "../vaults/childId.js";
import { isUnknown, unknownSentinel } from "../vaults/unknowns.js";
import { type Fields, type Problem, parseFields } from "../vaults/values.js";

type Named = { vault: string; policyName: string; policyId: string };

export interface ParsedPolicy<I> {
  inputs: I;
  /** What is wrong with it, whatever Azure has. */
  problems: Problem[];
  /** What Azure does not take any more. Azure keeps an older policy as it is, and so does a program that has it so. */
  limits: Problem[];
}

/**
 * The arguments of a policy in a vault of either kind, with its ID. A name that differs only in case keeps its old spelling.
 *
 * @param olds the inputs of the existing policy
 */
export function parseNamed<I extends Named>(
  policyArguments: object,
  { policyId: _, ...given }: Record<string, unknown>,
  olds: Partial<I>,
  problems: Problem[],
): I {
  const inputs = parseFields(policyArguments as Fields, given, "", problems) as I;
  for (const name of ["vault", "policyName"] as const) {
    const before = olds[name];
    if (before?.toLowerCase() === inputs[name].toLowerCase()) inputs[name] = before as I[typeof name];
  }
  const { vault, policyName } = inputs;
  const isOpen = isUnknown(vault) || isUnknown(policyName);
  return { ...inputs, policyId: isOpen ? unknownSentinel : childIdOf(vault, "backupPolicies", policyName) };
}
