import { randomBytes } from "node:crypto";
import type { Context } from "../../host/context.js";

/*
 * What parts of vaults and rights the program of this run has, and who of it. Several resources may have one thing: two
 * of one program, or one that was renamed in the program, which the engine creates under its new name before it deletes
 * it under the old one. The things of a run all pass through this process, so that who goes sees who stays.
 */

/** Tells resources apart that have the same id at Azure. In state, among the outputs. */
export const newInstance = (): string => randomBytes(4).toString("hex");

/**
 * `check` has come to a resource that wants this.
 *
 * The engine does not say which resource it is, and checks one that is replaced twice: first with its old inputs, then
 * as a new one. So one with old inputs counts only once `diff` says that it stays.
 *
 * @returns whether another resource of this program wants it too
 */
export function isWantedTwice({ run }: Context, what: string, isNew: boolean): boolean {
  const { wanted, checked, present } = run.things;
  const isTwice = wanted.has(what) || (isNew && present.has(what));
  (isNew ? wanted : checked).add(what);
  return isTwice;
}

/** `diff` says that a resource of the program stays what it is. In a refresh no `check` went before. */
export function stays({ run }: Context, what: string, held: readonly string[], instance: unknown): void {
  const { checked, present } = run.things;
  if (!checked.delete(what)) return;
  present.add(what);
  for (const each of held) hold(run, each, instance);
}

/** A resource was created. From here on, whoever else has the same sees it among the holders. */
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
 * Whether the program still has it when a resource goes that the program no longer has. One that was recorded before there
 * were instances is none of those that the program has.
 */
export function isKept({ run }: Context, held: string, instance: unknown): boolean {
  const holders = run.things.holders.get(held);
  return holders !== undefined && (instance === undefined || !holders.has(String(instance)));
}
