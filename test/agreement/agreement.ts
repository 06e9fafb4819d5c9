import { azureAnswer, ourAnswer, patchAnswer, rulesAnswer, writtenAllTheSame } from "./answers.js";
import type { BothSides } from "./bothSides.js";
import { differencesOf } from "./differences.js";
import { existingVault, type Holding } from "./existingVault.js";
import type { ProgramVault } from "./programVault.js";

export interface Pair {
  from: string;
  to: string;
  /** Absent: the vault is created. */
  before?: ProgramVault;
  /** Absent: the vault is deleted. */
  after?: ProgramVault;
  holds?: Holding;
  /** What else is done to the vault that is there, before anybody is asked. */
  arrange?: (id: string) => void;
  /** Given: our rules alone are asked, for what no argument can say or for a version that we do not use. */
  apiVersion?: string;
  vaultName?: string;
}

export interface Judged {
  pair: Pair;
  ours: string[];
  azures: string[];
  isLate: boolean;
  warnedOf: string[];
}

/** Asks both sides, each on a vault of its own in the same state. */
export async function judged(sides: BothSides, pair: Pair): Promise<Judged> {
  const { before, after, holds = "nothing", apiVersion, arrange, vaultName } = pair;
  const ids: string[] = [];
  const made = () => {
    const id = vaultName === undefined ? sides.freshId() : sides.idOf(vaultName);
    ids.push(id);
    if (before) existingVault(sides, id, before, holds);
    arrange?.(id);
    return id;
  };
  const [mine, theirs] = [made(), made()];
  const ours = apiVersion
    ? await rulesAnswer(sides, mine, apiVersion, before, after)
    : await ourAnswer(sides, mine, before, after);
  // Two vaults cannot have one name: ours goes before somebody else's is made.
  if (vaultName && sides.emulator.vault(mine)) sides.emulator.setVault(mine, undefined);
  const azures = await azureAnswer(sides, theirs, after, apiVersion);
  const patched = before && after && (await patchAnswer(sides, made(), before, after, apiVersion));
  const said = [...azures.refusedBy];
  if (patched && patched.refusedBy.join() !== said.join()) said.push(`by PATCH ${patched.refusedBy.join() || "taken"}`);
  if (!apiVersion && !vaultName && ours.refusedBy.length + said.length === 0) {
    said.push(...differencesOf(sides.emulator.vault(mine), sides.emulator.vault(theirs)));
  }
  // Each plan lists all vaults of the group.
  for (const id of ids) if (sides.emulator.vault(id)) sides.emulator.setVault(id, undefined);
  return { pair, ours: ours.refusedBy, azures: said, isLate: ours.isLate === true, warnedOf: ours.warnedOf ?? [] };
}

/**
 * Where both sides agree: both make the change, or both refuse it and what Azure names is among what we name. Azure
 * names the first thing that it dislikes, we name all.
 */
export const isAgreed = ({ ours, azures }: Judged): boolean =>
  azures.length === 0
    ? ours.length === 0
    : !ours.includes(writtenAllTheSame) && azures.every((code) => isAmong(code, ours));

/** Some of Azure's codes stand for several rules. */
export const isAmong = (code: string, rules: readonly string[]) =>
  code.split(" or ").some((rule) => rules.includes(rule));

/** A few at a time: each one waits for Azure now and then. */
export async function allJudged(sides: BothSides, pairs: readonly Pair[]): Promise<Judged[]> {
  const results: Judged[] = [];
  for (let at = 0; at < pairs.length; at += 8) {
    results.push(...(await Promise.all(pairs.slice(at, at + 8).map((pair) => judged(sides, pair)))));
  }
  return results;
}

export type States = Readonly<Record<string, ProgramVault>>;

type Circumstances = Omit<Pair, "from" | "to" | "before" | "after">;

/** Each state to each one of the others. */
export function pairsOf(from: States, to: States, more: Circumstances = {}): Pair[] {
  return Object.entries(from).flatMap(([from, before]) =>
    Object.entries(to).map(([to, after]) => ({ ...more, from, to, before, after })),
  );
}

/** Each state as a new vault's first. */
export function creationsOf(states: States, more: Circumstances = {}): Pair[] {
  return Object.entries(states).map(([to, after]) => ({ ...more, from: "new vault", to, after, holds: "nothing" }));
}

/** The whole from x to product: every state to every state, and each one as a new vault's first. */
export function productOf(states: States, more: Circumstances = {}): Pair[] {
  return [...creationsOf(states, more), ...pairsOf(states, states, more)];
}
