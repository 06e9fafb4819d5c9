import type { ArmResource } from "../../armResource.js";
import { ArmError } from "../../http/armError.js";
import type { Call } from "../../http/operation.js";
import type { KeyRecord, KeyVaultRecord, KeyVersion } from "../records.js";
import { type KeyVaultCall, keyVaultPath, requireKeyVault } from "../vaults/path.js";

export const keysPath = `${keyVaultPath}/keys` as const;
export const keyPath = `${keysPath}/{keyName}` as const;

export function requireKey(call: KeyVaultCall & Call<"keyName">): { keyVault: KeyVaultRecord; key: KeyRecord } {
  const keyVault = requireKeyVault(call);
  const key = keyVault.keys.get(call.params.keyName.toLowerCase());
  if (key !== undefined) return { keyVault, key };
  throw new ArmError(
    404,
    "KeyNotFound",
    `A key with (name/id) ${call.params.keyName} was not found in this key vault.`,
  );
}

export function newest(key: KeyRecord): KeyVersion {
  return key.versions.at(-1) as KeyVersion;
}

/** As Resource Manager shows a key; `version` names one of several. */
export function showKey(keyVault: KeyVaultRecord, key: KeyRecord, version?: KeyVersion): ArmResource {
  const { kty, keySize, curveName, keyOps, attributes, version: name } = version ?? newest(key);
  const { body } = keyVault;
  const id = `${body.id}/keys/${key.name}`;
  // The service writes the port, which data-plane addresses do not have.
  const keyUri = `https://${body.name.toLowerCase()}.vault.azure.net:443/keys/${key.name}`;
  const recoveryLevel = body.properties.enablePurgeProtection ? "Recoverable" : "Recoverable+Purgeable";
  return {
    id: version === undefined ? id : `${id}/versions/${name}`,
    name: version === undefined ? key.name : name,
    type: version === undefined ? "Microsoft.KeyVault/vaults/keys" : "Microsoft.KeyVault/vaults/keys/versions",
    location: body.location,
    tags: key.tags,
    properties: {
      attributes: { ...attributes, recoveryLevel, exportable: false },
      kty,
      keyOps,
      ...(keySize && { keySize }),
      ...(curveName && { curveName }),
      keyUri,
      keyUriWithVersion: `${keyUri}/${name}`,
    },
  };
}
