import { unknown } from "../../provider/vaults/ruleVault.js";
import type { PlannedChange } from "../changes/plannedChange.js";
import { at, listOf, type Value } from "../values.js";
import { dependencyKindOf } from "../vaults/index.js";
import {
  type Access,
  accessIn,
  accessInList,
  objectIdIn,
  permissionsIn,
  permissionsOf,
  permitsAll,
  policiesIn,
} from "./access.js";
import { keyAddress, type Truth } from "./keyAddress.js";
import { isSameHidden, readingOf, sameId } from "./reading.js";
import { both, not } from "./truth.js";

const roleArguments = ["roleDefinitionId", "roleDefinitionName", "principalId", "scope"];

/** Whether an update makes it an assignment of another role, principal or scope. Not every provider replaces it for that. */
export function hasOtherRole(planned: PlannedChange): Truth {
  const { old, new: wanted } = planned;
  const [before, current, after] = [readingOf(old, false), readingOf(old, true), readingOf(wanted, false)];
  const truths = roleArguments.map((name): Truth => {
    const [had, is, has] = [before, current, after].map((reading) => reading.value(name, `properties.${name}`));
    if (had !== undefined) return isSameHidden(planned, had, has) ? "no" : isOther(had, has);
    // What the program had not set, Azure or the provider has, and perhaps nobody has read it.
    return is === undefined || has === undefined ? "no" : isOther(is, has);
  });
  return truths.includes("yes") ? "yes" : truths.includes("unknown") ? "unknown" : "no";
}

function isOther(had: Value, has: Value): Truth {
  if (had === unknown || has === unknown) return "unknown";
  return had === has || sameId(had, has) ? "no" : "yes";
}

export interface LostAccess {
  access: Access;
  /** Whether the principal loses permissions on keys that it needs. */
  permissions: Truth;
}

/** What access policies lose in an update: one that is a resource, or those in a key vault's list. */
export function lostAccess(planned: PlannedChange): LostAccess[] {
  const { old, new: wanted } = planned;
  const [before, after] = [readingOf(old, false), readingOf(wanted, false)];
  const current = readingOf(old, true);
  if (dependencyKindOf(planned) === "accessPolicy") {
    const had = objectIdIn(before);
    const has = objectIdIn(after);
    const isSame = had === undefined || has === undefined || isSameHidden(planned, had, has);
    const isOf: Truth = isSame ? "no" : isOther(had, has);
    const left: Value = isOf === "yes" ? [] : isOf === "unknown" ? unknown : permissionsOf(after);
    const changed = isOf === "no" ? before : current;
    return [{ access: accessIn(current, "accessPolicy"), permissions: lost(planned, permissionsOf(changed), left) }];
  }
  const had = policiesIn(before);
  const has = policiesIn(after);
  if (!had) return [];
  const place = keyAddress(current.id);
  return had.map((policy, index) => ({
    access: { ...accessInList(policy, place), gives: "yes" },
    permissions: isSameHidden(planned, policy, has?.[index])
      ? "no"
      : lost(planned, permissionsIn(policy), permissionsLeft(policy, has ?? [])),
  }));
}

/** What the list still permits to the principal of a policy. A policy of a principal that is not known yet may be its own. */
function permissionsLeft(policy: Value, list: readonly Value[]): Value {
  const of = (truth: Truth): Value[] =>
    list.flatMap((each) =>
      isOther(at(policy, "objectId"), at(each, "objectId")) === truth ? [permissionsIn(each)] : [],
    );
  const own = of("no");
  if (own.length > 0) return own.includes(unknown) ? unknown : own.flatMap((each) => listOf(each));
  return of("unknown").length > 0 ? unknown : [];
}

function lost(planned: PlannedChange, before: Value, after: Value): Truth {
  return isSameHidden(planned, before, after) ? "no" : both(permitsAll(before), not(permitsAll(after)));
}
