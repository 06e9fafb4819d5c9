import type { PlannedChange } from "../changes/plannedChange.js";
import { at, type Value } from "../values.js";
import { dependencyKindOf } from "../vaults/index.js";
import {
  type Access,
  givesAccess,
  neededPermissions,
  operationIn,
  permissionsIn,
  permits,
  policiesIn,
  storeOf,
} from "./access.js";
import type { DependencyChange } from "./change.js";
import type { Truth } from "./keyAddress.js";
import type { KnownVault } from "./known.js";
import { othersGrant } from "./otherAccess.js";
import { type Reading, readingOfWanted } from "./reading.js";
import { both, either } from "./truth.js";

/** Whether it is such an operation. */
export const isAccessOperation = (planned: PlannedChange): boolean =>
  dependencyKindOf(planned) === "accessPolicy" && operationIn(readingOfWanted(planned)) !== undefined;

/** What such an operation does to a vault's access to its key. */
export interface TakenAccess {
  operation: Reading;
  access: Access;
  isTaken(vault: KnownVault): Truth;
  /** What to do if that is not known. */
  remediation?: string;
}

/** Undefined if it is no such operation, or if the resource is only deleted. */
export function takenAccess({ planned, known, operation }: DependencyChange): TakenAccess | undefined {
  const wanted = readingOfWanted(planned);
  const what = operation === "delete" ? undefined : operationIn(wanted);
  if (!what) return undefined;
  const place = storeOf(wanted);
  const policies = policiesIn(wanted) ?? [];
  const inStore: Access = { gives: "yes", isForKeys: false, isElsewhere: false, ...(place && { place }) };
  const isOf = (policy: Value, vault: KnownVault) => {
    const principalId = at(policy, "objectId");
    return givesAccess({ ...inStore, ...(typeof principalId === "string" && { principalId }) }, vault);
  };
  function isTaken(vault: KnownVault): Truth {
    if (othersGrant(known.all, planned, vault, { kinds: ["roleAssignment"] }) === "yes") return "no";
    if (what === "remove") return either(policies.map((policy) => both(isOf(policy, vault), either(needsIn(policy)))));
    // Whether it has an access policy now is not shown.
    const isListed = policies.some((policy) => isOf(policy, vault) === "yes" && !needsIn(policy).includes("no"));
    return isListed ? "no" : givesAccess(inStore, vault);
  }
  const isForKeys = what === "remove" && policies.some((policy) => either(needsIn(policy)) !== "no");
  return {
    operation: wanted,
    access: { ...inStore, isForKeys },
    isTaken,
    ...(what === "replace" && { remediation: toKeep }),
  };
}

const toKeep =
  "It replaces every access policy of the key vault. Put the one of each vault's identity into its list, with Get, Wrap Key and " +
  "Unwrap Key.";

/** Whether an access policy in the list has each of the permissions that a vault needs. */
function needsIn(policy: Value): Truth[] {
  const permissions = permissionsIn(policy);
  return neededPermissions.map((name) => (Array.isArray(permissions) ? permits(permissions, name) : "unknown"));
}
