import { denySettingsRemoved, type Verdict } from "../../provider/rules/index.js";
import { at, listOf, type Value } from "../values.js";
import type { DependencyChange } from "./change.js";
import { vaultIn } from "./reading.js";

/** What a deployment stack denies to others. https://learn.microsoft.com/rest/api/resources/deployment-stacks */
export function judgeDenySettings({ old, wanted, known, context, judge }: DependencyChange): Verdict[] {
  const [before, after] = [old, wanted].map((reading) => reading.value("settings"));
  const isWeakerForAll = isWeaker(before, after);
  const concerned = listOf(wanted.value("resources")).flatMap((resource) => {
    const vault = vaultIn(at(resource, "id"));
    if (!vault || context.deleted.has(vault.id.toLowerCase())) return [];
    const was = at(resource, "before");
    const is = at(resource, "after");
    const isLess = is !== undefined && rankOf(is) < rankOf(was);
    // Where nothing was denied, nothing less is.
    return isLess || (isWeakerForAll && rankOf(was ?? at(before, "mode")) > 0) ? [vault] : [];
  });
  const vaults = [...new Map(concerned.map((vault) => [vault.id.toLowerCase(), vault])).values()];
  return judge(denySettingsRemoved, { value: vaults.map(known.named) });
}

/** How much is denied. What this version does not know counts as nothing. */
const rankOf = (mode: Value): number =>
  ["denydelete", "denywriteanddelete"].indexOf(String(mode?.toString()).toLowerCase()) + 1;

function isWeaker(before: Value, after: Value): boolean {
  if (rankOf(at(before, "mode")) === 0) return false;
  const isNarrower = at(before, "applyToChildScopes") === true && at(after, "applyToChildScopes") !== true;
  return (
    rankOf(at(after, "mode")) < rankOf(at(before, "mode")) ||
    isNarrower ||
    excluded.some((name) => hasMore(before, after, name))
  );
}

const excluded = ["excludedPrincipals", "excludedActions"];

function hasMore(before: Value, after: Value, name: string): boolean {
  const had = listOf(at(before, name)).map(String);
  return listOf(at(after, name)).some((each) => !had.includes(String(each)));
}
