import { type DeletedBackupInstanceResource, previewDeadline } from "../../azure/index.js";
import type { Context } from "../../host/context.js";
import { isSameId } from "../../instances/armId.js";
import type { BackupInstanceInputs } from "../../instances/backupInstance.js";
import { isUnknown } from "../../vaults/unknowns.js";
import { wayStopped } from "../protection/stopped.js";
import { comesBackStopped, nothingToStop } from "../protection/wording.js";
import { messageOf, sharedFacts } from "../run/facts.js";
import { day, nothingToRestore, orRefused, type Restorable } from "../run/restorable.js";
import { instanceCalled } from "./wording.js";

// A deleted instance stays with its backups in the list of soft-deleted ones until these are purged, under its name.
// https://learn.microsoft.com/azure/backup/backup-azure-enhanced-soft-delete-about

/** For an instance that does not exist. The plans of a run share the list of a vault. */
export async function restorableInPreview(
  context: Context,
  inputs: BackupInstanceInputs,
): Promise<Restorable<DeletedBackupInstanceResource>> {
  if (isUnknown(inputs.dataSourceId)) return nothingToRestore;
  try {
    const all = await sharedFacts(context).softDeletedInstances(inputs.vault, previewDeadline());
    if (inputs.undelete === true) return toRestore(inputs, all);
    if (wayStopped(inputs) !== undefined)
      return { ...nothingToRestore, failures: [nothingToStop(instanceCalled(inputs))] };
    const [found] = ofSource(inputs, all);
    return found ? { ...nothingToRestore, notes: [mayBeRestored(inputs, found)] } : nothingToRestore;
  } catch (error) {
    return { ...nothingToRestore, notes: [listNotRead(inputs, messageOf(error))] };
  }
}

/** Before it is brought back, or a new instance is created in its place. */
export async function restorableNow(
  context: Context,
  inputs: BackupInstanceInputs,
  deadline: number,
): Promise<DeletedBackupInstanceResource | undefined> {
  if (inputs.undelete !== true) return undefined;
  const all = await context.azure().deletedBackupInstances.list(inputs.vault, { deadline });
  return orRefused(toRestore(inputs, all));
}

/** Of a source, the deleted instance with the program's name comes first. */
const ofSource = (inputs: BackupInstanceInputs, all: readonly DeletedBackupInstanceResource[]) =>
  all
    .filter(({ properties }) => isSameId(properties.dataSourceInfo?.resourceID, inputs.dataSourceId))
    .sort((a, b) => Number(isSameId(b.name, inputs.instanceName)) - Number(isSameId(a.name, inputs.instanceName)));

function toRestore(
  inputs: BackupInstanceInputs,
  all: readonly DeletedBackupInstanceResource[],
): Restorable<DeletedBackupInstanceResource> {
  const { instanceName } = inputs;
  const [found] = ofSource(inputs, all);
  const way = wayStopped(inputs);
  if (found && isSameId(found.name, instanceName)) {
    if (way === "suspend") return { ...nothingToRestore, failures: [comesBackStopped(instanceCalled(inputs))] };
    return { deleted: found, failures: [], notes: [restores(inputs, found)] };
  }
  if (found) return { ...nothingToRestore, failures: [underAnotherName(inputs, found)] };
  const other = all.find(({ name }) => isSameId(name, instanceName));
  if (other) return { ...nothingToRestore, failures: [ofAnotherSource(inputs, other)] };
  if (way !== undefined) return { ...nothingToRestore, failures: [nothingToStop(instanceCalled(inputs))] };
  return { ...nothingToRestore, notes: [noneToRestore(inputs)] };
}

const times = ({ properties }: DeletedBackupInstanceResource): string => {
  const { deletionTime, scheduledPurgeTime } = properties.deletionInfo ?? {};
  return `deleted ${day(deletionTime)}, to be purged ${day(scheduledPurgeTime)}`;
};

const mayBeRestored = (inputs: BackupInstanceInputs, found: DeletedBackupInstanceResource): string =>
  `${instanceCalled(inputs)} is created without backups, although its data source has a soft-deleted instance in this vault, ` +
  `"${found.name}" (${times(found)}). To bring that instance back with its backups instead, set \`undelete: true\`` +
  (isSameId(found.name, inputs.instanceName) ? "." : ` and \`instanceName: "${found.name}"\`.`);

const restores = (inputs: BackupInstanceInputs, found: DeletedBackupInstanceResource): string =>
  `${instanceCalled(inputs)} is brought back with its backups, not created: it is soft-deleted (${times(found)}). ` +
  (wayStopped(inputs) === undefined
    ? "Its backup is then resumed, and it is updated to match the program."
    : "Its backup stays stopped, and its backups are kept.");

const underAnotherName = (inputs: BackupInstanceInputs, found: DeletedBackupInstanceResource): string =>
  `${instanceCalled(inputs)} cannot be brought back: the soft-deleted instance of its data source has another name, "${found.name}" ` +
  `(${times(found)}). Set \`instanceName: "${found.name}"\`, or remove \`undelete\` to create a new instance.`;

const ofAnotherSource = (inputs: BackupInstanceInputs, found: DeletedBackupInstanceResource): string =>
  `${instanceCalled(inputs)} cannot be brought back: the soft-deleted instance of this name backed up ` +
  `${found.properties.dataSourceInfo?.resourceID ?? "something that Azure does not show"}. Remove \`undelete\` and choose another ` +
  "name, or correct `dataSourceId`.";

const noneToRestore = (inputs: BackupInstanceInputs): string =>
  `${instanceCalled(inputs)} is created new: its vault has no soft-deleted instance of its data source.`;

const listNotRead = (inputs: BackupInstanceInputs, why: string): string =>
  `${instanceCalled(inputs)}: whether its data source has a soft-deleted instance was not checked, because the list could not be ` +
  `read: ${why}`;
