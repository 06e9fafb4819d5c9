import type { BackupVaultResource } from "../../azure/index.js";
import type { Context } from "../../host/context.js";
import { messageOf } from "../messageOf.js";
import { soon } from "../soon.js";

/** The vault as a preview sees it: there, not there, or why it could not be read. */
export interface Look {
  live?: BackupVaultResource;
  unreadable?: string;
}

export async function look(context: Context, id: string): Promise<Look> {
  try {
    return { live: await context.azure().backupVaults.get(id, soon()) };
  } catch (error) {
    return { unreadable: messageOf(error) };
  }
}
