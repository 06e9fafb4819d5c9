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
 * The text is only searched for where its objects and lists end. `JSON.parse` reads each of them, and at the end of a
 * document what is left of it, with `{}` in their places: so it checks every character that a reader gets. Previews of ten
 * thousand vaults take a tokenizer in JavaScript twice as long, and it keeps their whole text in memory.
 *
 * @throws PreviewError if it is not JSON, or incomplete
 */
export async function* topLevelValues(text: AsyncIterable<string | Uint8Array>): AsyncGenerator<Part[]> {
  let decoder: InstanceType<typeof TextDecoder> | undefined;
  const documents = documentReader();
  for await (const chunk of text) {
    if (typeof chunk !== "string") decoder ??= decoderFor(chunk);
    const parts = documents.read(typeof chunk === "string" ? chunk : (decoder?.decode(chunk, { stream: true }) ?? ""));
    if (parts.length > 0) yield parts;
  }
  documents.end();
}

/** Windows PowerShell writes redirected output as UTF-16. */
const decoderFor = (chunk: Uint8Array) =>
  new TextDecoder(chunk[0] === 0xff && chunk[1] === 0xfe ? "utf-16le" : "utf-8");

const savedPlan =
  "It is a binary file, as `terraform plan -out` writes it. Use the output of `terraform show -json <file>`.";

const quote = 0x22;
const backslash = 0x5c;
const openBrace = 0x7b;
const closeBrace = 0x7d;
const openBracket = 0x5b;
const closeBracket = 0x5d;

function documentReader() {
  let hasBegun = false;
  let depth = 0;
  /** The depth at which values are handed on: 1 for fields of the document, 2 for elements of `lists`. */
  let depthOfValues = 1;
  let isInText = false;
  let isEscaped = false;
  /** What is left of the document, and the part of it after the last value. */
  let rest = "";
  let sinceValue = "";
  /** The value that is being read, where it began in an earlier piece. */
  let begun = "";
  let isValue = false;
  let name = "";

  function read(piece: string): Part[] {
    const parts: Part[] = [];
    let from = 0;
    const keep = (end: number) => {
      const kept = piece.slice(from, end);
      if (isValue) {
        if (!skipped.includes(name)) begun += kept;
      } else {
        rest += kept;
        sinceValue += kept;
      }
      from = end;
    };
    for (let at = 0; at < piece.length; at += 1) {
      const character = piece.charCodeAt(at);
      if (isInText) {
        if (isEscaped) isEscaped = false;
        else {
          const begin = at;
          at = closingQuote(piece, begin);
          isInText = at === piece.length;
          isEscaped = isInText && isEscapedAt(piece, at, begin);
        }
        continue;
      }
      if (depth === 0 && character !== openBrace) {
        if (character > 0x20) throw new PreviewError(noObject(piece.slice(at)));
        continue;
      }
      if (character === quote) isInText = true;
      else if (character === openBrace || character === openBracket) {
        if (depth === depthOfValues) {
          keep(at);
          if (depth === 1) name = lastName(sinceValue);
          if (depth === 1 && character === openBracket && lists.includes(name)) {
            depthOfValues = 2;
            parts.push({ name: `${name}[]`, value: undefined });
          } else isValue = true;
        }
        depth += 1;
        hasBegun = true;
      } else if (character === closeBrace || character === closeBracket) {
        depth -= 1;
        if (isValue && depth === depthOfValues) {
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
    return parts;
  }

  function end(): void {
    if (!hasBegun) throw new PreviewError("It is empty.");
    if (depth > 0) throw new PreviewError("It is incomplete: it ends in the middle of an object.");
  }
  return { read, end };
}

/** Where a text ends whose next character is at this place, or the end of the piece. Texts are most of a preview. */
function closingQuote(piece: string, from: number): number {
  let at = piece.indexOf('"', from);
  while (at !== -1 && isEscapedAt(piece, at, from)) at = piece.indexOf('"', at + 1);
  return at === -1 ? piece.length : at;
}

/** Whether a character follows an odd number of backslashes. */
function isEscapedAt(piece: string, at: number, from: number): boolean {
  let first = at;
  while (first > from && piece.charCodeAt(first - 1) === backslash) first -= 1;
  return (at - first) % 2 === 1;
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
