import { unknownSentinel } from "../../provider/vaults/unknowns.js";
import { deepest, isSecret, secretOf } from "../values.js";
import { azurermFeatures } from "./azurermFeatures.js";
import { computedArguments } from "./computedArguments.js";
import { endOfObject, PreviewError } from "./json.js";
import {
  type Diagnostic,
  fields,
  type IsWanted,
  missingArguments,
  type PlannedChange,
  type Preview,
  protectionAction,
  type Reader,
  type State,
} from "./plannedChange.js";

/**
 * Reads a plan as `terraform show -json <plan>` and `tofu show -json <plan>` write it.
 * https://developer.hashicorp.com/terraform/internals/json-format
 */
export function terraformReader(isWanted: IsWanted): Reader {
  const changes: PlannedChange[] = [];
  const errors: Diagnostic[] = [];
  let count = 0;
  let hasVersion = false;
  let isPlan = false;
  let isState = false;
  let documents = 0;
  const unknown = new Set<string>();
  const features = azurermFeatures();
  const computed = computedArguments();

  function keep(change: PlannedChange): void {
    count += 1;
    if (isWanted(change)) changes.push(change);
  }
  const parts: Record<string, (value: unknown) => void> = {
    format_version(value) {
      if (typeof value !== "string" || !/^1(\.\d+)?$/.test(value)) {
        throw new PreviewError(`Its format_version is ${JSON.stringify(value)}; this version knows version 1.`);
      }
      hasVersion = true;
    },
    planned_values() {
      isPlan = true;
    },
    "resource_changes[]"() {
      isPlan = true;
    },
    resource_changes(value) {
      const change = changeFrom(value);
      if (fields(value).mode === "data") return;
      features.note(change, value);
      computed.note(change, value);
      keep(change);
    },
    configuration(value) {
      features.read(value);
      computed.read(value);
    },
    // A later plan will show what this one could not work out.
    deferred_changes(value) {
      const { reason, resource_change } = fields(value);
      if (fields(resource_change).mode === "data") return;
      keep({
        ...changeFrom(resource_change),
        action: "unknown",
        unchecked: `Terraform deferred this change (${reason}) to a later plan.`,
      });
    },
    action_invocations: (value) => keep(protectionFrom(invocationFrom(value))),
    deferred_action_invocations(value) {
      keep(invocationFrom(fields(value).action_invocation));
    },
    errored(value) {
      if (value === true) errors.push(failed("The plan ended with errors."));
    },
    complete(value) {
      if (value === false) errors.push(failed(incomplete));
    },
    values() {
      isState = true;
    },
    lineage() {
      throw new PreviewError(`It is a state, not a plan. ${howToShow}`);
    },
    [endOfObject]() {
      documents += 1;
    },
    "@module"(value) {
      if (value === "terraform.ui" || value === "tofu.ui") {
        throw new PreviewError(`It is the log of \`terraform plan -json\`, which has no values. ${howToShow}`);
      }
    },
  };

  return {
    count: () => count,
    take(name, value) {
      if (Object.hasOwn(parts, name)) parts[name]?.(value);
      else if (!withoutChanges.includes(name) && isFilled(value)) unknown.add(name);
    },
    end(): Preview | undefined {
      if (!hasVersion) return undefined;
      if (documents > 1) throw new PreviewError("It has several documents. Review each plan on its own.");
      if (isState) throw new PreviewError(`It is a state, not a plan. ${howToShow}`);
      if (!isPlan) throw new PreviewError(`It is JSON of Terraform, but not a plan. ${howToShow}`);
      for (const name of unknown) errors.push(failed(unknownPart(name)));
      features.apply();
      computed.apply();
      return { tool: "terraform", changes, others: count - changes.length, errors, config: {} };
    },
  };
}

export const howToShow =
  "Use the output of `terraform show -json plan.tfplan`, after `terraform plan -out plan.tfplan`.";

/** Parts of a plan that apply nothing, as far as they are read. A refresh-only plan has no other changes than drift. */
const withoutChanges = ["resource_drift", "relevant_attributes", "checks"];

const isFilled = (value: unknown): boolean =>
  typeof value === "object" && value !== null && Object.keys(value).length > 0;

const unknownPart = (name: string): string =>
  `The plan has the part "${name}", which this version does not know, so not all changes may have been checked.`;

const failed = (message: string): Diagnostic => ({ severity: "error", message });

const incomplete =
  "The plan is not complete, because changes were deferred or because of an option such as `-target`. Review the next plan as well.";

/** @throws PreviewError if it is none in the format that this version knows */
function invocationFrom(value: unknown): PlannedChange {
  const { address, type, config_values, config_unknown, config_sensitive } = fields(value);
  if (typeof address !== "string" || typeof type !== "string")
    throw new PreviewError("An action has no address or type, so this version does not know the format.");
  const config = stateFrom(marked(config_values, config_unknown, config_sensitive), false);
  return {
    address,
    name: address,
    type,
    action: "unknown",
    operation: "action",
    isCreatedFirst: false,
    replaceReasons: [],
    unchecked: "It is an action, and this version does not know what it does.",
    ...(config && { new: config }),
  };
}

/** An action on a backup instance, as an update of it. */
function protectionFrom(invocation: PlannedChange): PlannedChange {
  const { unchecked: _, ...change } = invocation;
  const type = `action.${change.type}`;
  if (type !== protectionAction || !change.new) return invocation;
  const { backup_instance_id: id } = change.new.inputs;
  const isShown = typeof id === "string" && id.startsWith("/");
  const old = { ...(isShown && { id }), inputs: {}, outputs: {}, retainOnDelete: false };
  return { ...change, type, action: "update", old };
}

/** https://developer.hashicorp.com/terraform/internals/json-format#change-representation */
const actions: Record<string, PlannedChange["action"]> = {
  "no-op": "nothing",
  read: "nothing",
  create: "create",
  update: "update",
  delete: "delete",
  "delete,create": "replace",
  "create,delete": "replace",
  forget: "delete",
  "create,forget": "replace",
  "forget,create": "replace",
};

/** @throws PreviewError if it is none in the format that this version knows */
function changeFrom(value: unknown): PlannedChange {
  const { address, type, deposed, change } = fields(value);
  const {
    actions: planned,
    before,
    after,
    after_unknown,
    before_sensitive,
    after_sensitive,
    replace_paths,
    importing,
  } = fields(change);
  if (typeof address !== "string" || typeof type !== "string" || !Array.isArray(planned))
    throw new PreviewError(
      "A resource change has no address, type or actions, so this version does not know the format.",
    );
  const operation = planned.join(",");
  const isForgotten = planned.includes("forget");
  const action = Object.hasOwn(actions, operation) ? (actions[operation] ?? "unknown") : "unknown";
  const states = {
    old: stateFrom(marked(before, false, before_sensitive), isForgotten),
    new: stateFrom(marked(after, after_unknown, after_sensitive), false),
  };
  const unchecked = missingArguments({ action, ...states }, "terraform show -json");
  const whole = typeof deposed === "string" ? `${address} (deposed ${deposed})` : address;
  return {
    address: whole,
    name: whole,
    type,
    action,
    operation: importing && action !== "unknown" ? "import" : operation,
    ...(unchecked !== undefined && { unchecked }),
    // What is only deleted is deleted first as well, unless its state says otherwise, which a plan does not show.
    isCreatedFirst: planned[0] === "create",
    ...states,
    replaceReasons: [...new Set(Array.isArray(replace_paths) ? replace_paths.flatMap(argumentAt) : [])],
  };
}

/** The other elements of a path lead to a part of the argument. */
const argumentAt = (path: unknown): string[] => (Array.isArray(path) && typeof path[0] === "string" ? [path[0]] : []);

/** Terraform has one object for what the program sets and what the provider adds. */
function stateFrom(value: unknown, retainOnDelete: boolean): PlannedChange["old"] {
  if (value === null || value === undefined) return undefined;
  const values = isSecret(value) ? {} : fields(value);
  return { ...idIn(values), inputs: values, outputs: values, retainOnDelete };
}

/** The ID of a resource that has these values. */
export const idIn = ({ id }: Record<string, unknown>): Pick<State, "id"> =>
  typeof id === "string" && id !== "" && id !== unknownSentinel ? { id } : {};

/** The value with marks for what is unknown or sensitive, which a plan says in objects of the same shape. */
function marked(value: unknown, isUnknown: unknown, isSensitive: unknown, depth = 0): unknown {
  if (depth > deepest) return unknownSentinel;
  if (isSensitive === true) {
    return value === null && isUnknown !== true ? value : secretOf(marked(value, isUnknown, false, depth));
  }
  if (isUnknown === true) return unknownSentinel;
  if (Array.isArray(value) || Array.isArray(isUnknown)) {
    const length = Math.max(lengthOf(value), lengthOf(isUnknown));
    return Array.from({ length }, (_, index) =>
      marked(inside(value, index), inside(isUnknown, index), inside(isSensitive, index), depth + 1),
    );
  }
  const names = new Set([...Object.keys(fields(value)), ...Object.keys(fields(isUnknown))]);
  if (names.size === 0) return value;
  return Object.fromEntries(
    [...names].map((name) => [
      name,
      marked(inside(value, name), inside(isUnknown, name), inside(isSensitive, name), depth + 1),
    ]),
  );
}

const lengthOf = (value: unknown) => (Array.isArray(value) ? value.length : 0);

const inside = (value: unknown, name: string | number): unknown =>
  typeof value === "object" && value !== null && Object.hasOwn(value, name)
    ? (value as Record<string | number, unknown>)[name]
    : undefined;
