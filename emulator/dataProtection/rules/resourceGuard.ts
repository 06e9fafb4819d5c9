import { unverified } from "../backupError.js";
import { guardedOperations } from "../resourceGuards/operations.js";
import type { VaultChange, VaultRule } from "./vaultChange.js";

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
  const [proxy] = change.vault?.guardProxies.values() ?? [];
  if (proxy === undefined) return undefined;
  const guardId = String(proxy.properties.resourceGuardResourceId);
  const guard = change.resourceGuards.get(guardId.toLowerCase());
  const excluded: string[] = guard?.properties.vaultCriticalOperationExclusionList ?? [];
  for (const { operation, requests, mandatory } of guardedOperations) {
    if (!touched[operation]?.(change) || (!mandatory && excluded.includes(operation))) continue;
    const wanted = `${guardId}/${requests}/`.toLowerCase();
    if (change.after.resourceGuardOperationRequests.some((given) => given.toLowerCase().startsWith(wanted))) continue;
    return unverified(
      "resource-guard-required",
      `The vault is protected by the resource guard ${guardId}: ${operation} needs ` +
        `resourceGuardOperationRequests with ${guardId}/${requests}/default. Azure's answer is not known.`,
      403,
    );
  }
  return undefined;
};
