import { reported, type Verdict } from "../../rules/index.js";
import { allGuardedOperations } from "../../vaults/guardedOperations.js";
import { calledGuard } from "../../vaults/guardId.js";
import { isUnknown } from "../../vaults/unknowns.js";
import { didYouMean, meantBy } from "../../vaults/values.js";
import { calledById } from "../../vaults/vaultId.js";
import { ifAskedToReplace } from "../run/askedToReplace.js";
import { withNameInError } from "../run/nameInError.js";
import { adoptVariable } from "../run/vaults.js";

const capitalized = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);

/** `Resource guard "payroll"` */
export const guardCalled = (id: string): string => (isUnknown(id) ? "Resource guard" : capitalized(calledGuard(id)));

/** `Association of Backup vault "payroll" with resource guard "security"` */
export const associationCalled = (vaultId: string, guardId: string): string =>
  `Association of ${isUnknown(vaultId) ? "a vault" : calledById(vaultId)} with ${isUnknown(guardId) ? "a resource guard" : calledGuard(guardId)}`;

/** What a rule says of it. */
export function ruleText({ code, reason, remediation, evidence, source }: Verdict, subject: string): string {
  return `${code}: ${subject}: ${reason} ${remediation} ${evidence === "microsoft" ? "" : `${reported} `}${source}`;
}

export const guardExists = (id: string): string =>
  `${guardCalled(id)} already exists. If an interrupted \`pulumi up\` of this stack created it, adopt it for one run: ` +
  `\`${adoptVariable}='${id}' pulumi up\`. To manage it in this stack, set \`adopt: true\`; it will be updated to match the ` +
  "program. If the resource was renamed in the program, add its old name to `aliases`. " +
  ifAskedToReplace +
  "Otherwise, choose another name.";

export const cannotAdoptGuard = (id: string, has: string | undefined, wanted: string): string =>
  `${guardCalled(id)} cannot be adopted: it is in ${has ?? "a region that Azure does not return"}, but the program sets ` +
  `${wanted}. Azure cannot move a resource guard to another region. Set \`location\` to its region.`;

export const adoptsGuard = (id: string): string =>
  `${guardCalled(id)} exists and is adopted, not created. It will be updated to match the program. If another resource in ` +
  "this stack is the same guard, for example under an old name, Pulumi only removes that one from its state; the guard is " +
  "not deleted.";

export const sameGuardTwice = (id: string): string =>
  `${guardCalled(id)} is defined by two resources in this program. Keep one of them, or change one of them to another guard.`;

export const guardStays = (id: string): string =>
  `${guardCalled(id)} is not deleted: another resource in this program now manages it. Pulumi only removes this one from its state.`;

export const guardNotRead = (id: string, why: string): string =>
  `${guardCalled(id)} could not be read: ${why} Checks that need it were skipped; \`pulumi up\` runs them before it writes anything.`;

export const guardGone = (id: string): string =>
  `${guardCalled(id)} no longer exists in Azure: ${id} returned 404. Run \`pulumi refresh\`. The next \`pulumi up\` then creates it again.`;

export const noGroup = (id: string, group: string, subscriptionId: string): string =>
  `${guardCalled(id)}: resource group "${group}" does not exist in subscription ${subscriptionId}. Create it first, or correct ` +
  "`resourceGroupName`. If this program creates it, set `resourceGroupName` from that resource, or name it in `dependsOn`.";

/** @param what as messages call it */
export const unfinished = (what: string, why: string): string =>
  `${what} may have been created, but this could not be confirmed: ${why} It is recorded in the stack's state. Run \`pulumi up\` ` +
  "again to complete it.";

/** The operations of which nothing else says that they lose their protection. */
export const nowExcluded = (id: string, operations: readonly string[], which: string): string =>
  `${guardCalled(id)} would no longer protect ${operations.join(", ")}. ${which}`;

/** A name that excludes nothing leaves the operation protected that was meant. */
export function notGuarded(id: string, name: string): string {
  const known = allGuardedOperations.map(({ operation }) => operation);
  const what = `${guardCalled(id)}: vaultCriticalOperationExclusionList names ${name}, which is not an operation that`;
  return `${what} this version knows resource guards to protect${didYouMean(meantBy(name, known)) || "."}`;
}

export const noVaultUsesIt = "No vault that could be read uses the guard.";

export const notDeletedUnread =
  "Nothing is deleted. Run this again with credentials that can list the vaults and their resource guards, or delete the " +
  "guard with `az dataprotection resource-guard delete` and run `pulumi refresh`.";

export const withGuardInError = <T>(id: string, work: () => Promise<T>): Promise<T> =>
  withNameInError(guardCalled(id), work);
