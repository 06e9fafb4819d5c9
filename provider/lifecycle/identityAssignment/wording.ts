import { calledById } from "../../vaults/vaultId.js";

const nameOf = (id: string) => /[^/]+$/.exec(id)?.[0] ?? id;

export const notVisible = (vaultId: string, identity: string): string =>
  `${calledById(vaultId)} has the identity ${nameOf(identity)}, but does not return its principal ID yet. ` +
  "Run `pulumi up` again, or increase `timeouts.create`.";

export const usedByInstances = (vaultId: string, identity: string, instances: string[]): string =>
  `instance-identity-removed: The identity ${nameOf(identity)} cannot be removed from ${calledById(vaultId)}. ` +
  `Backup instances use it to access their data sources: ${instances.sort().join(", ")}. ` +
  "Configure them to use another identity first. https://learn.microsoft.com/azure/backup/backup-vault-overview";

export const clientIdUnread = (vaultId: string, identity: string, why: string, isReadLater: boolean): string =>
  `${calledById(vaultId)}: the client ID of its identity ${nameOf(identity)} could not be read: ${why} ` +
  `The output \`clientId\` stays empty until ${isReadLater ? "the next `pulumi up` or" : "a"} \`pulumi refresh\` can read it. ` +
  "Nothing else depends on it.";

export const clientIdIsRead = (vaultId: string, identity: string): string =>
  `${calledById(vaultId)}: an earlier run could not read the client ID of its identity ${nameOf(identity)}. ` +
  "`pulumi up` reads it and changes nothing in Azure.";

export const sameIdentityTwice = (vaultId: string, identity: string): string =>
  `${calledById(vaultId)} gets the identity ${nameOf(identity)} from two IdentityAssignment resources in this program. Keep one of them.`;

export const alreadyOnVault = (vaultId: string, identity: string): string =>
  `${calledById(vaultId)} already has the identity ${nameOf(identity)}. This IdentityAssignment takes it over. If the ` +
  "resource was renamed in the program, add its old name to `aliases`. If the identity is also managed by another stack, " +
  "deleting it in either stack removes it from the vault.";

export const identityStays = (vaultId: string, identity: string): string =>
  `${calledById(vaultId)} keeps the identity ${nameOf(identity)}: another IdentityAssignment in this program manages it. ` +
  "Pulumi only removes this one from its state.";

export const vaultNotKnown =
  "Identity assignment: the vault is only known during `pulumi up`. Whether it exists and can be changed is checked then, " +
  "before anything is written.";

export const noAssignmentId = (id: string): string =>
  `"${id}" is not the ID of an IdentityAssignment. Use {ARM ID of the vault}#SystemAssigned or ` +
  "{ARM ID of the vault}#{ARM ID of the user-assigned identity}.";

export const notOnVault = (vaultId: string, identity: string): string =>
  `${calledById(vaultId)} does not exist or does not have the identity ${nameOf(identity)}.`;
