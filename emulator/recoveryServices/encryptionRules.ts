import { invalidParameter, unverified } from "./recoveryError.js";
import type { VaultRule } from "./vaultSettings.js";

// All of this file: https://learn.microsoft.com/azure/backup/encryption-at-rest-with-cmk

export const encryptionStays: VaultRule = ({ before, after }) => {
  if (before?.encryption === undefined || after.encryption !== undefined) return undefined;
  return unverified(
    "rsv-cmk-removed",
    "Encryption with a customer-managed key can't be reverted, and must be part of every PUT of the vault. Azure's own " +
      "answer is not documented.",
  );
};

export const encryptionBeforeRegistration: VaultRule = ({ before, after, vault }) => {
  if (after.encryption === undefined || before?.encryption !== undefined || !vault?.everRegistered) return undefined;
  return unverified(
    "rsv-cmk-after-registration",
    "This feature currently supports encryption of new vaults only: any vault that contains existing items " +
      "registered or attempted to be registered to it isn't supported.",
  );
};

export const keyUriShape: VaultRule = ({ after: { encryption } }) => {
  if (encryption === undefined) return undefined;
  if (/^https:\/\/[^/]+\/keys\/[^/]+(\/[^/]+)?\/?$/i.test(encryption.keyUri ?? "")) return undefined;
  return invalidParameter("encryption", "keyVaultProperties.keyUri must be the identifier of a key.");
};

// Quoted in hashicorp/terraform-provider-azurerm#24087, of a request that names both kinds.
export const kekIdentityShape: VaultRule = ({ before, after: { encryption, identities } }) => {
  if (encryption === undefined) return undefined;
  const kek = encryption.kekIdentity;
  if (kek === undefined) return invalidParameter("cmkIdentity");
  // azurerm creates the vault with its key first and adds the key's identity then, and tests that on Azure.
  if (before === undefined && kek !== "system") return undefined;
  // An identity that leaves a vault with a key is accepted: what fails is what needs the key later.
  if (identities.includes(kek) || before?.encryption?.kekIdentity === kek) return undefined;
  return invalidParameter("cmkIdentity");
};

// Microsoft's author in Azure/azure-cli#18692.
export const infrastructureEncryption: VaultRule = ({ before, after: { encryption } }) => {
  if (before?.encryption === undefined || encryption === undefined) return undefined;
  if (before.encryption.infrastructureEncryption === encryption.infrastructureEncryption) return undefined;
  return unverified(
    "rsv-infrastructure-encryption-fixed",
    "Once Enabled or Disabled, the infrastructure encryption setting cannot be changed.",
  );
};

export const userIdentityAndPrivateEndpoint: VaultRule = ({ before, after: { encryption }, vault }) => {
  if (encryption?.kekIdentity === undefined || encryption.kekIdentity === "system") return undefined;
  if (before?.encryption?.kekIdentity === encryption.kekIdentity) return undefined;
  if (!vault?.body.properties.privateEndpointConnections?.length) return undefined;
  return unverified(
    "rsv-cmk-user-identity-private-endpoint",
    "Vaults that use user-assigned managed identities for CMK encryption don't support the use of private endpoints " +
      "for Azure Backup.",
  );
};
