import { unknown } from "../../provider/vaults/ruleVault.js";
import type { PlannedChange, State } from "../changes/plannedChange.js";
import { at, toValue, type Value } from "../values.js";
import type { DependencyKind, Subject } from "./adapters.js";
import { bodyFrom } from "./armBody.js";
import { armTypeOf, dependencyTypes, isAboutBackups } from "./dependencies.js";

/** A resource of azapi that sets a part of one that is there already. Without it, that stays as it is. */
export const isAzapiUpdate = (type: string): boolean => /^azapi(_|:index\/)update_?resource(:|$)/i.test(type);

/**
 * What such a resource changes of something that vaults depend on, if the preview does not show what it was before: only
 * what the resource itself has set. Undefined if it is judged, or if it is about something else.
 * https://registry.terraform.io/providers/Azure/azapi/latest/docs/resources/update_resource
 */
export function azapiUpdate(change: Pick<PlannedChange, "type" | "old" | "new">): Subject | undefined {
  if (!isAzapiUpdate(change.type)) return undefined;
  const { old, new: wanted } = change;
  const armType = (armTypeOf(change) ?? "").toLowerCase();
  const kind = dependencyTypes.get(armType)?.kind;
  if (kind ? !wanted || unimportant.includes(kind) : !isAboutBackups(armType) || vaults.includes(armType))
    return undefined;
  if (kind && old && isShown(old, wanted as State)) return undefined;
  const why = kind
    ? `It updates a resource of the type ${armTypeOf(change)}, and the preview does not show what that was before.`
    : `This version cannot check updates of ${armTypeOf(change)}.`;
  return { is: "unsupported", provider: "azapi", why, without: ["delete"] };
}

/** These are judged with the live vault. */
const vaults = ["microsoft.dataprotection/backupvaults", "microsoft.recoveryservices/vaults"];

/** An update of these takes nothing from a vault. */
const unimportant: readonly DependencyKind[] = [
  "resourceGroup",
  "container",
  "replicatedItem",
  "identity",
  "roleAssignment",
];

/** Whether it sets nothing that it has not set before, on the same resource. */
function isShown(old: State, wanted: State): boolean {
  const [before, after] = [old, wanted].map(({ inputs }) => toValue(inputs)) as [Value, Value];
  const isMoved = ["resource_id", "resourceId", "parent_id", "parentId", "name"].some(
    (name) => at(before, name) !== at(after, name) || at(after, name) === unknown,
  );
  return !isMoved && covers(bodyFrom(at(before, "body")), bodyFrom(at(after, "body")));
}

function covers(before: Value, after: Value): boolean {
  if (before === undefined || before === null) return after === undefined || after === null;
  if (!isObject(before) || !isObject(after)) return true;
  return Object.entries(after).every(([name, value]) => name === "tags" || covers(at(before, name), value));
}

const isObject = (value: Value): value is { [name: string]: Value } =>
  typeof value === "object" && value !== null && !Array.isArray(value);
