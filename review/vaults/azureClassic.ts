import { unknown, type Vault } from "../../provider/vaults/ruleVault.js";
import { at, number, present, text, type Value } from "../values.js";
import { keyIdentity } from "./armRecoveryVault.js";
import { identityOf } from "./armVault.js";
import { partsOf } from "./vaultId.js";
import type { PartType, VaultType } from "./vaultType.js";

/** The api-version of the Terraform provider that it is made from. */
const apiVersion = "2025-07-01";

/** https://www.pulumi.com/registry/packages/azure/api-docs/dataprotection/backupvault/ */
export const azureClassic: VaultType = {
  provider: "azure",
  kind: "BackupVault",
  vault(settings, id) {
    const vault: Vault = {
      ...partsOf(id),
      ...present({
        vaultName: text(at(settings, "name")),
        resourceGroupName: text(at(settings, "resourceGroupName")),
        location: text(at(settings, "location")),
        datastoreType: text(at(settings, "datastoreType")),
        redundancy: text(at(settings, "redundancy")),
        softDelete: present({
          state: text(at(settings, "softDelete")),
          retentionDurationInDays: number(at(settings, "retentionDurationInDays")),
        }),
        immutability: text(at(settings, "immutability")),
        crossRegionRestore: enabled(at(settings, "crossRegionRestoreEnabled")),
        identity: identityOf(at(settings, "identity"), "identityIds"),
      }),
    };
    return vault;
  },
  apiVersion: () => apiVersion,
  property: (name) => names[name] ?? name,
};

const names: Record<string, string> = {
  name: "vaultName",
  softDelete: "softDelete.state",
  retentionDurationInDays: "softDelete.retentionDurationInDays",
  crossRegionRestoreEnabled: "crossRegionRestore",
};

/** A switch of the provider's, as Azure names its positions. */
function enabled(value: Value): Vault["crossRegionRestore"] {
  if (value === undefined || value === null) return undefined;
  if (value === true || value === "true") return "Enabled";
  return value === false || value === "false" ? "Disabled" : unknown;
}

/** https://www.pulumi.com/registry/packages/azure/api-docs/recoveryservices/vault/ */
export const azureClassicRecovery: VaultType = {
  provider: "azure",
  kind: "RecoveryServicesVault",
  multiRequestWrites: true,
  vault(settings, id) {
    const key = at(settings, "encryption");
    // An absent argument means the vault's own identity.
    const isSystem = at(key, "keyId") === undefined ? undefined : (at(key, "useSystemAssignedIdentity") ?? true);
    const keyUri = text(at(key, "keyId"));
    return {
      ...partsOf(id),
      ...present<Vault>({
        vaultName: text(at(settings, "name")),
        resourceGroupName: text(at(settings, "resourceGroupName")),
        location: text(at(settings, "location")),
        redundancy: text(at(settings, "storageModeType")),
        crossRegionRestore: enabled(at(settings, "crossRegionRestoreEnabled")),
        softDelete: present({ state: softDeleteOf(at(settings, "softDeleteEnabled")) }),
        immutability: text(at(settings, "immutability")),
        identity: identityOf(at(settings, "identity"), "identityIds"),
        encryption: present({
          keyUri,
          ...keyIdentity(isSystem, at(key, "userAssignedIdentityId")),
          infrastructureEncryption: enabled(at(key, "infrastructureEncryptionEnabled")),
        }),
        classicAlerts: present({
          alertsForCriticalOperations: enabled(at(settings, "monitoring", "alertsForCriticalOperationFailuresEnabled")),
          emailNotificationsForSiteRecovery: enabled(
            at(settings, "monitoring", "emailNotificationsForSiteRecoveryEnabled"),
          ),
        }),
      }),
    };
  },
  apiVersion: () => "2025-08-01",
  property: (name) => recoveryNames[name] ?? name,
};

const recoveryNames: Record<string, string> = {
  name: "vaultName",
  storageModeType: "redundancy",
  crossRegionRestoreEnabled: "crossRegionRestore",
};

/** `true` leaves a vault that is always on as it is, so it asks for nothing. */
function softDeleteOf(isEnabled: Value): NonNullable<Vault["softDelete"]>["state"] {
  const state = enabled(isEnabled);
  return state === "Enabled" ? undefined : state;
}

/**
 * Its identity is always the vault's own, and its deletion leaves everything as it is and reports success.
 * https://www.pulumi.com/registry/packages/azure/api-docs/dataprotection/backupvaultcustomermanagedkey/
 */
export const azureClassicKey: PartType = {
  provider: "azure",
  vaults: [azureClassic],
  vaultId: (settings) => at(settings, "dataProtectionBackupVaultId"),
  added: (vault, settings) => ({
    ...vault,
    encryption: {
      ...vault.encryption,
      state: "Enabled",
      keyUri: text(at(settings, "keyVaultKeyId")),
      identity: "SystemAssigned",
    },
  }),
  removed: ({ encryption: _, ...vault }) => vault,
};
