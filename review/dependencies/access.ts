import { type Maybe, unknown } from "../../provider/vaults/ruleVault.js";
import type { PlannedChange } from "../changes/plannedChange.js";
import { at, type Value } from "../values.js";
import { subjectOf } from "../vaults/index.js";
import { type KeyAddress, keyAddress, type Truth } from "./keyAddress.js";
import type { KnownVault } from "./known.js";
import { type Reading, readingOf, sameId } from "./reading.js";

/** What a role assignment or an access policy gives to a principal. */
export interface Access {
  /** Whether it lets the principal read, wrap and unwrap keys. */
  gives: Truth;
  /** Its role is one for keys by its name. */
  isForKeys: boolean;
  principalId?: Maybe<string>;
  /** Absent: a scope above key vaults, so of keys that are known to be somewhere in it or not. */
  place?: KeyAddress;
  /** The scope cannot contain a key. */
  isElsewhere: boolean;
}

/** https://learn.microsoft.com/azure/role-based-access-control/built-in-roles/security (checked 2026-11) */
const keyRoles: readonly (readonly [string, string])[] = [
  ["e147488a-f6f5-4113-8e2d-b22465e65bf6", "key vault crypto service encryption user"],
  ["14b46e9e-c2b7-41b4-b07b-48a6ebf60603", "key vault crypto officer"],
  ["12338af0-0e69-4776-bea7-57ae8d297424", "key vault crypto user"],
  ["00482a5a-887f-4fb3-b363-3b7fe8e74483", "key vault administrator"],
  ["33413926-3206-4cdd-b39a-83574fe37a17", "managed hsm crypto service encryption user"],
];

/** Roles that vaults' identities often have, and that give no access to keys. */
const otherRoles: readonly (readonly [string, string])[] = [
  ["acdd72a7-3385-48ef-bd42-f606fba81ae7", "reader"],
  ["b24988ac-6180-42a0-ab88-20f7382dd24c", "contributor"],
  ["8e3af657-a8ff-443c-a75c-2fe8c4bcb635", "owner"],
  ["3e5e47e6-65f7-47ef-90b5-e5dd4d455f24", "disk backup reader"],
  ["7efff54f-a5b4-42b5-a1c5-5411624893ce", "disk snapshot contributor"],
  ["b50d9833-a0cb-478e-945f-707fcc997c13", "disk restore operator"],
  ["e5e2a7ff-d759-4cd2-bb51-3152d37e2eb1", "storage account backup contributor"],
  ["5e467623-bb1f-42f4-a55d-6e525e11384b", "backup contributor"],
];

export function accessIn(reading: Reading): Access {
  const permissions = reading.value("keyPermissions", "policy.permissions.keys", "properties.policy.permissions.keys");
  const objectId = reading.text("objectId", "policy.objectId", "properties.policy.objectId");
  if (objectId !== undefined) {
    const place = keyAddress(reading.text("keyVaultId"), reading.id) ?? storeNamed(reading.text("vaultName"));
    const gives = permissions === undefined ? "no" : permitsAny(permissions);
    return { gives, isForKeys: gives === "yes", principalId: objectId, place, isElsewhere: false };
  }
  const role = [
    reading.text("roleDefinitionId", "properties.roleDefinitionId"),
    reading.text("roleDefinitionName"),
  ].flatMap((text) => (typeof text === "string" ? [text.toLowerCase().split("/").at(-1)] : []));
  const isOneOf = (roles: typeof keyRoles) =>
    roles.some((names) => role.some((each) => names.includes(each as string)));
  const gives = isOneOf(keyRoles) ? "yes" : isOneOf(otherRoles) ? "no" : "unknown";
  return {
    gives,
    isForKeys: gives === "yes",
    principalId: reading.text("principalId", "properties.principalId"),
    ...placeOf(reading),
  };
}

const storeNamed = (name: Maybe<string> | undefined): KeyAddress | undefined =>
  typeof name === "string" ? { store: name.toLowerCase(), isHsm: false } : undefined;

function placeOf(reading: Reading): Pick<Access, "place" | "isElsewhere"> {
  const [, fromId] = /^(.*)\/providers\/Microsoft\.Authorization\/roleAssignments\//i.exec(reading.id ?? "") ?? [];
  const scope = reading.text("scope", "properties.scope") ?? fromId;
  // A local role in a Managed HSM has a scope inside it.
  const hsm = keyAddress(reading.text("managedHsmId", "vaultBaseUrl"));
  if (hsm) {
    const [, key] = /^\/keys\/([^/]+)/.exec(typeof scope === "string" ? scope : "") ?? [];
    return { place: { ...hsm, isHsm: true, ...(key && { key: key.toLowerCase() }) }, isElsewhere: false };
  }
  const place = keyAddress(scope);
  if (place) return { place, isElsewhere: false };
  return { isElsewhere: typeof scope === "string" && /\/providers\/(?!Microsoft\.Management\/)/i.test(scope) };
}

/** What a vault needs on its key, as permissions of an access policy. */
export const neededPermissions = ["get", "wrapkey", "unwrapkey"];

function permitsAny(permissions: Value): Truth {
  if (!Array.isArray(permissions)) return permissions === unknown ? "unknown" : "no";
  if (neededPermissions.some((name) => permits(permissions, name) === "yes")) return "yes";
  return permissions.includes(unknown) ? "unknown" : "no";
}

export function permits(permissions: Value[], name: string): Truth {
  const has = (text: string) => permissions.some((each) => typeof each === "string" && each.toLowerCase() === text);
  if (has(name) || has("all")) return "yes";
  return permissions.includes(unknown) ? "unknown" : "no";
}

/** Whether it is what this vault uses its key through. */
export function givesAccess({ principalId, place, isElsewhere }: Access, vault: KnownVault): Truth {
  if (isElsewhere) return "no";
  const used = keyAddress(vault.encryption?.keyUri);
  const covers: Truth =
    !used || !place
      ? "unknown"
      : used.store === place.store && used.isHsm === place.isHsm && (place.key === undefined || place.key === used.key)
        ? "yes"
        : "no";
  const isHis: Truth =
    typeof principalId !== "string" || typeof vault.principalId !== "string"
      ? "unknown"
      : principalId.toLowerCase() === vault.principalId.toLowerCase()
        ? "yes"
        : "no";
  if (covers === "no" || isHis === "no") return "no";
  return covers === "yes" && isHis === "yes" ? "yes" : "unknown";
}

type AccessKind = "roleAssignment" | "accessPolicy";

/**
 * Whether another role assignment or access policy of the program gives this vault the same, and stays. The successor of a
 * role assignment does, if it is created before that is deleted. Azure has only one of the same role for a principal and
 * a scope.
 */
export const othersGrant = (
  all: readonly PlannedChange[],
  changed: PlannedChange,
  vault: KnownVault,
  kinds: readonly AccessKind[] = ["roleAssignment", "accessPolicy"],
): boolean =>
  all.some((other) => {
    const subject = subjectOf(other);
    const isAccess = subject?.is === "dependency" && kinds.some((kind) => kind === subject.dependency.kind);
    if (!isAccess || isTemporary(other) || other.action === "delete" || other.action === "unknown") return false;
    const isSuccessor = other.action === "replace" && other.isCreatedFirst && hasOtherRole(other);
    if (other.address === changed.address && !isSuccessor) return false;
    const access = accessIn(readingOf(other.new ?? other.old, false));
    return access.gives === "yes" && givesAccess(access, vault) === "yes";
  });

/** Privileged Identity Management may end it. */
const isTemporary = ({ type }: PlannedChange): boolean => /^(azurerm_pim_|azure:pim\/|azurerm:index\/pim)/.test(type);

const roleArguments = ["roleDefinitionId", "roleDefinitionName", "principalId", "scope"];

/** Whether it is a role assignment of another role, principal or scope. Not every provider replaces it for that. */
export function hasOtherRole({ old, new: wanted }: Pick<PlannedChange, "old" | "new">): boolean {
  const [before, after] = [readingOf(old, false), readingOf(wanted, false)];
  return roleArguments.some((name) => {
    const [had, has] = [before, after].map((reading) => reading.value(name, `properties.${name}`));
    return had !== undefined && (has === unknown || (had !== has && !sameId(had, has)));
  });
}

/** The permissions on keys that access policies lose in an update: of a policy that is a resource, or in a key vault's list. */
export function lostAccess({ old, new: wanted }: PlannedChange): { access: Access; permissions: Truth }[] {
  const [before, after] = [readingOf(old, false), readingOf(wanted, false)];
  const current = readingOf(old, true);
  if (current.text("objectId", "policy.objectId", "properties.policy.objectId") !== undefined) {
    const paths = ["keyPermissions", "policy.permissions.keys", "properties.policy.permissions.keys"];
    return [{ access: accessIn(current), permissions: lost(before.value(...paths), after.value(...paths)) }];
  }
  const lists = ["properties.accessPolicies", "accessPolicies"];
  const [had, has] = [before.value(...lists), after.value(...lists)];
  if (!Array.isArray(had)) return [];
  const place = keyAddress(current.id);
  return had.flatMap((policy) => {
    const principalId = at(policy, "objectId");
    const isTheSame = (each: Value) => at(each, "objectId") === principalId;
    const found = (Array.isArray(has) ? has.find(isTheSame) : has) as Value;
    const access: Access = {
      gives: "yes",
      isForKeys: true,
      ...(typeof principalId === "string" && { principalId }),
      ...(place && { place }),
      isElsewhere: false,
    };
    const left: Value = found === undefined ? [] : permissionsIn(found);
    return [{ access, permissions: lost(permissionsIn(policy), left) }];
  });
}

/** Of an unknown policy, they are unknown. */
const permissionsIn = (policy: Value): Value => at(policy, "permissions.keys") ?? at(policy, "keyPermissions") ?? [];

function lost(before: Value, after: Value): Truth {
  if (!Array.isArray(before)) return before === unknown ? "unknown" : "no";
  const had = neededPermissions.filter((name) => permits(before, name) === "yes");
  if (had.length === 0) return "no";
  if (after === unknown) return "unknown";
  const left = Array.isArray(after) ? after : [];
  const truths = had.map((name) => permits(left, name));
  return truths.includes("no") ? "yes" : truths.includes("unknown") ? "unknown" : "no";
}
