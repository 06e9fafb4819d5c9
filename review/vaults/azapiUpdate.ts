import { unknown } from "../../provider/vaults/ruleVault.js";
import type { PlannedChange, State } from "../changes/plannedChange.js";
import { isOfArm, type Provider } from "../report.js";
import { at, containsUnknown, toValue, type Value } from "../values.js";
import { type DependencyKind, everyAction, type Subject } from "./adapters.js";
import { bodyFrom } from "./armBody.js";
import { armTypeOf, isAboutBackups, isSource, kindOfArmType } from "./dependencies.js";

/** A resource of azapi that sets a part of one that is there already. Without it, that stays as it is. */
export const isAzapiUpdate = (type: string): boolean => /^azapi(_|:index\/)update_?resource(:|$)/i.test(type);

/** Azure is sent the whole resource: what the program leaves out of it, an update takes away. */
export const isWrittenWhole = (provider: Provider, type: string): boolean => isOfArm(provider) && !isAzapiUpdate(type);

/**
 * An update of something that vaults depend on, if the preview does not show all of it: of what an `azapi_update_resource`
 * updates, it shows only what the resource itself has set before, and of a `sensitive_body` only whether it changes.
 * Undefined if it is judged, or if it is about something else.
 * https://registry.terraform.io/providers/Azure/azapi/latest/docs/resources/update_resource
 */
export function azapiUpdate(change: Pick<PlannedChange, "type" | "old" | "new">): Subject | undefined {
  const { type, old, new: wanted } = change;
  if (!type.startsWith("azapi")) return undefined;
  const armType = armTypeOf(change) ?? "";
  const kind = kindOfArmType(armType);
  const unseen = (why: string): Subject => ({
    ...{ is: "unsupported", provider: "azapi", why, without: ["delete"] },
    ...(isSource(kind) && { ifBackedUp: everyAction }),
  });
  if (kind && (!wanted || unimportant.includes(kind))) return undefined;
  const changesSource = changesAccount(type, kind);
  if (kind && (old || changesSource) && hiddenVersion(old) !== hiddenVersion(wanted))
    return unseen("The preview does not show its `sensitive_body`.");
  if (!isAzapiUpdate(type) || changesSource) return undefined;
  if (!kind) {
    const isOther = !isAboutBackups(armType) || vaults.includes(armType.toLowerCase());
    return isOther ? undefined : unseen(`This version cannot check updates of ${armType}.`);
  }
  if (old && isShown(old, wanted as State)) return undefined;
  if (kind === "clusterExtension" && !mayMoveBackups(wanted as State)) return undefined;
  return unseen(`It updates a resource of the type ${armType}, and the preview does not show what that was before.`);
}

/** What adds nothing but changes the storage account that it is in, or is: its creation is judged as its update is. */
export const changesAccount = (type: string, kind: DependencyKind | undefined): boolean =>
  kind === "storageService" ||
  kind === "lifecyclePolicy" ||
  kind === "networkRules" ||
  (kind === "storageAccount" && isAzapiUpdate(type));

const hiddenVersion = (state: State | undefined): string | undefined => {
  const { sensitive_body_version: terraform, sensitiveBodyVersion: pulumi } = state?.inputs ?? {};
  return JSON.stringify(terraform ?? pulumi);
};

/** These are judged with the live vault. */
const vaults = ["microsoft.dataprotection/backupvaults", "microsoft.recoveryservices/vaults"];

/** An update of these takes nothing from a vault. */
const unimportant: readonly DependencyKind[] = [
  "resourceGroup",
  "container",
  "replicatedItem",
  "identity",
  "roleAssignment",
  "fileShare",
  "blobContainer",
];

/** Whether it sets nothing that it has not set before, on the same resource. */
function isShown(old: State, wanted: State): boolean {
  const [before, after] = [old, wanted].map(({ inputs }) => toValue(inputs)) as [Value, Value];
  const isMoved = ["resource_id", "resourceId", "parent_id", "parentId", "name"].some(
    (name) => at(before, name) !== at(after, name) || at(after, name) === unknown,
  );
  return !isMoved && covers(bodyFrom(at(before, "body")), bodyFrom(at(after, "body")));
}

/** Of the extensions of a cluster, only the one for backups has a storage location. */
function mayMoveBackups({ inputs }: State): boolean {
  const body = bodyFrom(toValue(inputs.body));
  return containsUnknown(body) || JSON.stringify(body ?? null).includes("backupStorageLocation");
}

function covers(before: Value, after: Value): boolean {
  if (before === undefined || before === null) return after === undefined || after === null;
  if (!isObject(before) || !isObject(after)) return true;
  return Object.entries(after).every(([name, value]) => name === "tags" || covers(at(before, name), value));
}

const isObject = (value: Value): value is { [name: string]: Value } =>
  typeof value === "object" && value !== null && !Array.isArray(value);
