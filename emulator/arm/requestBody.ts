import type { ArmResource } from "../state/records.js";
import { ArmError } from "./armError.js";
import type { EmulatorRequest } from "./operation.js";
import { misfit, type Shape, spelled } from "./shape.js";

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

/** The JSON object in a request, its names spelled as in the shape; or Azure's refusal of what is none, or does not fit. */
export function requestBody(
  request: EmulatorRequest,
  shape: Shape,
  need: "required" | "optional" = "required",
): ArmResource {
  if (need === "optional" && request.body.trim() === "") return {};
  const type = (request.headers["content-type"] ?? "application/json").split(";")[0]?.trim().toLowerCase();
  if (type !== "application/json" && type !== "text/json") {
    const message = `The content media type '${type}' is not supported. Only 'application/json' is supported.`;
    throw new ArmError(415, "UnsupportedMediaType", message);
  }
  const body = parse(request.body);
  if (typeof body !== "object" || body === null || Array.isArray(body)) {
    throw invalid(request.body === "" ? "The request content is empty." : "A JSON object is expected.");
  }
  const fact = misfit(body, shape);
  if (fact !== undefined) throw invalid(fact);
  return withoutNulls(spelled(body, shape)) as ArmResource;
}

/** Services take null for "not given", except as the value in a map: there it takes an entry away. */
function withoutNulls(value: unknown, isMap = false): unknown {
  if (Array.isArray(value)) return value.map((item) => withoutNulls(item));
  if (typeof value !== "object" || value === null) return value;
  const members = Object.entries(value).filter(([, member]) => isMap || member !== null);
  return Object.fromEntries(
    members.map(([name, member]) => [name, withoutNulls(member, name === "userAssignedIdentities")]),
  );
}

function parse(text: string): ArmResource | undefined {
  if (text.trim() === "") return undefined;
  try {
    return parseJson(text) as ArmResource;
  } catch (error) {
    throw invalid((error as Error).message);
  }
}

function invalid(fact: string): ArmError {
  return new ArmError(
    400,
    "InvalidRequestContent",
    `The request content was invalid and could not be deserialized: '${fact}'.`,
  );
}
