import { managedIdentity } from "../arguments/identity.js";
import { type Problem, record } from "../arguments/parse.js";
import { duration } from "../arguments/values.js";
import { vault } from "../arguments/vault.js";

/** Which identity is on which vault. A leaf may be the engine's text for "not known yet". */
export interface IdentityAssignmentInputs {
  vault: string;
  /** `SystemAssigned`, or the ARM id of a user-assigned identity. */
  identity: string;
  timeouts?: { create?: string; delete?: string };
}

const argument = { vault, identity: managedIdentity, timeouts: record({ create: duration, delete: duration }) };

/** `olds` are the inputs of the existing assignment: what differs from them only in case stays as it was. */
export function parse(
  news: Record<string, unknown>,
  olds: Partial<IdentityAssignmentInputs>,
): { inputs: IdentityAssignmentInputs; problems: Problem[] } {
  const problems: Problem[] = [];
  const inputs = record(argument, ["vault", "identity"])(news, "", problems) as IdentityAssignmentInputs;
  for (const name of ["vault", "identity"] as const) {
    const before = olds[name];
    if (before?.toLowerCase() === inputs[name].toLowerCase()) inputs[name] = before;
  }
  return { inputs, problems };
}
