import { vaultsNamed } from "../../rules/index.js";
import type { VaultKind } from "../../vaults/vaultId.js";

export const keyName = (uri: string) => uri.split("/")[4] ?? uri;

export const couldNotSee = (keyUri: string, why: string): string =>
  `Key access to "${keyName(keyUri)}": where the key lies could not be read: ${why}`;

export const noKey = (keyUri: string): string =>
  `Key access to "${keyName(keyUri)}": there is no such key in its key vault or Managed HSM. ${createIt}`;

export const noKeyStore = (keyUri: string, why: string): string =>
  `Key access to "${keyName(keyUri)}": ${why} ${createIt}`;

const createIt =
  "Create it first, or correct keyUri. If this program creates it, set keyUri from that resource, or name it in `dependsOn`.";

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

export const sameAccessTwice = (keyUri: string): string =>
  `Key access to "${keyName(keyUri)}" is given to the same identity by two resources of this program. Keep one of them: ` +
  "one KeyAccess serves every vault that uses the key by this identity.";

export const givenAlready = (keyUri: string): string =>
  `Key access to "${keyName(keyUri)}" has been given by a KeyAccess before, and becomes this one's. If the resource was ` +
  "renamed in the program, name the old one in its `aliases`. If it belongs to another stack, whichever of the two is " +
  "deleted first takes the access away.";

export const stillGiven = (keyVaultId: string, names: string[]): string =>
  `The access policy in ${keyVaultId} still gives ${names.join(", ")}, although Azure reported it as taken away. ` +
  "Run the deployment again.";

export const accessStays = (keyUri: string): string =>
  `Key access to "${keyName(keyUri)}" is not taken away: another KeyAccess of this program gives it too. Pulumi only ` +
  "forgets this one.";
