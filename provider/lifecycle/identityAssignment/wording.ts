import { calledById } from "../../vaults/vaultId.js";

const nameOf = (id: string) => /[^/]+$/.exec(id)?.[0] ?? id;

export const notVisible = (vaultId: string, identity: string): string =>
  `${calledById(vaultId)} has the identity ${nameOf(identity)}, but does not show its principal yet. ` +
  "Run `pulumi up` again, or raise timeouts.create.";

export const usedByInstances = (vaultId: string, identity: string, instances: string[]): string =>
  `instance-identity-removed: ${calledById(vaultId)} cannot lose the identity ${nameOf(identity)}. ` +
  `Backup instances reach their data source by it: ${instances.sort().join(", ")}. ` +
  "Let them use another identity first. https://learn.microsoft.com/azure/backup/backup-vault-overview";

export const clientIdUnread = (vaultId: string, identity: string, why: string, isReadLater: boolean): string =>
  `${calledById(vaultId)}: the client ID of its identity ${nameOf(identity)} could not be read: ${why} ` +
  `The output \`clientId\` is empty until ${isReadLater ? "the next `pulumi up` or" : "a"} \`pulumi refresh\` can read it. ` +
  "Nothing else depends on it.";

export const clientIdIsRead = (vaultId: string, identity: string): string =>
  `${calledById(vaultId)}: an earlier run could not read the client ID of its identity ${nameOf(identity)}. ` +
  "`pulumi up` reads it, and changes nothing at Azure.";

export const sameIdentityTwice = (vaultId: string, identity: string): string =>
  `${calledById(vaultId)} gets the identity ${nameOf(identity)} from two IdentityAssignments of this program. Keep one of them.`;

export const onVaultAlready = (vaultId: string, identity: string): string =>
  `${calledById(vaultId)} has the identity ${nameOf(identity)} already, and it becomes this IdentityAssignment's. If the ` +
  "resource was renamed in the program, name the old one in its `aliases`. If it belongs to another stack, whichever of " +
  "the two is deleted first takes the identity off the vault.";

export const identityStays = (vaultId: string, identity: string): string =>
  `${calledById(vaultId)} keeps the identity ${nameOf(identity)}: another IdentityAssignment of this program has it too. ` +
  "Pulumi only forgets this one.";

export const vaultNotKnown =
  "Identity assignment: the vault is not known before `pulumi up`, so whether it exists and may be changed was not checked. " +
  "`pulumi up` checks it before it writes to the vault.";
