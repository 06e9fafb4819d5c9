import {
  applyAccept,
  type FactName,
  type Facts,
  judge,
  type Transition,
  type Verdict,
} from "../provider/rules/index.js";
import type { Vault } from "../provider/vaults/ruleVault.js";
import type { About, Live } from "./live.js";

/** Judges, reads what the verdicts ask for, and judges again. */
export async function evaluate(
  transition: Transition,
  { id, body, live, accept = [] }: { id?: string; body?: object; live?: Live; accept?: string[] },
): Promise<Verdict[]> {
  let facts: Facts = transition.facts ?? {};
  for (;;) {
    const verdicts = judge({ ...transition, facts });
    const asked = new Set(verdicts.flatMap((verdict) => verdict.needs ?? []));
    const missing = [...asked].filter((name): name is FactName => name !== "vault" && facts[name] === undefined);
    if (missing.length === 0 || !live) return applyAccept(verdicts, accept);
    const about: About = {
      kind: transition.resource,
      body,
      ...(id !== undefined && { id }),
      before: keyOf(transition.before),
      after: keyOf(transition.after),
    };
    const unread = Object.fromEntries(missing.map((name) => [name, { unreadable: "nobody could read it." }]));
    facts = { ...facts, ...unread, ...(await live.facts(about, missing)) };
  }
}

function keyOf(vault: Vault | undefined): About["before"] {
  const { keyUri, identity } = vault?.encryption ?? {};
  return {
    ...(typeof keyUri === "string" && { keyUri }),
    ...(typeof identity === "string" && { identity }),
  };
}
