import { stripVTControlCharacters } from "node:util";
import { withImplied } from "../../provider/vaults/impliedInputs.js";
import { type ResourceType, resourceTypes } from "../../provider/vaults/resourceTypes.js";
import { isUnknown } from "../../provider/vaults/unknowns.js";
import { type Diagnostic, fields, isIgnored, type Position, type State } from "./plannedChange.js";

/** A step of the engine, about one resource. */
export interface Step {
  op: string;
  urn: string;
  name: string;
  type: string;
  old?: State;
  new?: State;
  replaceReasons: string[];
  hidesDifference?: true;
  position?: Position;
  /** Terraform's resource in a module that Pulumi runs. */
  isInModule?: true;
}

/** From a step of a document or the metadata of an event, which name the two states differently. */
export function stepFrom(value: unknown): Step | undefined {
  const { op, urn, oldState, newState, old, new: next, replaceReasons, keys } = fields(value);
  if (typeof op !== "string" || typeof urn !== "string") return undefined;
  // An event lists all changed properties in `keys`, whether or not they cause a replacement.
  const reasons = textsOf(replaceReasons ?? (/replace/.test(op) ? keys : undefined));
  const type = typeIn(urn);
  const before = stateFrom(oldState ?? old, type);
  const after = stateFrom(newState ?? next, type, before?.inputs);
  const position = positionFrom(after ? (newState ?? next) : (oldState ?? old));
  const step = { op, urn, name: nameIn(urn), type, old: before, new: after, replaceReasons: reasons, position };
  return inModule(step) ?? step;
}

/**
 * A resource of a Terraform module, as of the Azure Verified Modules, that Pulumi runs with OpenTofu. Its type is as in
 * `avm:tf:azurerm_data_protection_backup_vault`, and its state has no ID but Terraform's values.
 * https://github.com/pulumi/pulumi-terraform-module
 */
function inModule(step: Step): Step | undefined {
  const [, type] = /^[^:]+:tf:(\w+)$/.exec(step.type) ?? [];
  if (type === undefined) return undefined;
  const { op, old, new: next } = step;
  return {
    ...step,
    type,
    // A replacement is one step of this kind.
    op: /-replace(d|ment)$/.test(op) && old && next ? "replace" : op,
    old: old && valuesOf(old),
    new: op === "delete" ? undefined : next && valuesOf(next),
    isInModule: true,
  };
}

/** What the program sets and what the provider adds are one object, as in a plan of Terraform. */
function valuesOf({ inputs, outputs, retainOnDelete }: State): State {
  const values = { ...outputs, ...inputs };
  const { id } = values;
  return { ...(typeof id === "string" && !isUnknown(id) && { id }), inputs: values, outputs: values, retainOnDelete };
}

const textsOf = (value: unknown): string[] =>
  Array.isArray(value) ? value.filter((each) => typeof each === "string") : [];

function stateFrom(value: unknown, ofStep: string, former: Values = {}): State | undefined {
  if (typeof value !== "object" || value === null) return undefined;
  const { id, type, inputs, outputs, retainOnDelete, deletedWith } = fields(value);
  const given = withWhatFollows(String(type ?? ofStep), withoutIgnored(fields(inputs), former));
  const state: State = {
    inputs: given,
    outputs: outputs === undefined ? none : withoutIgnored(fields(outputs), given),
    retainOnDelete: retainOnDelete === true,
  };
  if (typeof id === "string" && id !== "") state.id = id;
  if (typeof type === "string" && type !== ofStep) state.type = type;
  if (typeof deletedWith === "string" && deletedWith !== "") state.deletedWith = deletedWith;
  return state;
}

/** This package's plugin does not record inputs that follow from others. */
function withWhatFollows(type: string, inputs: Values): Values {
  const [, name = ""] = /^azure-backup:index:(\w+)$/.exec(type) ?? [];
  const known: Record<string, ResourceType> = resourceTypes;
  const implied = Object.hasOwn(known, name) ? known[name]?.implied : undefined;
  return implied ? withImplied(inputs, implied) : inputs;
}

type Values = Record<string, unknown>;

/** What a resource outputs before it is created or updated. */
const none: Values = Object.freeze({});

/**
 * What rules may use, in little memory even for ten thousand vaults: a text that `others` has under the same name, as most
 * texts of a state, is kept once.
 */
function withoutIgnored(values: Values, others: Values): Values {
  const used: Values = {};
  for (const name in values) {
    if (isIgnored(name)) continue;
    const [value, other] = [values[name], others[name]];
    used[name] = value === other ? other : value;
  }
  return used;
}

/** From `project:///src/index.ts#5,9`. Undefined for a file outside the project. */
function positionFrom(state: unknown): Position | undefined {
  const { sourcePosition } = fields(state);
  const text = typeof sourcePosition === "string" ? sourcePosition : "";
  const [, file, line, column] = /^project:\/\/\/(.+)#(\d+),(\d+)$/.exec(text) ?? [];
  if (!file || file.startsWith("..")) return undefined;
  return { file, line: Number(line), column: Number(column) };
}

/** `urn:pulumi:stack::project::parent$type::name` */
export const typeIn = (urn: string): string => urn.split("::")[2]?.split("$").at(-1) ?? "";

export const nameIn = (urn: string): string => urn.split("::").slice(3).join("::") || urn;

export function diagnosticFrom(value: unknown): Diagnostic {
  const { severity, message, urn } = fields(value);
  return {
    severity: String(severity),
    message: plainWords(String(message ?? "")),
    ...(typeof urn === "string" && urn !== "" && { address: urn }),
  };
}

/** Without colours, the engine's colour marks, and the stack trace. */
const plainWords = (message: string): string =>
  stripVTControlCharacters(message)
    .replace(/<\{%[^%]*%\}>/g, "")
    .replace(/^\s+at .*$/gm, "")
    .trim();
