import type { Context } from "../../host/context.js";
import type { PlannedPolicy } from "../../host/run.js";
import { isUnknown, unknownSentinel } from "../../vaults/unknowns.js";

/*
 * What this run's program gives to vaults, so that a preview does not warn that it is missing. The engine checks a resource
 * after those that it depends on, so what is recorded here comes before what needs it. Any value may be unknown.
 */

/** Records in `check` that the program assigns this identity to a vault. */
export const willAssign = ({ run }: Context, vaultId: string, identity: string): void =>
  add(run.assigned, vaultId, identity);

/** The identities that the program assigns to a vault. */
export const assignedTo = ({ run }: Context, vaultId: string): string[] => [
  ...(run.assigned.get(vaultId.toLowerCase()) ?? []),
];

/** Whether the program assigns this identity to a vault. One that is only known during `pulumi up` may be any. */
export const isAssigned = ({ run }: Context, vaultId: string, identity: string): boolean => {
  const assigned = run.assigned.get(vaultId.toLowerCase());
  return assigned?.has(unknownSentinel) || assigned?.has(identity.toLowerCase()) || false;
};

/** Records in `check` that the program allows a principal to use a key. */
export const willGrant = ({ run }: Context, key: string, principalId: string): void =>
  add(run.granted, key, principalId);

/**
 * Whether the program allows a principal to use a key. A principal that is only known during `pulumi up` may be any: access
 * is judged again then.
 */
export function isGranted({ run }: Context, key: string, principalId: string | undefined): boolean {
  const principals = run.granted.get(key.toLowerCase());
  return principals?.has(unknownSentinel) || principals?.has(principalId?.toLowerCase() ?? "") || false;
}

function add(all: Map<string, Set<string>>, key: string, value: string): void {
  const known = all.get(key.toLowerCase()) ?? new Set();
  all.set(key.toLowerCase(), known.add(isUnknown(value) ? unknownSentinel : value.toLowerCase()));
}

/** Records in `check` what a policy of the program is for. */
export const willHavePolicy = ({ run }: Context, policyId: string, policy: PlannedPolicy): void =>
  void run.policies.set(policyId.toLowerCase(), policy);

/** The policy as the program has it: it may be still to come, or to be replaced under its ID by one of another kind. */
export const policyOfProgram = ({ run }: Context, policyId: string): PlannedPolicy | undefined =>
  run.policies.get(policyId.toLowerCase());
