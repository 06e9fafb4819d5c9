import type { ArmResource } from "../world.js";
import { ArmError } from "./armError.js";
import type { EmulatorRequest } from "./request.js";

/** The JSON object in a request, or Azure's refusal of what is none. */
export function requestBody(request: EmulatorRequest): ArmResource {
  const type = (request.headers["content-type"] ?? "application/json").split(";")[0]?.trim().toLowerCase();
  if (type !== "application/json" && type !== "text/json") {
    const message = `The content media type '${type}' is not supported. Only 'application/json' is supported.`;
    throw new ArmError(415, "UnsupportedMediaType", message);
  }
  const body = parse(request.body);
  if (typeof body !== "object" || body === null || Array.isArray(body)) {
    throw invalid(request.body === "" ? "The request content is empty." : "A JSON object is expected.");
  }
  return body;
}

function parse(text: string): ArmResource | undefined {
  if (text.trim() === "") return undefined;
  try {
    return JSON.parse(text);
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
