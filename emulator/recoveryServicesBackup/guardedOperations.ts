import type { Call } from "../http/operation.js";
import type { RecoveryServicesVaultRecord } from "../recoveryServices/records.js";
import { guardRequired } from "../recoveryServices/rules/resourceGuard.js";

/**
 * A deletion that a guard watches has to be unlocked first, unless the guard excludes it; taking the guard away is
 * watched always. https://learn.microsoft.com/azure/backup/multi-user-authorization-concept
 */
export function refuseGuardedDeletion(
  { world, now }: Call,
  vault: RecoveryServicesVaultRecord,
  operation: string,
  mandatory = false,
): void {
  const [proxy] = vault.guardProxies.values();
  if (proxy === undefined || (vault.unlockedUntil ?? 0) > now) return;
  const guardId = String(proxy.properties.resourceGuardResourceId);
  const guard = world.resourceGuards.get(guardId.toLowerCase());
  const excluded: string[] = guard?.properties.vaultCriticalOperationExclusionList ?? [];
  if (!mandatory && excluded.includes(operation)) return;
  throw guardRequired(guardId, `${operation} (unlockDelete)`);
}
