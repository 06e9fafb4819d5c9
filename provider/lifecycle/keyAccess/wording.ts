import { type VaultKind, vaultsNamed } from "../../rules/index.js";

export const keyName = (uri: string) => uri.split("/")[4] ?? uri;

export const couldNotSee = (keyUri: string, why: string): string =>
  `Key access to "${keyName(keyUri)}": where the key lies could not be read: ${why}`;

export const failed = (keyUri: string, why: string): string => `Key access to "${keyName(keyUri)}": ${why}`;

export const unfinished = (keyUri: string, why: string): string =>
  `Key access to "${keyName(keyUri)}" may have been given, but is not known to be: ${why} ` +
  "It is recorded; run `pulumi up` again to finish it.";

export const mayNotGrant = (keyUri: string, azures: string): string =>
  `Key access to "${keyName(keyUri)}" could not be given: ${azures} ` +
  "With roles, whoever runs this program needs Role Based Access Control Administrator on the key vault; with access " +
  "policies, Key Vault Contributor; in a Managed HSM, its local role Managed HSM Policy Administrator.";

export const stillNeeded = (keyUri: string, vaults: readonly { kind: VaultKind; name: string }[]): string =>
  `cmk-dependency-deleted-first: The access to the key "${keyName(keyUri)}" cannot be taken away while it encrypts ` +
  `${vaultsNamed(vaults)}: without it backup, restore and even the vault's deletion fail. ` +
  "Move the encryption to another identity or key first, or delete the vault first: let the vault depend on this access " +
  "(dependsOn), or, for the vault's own identity, name the vault in KeyAccess. " +
  "https://learn.microsoft.com/azure/backup/encryption-at-rest-with-cmk-for-backup-vault";
