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
 * @throws PreviewError if it is not JSON, or incomplete
 */
export async function* topLevelValues(text: AsyncIterable<string | Uint8Array>): AsyncGenerator<Part[]> {
  const [{ jsonParser }, { default: Assembler }] = await Promise.all([
    import("stream-json/parser.js"),
    import("stream-json/assembler.js"),
  ]);
  const tokenize = jsonParser({ jsonStreaming: true, streamValues: false });
  let decoder: InstanceType<typeof TextDecoder> | undefined;
  let depth = 0;
  let name = "";
  let element: Pick<InstanceType<typeof Assembler>, "consume" | "done" | "current"> | undefined;
  let isInList = false;

  function take(token: { name: string; value?: unknown }, parts: Part[]): void {
    if (element) {
      element.consume(token as never);
      if (!element.done) return;
      parts.push({ name, value: element.current });
      element = undefined;
      return;
    }
    if (token.name === "keyValue") name = String(token.value);
    else if (depth === 0) {
      if (token.name !== "startObject") throw new PreviewError("It is JSON, but not an object.");
      depth = 1;
    } else if (!isInList && token.name === "endObject") {
      depth = 0;
      parts.push({ name: endOfObject, value: undefined });
    } else if (isInList && token.name === "endArray") isInList = false;
    else if (!isInList && token.name === "startArray" && lists.includes(name)) {
      isInList = true;
      parts.push({ name: `${name}[]`, value: undefined });
    } else {
      element = skipped.includes(name) ? skipper() : new Assembler();
      element.consume(token as never);
      if (!element.done) return;
      parts.push({ name, value: element.current });
      element = undefined;
    }
  }

  let hasBegun = false;
  for await (const chunk of text) {
    if (typeof chunk !== "string") decoder ??= decoderFor(chunk);
    const piece = typeof chunk === "string" ? chunk : (decoder?.decode(chunk, { stream: true }) ?? "");
    if (!hasBegun && piece.startsWith("PK")) throw new PreviewError(savedPlan);
    hasBegun ||= piece.trim() !== "";
    const parts: Part[] = [];
    for (const token of tokensOf(tokenize, piece)) take(token, parts);
    if (parts.length > 0) yield parts;
  }
  if (!hasBegun) throw new PreviewError("It is empty.");
  if (depth > 0 || element) throw new PreviewError("It is incomplete: it ends in the middle of an object.");
}

/** Windows PowerShell writes redirected output as UTF-16. */
const decoderFor = (chunk: Uint8Array) =>
  new TextDecoder(chunk[0] === 0xff && chunk[1] === 0xfe ? "utf-16le" : "utf-8");

/** Takes the tokens of a value in place of an assembler. */
function skipper() {
  let depth = 0;
  return {
    done: false,
    current: undefined,
    consume({ name }: { name: string }) {
      if (name.startsWith("start")) depth += 1;
      if (name.startsWith("end")) depth -= 1;
      this.done = depth === 0;
      return this as never;
    },
  };
}

const savedPlan =
  "It is a binary file, as `terraform plan -out` writes it. Use the output of `terraform show -json <file>`.";

type Tokenize = (text: string) => unknown;

function tokensOf(tokenize: Tokenize, piece: string): { name: string; value?: unknown }[] {
  if (piece === "") return [];
  let result: unknown;
  try {
    result = tokenize(piece);
  } catch (error) {
    throw new PreviewError(`It is not JSON: ${(error as Error).message}.`);
  }
  const { values } = result as { values?: { name: string }[] };
  return values ?? (typeof result === "object" && result !== null ? [result as { name: string }] : []);
}
