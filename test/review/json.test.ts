import fc from "fast-check";
import { isPreviewError, type Part, topLevelValues } from "../../review/changes/json.js";

const object = fc.dictionary(fc.string(), fc.jsonValue({ maxDepth: 3 }), { maxKeys: 4, noNullPrototype: true });
/** Line breaks and lookalikes of brackets may be in texts, where JSON escapes them. */
const texts = fc.constantFrom("\n        },\n", '"}', "]}", "\\", "é{");
const element = fc.oneof(object, fc.dictionary(texts, texts, { noNullPrototype: true }), fc.string());
const documents = fc.record({
  steps: fc.array(element, { maxLength: 8 }),
  config: object,
  diagnostics: fc.array(element, { maxLength: 3 }),
});
type Document = typeof documents extends fc.Arbitrary<infer T> ? T : never;

/** Any layout of the same values: as a program indents them, on one line, or with line breaks where nobody expects them. */
const layouts = fc.record({
  indentation: fc.constantFrom(undefined, 2, 4, "\t"),
  breaks: fc.infiniteStream(
    fc.oneof(
      { weight: 20, arbitrary: fc.constant(undefined) },
      fc.constantFrom("", "\n", "\r\n", "\n    ", "\n        "),
    ),
  ),
});

const written = (
  document: Document,
  { indentation, breaks }: typeof layouts extends fc.Arbitrary<infer T> ? T : never,
) => JSON.stringify(document, undefined, indentation).replace(/\n\s*/g, (line) => breaks.next().value ?? line);

async function read(text: string, size: number): Promise<Part[]> {
  const bytes = Buffer.from(text);
  async function* pieces() {
    for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
  }
  const all: Part[] = [];
  for await (const parts of topLevelValues(pieces())) all.push(...parts);
  return all;
}

const isObject = (value: unknown) => typeof value === "object" && value !== null;

/** Objects in their order. Other values may come after them. */
function inOrder(values: unknown[]): unknown[] {
  const others = values.filter((each) => !isObject(each));
  return [...values.filter(isObject), ...others.sort()];
}

test("every value of a document is read, whatever its layout and its pieces are", async () => {
  const size = fc.integer({ min: 1, max: 2_000 });
  await fc.assert(
    fc.asyncProperty(documents, layouts, size, async (document, layout, size) => {
      const text = written(document, layout);
      const parts = await read(text, size);
      const of = (wanted: string) => parts.filter(({ name }) => name === wanted).map(({ value }) => value);
      // Of the text, not of the document: JSON writes -0 as 0.
      const { steps, diagnostics, config }: Document = JSON.parse(text);
      expect(inOrder(of("steps"))).toEqual(inOrder(steps));
      expect(inOrder(of("diagnostics"))).toEqual(inOrder(diagnostics));
      expect(of("config")).toEqual([config]);
    }),
    { numRuns: 300 },
  );
});

test("a document that is cut off or damaged is an error, whatever its layout is", async () => {
  await fc.assert(
    fc.asyncProperty(documents, layouts, fc.nat(), fc.boolean(), async (document, layout, place, isCut) => {
      const text = written(document, layout);
      const at = 1 + (place % (text.length - 1));
      // Nowhere in JSON is such a character.
      const damaged = isCut ? text.slice(0, at) : `${text.slice(0, at)}\u0001${text.slice(at)}`;
      const error = await read(damaged, 100).catch((each: unknown) => each);
      expect([damaged, isPreviewError(error)]).toEqual([damaged, true]);
    }),
    { numRuns: 300 },
  );
});
