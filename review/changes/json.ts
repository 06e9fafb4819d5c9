import { StringDecoder } from "node:string_decoder";
import { bracketFinder, depthOfElements, openBrace, openBracket } from "./brackets.js";

/** The input is not a preview, or not a complete one. */
export class PreviewError extends Error {
  override readonly name = "PreviewError";
}

export const isPreviewError = (error: unknown): error is PreviewError =>
  (error as Error | undefined)?.name === "PreviewError";

/**
 * A part of the preview: an element of a list such as `steps`, or another field of a top-level object. That a list begins
 * is a part, too, with the name `steps[]`, because it may be empty, and so is that an object ends.
 */
export interface Part {
  name: string;
  value: unknown;
}

export const endOfObject = "}";

/** Lists that may be larger than memory, so their elements are yielded one by one. */
const lists = [
  ...["steps", "diagnostics"], // Pulumi
  ...["resource_changes", "resource_drift", "deferred_changes"], // Terraform
  ...["action_invocations", "deferred_action_invocations"],
  ...["changes", "potentialChanges"], // what-if
];

/** Terraform's plan has the state before and after it, too, which no reader needs. */
const skipped = ["prior_state", "planned_values", "values", "variables", "output_changes"];

/**
 * Reads a stream of JSON objects. Only the element that is being read is kept in memory.
 *
 * The bytes are only searched for the places where values end. `JSON.parse` reads each of them, and at the end of a document
 * what is left of it, with `{}` in their places: so it checks every character that a reader gets. Previews of ten thousand
 * vaults take a tokenizer in JavaScript twice as long, and it keeps their whole text in memory.
 *
 * @throws PreviewError if it is not JSON, or incomplete
 */
export async function* topLevelValues(text: AsyncIterable<string | Uint8Array>): AsyncGenerator<Part[]> {
  const documents = documentReader();
  for await (const piece of inUtf8(text)) {
    const parts = documents.read(piece);
    if (parts.length > 0) yield parts;
  }
  documents.end();
}

async function* inUtf8(text: AsyncIterable<string | Uint8Array>): AsyncGenerator<Buffer> {
  let decoder: InstanceType<typeof TextDecoder> | undefined;
  let isFirst = true;
  for await (const chunk of text) {
    // Windows PowerShell writes redirected output as UTF-16.
    if (isFirst && chunk[0] === 0xff && chunk[1] === 0xfe) decoder = new TextDecoder("utf-16le");
    isFirst = false;
    if (typeof chunk === "string") yield* piecesOf(Buffer.from(chunk));
    else if (decoder) yield* piecesOf(Buffer.from(decoder.decode(chunk, { stream: true })));
    else yield* piecesOf(Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength));
  }
}

/** Of such a piece, all elements are read at once. V8 keeps larger texts apart, which takes more time. */
const longestPiece = 64 * 1024;

function* piecesOf(bytes: Buffer): Generator<Buffer> {
  for (let at = 0; at < bytes.length; at += longestPiece) yield bytes.subarray(at, at + longestPiece);
}

const savedPlan =
  "It is a binary file, as `terraform plan -out` writes it. Use the output of `terraform show -json <file>`.";

function documentReader() {
  const decoder = new StringDecoder("utf8");
  const brackets = bracketFinder();
  let hasBegun = false;
  let depth = 0;
  /** The depth at which values are handed on: 1 for fields of the document, `depthOfElements` in `lists`. */
  let depthOfValues = 1;
  /** What is left of the document, and the part of it after the last value. */
  let rest = "";
  let sinceValue = "";
  /** The value that is being read, where it began in an earlier piece. */
  let begun = "";
  let isValue = false;
  let name = "";

  function read(piece: Buffer): Part[] {
    const parts: Part[] = [];
    let from = 0;
    const keep = (end: number) => {
      const kept = isValue && skipped.includes(name) ? "" : decoder.write(piece.subarray(from, end));
      if (isValue) begun += kept;
      else {
        rest += kept;
        sinceValue += kept;
      }
      from = end;
    };
    const add = (...values: unknown[]) => {
      for (const value of values) parts.push({ name, value });
      rest += "{}";
      sinceValue = "";
    };
    let areLinesRegular = true;
    brackets.search(piece);
    for (let at = brackets.next(); at !== undefined; at = brackets.next()) {
      const bracket = piece[at];
      if (depth === 0) {
        keep(at + 1);
        rest = onlyObject(rest, piece.subarray(at + 1, at + longestLine));
        depth = 1;
        hasBegun = true;
      } else if (bracket === openBrace || bracket === openBracket) {
        if (depth === depthOfValues) {
          keep(at);
          if (depth === depthOfElements && areLinesRegular) {
            const run = elementsByLines(piece, at);
            if (run) {
              add(...run.elements);
              from = run.end;
              brackets.passTo(run.end);
              continue;
            }
            // A wrong guess takes as long as a right one.
            areLinesRegular = false;
          }
          if (depth === 1) name = lastName(sinceValue);
          if (depth === 1 && bracket === openBracket && lists.includes(name)) {
            depthOfValues = depthOfElements;
            parts.push({ name: `${name}[]`, value: undefined });
          } else isValue = true;
        }
        depth += 1;
      } else {
        depth -= 1;
        if (isValue && depth === depthOfValues) {
          keep(at + 1);
          isValue = false;
          add(skipped.includes(name) ? undefined : parsed(begun));
          begun = "";
        } else if (depth === 1) depthOfValues = 1;
        else if (depth === 0) {
          keep(at + 1);
          parts.push(...leftIn(parsed(rest)), { name: endOfObject, value: undefined });
          rest = "";
          sinceValue = "";
        }
      }
    }
    keep(piece.length);
    if (depth === 0) rest = onlyObject(rest);
    return parts;
  }

  function end(): void {
    if (!hasBegun) throw new PreviewError("It is empty.");
    if (depth > 0) throw new PreviewError("It is incomplete: it ends in the middle of an object.");
  }
  return { read, end };
}

/** What is outside of documents, without blanks and a byte order mark: nothing, or the beginning of an object. */
function onlyObject(text: string, following?: Buffer): string {
  const left = text.trimStart();
  if (left !== "" && left !== "{") throw new PreviewError(noObject(`${left}${following ?? ""}`));
  return left;
}

/** As much of one as an error is about. */
const longestLine = 1000;

/**
 * The elements of a list from the one that begins here to the last one that ends in this piece, found by their lines: no text
 * in quotes has a line break, so where a program has indented its output, the line that ends an element has the indentation
 * of the line that begins it. They are elements of one list if `JSON.parse` reads them as such. Undefined if it does not.
 */
function elementsByLines(piece: Buffer, at: number): { elements: unknown[]; end: number } | undefined {
  const [indentation] = /\n *$/.exec(piece.toString("latin1", Math.max(0, at - 100), at)) ?? [];
  if (indentation === undefined) return undefined;
  const last = piece.lastIndexOf(`${indentation}},\n`);
  if (last < at) return undefined;
  const end = last + indentation.length + 1;
  try {
    return { elements: JSON.parse(`[${piece.toString("utf8", at, end)}]`), end };
  } catch {
    return undefined;
  }
}

/**
 * A wrapper around Terraform, which these actions install by default, writes the command before its output.
 * https://github.com/hashicorp/setup-terraform#inputs
 */
const wrappers: Record<string, string> = {
  terraform: "Set `terraform_wrapper: false` in the step with hashicorp/setup-terraform.",
  tofu: "Set `tofu_wrapper: false` in the step with opentofu/setup-opentofu.",
};
const wrapperLine = "It is not JSON: its first line is the command that a wrapper in the pipeline has run.";

function noObject(text: string): string {
  if (text.startsWith("PK")) return savedPlan;
  const [, wrapped = ""] = /^\[command\].*?\b(terraform|tofu)\b/.exec(text) ?? [];
  if (Object.hasOwn(wrappers, wrapped)) return `${wrapperLine} ${wrappers[wrapped]}`;
  return /^(?!\[command\])["[\d-]/.test(text) ? "It is JSON, but not an object." : "It is not JSON.";
}

/** The name of the field whose value begins after this text. */
function lastName(text: string): string {
  const [, name] = /("(?:[^"\\]|\\.)*")\s*:\s*$/.exec(text) ?? [];
  return name === undefined ? "" : String(parsed(name));
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // The error contains a piece of the preview.
    throw new PreviewError("It is not JSON.");
  }
}

/** What was not handed on yet: values that are neither objects nor lists. */
function leftIn(document: unknown): Part[] {
  return Object.entries(document as object).flatMap(([name, value]) => {
    // A list that is null is absent.
    const values = !lists.includes(name) ? [value] : Array.isArray(value) ? value : value === null ? [] : [value];
    return values.filter((each) => typeof each !== "object" || each === null).map((each) => ({ name, value: each }));
  });
}
