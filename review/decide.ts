import { evaluateWithFacts, type FactName, type Transition, type Verdict } from "../provider/rules/index.js";
import type { Vault } from "../provider/vaults/ruleVault.js";
import type { About, Live } from "./live.js";

/** Judges, and has somebody who can ask Azure read what the verdicts ask for. */
export async function evaluate(
  transition: Transition,
  { id, body, live, accept = [] }: { id?: string; body?: object; live?: Live; accept?: string[] },
): Promise<Verdict[]> {
  const about: About = {
    kind: transition.resource,
    body,
    ...(id !== undefined && { id }),
    before: keyOf(transition.before),
    after: keyOf(transition.after),
  };
  const load = live && ((names: FactName[]) => live.facts(about, names));
  return (await evaluateWithFacts(transition, accept, load)).verdicts;
}

function keyOf(vault: Vault | undefined): About["before"] {
  const { keyUri, identity } = vault?.encryption ?? {};
  return {
    ...(typeof keyUri === "string" && { keyUri }),
    ...(typeof identity === "string" && { identity }),
  };
}
