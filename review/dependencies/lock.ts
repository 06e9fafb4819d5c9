import { type Maybe, unknown } from "../../provider/vaults/ruleVault.js";
import type { State } from "../changes/plannedChange.js";
import { readingOf, sameId } from "./reading.js";

/** Where a lock is, and whether it prevents deletions. */
export interface Lock {
  scope: Maybe<string> | undefined;
  isEffective: boolean;
  level: Maybe<string> | undefined;
}

/** Undefined: the program or preview does not say it, as of an update that leaves it as it is. */
export const levelIn = (state: State | undefined): Maybe<string> | undefined =>
  readingOf(state, false).text("lockLevel", "level", "properties.level");

/** What says where it is, besides its ID. Those of azapi are spelled differently in Terraform and in Pulumi. */
const places = [
  ...["scope", "parentId", "parent_id", "parentResourcePath"],
  ...["resourceGroupName", "resourceProviderNamespace", "resourceType", "resourceName"],
];

/** @param before where it is, if what it becomes does not say that because it stays there */
export function lockIn(state: State | undefined, before?: State): Lock | undefined {
  if (!state) return undefined;
  const reading = readingOf(state, false);
  const level = levelIn(state) ?? levelIn(before);
  const isEffective = level !== unknown && (level === undefined || /^(CanNotDelete|ReadOnly)$/i.test(level));
  const [, fromId] = /^(.*)\/providers\/Microsoft\.Authorization\/locks\/[^/]+$/i.exec(state.id ?? "") ?? [];
  const given = reading.text("scope", "parentId", "parent_id");
  if (fromId || given !== undefined) return { scope: fromId || given, isEffective, level };
  const isThere = before && places.every((name) => isSame(reading.value(name), readingOf(before, false).value(name)));
  return { scope: isThere ? lockIn(before)?.scope : undefined, isEffective, level };
}

const isSame = (a: unknown, b: unknown): boolean => a !== unknown && (a === b || sameId(a, b));
