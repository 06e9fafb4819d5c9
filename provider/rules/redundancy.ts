import type { StateMachine } from "./stateMachine.js";

const redundancies = ["LocallyRedundant", "ZoneRedundant", "GeoRedundant"];

/**
 * The redundancy of a vault of either kind: free under a condition, and else fixed.
 *
 * @param whenAbsent `unset`: Azure documents no default, so leaving it out is a change like any other
 */
export function redundancyFreeWhile(when: string, whenAbsent: "GeoRedundant" | "unset"): StateMachine {
  const states = [...new Set([...redundancies, whenAbsent])];
  const movesTo = (to: (state: string) => string[]) => Object.fromEntries(states.map((state) => [state, to(state)]));
  return {
    property: "redundancy",
    read: (vault) => vault.redundancy,
    whenAbsent,
    moves: movesTo(() => []),
    conditional: { when, moves: movesTo((state) => states.filter((each) => each !== state)) },
    terminalStates: [],
  };
}
