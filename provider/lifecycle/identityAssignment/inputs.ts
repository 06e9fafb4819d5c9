import { managedIdentity } from "../../vaults/identity.js";
import { duration, vaultId } from "../../vaults/sharedSettings.js";
import { fields, type Problem, parseFields } from "../../vaults/values.js";
import { noAssignmentId } from "./wording.js";

/** The vault and its identity. Any value may be the engine's text for "not known yet". */
export type IdentityAssignmentInputs = {
  vault: string;
  /** `SystemAssigned`, or the ARM ID of a user-assigned identity. */
  identity: string;
  timeouts?: { create?: string; delete?: string };
};

const assignmentArguments = fields(
  { vault: vaultId, identity: managedIdentity, timeouts: fields({ create: duration, delete: duration }) },
  ["vault", "identity"],
);

/** `olds` are the inputs of the existing assignment. A value that differs only in case keeps its old spelling. */
export function parseAssignment(
  news: Record<string, unknown>,
  olds: Partial<IdentityAssignmentInputs>,
): { inputs: IdentityAssignmentInputs; problems: Problem[] } {
  const problems: Problem[] = [];
  const inputs = parseFields(assignmentArguments, news, "", problems, olds) as IdentityAssignmentInputs;
  for (const name of ["vault", "identity"] as const) {
    const before = olds[name];
    if (before?.toLowerCase() === inputs[name].toLowerCase()) inputs[name] = before;
  }
  return { inputs, problems };
}

/** From the ID `{vault}#{identity}`, of which nothing is recorded. */
export function assignmentIn(id: string): IdentityAssignmentInputs {
  const [vault, identity, ...rest] = id.split("#");
  const { inputs, problems } = parseAssignment({ vault, identity }, {});
  if (problems.length + rest.length > 0) throw new Error(noAssignmentId(id));
  return inputs;
}
