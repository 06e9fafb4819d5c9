import { keyVaultApiVersion } from "../arm/apiVersions.js";
import type { ArmClient } from "../arm/armClient.js";
import { find } from "../arm/reads.js";
import type { OperationOptions } from "../http/deadline.js";
import { flag, type Kind, number, object, optional, text } from "../reading/shapes.js";
import type { KeyAddress, KeyStoreResource } from "./keyStore.js";

export interface Key {
  type: string;
  size?: number;
  enabled: boolean;
  /** Unix seconds. */
  notBefore?: number;
  expires?: number;
}

/** `nbf` and `exp` on the wire, `notBefore` and `expires` in the reference and in Microsoft's libraries. */
const attributes = object({
  enabled: optional(flag),
  nbf: optional(number),
  notBefore: optional(number),
  exp: optional(number),
  expires: optional(number),
});

/** https://learn.microsoft.com/rest/api/keyvault/keyvault/keys/get */
const keyKind = {
  noun: "a key",
  notFound: ["KeyNotFound"],
  shape: object({
    properties: object({ kty: optional(text), keySize: optional(number), attributes: optional(attributes) }),
  }),
} satisfies Kind<unknown>;

/** Read from Resource Manager, which needs no right on the key itself and never shows the key. */
export async function readKey(
  client: ArmClient,
  { key, version }: KeyAddress,
  store: KeyStoreResource,
  options: OperationOptions,
): Promise<Key | "missing"> {
  const path = `${store.id}/keys/${key}${version ? `/versions/${version}` : ""}`;
  const found = await find(client, { path, apiVersion: keyVaultApiVersion }, keyKind, options);
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

export interface KeyVault {
  kind: "KeyVault" | "ManagedHsm";
  softDelete: boolean;
  purgeProtection: boolean;
  networkRestricted: boolean;
  location?: string;
}

export function keyVaultFrom({ kind }: KeyAddress, { properties, location }: KeyStoreResource): KeyVault {
  return {
    kind,
    // On since 2020 unless it was switched off before: an absent value is on. Never off on a Managed HSM.
    // https://learn.microsoft.com/azure/key-vault/general/soft-delete-overview
    softDelete: kind === "ManagedHsm" || properties.enableSoftDelete !== false,
    purgeProtection: properties.enablePurgeProtection === true,
    networkRestricted:
      /^disabled$/i.test(properties.publicNetworkAccess ?? "") ||
      /^deny$/i.test(properties.networkAcls?.defaultAction ?? ""),
    location,
  };
}
