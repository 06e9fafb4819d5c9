import type { LiveItem, ProtectedItemInputs } from "../../instances/recoveryServices/protectedItem.js";
import type { Found } from "../protection/kind.js";
import { wayStopped } from "../protection/stopped.js";
import { comesBackStopped, nothingToStop } from "../protection/wording.js";
import { day, nothingToRestore, type Restorable } from "../run/restorable.js";
import { itemCalled } from "./wording.js";

// A deleted item stays in the list of its vault until its backups are purged.
// https://learn.microsoft.com/azure/backup/backup-azure-security-feature-cloud

/** @param deleted the soft-deleted item of the source, if there is one */
export function restorableItem(
  inputs: ProtectedItemInputs,
  deleted: Found<LiveItem> | undefined,
): Restorable<Found<LiveItem>> {
  const name = itemCalled(inputs);
  const way = wayStopped(inputs);
  if (!deleted) {
    if (way !== undefined) return { ...nothingToRestore, failures: [nothingToStop(name)] };
    const note = `${name} is created new: its vault has no soft-deleted item of its source.`;
    return inputs.undelete === true ? { ...nothingToRestore, notes: [note] } : nothingToRestore;
  }
  const until = `to be purged ${day(deleted.live.purgedAt)}`;
  if (inputs.undelete !== true) {
    // Azure has one item for a source, whether it is deleted or not.
    const failure =
      `${name} is soft-deleted (${until}), and cannot be created anew before that. To bring it back with its backups, set ` +
      "`undelete: true`.";
    return { ...nothingToRestore, failures: [failure] };
  }
  if (way === "suspend") return { ...nothingToRestore, failures: [comesBackStopped(name)] };
  const note =
    `${name} is brought back with its backups, not created: it is soft-deleted (${until}). ` +
    (way === undefined
      ? "Its backup is then resumed, and it is updated to match the program."
      : "Its backup stays stopped, and its backups are kept.");
  return { deleted, failures: [], notes: [note] };
}
