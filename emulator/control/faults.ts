import type { ArmResource } from "../armResource.js";
import type { Azure } from "../azure.js";
import { type Fault, faultJson, faultKinds } from "../faults.js";
import { ArmError } from "../http/armError.js";
import { operation } from "../http/operation.js";
import { noContent, ok } from "../http/reply.js";
import { requestBody } from "../http/requestBody.js";

const path = "/emulator/faults";

export const faultOperations = ({ faults }: Azure) => {
  const all = () => ({ value: faults.all().map(faultJson) });
  return [
    operation({ name: "List faults", method: "GET", path, answer: () => ok(all()) }),
    operation({
      name: "Add a fault",
      method: "POST",
      path,
      answer({ request }) {
        faults.add(faultOf(requestBody(request, faultShape)));
        return { status: 201, body: all() };
      },
    }),
    operation({
      name: "Clear the faults",
      method: "DELETE",
      path,
      answer() {
        faults.clear();
        return noContent;
      },
    }),
  ];
};

const faultShape = {
  kind: "string",
  method: "string",
  path: "string",
  pattern: "string",
  after: "number",
  times: "any",
  status: "number",
  retryAfterSeconds: "number",
  delayMs: "number",
  code: "string",
  message: "string",
} as const;

/** JSON has no expressions: `pattern` is the text of one. */
function faultOf({ pattern, ...given }: ArmResource): Fault {
  if (!faultKinds.includes(given.kind)) {
    throw new ArmError(400, "EmulatorFaultUnknown", `"kind" has to be one of ${faultKinds.join(", ")}.`);
  }
  if (pattern === undefined) return given as Fault;
  try {
    return { ...given, path: new RegExp(String(pattern), "i") } as Fault;
  } catch (error) {
    throw new ArmError(400, "EmulatorFaultUnknown", `"pattern": ${(error as Error).message}`);
  }
}
