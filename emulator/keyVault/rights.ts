import { covers, isAtOrAbove, isDenied, isGranted } from "../authorization/access.js";
import type { KeyVaultRecord, ManagedHsmRecord } from "../state/keyRecords.js";
import type { ArmResource } from "../state/records.js";
import type { World } from "../state/world.js";
import type { FoundKey } from "./key.js";
import { localRoleOf } from "./localRoles.js";
import { isManagedHsm, type Store } from "./stores.js";

/** What may be done in a key store: as access policies of key vaults call it, and the data actions of roles. */
interface Right {
  /** Absent: no access policy gives it. */
  policy?: string;
  /** What the access policy gives it over. @default "keys" */
  over?: "certificates";
  ofVault?: string;
  /** Absent: there is no such thing in a Managed HSM. */
  ofHsm?: string;
}

const vault = "Microsoft.KeyVault/vaults";

const hsm = "Microsoft.KeyVault/managedHsm";

/**
 * https://learn.microsoft.com/azure/role-based-access-control/permissions/security#microsoftkeyvault
 * https://learn.microsoft.com/azure/key-vault/managed-hsm/built-in-roles#permitted-operations
 */
const rights = {
  get: onKeys("get", "read", "read/action"),
  list: onKeys("list", "read", "read/action"),
  create: onKeys("create", "create/action", "create"),
  import: onKeys("import", "import/action", "import/action"),
  update: onKeys("update", "update/action", "write/action"),
  delete: onKeys("delete", "delete", "delete"),
  getDeleted: onKeys("get", "read", "deletedKeys/read/action"),
  listDeleted: onKeys("list", "read", "deletedKeys/read/action"),
  recover: onKeys("recover", "recover/action", "deletedKeys/recover/action"),
  purge: onKeys("purge", "purge/action", "deletedKeys/delete"),
  rotate: onKeys("rotate", "rotate/action", "rotate/action"),
  encrypt: onKeys("encrypt", "encrypt/action", "encrypt/action"),
  decrypt: onKeys("decrypt", "decrypt/action", "decrypt/action"),
  wrapKey: onKeys("wrapKey", "wrap/action", "wrap/action"),
  unwrapKey: onKeys("unwrapKey", "unwrap/action", "unwrap/action"),
  getRotationPolicy: {
    policy: "getrotationpolicy",
    ofVault: `${vault}/keyrotationpolicies/read`,
    ofHsm: `${hsm}/keys/read/action`,
  },
  setRotationPolicy: {
    policy: "setrotationpolicy",
    ofVault: `${vault}/keyrotationpolicies/write`,
    ofHsm: `${hsm}/keys/write/action`,
  },
  manageContacts: { policy: "managecontacts", over: "certificates", ofVault: `${vault}/certificatecontacts/write` },
  readRoles: { ofHsm: `${hsm}/roleDefinitions/read/action` },
  readAssignments: { ofHsm: `${hsm}/roleAssignments/read/action` },
  writeAssignments: { ofHsm: `${hsm}/roleAssignments/write/action` },
  deleteAssignments: { ofHsm: `${hsm}/roleAssignments/delete/action` },
} satisfies Record<string, Right>;

export type RightName = keyof typeof rights;

function onKeys(policy: string, ofVault: string, ofHsm: string) {
  return { policy, ofVault: `${vault}/keys/${ofVault}`, ofHsm: `${hsm}/keys/${ofHsm}` };
}

export const rightOf = (name: RightName): Right => rights[name];

export type KeyUse = "get" | "list" | "wrapKey" | "unwrapKey";

/** What this principal may do with this key now. */
export function mayUseKey(world: World, { store, key }: FoundKey, principalId: string, use: KeyUse): boolean {
  return hasRight(world, store, `/keys/${key.name}`, principalId, use, Date.now());
}

/**
 * Whether a principal has a right in a key store, by the store's own way of granting it.
 * @param scope inside the store: of a Managed HSM `/`, `/keys` and `/keys/<name>`
 */
export function hasRight(
  world: World,
  store: Store,
  scope: string,
  principalId: string,
  right: RightName,
  now: number,
): boolean {
  const { over = "keys", policy, ofVault, ofHsm } = rightOf(right);
  if (isManagedHsm(store)) return ofHsm !== undefined && byLocalRoles(store, scope, principalId, ofHsm, now);
  if (policy === undefined || ofVault === undefined) return false;
  if (!store.body.properties.enableRbacAuthorization) return byPolicies(store, principalId, over, policy, now);
  const inArm = `${store.body.id}${scope}`;
  return isGranted(world, inArm, principalId, ofVault, now) && !isDenied(world, inArm, principalId, ofVault);
}

/** Azure's roles do not count inside an HSM. */
function byLocalRoles(hsm: ManagedHsmRecord, scope: string, principalId: string, wanted: string, now: number): boolean {
  return [...hsm.roleAssignments.values()]
    .filter(({ effectiveAt }) => effectiveAt <= now)
    .filter(({ body: { properties } }) => properties.principalId === principalId)
    .filter(({ body: { properties } }) => isAtOrAbove(properties.scope, scope))
    .some(({ body }) => covers(localRoleOf(body.properties.roleDefinitionId)?.dataActions ?? [], wanted));
}

function byPolicies(
  { body, formerPolicies }: KeyVaultRecord,
  principalId: string,
  over: string,
  right: string,
  now: number,
): boolean {
  if (!allows(body.properties.accessPolicies, principalId, over, right)) return false;
  const isNew = formerPolicies !== undefined && formerPolicies.until > now;
  return !isNew || allows(formerPolicies.accessPolicies, principalId, over, right);
}

function allows(policies: ArmResource[], principalId: string, over: string, right: string): boolean {
  const given = policies
    // What a principal may do through an application is nothing that it may do by itself.
    .filter(({ objectId, applicationId }) => objectId === principalId && !applicationId)
    .flatMap(({ permissions }): string[] => permissions?.[over] ?? [])
    .map((name) => name.toLowerCase());
  return given.includes(right.toLowerCase()) || given.includes("all");
}
