import type { Reply } from "./reply.js";

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
