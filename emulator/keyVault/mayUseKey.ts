import type { ArmResource } from "../armResource.js";
import { covers } from "../authorization/covers.js";
import { isDenied } from "../authorization/denyAssignments/isDenied.js";
import { isGranted } from "../authorization/isGranted.js";
import { isAtOrAbove } from "../authorization/scope.js";
import type { World } from "../world.js";
import { localRoleOf } from "./dataPlane/roleDefinitions/builtInRoles.js";
import type { FoundKey } from "./keyAt.js";
import type { KeyVaultRecord, ManagedHsmRecord } from "./records.js";
import { type RightName, rightOf } from "./rights.js";
import { isManagedHsm, type Store } from "./stores/types.js";

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
