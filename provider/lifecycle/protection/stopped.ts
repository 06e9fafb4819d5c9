import { isUnknown } from "../../vaults/unknowns.js";
import type { WayKept } from "./wording.js";

/** How the protection of a source is, whatever Azure calls its states. */
export type StateKind = "protected" | "stopped" | "suspended" | "moving" | "failed";

interface Declared {
  protection?: "protect" | WayKept;
}

const reached = { stopProtectionRetainData: "stopped", suspend: "suspended" } as const satisfies Record<
  WayKept,
  StateKind
>;

/** The state in which a program keeps it. */
export const wantedState = (inputs: Declared): StateKind => {
  const way = wayStopped(inputs);
  return way === undefined ? "protected" : reached[way];
};

/** How a program keeps the backups of what it does not back up. Undefined: it is backed up, or that is not known yet. */
export const wayStopped = ({ protection = "protect" }: Declared): WayKept | undefined =>
  protection === "protect" || isUnknown(protection) ? undefined : protection;

export const isStopped = (state: StateKind | undefined): boolean => state === "stopped" || state === "suspended";

/** What an import says of one in this state. */
export const wayOf = (state: StateKind | undefined): WayKept | undefined =>
  (Object.keys(reached) as WayKept[]).find((way) => reached[way] === state);
