import type { World } from "../world.js";
import { unverified } from "./backupError.js";
import type { BackupVaultRecord } from "./records.js";

export function refuseWhileWriting(world: World, { body, operation }: BackupVaultRecord): void {
  if (operation === undefined || !world.running.has(operation)) return;
  throw unverified(
    "operation-in-progress",
    `Another operation on the Backup vault '${body.name}' is in progress. Retry when it has ended.`,
    409,
  );
}
