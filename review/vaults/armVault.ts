import { type Maybe, unknown, type Vault } from "../../provider/vaults/ruleVault.js";
import { at, number, present, text, texts, type Value } from "../values.js";
import { partsOf } from "./vaultId.js";

/**
 * A Backup vault as Resource Manager answers it, and as azure-native's arguments and outputs say it.
 * https://learn.microsoft.com/rest/api/dataprotection/backup-vaults/create-or-update
 */
export function armVault(body: Value, id: Maybe<string> | undefined): Vault {
  const properties = at(body, "properties");
  const security = at(properties, "securitySettings");
  const features = at(properties, "featureSettings");
  const storage = storageOf(at(properties, "storageSettings"));
  const encryption = at(security, "encryptionSettings");
  const vault: Vault = {
    ...partsOf(id),
    location: text(at(body, "location")),
    datastoreType: text(at(storage, "datastoreType")),
    redundancy: text(at(storage, "type")),
    softDelete: present({
      state: text(at(security, "softDeleteSettings", "state")),
      retentionDurationInDays: number(at(security, "softDeleteSettings", "retentionDurationInDays")),
    }),
    immutability: text(at(security, "immutabilitySettings", "state")),
    crossRegionRestore: text(at(features, "crossRegionRestoreSettings", "state")),
    crossSubscriptionRestore: text(at(features, "crossSubscriptionRestoreSettings", "state")),
    costManagementGranularity: text(at(properties, "costManagementSettings", "granularityLevel")),
    identity: identityOf(at(body, "identity")),
    encryption: present({
      state: text(at(encryption, "state")),
      keyUri: text(at(encryption, "keyVaultProperties", "keyUri")),
      ...kekIdentity(at(encryption, "kekIdentity")),
      infrastructureEncryption: text(at(encryption, "infrastructureEncryption")),
    }),
    resourceGuardOperationRequests: texts(at(properties, "resourceGuardOperationRequests")),
    resourceMoveState: text(at(properties, "resourceMoveState")),
    lastWriteFailed: text(at(properties, "provisioningState")) === "Failed" ? true : undefined,
    isProtectedByResourceGuard: guardOf(at(properties, "isVaultProtectedByResourceGuard")),
  };
  return present(vault) ?? {};
}

/** A vault may have several datastores, in any order. The rules judge one: the vault tier, which the others are beside. */
function storageOf(settings: Value): Value {
  const stores = Array.isArray(settings) ? settings : [];
  const typeOf = (store: Value) => text(at(store, "datastoreType"));
  const isVaultStore = (store: Value) => String(typeOf(store)).toLowerCase() === "vaultstore";
  const isOpen = (store: Value) => typeOf(store) === unknown;
  return stores.find(isVaultStore) ?? stores.find(isOpen) ?? at(settings, 0);
}

/** @param idsAt where the ids of user-assigned identities stand */
export function identityOf(identity: Value, idsAt = "userAssignedIdentities"): Vault["identity"] {
  const type = text(at(identity, "type"));
  if (type === undefined) return undefined;
  if (type === unknown) return { systemAssigned: unknown, userAssigned: unknown };
  return { systemAssigned: /SystemAssigned/i.test(type), userAssigned: texts(at(identity, idsAt)) ?? [] };
}

function kekIdentity(kek: Value): { identity?: Maybe<string>; identityId?: Maybe<string> } {
  const type = text(at(kek, "identityType"));
  const identityId = text(at(kek, "identityId"));
  if (typeof type === "string" && /^UserAssigned$/i.test(type)) return { identity: identityId ?? type };
  return { identity: type, ...(identityId !== undefined && { identityId }) };
}

/** Whether a resource guard protects the vault. What is not known, or a word that nobody knows, may mean that one does. */
export function guardOf(value: Value): Vault["isProtectedByResourceGuard"] {
  if (value === undefined || value === null || value === false) return undefined;
  if (value === true || (typeof value === "string" && /^enabled$/i.test(value))) return true;
  return typeof value === "string" && /^(disabled|invalid)$/i.test(value) ? undefined : unknown;
}
