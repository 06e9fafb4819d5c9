import type { BackupInstance, DeletedBackupInstanceResource } from "../../azure/index.js";
import type { BackupInstanceInputs } from "../../instances/backupInstance.js";
import { parseChildId } from "../../vaults/childId.js";
import { isUnknown } from "../../vaults/unknowns.js";
import { parseVaultId } from "../../vaults/vaultId.js";
import { deletedUntil, type ProtectionWords } from "../protection/wording.js";

type Named = Partial<Pick<BackupInstanceInputs, "vault" | "instanceName" | "instanceId">>;

/** `Backup instance "disk-1" of Backup vault "payroll"` */
export function instanceCalled({ vault, instanceName, instanceId = "" }: Named): string {
  const id = parseChildId(instanceId, "backupInstances");
  const [name, vaultId] = [instanceName ?? id?.name ?? "", vault ?? id?.vault ?? ""];
  const vaultName = parseVaultId(vaultId)?.vaultName;
  const called = name === "" || isUnknown(name) ? "Backup instance" : `Backup instance "${name}"`;
  return vaultName === undefined ? called : `${called} of Backup vault "${vaultName}"`;
}

export const instanceWords: ProtectionWords = {
  noun: "backup instance",
  short: "instance",
  oneOf: "A data source has one backup instance.",
  otherwise: "choose another name",
};

/** @param why in Azure's words, with what Azure recommends, and the code that Microsoft's pages have */
export function notProtected(
  state: string,
  { code, message, recommendedAction = [] }: BackupInstance["protectionErrorDetails"] = {},
): string {
  const said = [message, ...recommendedAction, code && `(${code})`].filter(Boolean).join(" ");
  return (
    `Azure ended the operation, but the state of the instance is ${state || "not shown"}, so it is not backed up.` +
    (said === "" ? "" : ` Azure's reason: ${said}`)
  );
}

export const waitsForOthers = (name: string, state: string): string =>
  `${name}: Azure is changing the instance, and its state is ${state}. Waiting until that has ended.`;

export const stillChanging = (state: string): string =>
  `Azure is still changing the instance: its state is ${state}. Nothing was sent. Run \`pulumi up\` again when it has ended.`;

type OfPolicy = Named & Pick<BackupInstanceInputs, "policyId" | "dataSource">;

export const policyOfAnother = (instance: OfPolicy, other: string, noun: string): string =>
  `${instanceCalled(instance)}: its policy ${instance.policyId} is for ${other}, and it backs up ${noun}. Set \`policyId\` to a ` +
  `policy whose \`dataSource\` is ${instance.dataSource}.`;

export const containersMissing = (instance: OfPolicy): string =>
  `${instanceCalled(instance)}: containers is missing. Its policy ${instance.policyId} keeps backups in the vault, and backs up only ` +
  "the containers that the instance names. Set it, or `autoProtectionSettings` for all of them. https://learn.microsoft.com/azure/backup/blob-backup-support-matrix";

// UserErrorStopProtectionNotSupportedForBlobOperationalBackup
const blobErrors = "https://learn.microsoft.com/azure/backup/backup-azure-troubleshoot-blob-backup";

/** @param argument that asks for it */
export const notStoppable = (name: string, argument: "protection" | "onDelete"): string =>
  `${name} cannot be stopped: its policy backs up blobs in their own storage account, and Azure does not stop such backups. ` +
  (argument === "onDelete"
    ? 'To end them, set `onDelete: "delete"` and run `pulumi up` before the removal. '
    : "Remove `protection`. ") +
  blobErrors;

/** Of a new one. */
export const notStoppableLater = (name: string): string =>
  `${name} cannot be removed from the program later as it is: Azure does not stop the backup of blobs in their own storage account, it ` +
  `only deletes it. Set \`onDelete: "delete"\`. ${blobErrors}`;

export const policyNotChecked = (instance: OfPolicy, why: string): string =>
  `${instanceCalled(instance)}: whether its policy ${instance.policyId} is for ${instance.dataSource} was not checked: ${why}`;

/** After a deletion. */
export function deletedText(
  instance: Named,
  deleted: DeletedBackupInstanceResource | undefined,
  isOperational: boolean | undefined,
): string {
  const purgedAt = deleted?.properties.deletionInfo?.scheduledPurgeTime;
  if (deleted) return deletedUntil(instanceCalled(instance), purgedAt, isOperational);
  return `${instanceCalled(instance)} was deleted, and is not among the soft-deleted instances of its vault.`;
}
