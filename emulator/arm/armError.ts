import type { ArmResource } from "../state/records.js";
import type { Reply } from "./operation.js";

/** Azure refuses a request. Thrown by operations. */
export class ArmError extends Error {
  override readonly name = "ArmError";

  constructor(
    readonly status: number,
    readonly code: string,
    message: string,
    readonly more: { headers?: Record<string, string>; error?: object } = {},
  ) {
    super(message);
  }
}

export function armErrorReply({ status, code, message, more }: ArmError): Reply {
  return { status, headers: more.headers, body: { error: { code, message, ...more.error } } };
}

/** Resource Manager's own answer for a resource that is not there. */
export function resourceNotFound(type: string, name: string, group: string): ArmError {
  const fact = `The Resource '${type}/${name}' under resource group '${group}' was not found.`;
  const link = "For more details please go to https://aka.ms/ARMResourceNotFoundFix";
  return new ArmError(404, "ResourceNotFound", `${fact} ${link}`);
}

/** The code of a refusal whose own code Azure does not publish: it says that it is the emulator's. */
export function unverifiedCode(rule: string): string {
  const name = rule.replace(/(^|-)(\w)/g, (_all, _hyphen, letter: string) => letter.toUpperCase());
  return `EmulatorUnverified${name}`;
}

/** What was found below a vault; else ARM's 404, which names it by its path there. */
export function requireChild<T>(found: T | undefined, vault: { body: ArmResource }, path: string, group: string): T {
  if (found !== undefined) return found;
  throw resourceNotFound(vault.body.type, `${vault.body.name}/${path}`, group);
}
