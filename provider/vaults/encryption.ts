import { at, present, textAt } from "./body.js";
import { managedIdentity } from "./identity.js";
import type { Shaped } from "./setting.js";
import { enabledOrDisabled } from "./sharedSettings.js";
import { type Maybe, unknown } from "./unknowns.js";
import { fields, type OneOf, oneOf, spelledAs, text } from "./values.js";

/**
 * The URI of a key, with or without version, without port and trailing slash and with its host in lower case.
 * ARM adds `:443` to the URIs that it returns, so that port is accepted and removed.
 */
export const keyUri = text(
  "must be the HTTPS URI of a key, such as https://{vault}.vault.azure.net/keys/{key} or .../keys/{key}/{version}, " +
    "without a port or a trailing slash",
  canonicalKeyUri,
);

function canonicalKeyUri(given: string): string | undefined {
  const url = URL.canParse(given) ? new URL(given) : undefined;
  if (url?.protocol !== "https:" || url.port !== "" || url.username !== "" || url.search !== "" || url.hash !== "") {
    return undefined;
  }
  const path = /^\/keys\/([0-9a-z-]{1,127})(\/[0-9a-f]{32})?$/i.exec(url.pathname);
  return path ? `https://${url.host}${url.pathname}` : undefined;
}

export const keyVersion = (uri: string): string | undefined => new URL(uri).pathname.split("/")[3];

export const vaultEncryption = fields(
  { keyUri, identity: managedIdentity, infrastructureEncryption: enabledOrDisabled },
  ["keyUri", "identity"],
);

/** The encryption of a vault in Azure, including what only Azure reports. */
export interface VaultEncryption {
  keyUri?: string;
  identity?: string;
  infrastructureEncryption?: string;
  /** `Enabled`, `Disabled`, or `Inconsistent` where the last change did not complete and must be retried. */
  state?: string;
}

const states = oneOf("Enabled", "Disabled", "Inconsistent");

export const identityTypes: OneOf = oneOf("SystemAssigned", "UserAssigned");

const keyUriAt = (encryption: unknown) => {
  const uri = textAt(encryption, "keyVaultProperties.keyUri");
  return typeof uri === "string" ? (canonicalKeyUri(uri) ?? (uri || undefined)) : uri;
};

/** https://learn.microsoft.com/rest/api/dataprotection/backup-vaults/create-or-update */
export const encryptionOfBackupVault: Shaped = {
  path: "properties.securitySettings.encryptionSettings",
  read(body) {
    const encryption = at(body, this.path);
    if (encryption === unknown) return encryption;
    const state = spelledAs(states, textAt(encryption, "state"));
    const uri = keyUriAt(encryption);
    const kek = kekIdentity(at(encryption, "kekIdentity"));
    const infrastructureEncryption = spelledAs(enabledOrDisabled, textAt(encryption, "infrastructureEncryption"));
    // With platform-managed keys, the settings may be present and empty.
    return present({ state, keyUri: uri, ...kek, infrastructureEncryption });
  },
  write({ state, keyUri, identity, infrastructureEncryption }: VaultEncryption) {
    const userAssigned = identity && { identityType: "UserAssigned", identityId: identity };
    return present({
      state: state === undefined || state === "Inconsistent" ? "Enabled" : state,
      keyVaultProperties: keyUri === undefined ? undefined : { keyUri },
      kekIdentity: identity === "SystemAssigned" ? { identityType: identity } : userAssigned || undefined,
      infrastructureEncryption,
    });
  },
};

function kekIdentity(kek: unknown): { identity?: Maybe<string>; identityId?: Maybe<string> } {
  const type = spelledAs(identityTypes, textAt(kek, "identityType"));
  const id = textAt(kek, "identityId") || undefined;
  if (type === "UserAssigned") return { identity: id ?? type };
  return { ...(type !== undefined && { identity: type }), ...(id !== undefined && { identityId: id }) };
}

/** https://learn.microsoft.com/rest/api/recoveryservices/vaults/create-or-update */
export const encryptionOfRecoveryServicesVault: Shaped = {
  path: "properties.encryption",
  read(body) {
    const encryption = at(body, this.path);
    if (encryption === unknown) return encryption;
    const uri = keyUriAt(encryption);
    // With platform-managed keys, Azure may still return an encryption without a key.
    if (uri === undefined) return undefined;
    return present({
      state: "Enabled",
      keyUri: uri,
      ...keyIdentity(
        at(encryption, "kekIdentity.useSystemAssignedIdentity"),
        at(encryption, "kekIdentity.userAssignedIdentity"),
      ),
      infrastructureEncryption: spelledAs(enabledOrDisabled, textAt(encryption, "infrastructureEncryption")),
    });
  },
  write({ keyUri, identity, infrastructureEncryption }: VaultEncryption) {
    const isSystem = identity === "SystemAssigned";
    return present({
      keyVaultProperties: { keyUri },
      kekIdentity: isSystem ? { useSystemAssignedIdentity: true } : { userAssignedIdentity: identity },
      infrastructureEncryption,
    });
  },
};

/** Azure has one field for each kind of identity. Only one of them can be set. */
export function keyIdentity(isSystem: unknown, id: unknown): { identity?: Maybe<string>; identityId?: Maybe<string> } {
  const identityId = textAt(id) || undefined;
  if (isSystem === unknown) return { identity: unknown };
  if (isSystem === true) return { identity: "SystemAssigned", ...(identityId !== undefined && { identityId }) };
  return identityId === undefined ? {} : { identity: identityId };
}
