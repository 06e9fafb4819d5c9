import { type Maybe, unknown } from "../../provider/vaults/ruleVault.js";
import { at, listOf, type Value } from "../values.js";
import type { DependencyKind } from "../vaults/adapters.js";
import { givenByBuiltInRole } from "./builtInRoles.js";
import { type KeyAddress, keyAddress, type Truth } from "./keyAddress.js";
import type { Knowledge, KnownVault } from "./known.js";
import { isBelow, isSet, type Reading, sameId } from "./reading.js";
import { both } from "./truth.js";

/** What a role assignment or an access policy gives to a principal. */
export interface Access {
  /** Whether it lets the principal read, wrap and unwrap keys. */
  gives: Truth;
  /** Its role is one for keys by its name. */
  isForKeys: boolean;
  /** The role of an assignment by its GUID and its name, as far as they are known. Absent: an access policy. */
  roles?: readonly string[];
  principalId?: Maybe<string>;
  /** It is of a group, whose members are not known. */
  isOfGroup?: boolean;
  /** Absent: a scope above key vaults. */
  place?: KeyAddress;
  /** Of a role assignment in Azure: its scope. */
  scope?: string;
  /** Of one in a Managed HSM: its scope there, which is `/`, `/keys` or a key. */
  localScope?: string;
  /** All key vaults in its scope, as Azure lists them. */
  stores?: readonly KeyAddress[];
  /** The scope cannot contain a key. */
  isElsewhere: boolean;
}

const applicationIds = ["applicationId", "policy.applicationId", "properties.policy.applicationId"];
const objectIds = ["objectId", "policy.objectId", "properties.policy.objectId"];
const permissionLists = ["keyPermissions", "policy.permissions.keys", "properties.policy.permissions.keys"];
const policyLists = ["properties.accessPolicies", "accessPolicies"];

/** The object ID of an access policy that is a resource. */
export const objectIdIn = (reading: Reading): Maybe<string> | undefined => reading.text(...objectIds);

/** The permissions on keys of such a policy. */
export const permissionsOf = (reading: Reading): Value =>
  ofItself(reading.value(...applicationIds), reading.value(...permissionLists));

/**
 * One with an application is for those who use this application on behalf of the principal, which a vault's identity does not.
 * https://learn.microsoft.com/azure/key-vault/general/authentication#key-vault-authentication-scenarios
 */
const ofItself = (applicationId: Value, permissions: Value): Value =>
  isSet(applicationId) ? (applicationId === unknown ? unknown : []) : permissions;

/** The access policies in a key vault's own list. What is not known of the whole list, may be any policy. */
export function policiesIn(reading: Reading): Value[] | undefined {
  const list = reading.value(...policyLists);
  return list === undefined ? undefined : listOf(list);
}

/**
 * In Azure's own form, the resource is an operation on a key vault's list of access policies, which its name says. `add` takes
 * nothing away, but these two do, already when they are created.
 * https://learn.microsoft.com/azure/templates/microsoft.keyvault/vaults/accesspolicies
 */
export function operationIn(wanted: Reading): "remove" | "replace" | undefined {
  if (wanted.value("properties.accessPolicies") === undefined) return undefined;
  const name = wanted.id?.split("/").at(-1) ?? wanted.text("resourceName", "name");
  const operation = typeof name === "string" ? name.toLowerCase() : "";
  return operation === "remove" || operation === "replace" ? operation : undefined;
}

/** The key vault: from the ID, or from what a resource that has none yet says of its place. */
export function storeOf(wanted: Reading) {
  const path = wanted.text("parentResourcePath");
  const inPath = typeof path === "string" ? `/providers/Microsoft.KeyVault/${path}` : undefined;
  return keyAddress(wanted.id, wanted.text("parent_id", "parentId"), inPath);
}

/** Of a role assignment, or of an access policy that is a resource. */
export const accessIn = (reading: Reading, kind: DependencyKind): Access =>
  kind === "accessPolicy" ? accessOfPolicy(reading) : accessOfRole(reading);

function accessOfPolicy(reading: Reading): Access {
  const permissions = permissionsOf(reading);
  const place = keyAddress(reading.text("keyVaultId"), reading.id) ?? storeNamed(reading.text("vaultName"));
  const gives = permissions === undefined ? "no" : permitsAll(permissions);
  return { gives, isForKeys: gives === "yes", principalId: objectIdIn(reading), place, isElsewhere: false };
}

function accessOfRole(reading: Reading): Access {
  const roles = [
    reading.text("roleDefinitionId", "properties.roleDefinitionId"),
    reading.text("roleDefinitionName"),
  ].flatMap((text) => (typeof text === "string" ? (text.toLowerCase().split("/").at(-1) ?? []) : []));
  const given = roles.map(givenByBuiltInRole).find((each) => each !== "unknown") ?? "unknown";
  const gives = isOfUser(reading) ? "no" : given;
  return {
    gives,
    isForKeys: gives === "yes",
    roles,
    principalId: reading.text("principalId", "properties.principalId"),
    isOfGroup: isOfGroup(reading),
    ...placeOf(reading),
  };
}

const principalTypeOf = (assignment: Reading): Value => assignment.value("principalType", "properties.principalType");
export const isOfGroup = (assignment: Reading): boolean =>
  /Group$/.test(String(principalTypeOf(assignment)?.toString()));
/** Of a person, so not of an identity of a vault. */
export const isOfUser = (assignment: Reading): boolean => principalTypeOf(assignment) === "User";

/** Of an access policy in a key vault's list, which may not be known. */
export function accessInList(policy: Value, place: KeyAddress | undefined): Access {
  const principalId = at(policy, "objectId");
  return {
    gives: permitsAll(permissionsIn(policy)),
    isForKeys: true,
    ...(typeof principalId === "string" && { principalId }),
    ...(place && { place }),
    isElsewhere: false,
  };
}

/** Of an unknown policy, they are unknown. */
export const permissionsIn = (policy: Value): Value =>
  policy === unknown
    ? unknown
    : ofItself(at(policy, "applicationId"), at(policy, "permissions.keys") ?? at(policy, "keyPermissions") ?? []);

const storeNamed = (name: Maybe<string> | undefined): KeyAddress | undefined =>
  typeof name === "string" ? { store: name.toLowerCase(), isHsm: false } : undefined;

/** Where a role assignment is. */
export function scopeOf(reading: Reading): Maybe<string> | undefined {
  const [, fromId] = /^(.*)\/providers\/Microsoft\.Authorization\/roleAssignments\//i.exec(reading.id ?? "") ?? [];
  return reading.text("scope", "parentId", "parent_id", "properties.scope") ?? fromId;
}

function placeOf(reading: Reading): Pick<Access, "place" | "scope" | "localScope" | "isElsewhere"> {
  const scope = scopeOf(reading);
  // A local role in a Managed HSM has a scope inside it.
  const hsm = keyAddress(reading.text("managedHsmId", "vaultBaseUrl"));
  if (hsm) {
    const [, key] = /^\/keys\/([^/]+)/.exec(typeof scope === "string" ? scope : "") ?? [];
    return {
      place: { ...hsm, isHsm: true, ...(key && { key: key.toLowerCase() }) },
      ...(typeof scope === "string" && { localScope: scope }),
      isElsewhere: false,
    };
  }
  if (typeof scope !== "string") return { isElsewhere: false };
  const place = keyAddress(scope);
  // A secret, for example, is in a key vault, and contains no key.
  if (place) return { place, scope, isElsewhere: /\/vaults\/[^/]+\/(?!keys\/)[^/]/i.test(scope) };
  return { scope, isElsewhere: /\/providers\/(?!Microsoft\.Management\/)/i.test(scope) };
}

/** What a vault needs on its key, as permissions of an access policy. */
export const neededPermissions = ["get", "wrapkey", "unwrapkey"];

/** A principal has one access policy in a key vault, so no other one adds what is missing. */
export function permitsAll(permissions: Value): Truth {
  if (!Array.isArray(permissions)) return permissions === unknown ? "unknown" : "no";
  return neededPermissions.map((name) => permits(permissions, name)).reduce(both);
}

export function permits(permissions: Value[], name: string): Truth {
  const has = (text: string) => permissions.some((each) => typeof each === "string" && each.toLowerCase() === text);
  if (has(name) || has("all")) return "yes";
  return permissions.includes(unknown) ? "unknown" : "no";
}

/** What is known of a vault that may use an access. */
export type AccessUser = Pick<KnownVault, "encryption" | "principalId" | "storeIds">;

/** Whether it is for the principal and the key of this vault, whatever it gives. */
export function concerns(access: Access, vault: AccessUser): Truth {
  if (access.isElsewhere) return "no";
  const isFor = access.isOfGroup ? "unknown" : isSamePrincipal(access.principalId, vault.principalId);
  return both(covers(access, vault), isFor);
}

function covers({ place, scope, stores }: Access, { encryption, storeIds = [] }: AccessUser): Truth {
  const used = keyAddress(encryption?.keyUri);
  if (!used) return "unknown";
  if (place) return isInStore(used, place) && (place.key === undefined || place.key === used.key) ? "yes" : "no";
  if (scope === undefined) return "unknown";
  // Only its own roles count there.
  if (used.isHsm) return "no";
  if (stores?.some((store) => isInStore(used, store))) return "yes";
  const id = storeIds.find((each) => isInStore(used, keyAddress(each)));
  if (id !== undefined && isBelow(scope, id)) return "yes";
  return (stores || id !== undefined) && !isManagementGroup(scope) ? "no" : "unknown";
}

const isInStore = (key: KeyAddress, store: KeyAddress | undefined): boolean =>
  key.store === store?.store && key.isHsm === store.isHsm;

/** What is in it, its ID does not say. */
const isManagementGroup = (scope: string): boolean => /^\/providers\/Microsoft\.Management\//i.test(scope);

/** An access with the key vaults in its scope, where that is a resource group and Azure can list what is in it. */
export async function withStores({ resourcesIn }: Knowledge, access: Access): Promise<Access> {
  const { scope = "", gives } = access;
  if (gives === "no" || !/^\/subscriptions\/[^/]+\/resourceGroups\/[^/]+\/?$/i.test(scope)) return access;
  const listed = await resourcesIn(scope);
  return "value" in listed ? { ...access, stores: listed.value.flatMap((id) => keyAddress(id) ?? []) } : access;
}

/** Whether who has one role assignment has all access that another one gives: of the same principal, at its scope or above. */
export const includesAccess = (wide: Access, lost: Access): boolean =>
  sameId(wide.principalId, lost.principalId) &&
  (isBelow(wide.scope, lost.scope) || isAboveInHsm(wide, lost)) &&
  (wide.gives === "yes" || (lost.roles ?? []).some((role) => wide.roles?.includes(role)));

const isAboveInHsm = (wide: Access, { place, localScope }: Access): boolean =>
  place !== undefined && isInStore(place, wide.place) && isBelow(wide.localScope, localScope);

export function isSamePrincipal(a: Maybe<string> | undefined, b: Maybe<string> | undefined): Truth {
  if (typeof a !== "string" || typeof b !== "string") return "unknown";
  return sameId(a, b) ? "yes" : "no";
}

/** Whether it is what this vault uses its key through. */
export const givesAccess = (access: Access, vault: AccessUser): Truth => both(access.gives, concerns(access, vault));
