import type { PlannedChange } from "../changes/plannedChange.js";
import type { DependencyKind } from "../vaults/adapters.js";
import { dependencyKindOf } from "../vaults/index.js";
import {
  type Access,
  type AccessUser,
  accessIn,
  accessInList,
  givesAccess,
  includesAccess,
  operationIn,
  policiesIn,
  storeOf,
} from "./access.js";
import { type KeyAddress, keyAddress, type Truth } from "./keyAddress.js";
import { newPermissionModel, permissionModelOf } from "./permissionModel.js";
import { isBelow, type Reading, readingOf, readingOfWanted } from "./reading.js";

/** `again`: it does, but perhaps only after the removal, or in a write that the removal takes back. */
export type Grant = Truth | "again";

/** In the order in which they count. */
const grants = ["yes", "again", "unknown"] as const;

/** How a vault's identity may get access: by a role, or by an access policy of its own or in the key vault's list. */
export type AccessKind = "roleAssignment" | "accessPolicy";

/**
 * Whether something else in the program gives this vault the same access, and stays: another role assignment or access
 * policy, or the successor of the changed one.
 *
 * @param lost what the change takes away
 */
export function othersGrant(
  all: readonly PlannedChange[],
  changed: PlannedChange,
  vault: AccessUser,
  { lost, kinds = ["roleAssignment", "accessPolicy"] }: { lost?: Access; kinds?: readonly AccessKind[] },
): Grant {
  const found = all.map((other): Grant => {
    const kind = dependencyKindOf(other);
    if (!kind || !kinds.some((each) => accessKinds[each].includes(kind)) || isTemporary(other)) return "no";
    if (other.address === changed.address) return successorGrants(other, kind, vault, lost);
    if (isGone(other)) return "no";
    return strongest(
      accessesIn(other, kind).map((access) => grantOf(access, other, kind, { all, changed, vault, lost })),
    );
  });
  return strongest(found);
}

export const strongest = (all: readonly Grant[]): Grant => grants.find((each) => all.includes(each)) ?? "no";

/** Whether what loses an access is left without any, by what else gives it. */
export function leftAfter(isLost: Truth, other: Grant): Grant {
  if (other === "yes") return "no";
  return other === "no" ? isLost : isLost === "yes" ? other : "unknown";
}

const accessKinds: Record<AccessKind, readonly DependencyKind[]> = {
  roleAssignment: ["roleAssignment"],
  accessPolicy: ["accessPolicy", "keyVault"],
};

/** Privileged Identity Management may end it. */
export const isTemporary = ({ type }: PlannedChange): boolean =>
  /^(azurerm_pim_|azure:pim\/|azurerm:index\/pim)/.test(type);

/** It is not there after the run. What is only forgotten is. */
export const isGone = ({ action, old }: PlannedChange): boolean =>
  action === "unknown" || (action === "delete" && old?.retainOnDelete !== true);

/** The run does not write it. */
export const isLeft = ({ action }: PlannedChange): boolean => action === "nothing" || action === "delete";

/** As it is after the run. */
export const afterwards = (planned: PlannedChange): Reading =>
  planned.new ? readingOfWanted(planned) : readingOf(planned.old, false);

function accessesIn(planned: PlannedChange, kind: DependencyKind): Access[] {
  const reading = afterwards(planned);
  const list = kind === "roleAssignment" ? undefined : policiesIn(reading);
  const listed = (place: KeyAddress | undefined) => (list ?? []).map((policy) => accessInList(policy, place));
  if (kind === "keyVault") return listed(keyAddress(reading.id));
  if (list === undefined) return [accessIn(reading, kind)];
  return operationIn(reading) === "remove" ? [] : listed(storeOf(reading));
}

interface Lost {
  all: readonly PlannedChange[];
  changed: PlannedChange;
  vault: AccessUser;
  lost: Access | undefined;
}

function grantOf(
  access: Access,
  other: PlannedChange,
  kind: DependencyKind,
  { all, changed, vault, lost }: Lost,
): Grant {
  const given = (each: Access) => (lost && includesAccess(each, lost) ? "yes" : givesAccess(each, vault));
  const gives = given(access);
  if (gives !== "yes" || !lost) return gives;
  // Two resources are the same access. What one of them takes away, the other gives again only if it is written later.
  if (isSameAccess(access, lost)) return isLeft(other) ? "no" : "again";
  const isOfAnotherModel = (access.roles === undefined) !== (lost.roles === undefined);
  const counts = isOfAnotherModel ? inForce(access, all, vault) : "yes";
  if (counts !== "yes") return counts;
  const gave = other.old ? accessesIn({ ...other, new: undefined }, kind).map(given) : [];
  const isThereAllTheTime = isLeft(other) || (other.action === "update" && gave.includes("yes"));
  return isDeletedFirst(changed) && !isThereAllTheTime ? "again" : "yes";
}

/** It may be deleted before anything else is created. */
export const isDeletedFirst = ({ action, isCreatedFirst }: PlannedChange): boolean =>
  (action === "delete" || action === "replace") && !isCreatedFirst;

/**
 * Whether this access counts: a key vault ignores roles or access policies, as its permission model says. Which it is, only
 * the program shows. `again`: the run changes the model.
 * https://learn.microsoft.com/azure/key-vault/general/rbac-access-policy
 */
export function inForce({ roles }: Access, all: readonly PlannedChange[], vault: AccessUser): Grant {
  const used = keyAddress(vault.encryption?.keyUri);
  if (!used) return "unknown";
  if (used.isHsm) return roles ? "yes" : "no";
  const store = all.find(
    (each) => dependencyKindOf(each) === "keyVault" && keyAddress(each.old?.id)?.store === used.store,
  );
  const before = store && permissionModelOf(readingOf(store.old, true));
  const after = (store?.new && newPermissionModel(readingOf(store.old, true), readingOf(store.new, false))) ?? before;
  if (typeof before !== "boolean" || typeof after !== "boolean") return "unknown";
  if (before !== after) return "again";
  return after === (roles !== undefined) ? "yes" : "no";
}

/** Of a replaced one. If it is the same access, it is not created before the deletion, or the deletion takes it away as well. */
function successorGrants(
  changed: PlannedChange,
  kind: DependencyKind,
  vault: AccessUser,
  lost: Access | undefined,
): Grant {
  if (changed.action !== "replace" || !changed.new) return "no";
  const access = accessIn(afterwards(changed), kind);
  const gives = lost && includesAccess(access, lost) ? "yes" : givesAccess(access, vault);
  if (gives !== "yes") return gives;
  if (!changed.isCreatedFirst) return "again";
  return lost && isSameAccess(access, lost) ? "no" : "yes";
}

/**
 * Of two that give a vault access to its key, whether they are one in Azure, which has only one access policy of a principal
 * in a key vault, and only one assignment of the same role to a principal at a scope.
 * https://learn.microsoft.com/azure/key-vault/general/assign-access-policy
 * https://learn.microsoft.com/azure/role-based-access-control/troubleshooting#symptom---role-assignment-already-exists
 */
function isSameAccess(a: Access, b: Access): boolean {
  // A group's is not that of its member.
  if (a.isOfGroup !== b.isOfGroup) return false;
  if (!a.roles || !b.roles) return a.roles === b.roles;
  if (a.place?.key !== b.place?.key) return false;
  const isAtOnePlace = (["scope", "localScope"] as const).every((name) => {
    const [one, other] = [a[name], b[name]];
    return !one || !other || (isBelow(one, other) && isBelow(other, one));
  });
  if (!isAtOnePlace) return false;
  const [one, other] = [a.roles, b.roles];
  const isGuid = (role: string) => /^[0-9a-f-]{36}$/.test(role);
  const isComparable = one.some((role) => other.some((each) => isGuid(each) === isGuid(role)));
  return !isComparable || one.some((role) => other.includes(role));
}
