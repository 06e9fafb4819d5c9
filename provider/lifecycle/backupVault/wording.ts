import { isUnknown } from "../../host/unknowns.js";
import { partsOf } from "./vaultId.js";

/** How every message calls a vault. */
export function nameOf(vault: { vaultName: string }): string {
  return isUnknown(vault.vaultName) ? "(name not known yet)" : vault.vaultName;
}

export const vaultExists = (id: string): string => {
  const { vaultName, resourceGroupName } = partsOf(id);
  return (
    `Backup vault "${vaultName}" exists already in resource group "${resourceGroupName}". ` +
    "If the resource was renamed in the program, name the old one in its `aliases`. If an interrupted `pulumi up` of this " +
    "stack created the vault, or it shall be managed from here as it is, set adopt: true. Otherwise choose another name."
  );
};

export const cannotAdopt = (id: string, differing: readonly string[]): string =>
  `Backup vault "${partsOf(id).vaultName}" cannot be adopted: its ${differing.join(" and ")} differs from the program's, ` +
  "and Azure cannot change that on an existing vault. Write what the vault has.";

export const vaultGone = (id: string): string =>
  `Backup vault "${partsOf(id).vaultName}" no longer exists at Azure: ${id} answers 404. ` +
  "Run `pulumi refresh`, and the next `pulumi up` creates it again.";

export const couldNotLook = (vault: { vaultName: string }, why: string): string =>
  `Backup vault "${nameOf(vault)}" could not be read: ${why} ` +
  "What depends on its state at Azure is not decided here; `pulumi up` writes nothing before it is.";

export const leftAsItIs = (vault: { vaultName: string }, argument: string): string =>
  `Backup vault "${nameOf(vault)}": ${argument} is no longer set. Azure documents no default for it, so the vault keeps the value it has.`;

export const identitiesStay = (vault: { vaultName: string }): string =>
  `Backup vault "${nameOf(vault)}": its identities are the program's IdentityAssignments' from now on. None leaves the vault by ` +
  "this; one that no IdentityAssignment names stays there, and nobody manages it.";

export const keyElsewhere = (vault: { vaultName: string }, suffixes: readonly string[]): string =>
  `Backup vault "${nameOf(vault)}": encryption.keyUri must be a key in a key store of this cloud, one under ${suffixes.join(" or ")}.`;

export const sameVaultTwice = (vault: { vaultName: string }): string =>
  `Backup vault "${nameOf(vault)}" is described by two resources of this program. Keep one of them, or name another vault.`;

export const takenOver = (id: string): string =>
  `Backup vault "${partsOf(id).vaultName}" is not deleted: another resource of this program has adopted it in this run. ` +
  "Take the old resource out of the stack with `pulumi state delete`, which leaves the vault as it is.";

export const putBack = (vault: { vaultName: string }, settings: readonly string[]): string =>
  `Backup vault "${nameOf(vault)}" was changed outside Pulumi: ${settings.join(", ")}. This deployment puts back what the ` +
  "program says, which the preview's diff does not show. `pulumi refresh` shows it.";

export const noSuchRegion = (vault: { vaultName: string; location: string }): string =>
  `Backup vault "${nameOf(vault)}": location must be a region where this subscription can have Backup vaults; ${vault.location} is none.`;
