import type { ArmResource } from "../armResource.js";
import { covers } from "../authorization/covers.js";
import { isDenied } from "../authorization/denyAssignments/isDenied.js";
import { isGranted } from "../authorization/isGranted.js";
import { isAtOrAbove } from "../authorization/scope.js";
import type { World } from "../world.js";
import { localRoleOf } from "./dataPlane/roleDefinitions/builtInRoles.js";
import type { FoundKey } from "./keyAt.js";
import type { KeyVaultRecord, ManagedHsmRecord } from "./records.js";
import { isManagedHsm } from "./stores/types.js";

export type KeyUse = "get" | "list" | "wrapKey" | "unwrapKey";

const dataActions: Record<KeyUse, string> = {
  get: "Microsoft.KeyVault/vaults/keys/read",
  list: "Microsoft.KeyVault/vaults/keys/read",
  wrapKey: "Microsoft.KeyVault/vaults/keys/wrap/action",
  unwrapKey: "Microsoft.KeyVault/vaults/keys/unwrap/action",
};

/** https://learn.microsoft.com/azure/key-vault/managed-hsm/built-in-roles */
const hsmDataActions: Record<KeyUse, string> = {
  get: "Microsoft.KeyVault/managedHsm/keys/read/action",
  list: "Microsoft.KeyVault/managedHsm/keys/read/action",
  wrapKey: "Microsoft.KeyVault/managedHsm/keys/wrap/action",
  unwrapKey: "Microsoft.KeyVault/managedHsm/keys/unwrap/action",
};

/** What this principal may do with this key now, by its key store's own way of granting it. */
export function mayUseKey(world: World, { store, key }: FoundKey, principalId: string, use: KeyUse): boolean {
  const now = Date.now();
  if (isManagedHsm(store)) return byLocalRoles(store, key.name, principalId, hsmDataActions[use], now);
  if (!store.body.properties.enableRbacAuthorization) return byPolicies(store, principalId, use, now);
  const scope = `${store.body.id}/keys/${key.name}`;
  const wanted = dataActions[use];
  return isGranted(world, scope, principalId, wanted, now) && !isDenied(world, scope, principalId, wanted);
}

/** Scopes inside an HSM: `/`, `/keys`, `/keys/<name>`. Azure's roles do not count there. */
function byLocalRoles(hsm: ManagedHsmRecord, key: string, principalId: string, wanted: string, now: number): boolean {
  return [...hsm.roleAssignments.values()]
    .filter(({ effectiveAt }) => effectiveAt <= now)
    .filter(({ body: { properties } }) => properties.principalId === principalId)
    .filter(({ body: { properties } }) => isAtOrAbove(properties.scope, `/keys/${key}`))
    .some(({ body }) => covers(localRoleOf(body.properties.roleDefinitionId)?.dataActions ?? [], wanted));
}

function byPolicies({ body, formerPolicies }: KeyVaultRecord, principalId: string, use: KeyUse, now: number): boolean {
  if (!allows(body.properties.accessPolicies, principalId, use)) return false;
  const isNew = formerPolicies !== undefined && formerPolicies.until > now;
  return !isNew || allows(formerPolicies.accessPolicies, principalId, use);
}

function allows(policies: ArmResource[], principalId: string, use: KeyUse): boolean {
  const keys = policies
    .filter(({ objectId }) => objectId === principalId)
    .flatMap(({ permissions }): string[] => permissions?.keys ?? [])
    .map((name) => name.toLowerCase());
  return keys.includes(use.toLowerCase()) || keys.includes("all");
}
