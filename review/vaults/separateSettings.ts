import { unknown } from "../../provider/vaults/ruleVault.js";
import { at, type Value } from "../values.js";

/**
 * Settings of a Recovery Services vault that Azure also has as resources of their own, in the form of the vault's body. These
 * resources are there as soon as the vault is, so whatever a tool calls a creation of one changes the vault.
 * https://learn.microsoft.com/azure/templates/microsoft.recoveryservices/vaults/backupstorageconfig
 * https://learn.microsoft.com/azure/templates/microsoft.recoveryservices/vaults/backupconfig
 */
export const settingsApart: Record<string, (body: Value) => Value> = {
  "microsoft.recoveryservices/vaults/backupstorageconfig": (body) => ({
    properties: {
      redundancySettings: {
        standardTierStorageRedundancy: at(body, "properties.storageModelType") ?? at(body, "properties.storageType"),
        crossRegionRestore: enabled(at(body, "properties.crossRegionRestoreFlag")),
      },
    },
  }),
  "microsoft.recoveryservices/vaults/backupconfig": (body) => ({
    properties: {
      securitySettings: {
        softDeleteSettings: {
          softDeleteState: at(body, "properties.softDeleteFeatureState"),
          enhancedSecurityState: at(body, "properties.enhancedSecurityState"),
          softDeleteRetentionPeriodInDays: at(body, "properties.softDeleteRetentionPeriodInDays"),
        },
      },
    },
  }),
};

function enabled(flag: Value): Value {
  if (flag === undefined || flag === null) return undefined;
  if (flag === unknown) return unknown;
  return String(flag) === "true" ? "Enabled" : "Disabled";
}
