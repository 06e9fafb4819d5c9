/** Deeper than Azure's services read: Newtonsoft's limit, https://www.newtonsoft.com/json/help/html/MaxDepth.htm. */
const deepest = 64;

/** Throws what a person can read for what is no JSON, or so deep that whoever walks through it would fall. */
export function parseJson(text: string): unknown {
  refuseDepth(text);
  return JSON.parse(text);
}

function refuseDepth(text: string): void {
  let depth = 0;
  // Strings are skipped as a whole: a bracket in one is no depth.
  for (const [token] of text.matchAll(/"(?:[^"\\]|\\.)*"|[[\]{}]/gs)) {
    if (token === "[" || token === "{") depth += 1;
    if (token === "]" || token === "}") depth -= 1;
    if (depth > deepest) throw new SyntaxError(`The reader's MaxDepth of ${deepest} has been exceeded.`);
  }
}
