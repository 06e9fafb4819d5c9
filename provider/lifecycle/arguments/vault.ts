import { isUnknown } from "../../host/unknowns.js";
import type { Parse } from "./parse.js";
import { armId } from "./values.js";

const ofRecoveryServices =
  /^(\/subscriptions\/[^/]+\/resourceGroups\/[^/]+\/providers\/)Microsoft\.RecoveryServices\/vaults(\/[^/]+)$/i;

/** The ARM id of a vault of either kind, whose provider Azure spells in several ways. */
export const vault: Parse = (value, path, problems) => {
  const other = typeof value === "string" ? ofRecoveryServices.exec(value) : null;
  if (other) return `${other[1]}Microsoft.RecoveryServices/vaults${other[2]}`;
  const id = armId("Microsoft.DataProtection/backupVaults")(value, path, problems);
  if (typeof id !== "string" || isUnknown(id)) return id;
  return id.replace(/\/providers\/.*\/(?=[^/]+$)/i, "/providers/Microsoft.DataProtection/backupVaults/");
};
