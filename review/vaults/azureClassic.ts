import { present, textAt } from "../../provider/vaults/body.js";
import { definitions } from "../../provider/vaults/definitions.js";
import { keyIdentity } from "../../provider/vaults/encryption.js";
import { type Maybe, unknown } from "../../provider/vaults/ruleVault.js";
import { at, type Value } from "../values.js";
import type { PartAdapter, PreviewAdapter } from "./adapters.js";

/** The api-version that the underlying Terraform provider uses. */
const apiVersion = "2025-07-01";

/** https://www.pulumi.com/registry/packages/azure/api-docs/dataprotection/backupvault/ */
export const azureClassic: PreviewAdapter = {
  provider: "azure",
  definition: definitions.BackupVault,
  multiRequestWrites: false,
  settings: (values) => ({
    ...present({
      vaultName: textAt(values, "name"),
      resourceGroupName: textAt(values, "resourceGroupName"),
      location: textAt(values, "location"),
      datastoreType: textAt(values, "datastoreType"),
      redundancy: textAt(values, "redundancy"),
      softDelete: present({
        state: textAt(values, "softDelete"),
        retentionDurationInDays: number(at(values, "retentionDurationInDays")),
      }),
      immutability: textAt(values, "immutability"),
      crossRegionRestore: enabled(at(values, "crossRegionRestoreEnabled")),
      identity: identityOf(at(values, "identity")),
    }),
  }),
  state: () => ({}),
  apiVersion: () => apiVersion,
  property: (name) => names[name] ?? name,
};

const names: Record<string, string> = {
  name: "vaultName",
  softDelete: "softDelete.state",
  retentionDurationInDays: "softDelete.retentionDurationInDays",
  crossRegionRestoreEnabled: "crossRegionRestore",
};

/** Terraform's name for the IDs of user-assigned identities differs from Azure's. */
const identityOf = (identity: Value): object | undefined =>
  identity === unknown
    ? { type: unknown }
    : present({ type: textAt(identity, "type"), userAssignedIdentities: at(identity, "identityIds") });

function number(value: Value): Maybe<number> | undefined {
  if (value === undefined || value === null || value === unknown) return value ?? undefined;
  const parsed = typeof value === "string" && value.trim() !== "" ? Number(value) : value;
  return typeof parsed === "number" ? parsed : unknown;
}

/** A boolean of the provider, in Azure's words. */
function enabled(value: Value): Maybe<string> | undefined {
  if (value === undefined || value === null) return undefined;
  if (value === true || value === "true") return "Enabled";
  return value === false || value === "false" ? "Disabled" : unknown;
}

/** https://www.pulumi.com/registry/packages/azure/api-docs/recoveryservices/vault/ */
export const azureClassicRecovery: PreviewAdapter = {
  provider: "azure",
  definition: definitions.RecoveryServicesVault,
  multiRequestWrites: true,
  settings(values) {
    const key = at(values, "encryption");
    // An absent argument means the system-assigned identity.
    const isSystem = at(key, "keyId") === undefined ? undefined : (at(key, "useSystemAssignedIdentity") ?? true);
    return {
      ...present({
        vaultName: textAt(values, "name"),
        resourceGroupName: textAt(values, "resourceGroupName"),
        location: textAt(values, "location"),
        redundancy: textAt(values, "storageModeType"),
        crossRegionRestore: enabled(at(values, "crossRegionRestoreEnabled")),
        softDelete: present({ state: softDeleteOf(at(values, "softDeleteEnabled")) }),
        immutability: textAt(values, "immutability"),
        publicNetworkAccess: enabled(at(values, "publicNetworkAccessEnabled")),
        identity: identityOf(at(values, "identity")),
        encryption: present({
          keyUri: textAt(key, "keyId"),
          ...keyIdentity(isSystem, at(key, "userAssignedIdentityId")),
          infrastructureEncryption: enabled(at(key, "infrastructureEncryptionEnabled")),
        }),
        classicAlerts: present({
          alertsForCriticalOperations: enabled(at(values, "monitoring.alertsForCriticalOperationFailuresEnabled")),
          emailNotificationsForSiteRecovery: enabled(at(values, "monitoring.emailNotificationsForSiteRecoveryEnabled")),
        }),
      }),
    };
  },
  state: () => ({}),
  apiVersion: () => "2025-08-01",
  property: (name) => recoveryNames[name] ?? name,
};

const recoveryNames: Record<string, string> = {
  name: "vaultName",
  storageModeType: "redundancy",
  crossRegionRestoreEnabled: "crossRegionRestore",
};

/** `true` does not change a vault whose soft delete is always on, so it sets nothing. */
function softDeleteOf(isEnabled: Value): Maybe<string> | undefined {
  const state = enabled(isEnabled);
  return state === "Enabled" ? undefined : state;
}

/**
 * It always uses the system-assigned identity. Its deletion changes nothing and reports success.
 * https://www.pulumi.com/registry/packages/azure/api-docs/dataprotection/backupvaultcustomermanagedkey/
 */
export const azureClassicKey: PartAdapter = {
  provider: "azure",
  vaults: [azureClassic],
  vaultId: (settings) => at(settings, "dataProtectionBackupVaultId"),
  added: (vault, settings) => ({
    ...vault,
    encryption: {
      ...vault.encryption,
      state: "Enabled",
      keyUri: textAt(settings, "keyVaultKeyId"),
      identity: "SystemAssigned",
    },
  }),
  removed: ({ encryption: _, ...vault }) => vault,
};
