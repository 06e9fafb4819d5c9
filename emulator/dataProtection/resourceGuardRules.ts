import type { ArmError } from "../arm/armError.js";
import type { Call } from "../arm/operation.js";
import type { BackupVaultRecord } from "../state/records.js";
import { unverified } from "./backupError.js";
import { guardedOperations } from "./guardedOperations.js";
import type { VaultChange, VaultRule } from "./vaultSettings.js";

// https://learn.microsoft.com/azure/backup/multi-user-authorization-concept
const touched: Record<string, (change: VaultChange) => boolean> = {
  "Microsoft.DataProtection/backupVaults/write#reduceImmutabilityState": ({ before, after }) =>
    before?.immutability === "Unlocked" && after.immutability === "Disabled",
  "Microsoft.DataProtection/backupVaults/write#reduceSoftDeleteSecurity": ({ before, after }) =>
    before !== undefined && before.softDelete !== "Off" && after.softDelete === "Off",
  "Microsoft.DataProtection/backupVaults/write#modifyEncryptionSettings": ({ before, after }) =>
    before !== undefined && JSON.stringify(before.encryption) !== JSON.stringify(after.encryption),
};

export const resourceGuard: VaultRule = (change) => {
  const { vault, resourceGuards, after } = change;
  for (const { operation } of guardedOperations) {
    if (vault === undefined || !touched[operation]?.(change)) continue;
    const missing = missingRequest({ vault, resourceGuards }, operation, after.resourceGuardOperationRequests);
    if (missing !== undefined) return missing;
  }
  return undefined;
};

type Guarded = Pick<VaultChange, "resourceGuards"> & { vault: BackupVaultRecord };

/** For what is guarded apart from the vault's own settings. */
export function refuseUnguarded(guarded: Guarded, operation: string, given: string[] = []): void {
  const missing = missingRequest(guarded, operation, given);
  if (missing !== undefined) throw missing;
}

/** What is guarded and deleted without a request's content is unlocked before: `unlockDelete`. */
export function refuseLocked(
  { world, now }: Pick<Call, "world" | "now">,
  vault: BackupVaultRecord,
  instanceId: string,
): void {
  const request = guardRequest({ vault, resourceGuards: world.resourceGuards }, instanceDeletion);
  if (request === undefined || (vault.unlocked.get(instanceId.toLowerCase()) ?? 0) > now) return;
  throw unverified(
    "resource-guard-required",
    `The vault is protected by a resource guard: call unlockDelete with ${request} first. Azure's own answer is ` +
      "not documented.",
    403,
  );
}

const instanceDeletion = "Microsoft.DataProtection/backupVaults/backupInstances/delete";

function missingRequest(guarded: Guarded, operation: string, given: string[]): ArmError | undefined {
  const request = guardRequest(guarded, operation);
  const collection = request?.replace(/default$/, "").toLowerCase();
  if (collection === undefined || given.some((id) => id.toLowerCase().startsWith(collection))) return undefined;
  return unverified(
    "resource-guard-required",
    `The vault is protected by a resource guard: ${operation} needs resourceGuardOperationRequests with ${request}. ` +
      "Azure's own answer is not documented.",
    403,
  );
}

/** The object that has to be asked for; undefined: the operation is not guarded. */
function guardRequest({ vault, resourceGuards }: Guarded, operation: string): string | undefined {
  const [proxy] = vault.guardProxies.values();
  if (proxy === undefined) return undefined;
  const guardId = String(proxy.properties.resourceGuardResourceId);
  const guard = resourceGuards.get(guardId.toLowerCase());
  const excluded: string[] = guard?.properties.vaultCriticalOperationExclusionList ?? [];
  const known = guardedOperations.find((guarded) => guarded.operation === operation);
  if (known === undefined || (!known.isMandatory && excluded.includes(operation))) return undefined;
  return `${guardId}/${known.requests}/default`;
}
