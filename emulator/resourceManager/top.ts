import { ArmError } from "../http/armError.js";
import type { Call } from "../http/operation.js";

/** How many resources a client wants in a page; undefined: as many as there are in one. */
export function top({ request }: Call): number | undefined {
  const text = request.query.get("$top");
  if (text === null) return undefined;
  const count = Number(text);
  if (Number.isInteger(count) && count > 0) return count;
  const message = `The value '${text}' of the query parameter '$top' is invalid: a positive integer is expected.`;
  throw new ArmError(400, "InvalidTopInQueryString", message);
}
