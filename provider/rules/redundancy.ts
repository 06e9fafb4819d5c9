import type { StateMachine } from "./stateMachine.js";

const anyOther = {
  LocallyRedundant: ["ZoneRedundant", "GeoRedundant", "unset"],
  ZoneRedundant: ["LocallyRedundant", "GeoRedundant", "unset"],
  GeoRedundant: ["LocallyRedundant", "ZoneRedundant", "unset"],
  unset: ["LocallyRedundant", "ZoneRedundant", "GeoRedundant"],
};

/** The redundancy of a vault of either kind: free under a condition, and else fixed. */
export const redundancyFreeWhile = (when: string): StateMachine => ({
  property: "redundancy",
  read: (vault) => vault.redundancy,
  // Azure documents no default for the REST API, so leaving it out is a change like any other.
  whenAbsent: "unset",
  moves: { LocallyRedundant: [], ZoneRedundant: [], GeoRedundant: [], unset: [] },
  conditional: { when, moves: anyOther },
  noWayBack: [],
});
