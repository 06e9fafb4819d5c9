import type { ArmResource } from "../../armResource.js";
import type { RecoveryServicesVaultRecord } from "../../recoveryServices/records.js";

/** The items of a container that are not soft-deleted. */
export function activeItemsIn(vault: RecoveryServicesVaultRecord, container: string): ArmResource[] {
  return [...vault.protectedItems]
    .filter(([key, { properties }]) => key.startsWith(`${container}/`) && !properties.isScheduledForDeferredDelete)
    .map(([, item]) => item);
}
