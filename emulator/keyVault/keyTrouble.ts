import { identitiesOf } from "../managedIdentity/identityOfResource.js";
import type { ArmResource } from "../state/records.js";
import type { World } from "../state/world.js";
import { type FoundKey, keyAt } from "./key.js";
import { type KeyUse, mayUseKey } from "./rights.js";
import { isManagedHsm } from "./stores.js";

/** A key, and the identity that uses it for a vault. */
export interface VaultKey {
  keyUri?: string;
  /** "system", or the lower-cased id of a user-assigned identity. Undefined where the settings name none, or both. */
  kekIdentity?: string;
}

/** What both kinds of vaults ask of a key, but under codes of their own. */
export interface KeyTrouble {
  kind:
    | "identity-not-attached"
    | "not-found"
    | "soft-delete-off"
    | "purge-protection-off"
    | "restricted-key-vault"
    | "not-rsa"
    | "key-size"
    | "unusable"
    | "no-permission"
    | "old-key-unreachable";
  message: string;
}

/**
 * Why a vault with these identities cannot be encrypted with this key now; undefined: it can.
 * https://learn.microsoft.com/azure/backup/encryption-at-rest-with-cmk-for-backup-vault
 * https://learn.microsoft.com/azure/backup/encryption-at-rest-with-cmk
 */
export function keyTrouble(
  world: World,
  identity: ArmResource | undefined,
  wanted: VaultKey,
  held: VaultKey | undefined,
  uses: KeyUse[],
  now: number,
): KeyTrouble | undefined {
  const principalId = principalOf(world, identity, wanted);
  if (principalId === undefined) {
    return {
      kind: "identity-not-attached",
      message: "The identity of the encryption settings is not on the vault.",
    };
  }
  if (wanted.keyUri === undefined) return undefined;
  const found = keyAt(world, wanted.keyUri);
  if (found === undefined) {
    return {
      kind: "not-found",
      message: `The key ${wanted.keyUri} or its key vault does not exist, or cannot be reached.`,
    };
  }
  return (
    keyVaultTrouble(found, wanted) ??
    keyItselfTrouble(found, now) ??
    permissionTrouble(world, found, principalId, uses) ??
    oldKeyTrouble(world, identity, wanted, held)
  );
}

/** Whether the vault could still read its data. */
export function isKeyReachable(world: World, identity: ArmResource | undefined, key: VaultKey): boolean {
  const principalId = principalOf(world, identity, key);
  if (principalId === undefined || key.keyUri === undefined) return false;
  const found = keyAt(world, key.keyUri);
  return found !== undefined && mayUnwrap(world, found, principalId);
}

function principalOf(world: World, identity: ArmResource | undefined, { kekIdentity }: VaultKey): string | undefined {
  if (kekIdentity === undefined || !identitiesOf(identity).includes(kekIdentity)) return undefined;
  if (kekIdentity === "system") return identity?.principalId;
  return world.userAssignedIdentities.get(kekIdentity)?.properties.principalId;
}

function keyVaultTrouble({ store }: FoundKey, { kekIdentity }: VaultKey): KeyTrouble | undefined {
  const { properties, name } = store.body;
  const what = isManagedHsm(store) ? "Managed HSM" : "key vault";
  if (!properties.enableSoftDelete) {
    return { kind: "soft-delete-off", message: `Soft delete is not enabled on the ${what} ${name}.` };
  }
  if (!properties.enablePurgeProtection) {
    return { kind: "purge-protection-off", message: `Purge protection is not enabled on the ${what} ${name}.` };
  }
  const isRestricted =
    properties.publicNetworkAccess === "Disabled" || properties.networkAcls?.defaultAction === "Deny";
  if (!isRestricted || kekIdentity === "system") return undefined;
  return {
    kind: "restricted-key-vault",
    message:
      "Key vaults that limit access to specific networks are currently not supported with User-assigned managed " +
      "identities for CMK encryption.",
  };
}

function keyItselfTrouble(found: FoundKey, now: number): KeyTrouble | undefined {
  const { kty, keySize = 0 } = found.version;
  if (!kty.startsWith("RSA")) {
    return { kind: "not-rsa", message: `The key ${found.key.name} has the type ${kty}; it must be an RSA key.` };
  }
  if (![2048, 3072, 4096].includes(keySize)) {
    return {
      kind: "key-size",
      message: `The key ${found.key.name} has ${keySize} bits; it must have 2048, 3072 or 4096. Azure's own code is not documented.`,
    };
  }
  if (mayWrapNow(found, now)) return undefined;
  return {
    kind: "unusable",
    message: `The key ${found.key.name} is disabled, expired or not valid yet. Azure's own code is not documented.`,
  };
}

function mayWrapNow({ version: { attributes } }: FoundKey, now: number): boolean {
  const seconds = now / 1000;
  return (
    attributes.enabled &&
    (attributes.nbf === undefined || attributes.nbf <= seconds) &&
    (attributes.exp === undefined || attributes.exp > seconds)
  );
}

/** The data keys are unwrapped with the old key before they are wrapped with the new one. */
function oldKeyTrouble(
  world: World,
  identity: ArmResource | undefined,
  wanted: VaultKey,
  held: VaultKey | undefined,
): KeyTrouble | undefined {
  if (held?.keyUri === undefined || held.keyUri === wanted.keyUri) return undefined;
  const old = keyAt(world, held.keyUri);
  const principalId = principalOf(world, identity, held);
  if (old !== undefined && principalId !== undefined && mayUnwrap(world, old, principalId)) return undefined;
  return {
    kind: "old-key-unreachable",
    message: `The vault can no longer use its current key ${held.keyUri}. Azure's own code is not documented.`,
  };
}

/**
 * "Not-yet-valid and expired keys" still unwrap, so that what they wrapped can be recovered; disabled ones do not.
 * https://learn.microsoft.com/azure/key-vault/keys/about-keys-details#date-time-controlled-operations
 */
function mayUnwrap(world: World, found: FoundKey, principalId: string): boolean {
  return found.version.attributes.enabled && may(world, found, principalId, ["get", "unwrapKey"]);
}

function permissionTrouble(world: World, found: FoundKey, principalId: string, uses: KeyUse[]): KeyTrouble | undefined {
  if (may(world, found, principalId, uses)) return undefined;
  const message = `The vault's identity ${principalId} lacks one of ${uses.join(", ")} on the key ${found.key.name}.`;
  return { kind: "no-permission", message };
}

function may(world: World, found: FoundKey, principalId: string, uses: KeyUse[]): boolean {
  return uses.every((use) => mayUseKey(world, found, principalId, use));
}
