import { calledGuard } from "../vaults/guardId.js";

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
  const guard = guardId === undefined ? "the guard" : `${calledGuard(guardId)} (${guardId})`;
  return (
    `${who} needs the role Backup MUA Operator on ${guard} while it runs. Ask the guard's owner: in Privileged Identity ` +
    "Management, the owner makes the account eligible for this role on the guard. Activate it, have the activation approved, " +
    "and run the deployment before it expires. A service principal cannot activate a role, so the owner assigns it for a " +
    "limited time."
  );
}
