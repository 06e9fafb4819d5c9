import { StringDecoder } from "node:string_decoder";

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
  ...["resource_changes", "resource_drift", "deferred_changes", "action_invocations"], // Terraform
  ...["changes", "potentialChanges"], // what-if
];

/** Terraform's plan has the configuration and the state before and after it, too, which no reader needs. */
const skipped = ["configuration", "prior_state", "planned_values", "values", "variables", "output_changes"];

/**
 * Reads a stream of JSON objects. Only the element that is being read is kept in memory.
 *
 * The bytes are only searched for brackets, to find where objects and lists end. `JSON.parse` reads each of them, and at the
 * end of a document what is left of it, with `{}` in their places: so it checks every character that a reader gets. Previews
 * of ten thousand vaults take a tokenizer in JavaScript twice as long, and it keeps their whole text in memory.
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

async function* inUtf8(text: AsyncIterable<string | Uint8Array>): AsyncGenerator<Uint8Array> {
  let decoder: InstanceType<typeof TextDecoder> | undefined;
  let isFirst = true;
  for await (const chunk of text) {
    // Windows PowerShell writes redirected output as UTF-16.
    if (isFirst && chunk[0] === 0xff && chunk[1] === 0xfe) decoder = new TextDecoder("utf-16le");
    isFirst = false;
    if (typeof chunk === "string") yield Buffer.from(chunk);
    else yield decoder ? Buffer.from(decoder.decode(chunk, { stream: true })) : chunk;
  }
}

const savedPlan =
  "It is a binary file, as `terraform plan -out` writes it. Use the output of `terraform show -json <file>`.";

function documentReader() {
  const decoder = new StringDecoder("utf8");
  const bracketsIn = bracketFinder();
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
  let isUnread = false;

  function read(piece: Uint8Array): Part[] {
    const parts: Part[] = [];
    let from = 0;
    const keep = (end: number) => {
      const isSkipped = isUnread || (isValue && skipped.includes(name));
      const kept = isSkipped ? "" : decoder.write(piece.subarray(from, end));
      if (isValue) begun += kept;
      else {
        rest += kept;
        sinceValue += kept;
      }
      from = end;
    };
    for (const at of bracketsIn(piece)) {
      const bracket = piece[at];
      if (depth === 0) {
        keep(at + 1);
        rest = onlyObject(rest);
        depth = 1;
        hasBegun = true;
      } else if (bracket === openBrace || bracket === openBracket) {
        if (depth === depthOfValues) {
          keep(at);
          if (depth === 1) name = lastName(sinceValue);
          if (depth === 1 && bracket === openBracket && lists.includes(name)) {
            depthOfValues = depthOfElements;
            parts.push({ name: `${name}[]`, value: undefined });
          } else isValue = true;
        } else if (depth === depthOfUnread && unread.some((each) => isNameBefore(piece, at, each))) {
          keep(at);
          begun += "{}";
          isUnread = true;
        }
        depth += 1;
      } else {
        depth -= 1;
        if (isUnread && depth === depthOfUnread) {
          keep(at + 1);
          isUnread = false;
        } else if (isValue && depth === depthOfValues) {
          keep(at + 1);
          parts.push({ name, value: skipped.includes(name) ? undefined : parsed(begun) });
          isValue = false;
          begun = "";
          rest += "{}";
          sinceValue = "";
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
function onlyObject(text: string): string {
  const left = text.trimStart();
  if (left !== "" && left !== "{") throw new PreviewError(noObject(left));
  return left;
}

/** A document is an object, its fields are at depth 1, and the elements of its lists are at depth 2. */
const depthOfElements = 2;

/** A quarter of a preview of Pulumi: fields of the states in its steps that no reader needs. */
const unread = ["propertyDependencies", "stackTrace"].map((name) => Buffer.from(`"${name}"`));
const depthOfUnread = 4;

const space = 0x20;
const quote = 0x22;
const colon = 0x3a;
const backslash = 0x5c;
const openBrace = 0x7b;
const closeBrace = 0x7d;
const openBracket = 0x5b;
const closeBracket = 0x5d;

/**
 * Finds the brackets of documents and of the values in them, in a text that comes in pieces, but none in quotes or inside of
 * values. Nothing but a loop over bytes, because it is most of the work in a large preview.
 */
function bracketFinder(): (piece: Uint8Array) => number[] {
  let depth = 0;
  let isQuoted = false;
  /** The first byte to read: not 0 if it is escaped by the last one of the piece before. */
  let start = 0;
  return (piece) => {
    const found: number[] = [];
    let at = isQuoted ? closingQuote(piece, start) + 1 : start;
    while (at < piece.length) {
      const byte = piece[at] as number;
      if (byte === quote) at = closingQuote(piece, at + 1);
      // Most of the bytes outside of quotes are blanks.
      else if (byte >= openBracket) {
        if (byte === openBrace || byte === openBracket) {
          if (depth <= depthOfUnread) found.push(at);
          depth += 1;
        } else if (byte === closeBrace || byte === closeBracket) {
          depth -= 1;
          if (depth <= depthOfUnread) found.push(at);
        }
      }
      at += 1;
    }
    isQuoted = at > piece.length;
    start = isQuoted ? at - piece.length - 1 : 0;
    return found;
  };
}

/** Whether the value that begins here is that of a field with this quoted name. Where the name is in another piece, it is not seen. */
function isNameBefore(piece: Uint8Array, at: number, name: Uint8Array): boolean {
  let end = at;
  while (piece[end - 1] === space || piece[end - 1] === colon) end -= 1;
  const start = end - name.length;
  return start >= 0 && name.every((byte, index) => piece[start + index] === byte);
}

/** The place of the quote that ends a text, behind the piece if it does not end in it. */
function closingQuote(piece: Uint8Array, from: number): number {
  let at = from;
  while (at < piece.length && piece[at] !== quote) at += piece[at] === backslash ? 2 : 1;
  return at;
}

function noObject(text: string): string {
  if (text.startsWith("PK")) return savedPlan;
  return /^["[\d-]/.test(text) ? "It is JSON, but not an object." : "It is not JSON.";
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
    const values = lists.includes(name) && Array.isArray(value) ? value : [value];
    return values.filter((each) => typeof each !== "object" || each === null).map((each) => ({ name, value: each }));
  });
}
