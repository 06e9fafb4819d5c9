import type { Context } from "../../host/context.js";
import { messageOf } from "../messageOf.js";
import { soon } from "../soon.js";
import type { VaultInputs, VaultResource } from "./vaultInputs.js";
import type { VaultType } from "./vaultType.js";

/** The vault as a preview sees it: there, not there, or why it could not be read. */
export interface Look<R> {
  live?: R;
  unreadable?: string;
}

export async function look<I extends VaultInputs, R extends VaultResource>(
  { vaults }: VaultType<I, R>,
  context: Context,
  id: string,
): Promise<Look<R>> {
  try {
    return { live: await vaults(context.azure()).get(id, soon()) };
  } catch (error) {
    return { unreadable: messageOf(error) };
  }
}
