import { vaultsNamed } from "../../rules/index.js";
import type { VaultKind } from "../../vaults/vaultId.js";

const keyName = (uri: string) => uri.split("/")[4] ?? uri;

/** What every message about an access begins with: keys of many key vaults have one name. */
export const accessTo = (keyUri: string): string => `Key access to "${keyName(keyUri)}" in ${keyUri.split("/")[2]}`;

export const storeNotRead = (keyUri: string, why: string): string =>
  `${accessTo(keyUri)}: its key vault or Managed HSM could not be read: ${why}`;

export const noKey = (keyUri: string): string =>
  `${accessTo(keyUri)}: the key does not exist in its key vault or Managed HSM. ${createIt}`;

export const noKeyStore = (keyUri: string, why: string): string => `${accessTo(keyUri)}: ${why} ${createIt}`;

const createIt =
  "Create it first, or correct `keyUri`. If this program creates it, set `keyUri` from that resource, or add the resource " +
  "to `dependsOn`.";

export const unfinished = (keyUri: string, why: string): string =>
  `${accessTo(keyUri)} may have been granted, but this could not be confirmed: ${why} ` +
  "It is recorded in the stack's state. Run `pulumi up` again to complete it.";

export const cannotGrant = (keyUri: string, azures: string): string =>
  `${accessTo(keyUri)} could not be granted: ${azures} ` +
  "The caller needs the role Role Based Access Control Administrator on a key vault that uses Azure RBAC, Key Vault " +
  "Contributor on a key vault that uses access policies, or the local role Managed HSM Policy Administrator in a Managed HSM.";

export const stillNeeded = (keyUri: string, vaults: readonly { kind: VaultKind; name: string }[]): string =>
  `cmk-dependency-deleted-first: ${accessTo(keyUri)} cannot be revoked while the key encrypts ` +
  `${vaultsNamed(vaults)}. Without the access, backup, restore and deletion of the vault fail. ` +
  "Move the encryption to another identity or key first, or delete the vault first. To delete both in the right order, make " +
  "the vault depend on this access with `dependsOn`, or, for a system-assigned identity, set `vault` on the KeyAccess. " +
  "https://learn.microsoft.com/azure/backup/encryption-at-rest-with-cmk-for-backup-vault";

export const sameAccessTwice = (keyUri: string): string =>
  `${accessTo(keyUri)} is granted to the same identity by two resources in this program. Keep one of them: ` +
  "one KeyAccess serves every vault that uses the key with this identity.";

export const alreadyGranted = (keyUri: string): string =>
  `${accessTo(keyUri)} was already granted by a KeyAccess. This KeyAccess takes it over. If the resource was ` +
  "renamed in the program, add its old name to `aliases`. If the access is also managed by another stack, deleting it in " +
  "either stack revokes it.";

export const stillGranted = (keyVaultId: string, names: string[]): string =>
  `The access policy in ${keyVaultId} still grants ${names.join(", ")}, although Azure reported their removal. ` +
  "Run the deployment again.";

export const accessStays = (keyUri: string): string =>
  `${accessTo(keyUri)} is not revoked: another KeyAccess in this program grants it too. Pulumi only ` +
  "removes this one from its state.";

export const noAccessId = (id: string): string =>
  `"${id}" is not the ID of a KeyAccess to import. Use {key URI}#{principal ID}, such as ` +
  "https://kv-backup.vault.azure.net/keys/backup#11111111-2222-3333-4444-555555555555.";

export const noAccess = ({ keyUri, principalId }: { keyUri: string; principalId: string }): string =>
  `${accessTo(keyUri)}: no access of the principal ${principalId} with the permissions that a vault needs (get, ` +
  "wrap, unwrap) was found, so there is nothing to import.";
