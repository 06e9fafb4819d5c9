import { unverified } from "../backupError.js";
import type { VaultChange, VaultRule } from "./vaultChange.js";

// https://learn.microsoft.com/azure/backup/multi-user-authorization-concept, and the help of
// Update-AzDataProtectionBackupVault for the names of the requests.
const guarded: { operation: string; request: string; mandatory: boolean; touches(change: VaultChange): boolean }[] = [
  {
    operation: "Microsoft.DataProtection/backupVaults/write#reduceImmutabilityState",
    request: "dppReduceImmutabilityStateRequests",
    mandatory: false,
    touches: ({ before, after }) => before?.immutability === "Unlocked" && after.immutability === "Disabled",
  },
  {
    operation: "Microsoft.DataProtection/backupVaults/write#reduceSoftDeleteSecurity",
    request: "dppReduceSoftDeleteSecurityRequests",
    mandatory: true,
    touches: ({ before, after }) => before !== undefined && before.softDelete !== "Off" && after.softDelete === "Off",
  },
  {
    operation: "Microsoft.DataProtection/backupVaults/write#modifyEncryptionSettings",
    request: "dppModifyEncryptionSettingsRequests",
    mandatory: false,
    touches: ({ before, after }) =>
      before !== undefined && JSON.stringify(before.encryption) !== JSON.stringify(after.encryption),
  },
];

export const resourceGuard: VaultRule = (change) => {
  const proxy = [...(change.vault?.guardProxies.values() ?? [])][0];
  if (proxy === undefined) return undefined;
  const guardId = String(proxy.properties.resourceGuardResourceId);
  const excluded =
    change.resourceGuards.get(guardId.toLowerCase())?.properties.vaultCriticalOperationExclusionList ?? [];
  for (const { operation, request, mandatory, touches } of guarded) {
    if (!touches(change) || (!mandatory && excluded.includes(operation))) continue;
    const asked = change.after.resourceGuardOperationRequests.some((given) =>
      given.toLowerCase().startsWith(`${guardId}/${request}/`.toLowerCase()),
    );
    if (asked) continue;
    return unverified(
      "resource-guard-required",
      `The vault is protected by the resource guard ${guardId}: ${operation} needs ` +
        `resourceGuardOperationRequests with ${guardId}/${request}/default. Azure's answer is not known.`,
      403,
    );
  }
  return undefined;
};
