import { consentNeeded } from "../../rules/index.js";
import { calledGuard } from "../../vaults/guardId.js";
import { calledById } from "../../vaults/vaultId.js";
import { withNameInError } from "../run/nameInError.js";
import { guardCalled } from "./wording.js";

/** Microsoft's page on how a vault gets and loses its guard. */
const page = "https://learn.microsoft.com/azure/backup/multi-user-authorization";

export const sameVaultTwice = (vaultId: string): string =>
  `${calledById(vaultId)} gets its resource guard from two ResourceGuardAssociation resources in this program. A vault has ` +
  "one guard. Keep one of them.";

export const hasAnotherGuard = (vaultId: string, guardId: string): string =>
  `${calledById(vaultId)} is already protected by ${calledGuard(guardId)} (${guardId}). A vault has one guard. To use another ` +
  "one, remove that association first, which needs the consent of that guard's owner, or set `resourceGuard` to that guard.";

export const takesOver = (vaultId: string, guardId: string): string =>
  `${calledById(vaultId)} is already protected by ${calledGuard(guardId)}. This ResourceGuardAssociation takes the association ` +
  "over without a write. If the resource was renamed in the program, add its old name to `aliases`.";

export const associationStays = (vaultId: string): string =>
  `${calledById(vaultId)} keeps its resource guard: another ResourceGuardAssociation in this program manages the association. ` +
  "Pulumi only removes this one from its state.";

export const noGuard = (guardId: string): string =>
  `${guardCalled(guardId)} does not exist, or the caller lacks the role Reader on it: ${guardId} returned 404. Ask the guard's ` +
  "owner for the role Reader, or correct the argument `resourceGuard`. If this program creates the guard, pass the resource " +
  `itself. ${page}`;

export const guardUnread = (guardId: string, why: string): string =>
  `${guardCalled(guardId)} could not be read: ${why} Whether it can protect the vault was not checked; \`pulumi up\` checks it ` +
  "before it writes anything.";

export const notAssociated = (vaultId: string): string =>
  `${calledById(vaultId)} is not associated with a resource guard.`;

export const notListed = (vaultId: string): string =>
  `${calledById(vaultId)}: Azure accepted the association, but does not list it yet. Run \`pulumi up\` again.`;

/** Azure asked the guard, and the guard's owner has not allowed it. */
export const removalRefused = (vaultId: string, guardId: string, why: string, who: string | undefined): string =>
  `resource-guard-unlinked: ${calledById(vaultId)} keeps its association with ${calledGuard(guardId)}: Azure removes it only ` +
  `with the consent of the guard's owner. ${consentNeeded(guardId, who)} ${why} ${page}`;

export const replacesGuard = (vaultId: string, from: string, to: string): string =>
  `${calledById(vaultId)} would be protected by ${calledGuard(to)} instead of ${calledGuard(from)}. \`pulumi up\` removes the ` +
  `association first, and the vault has no guard until the new one is made. ${consentNeeded(from)} ${page}`;

export const withAssociationInError = <T>(vaultId: string, work: () => Promise<T>): Promise<T> =>
  withNameInError(`Resource guard of ${calledById(vaultId)}`, work, calledById(vaultId));
