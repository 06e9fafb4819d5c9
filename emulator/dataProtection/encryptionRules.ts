import { invalidInput, unverified } from "./backupError.js";
import type { VaultRule } from "./vaultSettings.js";

// All of this file: https://learn.microsoft.com/azure/backup/encryption-at-rest-with-cmk-for-backup-vault

/** Once `Enabled`; `Inconsistent` is the same key after a failed update. */
const isOn = (state: string | undefined): boolean => state !== undefined && state !== "Disabled";

export const encryptionStays: VaultRule = ({ before, after }) => {
  if (!isOn(before?.encryption.state) || isOn(after.encryption.state)) return undefined;
  return unverified(
    "cmk-disabled",
    "After you enable encryption by using customer-managed keys, you can't revert to using platform-managed keys.",
  );
};

export const encryptionShape: VaultRule = ({ after: { encryption } }) => {
  if (!isOn(encryption.state)) return undefined;
  if (encryption.keyUri === undefined || !/^https:\/\/[^/]+\/keys\/[^/]+(\/[^/]+)?\/?$/i.test(encryption.keyUri)) {
    return invalidInput("encryptionSettings.keyVaultProperties.keyUri must be the identifier of a key.");
  }
  if (encryption.kekIdentity !== undefined) return undefined;
  return unverified(
    "kek-identity-shape",
    "encryptionSettings.kekIdentity must have the identityType SystemAssigned, or UserAssigned with an identityId.",
  );
};

export const systemIdentityAtCreate: VaultRule = ({ before, after: { encryption } }) => {
  if (before !== undefined || !isOn(encryption.state) || encryption.kekIdentity !== "system") return undefined;
  return unverified(
    "cmk-system-identity-at-create",
    "During the vault creation, only user-assigned managed identities can be used for CMK. To use CMK with " +
      "system-assigned managed identity, update the vault properties after creating the vault.",
  );
};

export const kekIdentityAttached: VaultRule = ({ before, after: { encryption, identities } }) => {
  const kek = encryption.kekIdentity;
  if (!isOn(encryption.state) || kek === undefined || identities.includes(kek)) return undefined;
  // An identity that leaves a vault with a key is accepted: what fails is what needs the key later.
  if (before?.encryption.kekIdentity === kek) return undefined;
  return unverified(
    "kek-identity-not-attached",
    "The managed identity of the encryption settings is not attached to the vault. Azure's own answer is not documented.",
  );
};

export const keyAndIdentityTogether: VaultRule = ({ before, after }) => {
  if (before === undefined || !isOn(before.encryption.state) || !isOn(after.encryption.state)) return undefined;
  const keyChanged = before.encryption.keyUri !== after.encryption.keyUri;
  const identityChanged =
    before.encryption.kekIdentity !== after.encryption.kekIdentity ||
    before.identities.join() !== after.identities.join();
  if (!keyChanged || !identityChanged) return undefined;
  return unverified(
    "key-and-identity-together",
    "For security reasons, you can't update both a Key Vault key URI and a managed identity in a single request. " +
      "Update one attribute at a time.",
  );
};

export const infrastructureEncryption: VaultRule = ({ before, after: { encryption } }) => {
  const wanted = encryption.infrastructureEncryption === "Enabled";
  if (wanted && !isOn(encryption.state)) {
    return unverified(
      "infrastructure-encryption-needs-cmk",
      "You can enable this only on a new vault during the encryption using Customer-Managed Keys (CMK).",
    );
  }
  if (before === undefined || wanted === (before.encryption.infrastructureEncryption === "Enabled")) return undefined;
  return unverified(
    "infrastructure-encryption-fixed",
    wanted
      ? "You can enable this only on a new vault during the encryption using Customer-Managed Keys (CMK)."
      : "Infrastructure encryption cannot be disabled. Azure's own answer is not documented.",
  );
};
