import { type Maybe, unknown } from "../vaults/ruleVault.js";
import type { VaultKind } from "../vaults/vaultId.js";
import type { VaultOf } from "./transition.js";

/** The states of one setting of a kind of vault, or of both kinds, and the moves that Azure allows between them. */
export interface StateMachine<K extends VaultKind = VaultKind> {
  /** The argument's path. */
  property: string;
  /** Where the normal form has it. @default `property` */
  path?: string;
  read: (vault: VaultOf<K>) => Maybe<string> | undefined;
  /** What Azure has where the setting is absent. */
  whenAbsent: string;
  moves: Moves;
  /** Further moves, that a rule allows under a condition. */
  conditional?: { when: string; moves: Moves };
  /** States that no allowed move leaves for good. */
  terminalStates: readonly string[];
}

/** What a state machine is but for how it is read. */
export type States = Omit<StateMachine, "read">;

export type Moves = Readonly<Record<string, readonly string[]>>;

/** `open`: a value is not known yet. `unrecognized`: the table does not have it, so it may be one of a newer Azure. */
export type Move = "same" | "allowed" | "forbidden" | "open" | "unrecognized";

export function stateOf<K extends VaultKind>(machine: StateMachine<K>, vault: VaultOf<K>): Maybe<string> {
  const value = machine.read(vault) ?? machine.whenAbsent;
  return value === unknown ? value : canonicalState(machine, value);
}

/** As the table spells it: the service was seen to answer `ON`. */
function canonicalState({ moves }: States, value: string): string {
  if (Object.hasOwn(moves, value)) return value;
  return Object.keys(moves).find((state) => state.toLowerCase() === value.toLowerCase()) ?? value;
}

export function isUnrecognized({ moves }: States, state: Maybe<string>): boolean {
  return state !== unknown && !Object.hasOwn(moves, state);
}

/** Whether Azure lets the setting go from one state to another. An unknown state stands for each state of the table. */
export function move(machine: States, from: Maybe<string>, to: Maybe<string>): Move {
  if (from !== unknown && from === to) return "same";
  if (isUnrecognized(machine, from) || isUnrecognized(machine, to)) return "unrecognized";
  const states = Object.keys(machine.moves);
  const sources = from === unknown ? states : [from];
  const targets = to === unknown ? states : [to];
  const isForbidden = (a: string, b: string) => a !== b && machine.moves[a]?.includes(b) !== true;
  if (!sources.some((a) => targets.some((b) => isForbidden(a, b)))) return "allowed";
  return from === unknown || to === unknown ? "open" : "forbidden";
}

/** The same machine with its conditions met. Made once for each machine: every judgement asks for it. */
export function relaxed<S extends States>(machine: S): S {
  const known = relaxedMachines.get(machine) as S | undefined;
  if (known) return known;
  const further = machine.conditional?.moves ?? {};
  const moves = Object.entries(machine.moves).map(([from, to]) => [from, [...to, ...(further[from] ?? [])]]);
  const made = { ...machine, moves: Object.fromEntries(moves) };
  relaxedMachines.set(machine, made);
  return made;
}

const relaxedMachines = new WeakMap<States, States>();
