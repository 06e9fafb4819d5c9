import type { Context } from "../../host/context.js";
import type { VaultInputs } from "../../vaults/definitions.js";

/**
 * For one run, without an edit of the program: the ids of vaults that it may take over, separated by spaces or commas.
 * In a stack's configuration, `azure-backup:adopt` is one id or a list of them.
 */
export const adoptVariable = "AZURE_BACKUP_ADOPT";

/** Whether a vault that exists already may be taken over: the program says so, or somebody names it for this run. */
export function mayAdopt({ setting, env }: Context, { adopt, vaultId }: VaultInputs): boolean {
  if (adopt === true) return true;
  const named = [setting("adopt"), env[adoptVariable]].flatMap((text) => text?.match(anyId) ?? []);
  return named.some((id) => id.toLowerCase() === vaultId.toLowerCase());
}

/** A list in the configuration comes as JSON. */
const anyId = /\/subscriptions\/[^\s,;"'[\]]+/gi;
