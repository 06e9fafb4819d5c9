import { isUnknown } from "../../host/unknowns.js";
import type { Parse } from "./parse.js";
import { armId } from "./values.js";

/** The ARM id of a Backup vault, whose provider Azure spells in several ways. */
export const vault: Parse = (value, path, problems) => {
  const id = armId("Microsoft.DataProtection/backupVaults")(value, path, problems);
  if (typeof id !== "string" || isUnknown(id)) return id;
  return id.replace(/\/providers\/.*\/(?=[^/]+$)/i, "/providers/Microsoft.DataProtection/backupVaults/");
};
