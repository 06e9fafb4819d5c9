import type { Body } from "../../vaults/body.js";
import { isSystemAssigned, managedIdentity } from "../../vaults/identity.js";
import { duration, vaultId } from "../../vaults/sharedSettings.js";
import { fields, type Problem, parseFields } from "../../vaults/values.js";

/** Which identity is on which vault. A leaf may be the engine's text for "not known yet". */
export type IdentityAssignmentInputs = {
  vault: string;
  /** `SystemAssigned`, or the ARM id of a user-assigned identity. */
  identity: string;
  timeouts?: { create?: string; delete?: string };
};

const assignmentArguments = fields(
  { vault: vaultId, identity: managedIdentity, timeouts: fields({ create: duration, delete: duration }) },
  ["vault", "identity"],
);

/** `olds` are the inputs of the existing assignment: what differs from them only in case stays as it was. */
export function parseAssignment(
  news: Record<string, unknown>,
  olds: Partial<IdentityAssignmentInputs>,
): { inputs: IdentityAssignmentInputs; problems: Problem[] } {
  const problems: Problem[] = [];
  const inputs = parseFields(assignmentArguments, news, "", problems) as IdentityAssignmentInputs;
  for (const name of ["vault", "identity"] as const) {
    const before = olds[name];
    if (before?.toLowerCase() === inputs[name].toLowerCase()) inputs[name] = before;
  }
  return { inputs, problems };
}

/** What an identity is in the directory. */
export type Principal = {
  principalId?: string;
  tenantId?: string;
  /** The vault itself does not show a system-assigned one's. */
  clientId?: string;
};

/** As the vault shows it: nothing, or nothing yet, where Azure is still at it. */
export function principalOn({ identity }: Body, assigned: string): Principal {
  if (!identity) return {};
  if (isSystemAssigned(assigned)) return { principalId: identity.principalId, tenantId: identity.tenantId };
  const [, found] =
    Object.entries(identity.userAssignedIdentities ?? {}).find(([id]) => id.toLowerCase() === assigned.toLowerCase()) ??
    [];
  return { principalId: found?.principalId, tenantId: identity.tenantId, clientId: found?.clientId };
}
