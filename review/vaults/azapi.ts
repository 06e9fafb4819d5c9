import { textAt } from "../../provider/vaults/body.js";
import { unknown } from "../../provider/vaults/ruleVault.js";
import { unknownSentinel } from "../../provider/vaults/unknowns.js";
import type { PlannedChange, State } from "../changes/plannedChange.js";
import { at, toValue, type Value } from "../values.js";
import { everyAction, type Subject } from "./adapters.js";
import { type ArmForm, addedBody, armSubject, bodyFrom, subjectOfForms } from "./armBody.js";
import { isAboutBackups, isSource, kindOfArmType } from "./dependencies.js";

/**
 * The azapi provider sends the program's own body to Resource Manager. Terraform and Pulumi spell its arguments differently.
 * https://registry.terraform.io/providers/Azure/azapi/latest/docs/resources/resource
 */
export function azapiSubject({
  type,
  old,
  new: wanted,
}: Pick<PlannedChange, "type" | "old" | "new">): Subject | undefined {
  const [, terraform, pulumi] = /^(?:azapi_(\w+)|azapi:index\/(\w+):\w+)$/.exec(type) ?? [];
  const name = terraform?.replace(/_(\w)/g, (_, letter: string) => letter.toUpperCase()) ?? pulumi;
  if (name === undefined) return undefined;
  const forms = [old, wanted].flatMap((state) => (state ? formOf(toValue(state.inputs)) : []));
  const isOpaque = [old, wanted].some((state) => state && hasHiddenBody(toValue(state.inputs)));
  if (name !== "resource" && name !== "updateResource") {
    const concerned = [wanted, old].flatMap((state) => (state ? concernedBy(toValue(state.inputs)) : []))[0];
    const why = `This version does not know what ${type} does to ${concerned}.`;
    const when = at(toValue((wanted ?? old)?.inputs ?? {}), "when");
    if (concerned === undefined) return undefined;
    const without = name === "resourceAction" ? idleAt(when) : [];
    return { ...unsupported(why), without, ...(isSource(kindOfArmType(concerned)) && { ifBackedUp: everyAction }) };
  }
  return subjectOfForms(forms, "azapi", (form) => {
    const subject = name === "resource" ? armSubject(form) : addedBody(form, targetOf);
    return subject && isOpaque ? unsupported("The plan does not show its `sensitive_body`.") : subject;
  });
}

const unsupported = (why: string) => ({ is: "unsupported", provider: "azapi", why }) as const;

/**
 * When an action is not performed.
 * https://registry.terraform.io/providers/Azure/azapi/latest/docs/resources/resource_action#when-1
 */
function idleAt(when: Value): PlannedChange["action"][] {
  if (when === undefined || when === null || when === "apply") return ["delete"];
  return when === "destroy" ? ["create", "update"] : [];
}

/** What an action or a request to a data plane is about, if it is a vault, a part of one, or what vaults depend on. */
function concernedBy(values: Value): string | undefined {
  if (/^(GET|HEAD)$/i.test(String(at(values, "method")?.toString()))) return undefined;
  const { armType } = formOf(values);
  if (armType === "") return "a resource whose type the preview does not show";
  // https://learn.microsoft.com/rest/api/subscription/subscription/cancel
  const action = at(values, "action");
  if (/\/subscriptions$/i.test(armType) && (action === unknown || /cancel$/i.test(String(action)))) return armType;
  const kind = kindOfArmType(armType);
  // Keys and the like are only read with POST, too.
  if (isSource(kind) && /^list/i.test(String(action?.toString()))) return undefined;
  return isAboutBackups(armType) || kind ? armType : undefined;
}

const hasHiddenBody = (values: Value) =>
  (argument(values, "sensitive_body") ?? argument(values, "sensitive_body_version")) !== undefined;

const argument = (values: Value, name: string): Value =>
  at(values, name) ??
  at(
    values,
    name.replace(/_(\w)/g, (_, letter: string) => letter.toUpperCase()),
  );

function formOf(values: Value): ArmForm {
  const type = at(values, "type");
  const [armType = "", apiVersion = ""] = typeof type === "string" ? type.split("@") : [];
  return {
    provider: "azapi",
    armType,
    apiVersion,
    body: bodyOf,
    parentId: (all) => argument(all, "parent_id") ?? unknown,
    names: (all) => ({ vaultName: textAt(all, "name"), resourceGroupName: groupIn(argument(all, "parent_id")) }),
    response: (all) => bodyFrom(at(all, "output")),
    property: (name) => properties[name] ?? name,
  };
}

const properties: Record<string, string> = {
  name: "vaultName",
  parent_id: "resourceGroupName",
  parentId: "resourceGroupName",
};

/** The location and the identity can be in the body or beside it. */
function bodyOf(values: Value): Value {
  const body = bodyFrom(at(values, "body"));
  if (body === unknown) return body;
  const location = at(values, "location");
  const identity = at(values, "identity") ?? at(values, "identities");
  const first = Array.isArray(identity) ? identity[0] : identity;
  const inArm =
    first === undefined || first === null || first === unknown
      ? first
      : { type: at(first, "type"), userAssignedIdentities: argument(first, "identity_ids") };
  return {
    ...Object(body),
    ...(location !== undefined && { location }),
    ...(inArm !== undefined && inArm !== null && { identity: inArm }),
  };
}

/**
 * A change of a resource that the provider has imported, or moved from another type, without reading it: what was in its body is
 * unknown, and not absent. A program that sets no body leaves the state without one, too, and then there is nothing to compare.
 */
export function withUnreadBody(change: PlannedChange): PlannedChange {
  const { type, old, new: wanted } = change;
  if (!old || !/^(azapi_resource|azapi:index\/resource:Resource)$/.test(type)) return change;
  const hasBody = ({ inputs, outputs }: State) => (inputs.body ?? outputs.body ?? undefined) !== undefined;
  if (hasBody(old) || (wanted && !hasBody(wanted))) return change;
  // The program did not set it, so its arguments stay as they are.
  return { ...change, old: { ...old, outputs: { ...old.outputs, body: unread } } };
}

const unread = { identity: unknownSentinel, properties: unknownSentinel, sku: unknownSentinel };

/** From `/subscriptions/{subscription}/resourceGroups/{group}`. */
const groupIn = (parent: Value): Value =>
  typeof parent === "string" ? /^\/subscriptions\/[^/]+\/resourceGroups\/([^/]+)$/i.exec(parent)?.[1] : parent;

/** The resource that an `azapi_update_resource` updates. */
function targetOf(values: Value): Value {
  const id = argument(values, "resource_id");
  if (id !== undefined) return id;
  const [parent, name] = [argument(values, "parent_id"), at(values, "name")];
  if (typeof parent !== "string" || typeof name !== "string") return unknown;
  return `${parent}/providers/${String(at(values, "type")).split("@")[0]}/${name}`;
}
