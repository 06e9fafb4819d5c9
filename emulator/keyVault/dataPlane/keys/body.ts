import type { ArmResource } from "../../../armResource.js";
import { ArmError } from "../../../http/armError.js";
import type { EmulatorRequest } from "../../../http/request.js";
import { requestBody } from "../../../http/requestBody.js";
import type { Shape } from "../../../http/shape.js";

export const attributesShape = { enabled: "boolean", nbf: "number", exp: "number" } as const satisfies Shape;

/** Data planes have one code for whatever is wrong with a request. */
export function keyBody(request: EmulatorRequest, shape: Shape): ArmResource {
  try {
    return requestBody(request, shape);
  } catch (error) {
    if (error instanceof ArmError && error.status === 400) throw badParameter(error.message);
    throw error;
  }
}

export function badParameter(message: string): ArmError {
  return new ArmError(400, "BadParameter", message);
}

/** What of the given attributes is the client's to choose. */
export function attributesOf({ enabled, nbf, exp }: ArmResource = {}): ArmResource {
  return Object.fromEntries(Object.entries({ enabled, nbf, exp }).filter(([, value]) => value !== undefined));
}
