import type { ArmClient } from "../armClient.js";
import { find } from "../reads.js";
import type { Within } from "../within.js";
import { type KeyStoreResource, keyVaultApiVersion } from "./keyStore.js";
import type { KeyAddress } from "./keyUri.js";

export interface Key {
  type: string;
  size?: number;
  enabled: boolean;
  /** Unix seconds. */
  notBefore?: number;
  expires?: number;
}

/** https://learn.microsoft.com/rest/api/keyvault/keyvault/keys/get */
interface KeyResource {
  properties: {
    kty?: string;
    keySize?: number;
    /** `nbf` and `exp` on the wire, `notBefore` and `expires` in the reference and in Microsoft's libraries. */
    attributes?: { enabled?: boolean; nbf?: number; notBefore?: number; exp?: number; expires?: number };
  };
}

/** Read from Resource Manager, which needs no right on the key itself and never shows the key. */
export async function readKey(
  client: ArmClient,
  { key, version }: KeyAddress,
  store: KeyStoreResource,
  within: Within,
): Promise<Key | "missing"> {
  const path = `${store.id}/keys/${key}${version ? `/versions/${version}` : ""}`;
  const found = await find<KeyResource>(client, { path, apiVersion: keyVaultApiVersion }, within);
  if (!found) return "missing";
  const { kty = "unknown", keySize, attributes = {} } = found.properties;
  return {
    type: kty,
    size: keySize,
    enabled: attributes.enabled !== false,
    notBefore: attributes.nbf ?? attributes.notBefore,
    expires: attributes.exp ?? attributes.expires,
  };
}
