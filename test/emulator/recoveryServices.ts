import type { Emulator } from "../../emulator/index.js";
import { group } from "./client.js";

export const recoveryVaultId = (azure: Emulator, name = "rsv-payroll"): string =>
  `${group(azure)}/providers/Microsoft.RecoveryServices/vaults/${name}`;

/** A vault as small as Azure takes it, with some properties more. */
export const recoveryVault = (properties: object = {}, more: object = {}): object => ({
  location: "westeurope",
  sku: { name: "Standard" },
  properties,
  ...more,
});

export const redundancy = (standardTierStorageRedundancy: string, crossRegionRestore = "Disabled") => ({
  redundancySettings: { standardTierStorageRedundancy, crossRegionRestore },
});

export const softDelete = (softDeleteState: string, days = 14, enhancedSecurityState = softDeleteState) => ({
  securitySettings: {
    softDeleteSettings: { softDeleteState, enhancedSecurityState, softDeleteRetentionPeriodInDays: days },
  },
});

export const immutability = (state: string) => ({ securitySettings: { immutabilitySettings: { state } } });

export const crossSubscriptionRestore = (crossSubscriptionRestoreState: string) => ({
  restoreSettings: { crossSubscriptionRestoreSettings: { crossSubscriptionRestoreState } },
});
