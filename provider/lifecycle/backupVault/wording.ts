import { isUnknown } from "../../host/unknowns.js";
import { partsOf } from "./vaultId.js";

/** How every message calls a vault. */
export function nameOf(vault: { vaultName: string }): string {
  return isUnknown(vault.vaultName) ? "(name not known yet)" : vault.vaultName;
}

export const vaultExists = (id: string): string => {
  const { vaultName, resourceGroupName } = partsOf(id);
  return (
    `Backup vault "${vaultName}" exists already in resource group "${resourceGroupName}", and this stack did not create it. ` +
    "To manage it from here as it is, set adopt: true; otherwise choose another name."
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

export const keyElsewhere = (vault: { vaultName: string }, suffixes: readonly string[]): string =>
  `Backup vault "${nameOf(vault)}": encryption.keyUri must be a key in a key store of this cloud, one under ${suffixes.join(" or ")}.`;
