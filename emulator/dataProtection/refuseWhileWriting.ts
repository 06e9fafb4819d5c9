import type { World } from "../world.js";
import { unverified } from "./backupError.js";
import type { BackupVaultRecord } from "./records.js";

/** Nothing new goes into a vault that is on its way out. */
export function refuseWhileDeleting(world: World, vault: BackupVaultRecord): void {
  if (world.operations.get(vault.operation ?? "")?.effect.kind === "vaultDeleted") refuseWhileWriting(world, vault);
}

export function refuseWhileWriting(world: World, { body, operation }: BackupVaultRecord): void {
  if (operation === undefined || !world.running.has(operation)) return;
  throw unverified(
    "operation-in-progress",
    `Another operation on the Backup vault '${body.name}' is in progress. Retry when it has ended.`,
    409,
  );
}
