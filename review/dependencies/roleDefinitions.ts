import { accessRemoved, type Verdict } from "../../provider/rules/index.js";
import { unknown } from "../../provider/vaults/ruleVault.js";
import type { PlannedChange } from "../changes/plannedChange.js";
import { at, listOf, type Value } from "../values.js";
import { dependencyKindOf } from "../vaults/index.js";
import { type Access, accessIn, concerns } from "./access.js";
import type { DependencyChange } from "./change.js";
import { type KeyAddress, keyAddress, type Truth } from "./keyAddress.js";
import { judgeUsers } from "./keys.js";
import type { KnownVault } from "./known.js";
import { type Grant, inForce, othersGrant } from "./otherAccess.js";
import { type Reading, readingOf } from "./reading.js";
import { both, either, not } from "./truth.js";

/** https://learn.microsoft.com/azure/role-based-access-control/permissions/security#microsoftkeyvault */
const ofKeyVault = ["read", "wrap/action", "unwrap/action"].map((each) => `microsoft.keyvault/vaults/keys/${each}`);

/** https://learn.microsoft.com/azure/key-vault/managed-hsm/built-in-roles#permitted-operations */
const ofManagedHsm = ["read", "wrap", "unwrap"].map((each) => `microsoft.keyvault/managedhsm/keys/${each}/action`);

/** A custom role: deleted, or without data actions on keys that it has had. Who has it, only its assignments say. */
export async function judgeRoleDefinition(change: DependencyChange): Promise<Verdict[]> {
  const { old, planned, known } = change;
  const hsm = hsmOf(old);
  const taken = takenBy(change, hsm ? ofManagedHsm : ofKeyVault);
  if (taken === "no") return [];
  const names = namesOf(old);
  const others = known.all.filter((each) => isOfRole(each, names) !== "yes");
  const lost: Access = { gives: taken, isForKeys: taken === "yes", roles: names, isElsewhere: false };
  function uses(vault: KnownVault): Grant {
    if (!mayBeFor(hsm, vault) || inForce(lost, known.all, vault) === "no") return "no";
    const other = othersGrant(others, planned, vault, { lost });
    if (other === "yes") return "no";
    if (both(taken, assigned(known.all, names, vault)) !== "yes") return "unknown";
    return other === "no" ? "yes" : other;
  }
  return judgeUsers(change, accessRemoved, uses, lost);
}

/** The Managed HSM that has this role for itself. */
function hsmOf(old: Reading): KeyAddress | undefined {
  const place = keyAddress(old.text("managedHsmId", "vaultBaseUrl"), old.id);
  return place?.isHsm ? place : undefined;
}

/** A role of Azure gives nothing in a Managed HSM, and one of a Managed HSM nothing elsewhere. */
function mayBeFor(hsm: KeyAddress | undefined, { encryption }: KnownVault): boolean {
  const used = keyAddress(encryption?.keyUri);
  return !used || (hsm ? used.isHsm && used.store === hsm.store : !used.isHsm);
}

/** Whether a vault that has the role loses one of these data actions. */
function takenBy({ isRemoved, operation, old, wanted }: DependencyChange, actions: readonly string[]): Truth {
  if (!isRemoved && operation !== "change") return "no";
  const permissionsOf = (reading: Reading) => reading.value("permissions", "properties.permissions");
  const before = permissionsOf(old);
  const after = isRemoved ? [] : permissionsOf(wanted);
  return either(actions.map((action) => both(permits(before, action), not(permits(after, action)))));
}

/** https://learn.microsoft.com/azure/role-based-access-control/role-definitions#dataactions */
function permits(permissions: Value, action: string): Truth {
  if (permissions === unknown) return "unknown";
  return either(
    listOf(permissions).map((each) =>
      both(includes(at(each, "dataActions"), action), not(includes(at(each, "notDataActions"), action))),
    ),
  );
}

function includes(patterns: Value, action: string): Truth {
  if (patterns === unknown) return "unknown";
  return either(
    listOf(patterns).map((each) => (typeof each === "string" ? (matches(each, action) ? "yes" : "no") : "unknown")),
  );
}

/** Whether a pattern with `*` for any text is one for this action. */
function matches(pattern: string, action: string): boolean {
  const [first = "", ...rest] = pattern.toLowerCase().split("*");
  const last = rest.pop();
  if (last === undefined) return first === action;
  if (!action.startsWith(first)) return false;
  let from = first.length;
  for (const part of rest) {
    const found = action.indexOf(part, from);
    if (found < 0) return false;
    from = found + part.length;
  }
  return action.length - last.length >= from && action.endsWith(last);
}

/** The GUID and the name of the role, as an assignment has them. */
function namesOf(old: Reading): string[] {
  // azurerm's ID has the scope behind a bar.
  const ids = [old.id?.split("|")[0], old.text("roleDefinitionId"), old.text("resourceManagerId")];
  const names = [old.text("roleName", "properties.roleName"), old.text("name")];
  return [...ids.map((id) => (typeof id === "string" ? id.split("/").at(-1) : id)), ...names].flatMap((each) =>
    typeof each === "string" && each !== "" ? each.toLowerCase() : [],
  );
}

/** Whether the program assigns the role to the vault's identity on its key. Not that it does not: others may, elsewhere. */
function assigned(all: readonly PlannedChange[], names: readonly string[], vault: KnownVault): Truth {
  const truths = all.map((each): Truth => {
    // What is deleted or replaced is judged as that.
    if (!each.old || each.action === "delete" || each.action === "replace") return "no";
    return both(isOfRole(each, names), concerns(accessIn(readingOf(each.old, true), "roleAssignment"), vault));
  });
  return truths.includes("yes") ? "yes" : "unknown";
}

/** Whether it is an assignment of this role. */
function isOfRole(planned: PlannedChange, names: readonly string[]): Truth {
  if (dependencyKindOf(planned) !== "roleAssignment") return "no";
  const { roles = [] } = accessIn(readingOf(planned.old ?? planned.new, true), "roleAssignment");
  if (roles.length === 0) return "unknown";
  return roles.some((role) => names.includes(role)) ? "yes" : "no";
}
