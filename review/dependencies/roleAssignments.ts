import {
  includesRole,
  type RoleName,
  type RoleNeed,
  roleNamed,
  roleNeeds,
} from "../../provider/policies/backupRoles.js";
import type { ClusterStorage } from "../../provider/vaults/clusterStorage.js";
import { type Maybe, unknown } from "../../provider/vaults/ruleVault.js";
import type { PlannedChange } from "../changes/plannedChange.js";
import { isSameValue, type Value } from "../values.js";
import { dependencyKindOf } from "../vaults/index.js";
import { isOfGroup, isOfUser, scopeOf } from "./access.js";
import { isBuiltIn } from "./builtInRoles.js";
import type { DependencyChange } from "./change.js";
import type { Truth } from "./keyAddress.js";
import type { Knowledge } from "./known.js";
import { afterwards, type Grant, isDeletedFirst, isGone, isLeft, isTemporary, strongest } from "./otherAccess.js";
import { isBelow, isSameHidden, type Reading, readingOf, sameId } from "./reading.js";
import { both } from "./truth.js";

/** An assignment of a role that backups may need. */
export interface Assignment {
  /** Undefined: a role that permits nothing that backups need. `unknown`: it may, such as a custom role. */
  role: Maybe<RoleName> | undefined;
  principalId: Maybe<string> | undefined;
  isOfGroup: boolean;
  scope: Maybe<string> | undefined;
  /** It has a condition, which may take some of what its role gives. */
  isConditional?: boolean;
}

export function assignmentIn(reading: Reading): Assignment {
  const id = reading.text("roleDefinitionId", "properties.roleDefinitionId");
  const texts = [typeof id === "string" ? id.split("/").at(-1) : id, reading.text("roleDefinitionName")];
  const given = texts.filter((text) => typeof text === "string");
  const [role] = given.flatMap((text) => roleNamed(text) ?? []);
  const isOpen = given.length > 0 ? !given.some(isBuiltIn) : texts.includes(unknown);
  return {
    role: isOfUser(reading) ? undefined : (role ?? (isOpen ? unknown : undefined)),
    principalId: reading.text("principalId", "properties.principalId"),
    isOfGroup: isOfGroup(reading),
    scope: scopeOf(reading),
    isConditional: conditionOf(reading) !== undefined,
  };
}

/** A role can be on the container alone. */
export const placeOfStorage = ({ accountId, container }: ClusterStorage): string =>
  container === undefined ? accountId : `${accountId}/blobServices/default/containers/${container}`;

/** Whether an assignment is at a place or above it. */
export function covers({ scope }: Assignment, place: Maybe<string>): Truth {
  if (typeof scope !== "string" || typeof place !== "string") return "unknown";
  if (/^\/providers\/Microsoft\.Management\//i.test(scope)) return "unknown";
  if (isBelow(scope, place)) return "yes";
  // Something in the place: a container, where it is not known which one is meant.
  return isBelow(place, scope) ? "unknown" : "no";
}

type Staying = readonly (readonly [PlannedChange, Assignment])[];

const stayingIn = new WeakMap<Knowledge, Staying>();

/** The assignments that there are after the run. */
function staying(known: Knowledge): Staying {
  const found =
    stayingIn.get(known) ??
    known.all.flatMap((planned) => {
      if (isGone(planned) || dependencyKindOf(planned) !== "roleAssignment" || isTemporary(planned)) return [];
      return [[planned, assignmentIn(afterwards(planned))] as const];
    });
  stayingIn.set(known, found);
  return found;
}

/**
 * Whether the run assigns the roles of a backup extension to the identity of a new one, which is seldom known before.
 *
 * @param storage where the extension keeps its backups
 * @param principalId of the new one, if it is known
 */
export const assignsExtensionRoles = (
  known: Knowledge,
  storage: ClusterStorage,
  principalId: Maybe<string> | undefined,
): boolean =>
  roleNeeds.AzureKubernetesService.filter(({ of }) => of === "extension").every((need) =>
    staying(known).some(
      ([planned, given]) =>
        !isLeft(planned) &&
        givesRole(given, need) === "yes" &&
        (given.principalId === unknown || sameId(given.principalId, principalId)) &&
        covers(given, placeOfStorage(storage)) !== "no",
    ),
  );

/** Whether an assignment permits what a role is needed for, by that or by another role. */
export function givesRole(
  { role, isConditional = false }: Pick<Assignment, "role" | "isConditional">,
  need: RoleNeed,
): Truth {
  if (role === unknown) return "unknown";
  if (role === undefined || !includesRole(role, need.role)) return "no";
  return isConditional && ofBlobs.includes(need.role) ? "unknown" : "yes";
}

const conditionOf = (assignment: Reading): Value => assignment.value("condition", "properties.condition");

/** Whether an update gives it a condition, or another one. */
export function getsCondition(planned: PlannedChange): boolean {
  const [before, current, after] = [
    readingOf(planned.old, false),
    readingOf(planned.old, true),
    readingOf(planned.new, false),
  ];
  const has = conditionOf(after);
  return (
    has !== undefined && !isSameValue(conditionOf(current), has) && !isSameHidden(planned, conditionOf(before), has)
  );
}

/**
 * A condition says which data actions on blobs are permitted, or what may be delegated.
 * https://learn.microsoft.com/azure/role-based-access-control/conditions-overview#where-can-conditions-be-added
 */
const ofBlobs: readonly RoleName[] = ["storageBlobDataContributor", "storageBlobDataReader"];

/** Whether other assignments to the same principal give what a role is needed for. */
export function givenByOthers(
  { known, planned }: DependencyChange,
  lost: Assignment,
  need: RoleNeed,
  isThere: (given: Assignment) => Truth,
): Grant {
  const grants = staying(known).map(([other, given]): Grant => {
    const isIts = isSame(given.principalId, lost.principalId);
    const gives = both(both(givesRole(given, need), isIts), isThere(given));
    return gives === "yes" ? whenGiven(other, planned, given, lost) : gives;
  });
  return strongest(grants);
}

function isSame(a: Maybe<string> | undefined, b: Maybe<string> | undefined): Truth {
  if (a === unknown || b === unknown) return "unknown";
  return sameId(a, b) ? "yes" : "no";
}

/**
 * Of an assignment that gives the same after the run. Azure has only one of a role to a principal at a scope: what takes it away
 * takes it from both.
 * https://learn.microsoft.com/azure/role-based-access-control/troubleshooting#symptom---role-assignment-already-exists
 */
function whenGiven(other: PlannedChange, changed: PlannedChange, given: Assignment, lost: Assignment): Grant {
  const isSameOne = isSameAssignment(given, lost);
  if (other.address === changed.address) {
    if (changed.action !== "replace") return "yes";
    return changed.isCreatedFirst ? (isSameOne ? "no" : "yes") : "again";
  }
  if (isSameOne) return isLeft(other) ? "no" : "again";
  const had = other.old && assignmentIn(readingOf(other.old, true));
  const isThereAllTheTime = isLeft(other) || (other.action === "update" && had && isSameAssignment(had, given));
  return isDeletedFirst(changed) && !isThereAllTheTime ? "again" : "yes";
}

const isSameAssignment = (a: Assignment, b: Assignment): boolean =>
  (["role", "scope", "principalId"] as const).every((each) => isSame(a[each], b[each]) === "yes");
