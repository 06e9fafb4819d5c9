import type { ArmResource } from "../armResource.js";
import type { Azure } from "../azure.js";
import { type Fault, faultKinds } from "../faults.js";
import { ArmError } from "../http/armError.js";
import { type Operation, operation } from "../http/operation.js";
import { noContent, ok } from "../http/reply.js";
import { requestBody } from "../http/requestBody.js";
import { isResourceManager } from "../journal.js";

/**
 * What steers the emulator from another process. No token: whoever reaches it could sign in anyway. The paths are
 * described in docs/emulator.md.
 */
export function controlOperations(azure: Azure): Operation[] {
  return [
    operation({
      name: "List faults",
      method: "GET",
      path: "/emulator/faults",
      answer: () => ok({ value: azure.faults.all().map(withoutExpression) }),
    }),
    operation({
      name: "Add a fault",
      method: "POST",
      path: "/emulator/faults",
      answer({ request }) {
        azure.faults.add(faultOf(requestBody(request, faultShape)));
        return { status: 201, body: { value: azure.faults.all().map(withoutExpression) } };
      },
    }),
    operation({
      name: "Clear the faults",
      method: "DELETE",
      path: "/emulator/faults",
      answer() {
        azure.faults.clear();
        return noContent;
      },
    }),
    operation({
      name: "Read the journal",
      method: "GET",
      path: "/emulator/journal",
      answer({ request: { query } }) {
        const entries = query.has("writes") ? azure.journal.writes() : azure.journal.all();
        return ok({ value: query.has("arm") ? entries.filter(({ path }) => isResourceManager(path)) : entries });
      },
    }),
    operation({
      name: "Clear the journal",
      method: "DELETE",
      path: "/emulator/journal",
      answer() {
        azure.journal.clear();
        return noContent;
      },
    }),
    operation({
      name: "Reset",
      method: "POST",
      path: "/emulator/reset",
      answer() {
        azure.reset();
        return noContent;
      },
    }),
  ];
}

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

function withoutExpression(fault: Fault): object {
  const { path, ...rest } = fault;
  return path instanceof RegExp ? { ...rest, pattern: path.source } : fault;
}
