import { randomBytes } from "node:crypto";
import type { Context } from "../../host/context.js";
import { isSameId } from "../../instances/armId.js";

/*
 * Which resources of this run's program hold which parts of vaults and which access. Several resources may hold the same
 * thing: two of one program, or one that was renamed, which the engine creates under its new name before it deletes the old
 * one. One process serves the whole run, so a resource that is deleted can see what other resources still hold.
 */

/** Distinguishes resources with the same ID in Azure. Recorded in state among the outputs. */
export const newInstance = (): string => randomBytes(4).toString("hex");

/**
 * Records in `check` that a resource wants this.
 *
 * The engine does not say which resource it is, and checks a replaced one twice: first with its old inputs, then as a new
 * one. So a resource with old inputs counts only when `diff` says that it stays.
 *
 * @returns whether another resource of this program wants it too
 */
export function isWantedTwice({ run }: Context, what: string, isNew: boolean): boolean {
  const { wanted, checked, present } = run.things;
  const isTwice = wanted.has(what) || (isNew && present.has(what));
  (isNew ? wanted : checked).add(what);
  return isTwice;
}

/**
 * Records in `check` where a resource wants something that all have to want in the same place.
 *
 * @returns where another resource of this program wants it
 */
export function wantedElsewhere({ run }: Context, what: string, where: string, isNew: boolean): string | undefined {
  const { wanted, checked, present } = run.things;
  const begin = placed(what, "");
  const others = [...wanted, ...(isNew ? present : [])].filter((each) => each.startsWith(begin));
  const places = others.map((each) => each.slice(begin.length));
  (isNew ? wanted : checked).add(placed(what, where));
  return places.find((place) => !isSameId(place, where));
}

/** What `stays` is told of it. */
export const placed = (what: string, where: string): string => `${what} in ${where}`;

/** Records in `diff` that a resource of the program stays. In a refresh, no `check` comes first. */
export function stays({ run }: Context, what: string, held: readonly string[], instance: unknown): void {
  const { checked, present } = run.things;
  if (!checked.delete(what)) return;
  present.add(what);
  for (const each of held) hold(run, each, instance);
}

/** Records that a resource was created, so that others with the same thing see it among the holders. */
export function isThere({ run }: Context, what: string, held: readonly string[], instance: string): void {
  run.things.wanted.delete(what);
  for (const each of held) hold(run, each, instance);
}

function hold(run: Context["run"], held: string, instance: unknown): void {
  const { holders } = run.things;
  const all = holders.get(held) ?? new Set();
  holders.set(held, all.add(String(instance)));
}

/**
 * Whether another resource of the program still holds it when this one is deleted. A resource that an earlier version
 * recorded without an instance is not one that the program still has.
 */
export function isKept({ run }: Context, held: string, instance: unknown): boolean {
  const holders = run.things.holders.get(held);
  return holders !== undefined && (instance === undefined || !holders.has(String(instance)));
}
