import { entryOf, spelledAs } from "../vaults/values.js";

/** How a backup instance is, as far as something follows from it. */
type Kind = "protected" | "stopped" | "suspended" | "moving" | "failed";

/**
 * Azure's `currentProtectionState`.
 * https://learn.microsoft.com/rest/api/dataprotection/backup-instances/get#currentprotectionstate; `BackupsSuspended` was
 * recorded and is not in that list.
 */
const states: Record<string, Kind> = {
  ProtectionConfigured: "protected",
  ProtectionStopped: "stopped",
  BackupsSuspended: "suspended",
  BackupSchedulesSuspended: "suspended",
  RetentionSchedulesSuspended: "suspended",
  ConfiguringProtection: "moving",
  UpdatingProtection: "moving",
  SoftDeleting: "moving",
  ConfiguringProtectionFailed: "failed",
  ProtectionError: "failed",
};

/** What an earlier run recorded that could not confirm its write. */
export const unconfirmed = "Unknown";

/** Undefined: a state that this version does not know, or none. */
export const kindOfState = (state: string | undefined): Kind | undefined => entryOf(states, state);

/** From which nothing follows. */
const others = ["Invalid", "NotProtected", "SoftDeleted"];

const values = [...Object.keys(states), ...others];

/** In Microsoft's spelling. A state that this version does not know stays as it is. */
export const spelledState = (shown: string): string => spelledAs({ values }, shown);
