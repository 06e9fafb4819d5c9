import type { Call } from "../arm/operation.js";
import type { RecoveryServicesVaultRecord } from "../state/records.js";
import { unverified } from "./recoveryError.js";
import type { VaultChange, VaultRule } from "./vaultSettings.js";

/** What a guard watches in a write of the vault, unless it excludes it. */
const touched: Record<string, (change: VaultChange) => boolean> = {
  "Microsoft.RecoveryServices/vaults/write#reduceImmutabilityState": ({ before, after }) =>
    before?.immutability === "Unlocked" && after.immutability === "Disabled",
  "Microsoft.RecoveryServices/vaults/write#modifyEncryptionSettings": ({ before, after }) =>
    before !== undefined && JSON.stringify(before.encryption) !== JSON.stringify(after.encryption),
};

// https://learn.microsoft.com/azure/backup/multi-user-authorization-concept
export const resourceGuard: VaultRule = (change) => {
  const [proxy] = change.vault?.guardProxies.values() ?? [];
  if (proxy === undefined) return undefined;
  const guardId = String(proxy.properties.resourceGuardResourceId);
  const guard = change.resourceGuards.get(guardId.toLowerCase());
  const excluded: string[] = guard?.properties.vaultCriticalOperationExclusionList ?? [];
  const [operation] = Object.keys(touched).filter((name) => touched[name]?.(change) && !excluded.includes(name));
  if (operation === undefined) return undefined;
  if (!namesRequest(change.after.resourceGuardOperationRequests, guardId)) return guardRequired(guardId, operation);
  return change.resourceGuards.isAllowed(guardId.toLowerCase()) ? undefined : notAllowed(guardId);
};

export function namesRequest(requests: readonly string[], guardId: string): boolean {
  return requests.some((request) => request.toLowerCase().startsWith(`${guardId}/`.toLowerCase()));
}

export function guardRequired(guardId: string, operation: string) {
  return unverified(
    "rsv-resource-guard-required",
    `The vault is protected by the resource guard ${guardId}: ${operation} needs resourceGuardOperationRequests with ` +
      "a request of that guard. Azure's own answer is not documented.",
    403,
  );
}

/** The request is there, and the guard's owner has not allowed what it asks for. */
export const notAllowed = (guardId: string) =>
  unverified(
    "rsv-resource-guard-required",
    `The caller does not have sufficient permissions on the resource guard ${guardId}: Backup MUA Operator. Azure's own ` +
      "answer is not documented.",
    403,
  );

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
