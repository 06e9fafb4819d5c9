import type { World } from "../world.js";
import type { RecoveryServicesVaultRecord } from "./records.js";
import { unverified } from "./recoveryError.js";

export function refuseWhileWriting(world: World, { body, operation }: RecoveryServicesVaultRecord): void {
  if (operation === undefined || !world.running.has(operation)) return;
  throw unverified(
    "operation-in-progress",
    `Another operation on the Recovery Services vault '${body.name}' is in progress. Retry when it has ended.`,
    409,
  );
}
