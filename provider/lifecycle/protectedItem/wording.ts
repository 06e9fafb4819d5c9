import { parseResourceId } from "../../instances/armId.js";
import { type ProtectedItemInputs, requireItemId } from "../../instances/recoveryServices/protectedItem.js";
import { isUnknown } from "../../vaults/unknowns.js";
import { parseVaultId } from "../../vaults/vaultId.js";
import type { ProtectionWords } from "../protection/wording.js";

type Named = Partial<Pick<ProtectedItemInputs, "vault" | "sourceResourceId" | "fileShareName">>;

const called = (name: string | undefined, vault: string | undefined): string => {
  const vaultName = parseVaultId(vault ?? "")?.vaultName;
  const item = name === undefined || name === "" ? "Protected item" : `Protected item "${name}"`;
  return vaultName === undefined ? item : `${item} of Recovery Services vault "${vaultName}"`;
};

/** `Protected item "vm-payroll" of Recovery Services vault "rsv-payroll"` */
export function itemCalled({ vault, sourceResourceId = "", fileShareName }: Named): string {
  const source = isUnknown(sourceResourceId) ? undefined : parseResourceId(sourceResourceId)?.name;
  const share = isUnknown(fileShareName) ? undefined : fileShareName;
  return called(share !== undefined && source !== undefined ? `${source}/${share}` : source, vault);
}

/** Of Azure's name for it, the last part is the source's. */
export function itemCalledById(id: string): string {
  const { vault, item } = requireItemId(id);
  return called(item.split(";").at(-1), vault);
}

export const itemWords: ProtectionWords = {
  noun: "protected item",
  short: "item",
  oneOf: "A virtual machine or file share is protected in one vault.",
  otherwise: "remove the resource from the program",
};

export const notProtectedItem = (state: string): string =>
  `Azure ended the operation, but the state of the item is ${state || "not shown"}, so it is not backed up.`;

export const inAnotherVault = (item: Named, vault: string): string =>
  `${itemCalled(item)}: another vault protects its source, ${vault}. To protect it by this vault, stop its backup there and delete its ` +
  "backups first, or manage the item of that vault. https://learn.microsoft.com/azure/backup/backup-azure-move-recovery-services-vault";

const oneVault = "All file shares of a storage account can be protected only by the same vault.";
const sharesPage = "https://learn.microsoft.com/azure/backup/azure-file-share-support-matrix";

export const accountInAnotherVault = (item: Named, vault: string): string =>
  `${itemCalled(item)}: its storage account is registered with another vault, ${vault}. ${oneVault} Use that vault. To protect the share ` +
  `by this one, stop the backup of all shares of the account there, delete their backups, and unregister the account first. ${sharesPage}`;

/** @param vault of another item of the program */
export const accountInTwoVaults = (item: Named, vault: string): string =>
  `${itemCalled(item)}: another resource in this program backs up a file share of the same storage account by another vault, ` +
  `${vault}. ${oneVault} Use one vault for all of them. ${sharesPage}`;

export const accountNotChecked = (item: Named, why: string): string =>
  `${itemCalled(item)}: whether its storage account is registered with another vault was not checked: ${why}`;

export const sourceNotChecked = (item: Named, why: string): string =>
  `${itemCalled(item)}: whether another vault protects its source was not checked: ${why}`;

type OfPolicy = Named & Pick<ProtectedItemInputs, "policyId">;

export const itemPolicyOfAnother = (item: OfPolicy, other: string, noun: string): string =>
  `${itemCalled(item)}: its policy ${item.policyId} is for ${other}, and it backs up ${noun}. Set \`policyId\` to a policy for ${noun}.`;

export const itemPolicyNotChecked = (item: OfPolicy, why: string): string =>
  `${itemCalled(item)}: whether its policy ${item.policyId} is for what it backs up was not checked: ${why}`;

export const shareNotFound = ({ sourceResourceId, fileShareName }: Named): string =>
  `Azure finds no file share "${fileShareName}" in ${sourceResourceId} that could be protected. The share may not exist yet, or another ` +
  "vault may protect it. Create it before the item, or correct `fileShareName`.";

export const staysRegistered = (name: string, account: string, why: string): string =>
  `${name} was deleted, but ${account} stays registered with its vault, which cannot be deleted before it is unregistered: ${why}`;

/** After a deletion. */
export const itemNotListed = (name: string): string =>
  `${name} was deleted, and is not among the soft-deleted items of its vault.`;

/** @param argument that asks for it */
export const suspendNeedsImmutability = (name: string, state: string, argument: "protection" | "onDelete"): string =>
  `${name} cannot be suspended: the immutability of its vault is ${state}, and Azure suspends backup only in an immutable vault. ` +
  `Set \`${argument}: "stopProtectionRetainData"\`${argument === "onDelete" ? " and run `pulumi up` before the removal" : ""}. ` +
  "https://learn.microsoft.com/powershell/module/az.recoveryservices/disable-azrecoveryservicesbackupprotection";
