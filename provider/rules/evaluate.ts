import type { FactName, Facts } from "./facts.js";
import { applyAccept, judge } from "./judge.js";
import type { Transition } from "./transition.js";
import type { Verdict } from "./verdict.js";

export interface Evaluated {
  verdicts: Verdict[];
  /** What was read for them. */
  facts: Facts;
}

/**
 * Judge, read what is needed, judge again: a fact is read only when a verdict asks for it.
 *
 * @param accept the codes that the program overrides
 * @param load reads facts; what cannot be read says why. Left out: nobody can read any, and what depends on them stays undecided
 */
export async function evaluateWithFacts(
  transition: Transition,
  accept: readonly string[],
  load?: (names: FactName[]) => Promise<Facts>,
): Promise<Evaluated> {
  let facts: Facts = transition.facts ?? {};
  for (;;) {
    const verdicts = judge({ ...transition, facts });
    const asked = new Set(verdicts.flatMap((verdict) => verdict.needs ?? []));
    // The vault itself is read before anything is judged.
    const missing = [...asked].filter((name): name is FactName => name !== "vault" && facts[name] === undefined);
    if (missing.length === 0 || !load) return { verdicts: applyAccept(verdicts, [...accept]), facts };
    const unread = Object.fromEntries(missing.map((name) => [name, { unreadable: "nobody could read it." }]));
    facts = { ...facts, ...unread, ...(await load(missing)) };
  }
}
