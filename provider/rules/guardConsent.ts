import { requestOf } from "../vaults/guardedOperations.js";
import { calledGuard, parseGuardId } from "../vaults/guardId.js";
import { type Maybe, unknown } from "../vaults/ruleVault.js";
import type { Truth } from "./truth.js";

/**
 * Who must do what before Azure makes a change that a resource guard protects.
 * https://learn.microsoft.com/azure/backup/multi-user-authorization (checked 2026-12)
 * https://learn.microsoft.com/entra/id-governance/privileged-identity-management/pim-configure: no service principal can be
 * eligible for a role, but it can have one for a limited time
 *
 * @param guardId undefined: the vault's guard is not known
 * @param who the identity that runs the deployment, if it is known
 */
export function consentNeeded(guardId: string | undefined, who = "Whoever runs the deployment"): string {
  const guard = guardId && parseGuardId(guardId) ? `${calledGuard(guardId)} (${guardId})` : "the guard";
  return (
    `${who} needs the role Backup MUA Operator on ${guard} while it runs. Ask the guard's owner: in Privileged Identity ` +
    "Management, the owner makes the account eligible for this role on the guard. Activate it, have the activation approved, " +
    "and run the deployment before it expires. A service principal cannot activate a role, so the owner assigns it for a " +
    "limited time."
  );
}

/**
 * The request to name, in full, and who must do what. A vault has one guard: with several, it is not known which one to ask.
 *
 * @param requests the guard's collection of requests for the operation
 * @param guardIds the guards of the vault
 */
export function howToAsk(requests: string, [id, ...others]: readonly string[]): string | undefined {
  if (id === undefined || others.length > 0) return undefined;
  return `Add "${requestOf(id, requests)}" to \`resourceGuardOperationRequests\`. ${consentNeeded(id)}`;
}

const segmentsOf = (id: string): string[] => id.toLowerCase().split("/");

/**
 * Whether a program names the request for an operation. Requests are IDs such as
 * `{guard}/dppReduceImmutabilityStateRequests/default` or `{guard}/modifyEncryptionSettings/default`.
 */
export function isRequested(requests: string, named: Maybe<readonly Maybe<string>[]> | undefined): Truth {
  if (named === unknown) return "unknownDesired";
  const given = named ?? [];
  const isNamed = given.some((id) => id !== unknown && segmentsOf(id).includes(requests.toLowerCase()));
  if (isNamed) return "yes";
  return given.includes(unknown) ? "unknownDesired" : "no";
}
