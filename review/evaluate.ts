import { evaluateWithFacts, type FactName, type Transition, type Verdict } from "../provider/rules/index.js";
import type { Vault } from "../provider/vaults/ruleVault.js";
import type { FactQuery, Live } from "./live.js";

/**
 * Judges a transition, reading the facts that the verdicts need if `live` is given.
 *
 * @param accept the refusals that the program overrides. Absent: the resource has no argument for it
 */
export async function evaluate(
  transition: Transition,
  { id, body, live, accept }: { id?: string; body?: object; live?: Live; accept?: string[] | undefined },
): Promise<Verdict[]> {
  const about = (): FactQuery => ({
    kind: transition.resource,
    body,
    ...(id !== undefined && { id }),
    before: keyOf(transition.before),
    after: keyOf(transition.after),
  });
  const load = live && ((names: FactName[]) => live.facts(about(), names));
  const { verdicts } = await evaluateWithFacts(transition, accept ?? [], load);
  return accept ? verdicts : verdicts.map((verdict) => ({ ...verdict, overridable: false }));
}

function keyOf(vault: Vault | undefined): FactQuery["before"] {
  const { keyUri, identity } = vault?.encryption ?? {};
  return {
    ...(typeof keyUri === "string" && { keyUri }),
    ...(typeof identity === "string" && { identity }),
  };
}
