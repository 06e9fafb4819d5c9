import { randomBytes } from "node:crypto";
import type { Context } from "../host/context.js";
import { perRun } from "../host/perRun.js";

/**
 * What parts of vaults and rights the program of this run has, and who of it. Several resources may have one thing: two
 * of one program, or one that was renamed in the program, which the engine creates under its new name before it deletes
 * it under the old one. The things of a run all pass through this process, so that who goes sees who stays.
 */
const run = perRun(() => ({
  coming: new Set<string>(),
  checked: new Set<string>(),
  there: new Set<string>(),
  holders: new Map<string, Set<string>>(),
}));

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
export function isWantedTwice(context: Context, what: string, isNew: boolean): boolean {
  const { coming, checked, there } = run(context);
  const isTwice = coming.has(what) || (isNew && there.has(what));
  (isNew ? coming : checked).add(what);
  return isTwice;
}

/** `diff` says that a resource of the program stays what it is. In a refresh no `check` went before. */
export function stays(context: Context, what: string, held: readonly string[], instance: unknown): void {
  const { checked, there } = run(context);
  if (!checked.delete(what)) return;
  there.add(what);
  for (const each of held) hold(context, each, instance);
}

/** A resource was created. From here on, whoever else has the same sees it among the holders. */
export function isThere(context: Context, what: string, held: readonly string[], instance: string): void {
  run(context).coming.delete(what);
  for (const each of held) hold(context, each, instance);
}

function hold(context: Context, held: string, instance: unknown): void {
  const { holders } = run(context);
  const all = holders.get(held) ?? new Set();
  holders.set(held, all.add(String(instance)));
}

/**
 * Whether the program still has it when a resource goes that the program no longer has. One that was recorded before there
 * were instances is none of those that the program has.
 */
export function isKept(context: Context, held: string, instance: unknown): boolean {
  const holders = run(context).holders.get(held);
  return holders !== undefined && (instance === undefined || !holders.has(String(instance)));
}
