import { stripVTControlCharacters } from "node:util";

/** A step of a preview, about one resource. Values are as Pulumi wrote them: secrets hidden, unknown values marked. */
export interface Step {
  op: string;
  urn: string;
  type: string;
  old?: State;
  new?: State;
  /** The properties for which the engine replaces the resource. */
  replaceReasons: string[];
}

export interface State {
  id?: string;
  /** Differs from the step's type if an alias names the resource. */
  type?: string;
  inputs: Record<string, unknown>;
  outputs: Record<string, unknown>;
  /** The engine forgets the resource instead of deleting it. */
  retainOnDelete: boolean;
  /** `project:///index.ts#5,9` */
  sourcePosition?: string;
}

export interface Diagnostic {
  severity: string;
  message: string;
  urn?: string;
}

/** From a step of a document or the metadata of an event, which name the two states differently. */
export function stepFrom(value: unknown): Step | undefined {
  const { op, urn, oldState, newState, old, new: next, replaceReasons, keys } = fields(value);
  if (typeof op !== "string" || typeof urn !== "string") return undefined;
  // An event lists all changed properties in `keys`, whether or not they cause a replacement.
  const reasons = textsOf(replaceReasons ?? (/replace/.test(op) ? keys : undefined));
  const states = { old: stateFrom(oldState ?? old), new: stateFrom(newState ?? next) };
  return { op, urn, type: typeOf(urn), ...states, replaceReasons: reasons };
}

const textsOf = (value: unknown): string[] =>
  Array.isArray(value) ? value.filter((each) => typeof each === "string") : [];

function stateFrom(value: unknown): State | undefined {
  if (typeof value !== "object" || value === null) return undefined;
  const { id, type, inputs, outputs, retainOnDelete, sourcePosition } = fields(value);
  return {
    ...(typeof id === "string" && id !== "" && { id }),
    ...(typeof type === "string" && { type }),
    inputs: fields(inputs),
    outputs: fields(outputs),
    retainOnDelete: retainOnDelete === true,
    ...(typeof sourcePosition === "string" && { sourcePosition }),
  };
}

/** `urn:pulumi:stack::project::parent$type::name` */
export const typeOf = (urn: string): string => urn.split("::")[2]?.split("$").at(-1) ?? "";

export const nameOf = (urn: string): string => urn.split("::").slice(3).join("::") || urn;

export function diagnosticFrom(value: unknown): Diagnostic {
  const { severity, message, urn } = fields(value);
  return {
    severity: String(severity),
    message: plainWords(String(message ?? "")),
    ...(typeof urn === "string" && urn !== "" && { urn }),
  };
}

/** Without colours, the engine's colour marks, and the stack trace. */
const plainWords = (message: string): string =>
  stripVTControlCharacters(message)
    .replace(/<\{%[^%]*%\}>/g, "")
    .replace(/^\s+at .*$/gm, "")
    .trim();

export const fields = (value: unknown): Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : {};
