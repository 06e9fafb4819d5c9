import { at, textAt } from "./body.js";
import { encryptionOfBackupVault, vaultEncryption } from "./encryption.js";
import { identityInArm, vaultIdentity } from "./identity.js";
import { name, type Settings, type Shaped, setting } from "./setting.js";
import { enabledOrDisabled, optional, redundancyOfStorage, shared, where } from "./sharedSettings.js";
import { unknown } from "./unknowns.js";
import { fields, matching, oneOf, wholeNumber } from "./values.js";

const stores = "properties.storageSettings";

/** The main one of a vault's datastores. Their order has no meaning. */
export function storeOf(body: unknown): unknown {
  const all = at(body, stores);
  if (all === unknown) return unknown;
  const typeOf = (store: unknown) => String(textAt(store, "datastoreType")?.toString()).toLowerCase();
  const listed = Array.isArray(all) ? all.toSorted((a, b) => (typeOf(a) < typeOf(b) ? -1 : 1)) : [];
  const isVaultStore = (store: unknown) => typeOf(store) === "vaultstore";
  const isOpen = (store: unknown) => textAt(store, "datastoreType") === unknown;
  return listed.find(isVaultStore) ?? listed.find(isOpen) ?? listed[0];
}

/** A part of the list of datastores, which a PUT writes as a whole. */
const ofStore = (field: string): Shaped => ({
  path: stores,
  read: (body) => textAt(storeOf(body), field),
  write: () => undefined,
});

/**
 * A Backup vault (`Microsoft.DataProtection/backupVaults`).
 * https://learn.microsoft.com/rest/api/dataprotection/backup-vaults/create-or-update
 */
export const backupVaultSettings = {
  // A rule checks length and characters, for the previews of other providers too. Azure accepts other first and last
  // characters, but its specification has no path to the contents of such a vault.
  vaultName: name(matching(/^[a-z](.*[a-z0-9])?$/i, "must start with a letter and end with a letter or digit"), true),
  ...where,
  datastoreType: setting({
    value: oneOf("VaultStore", "OperationalStore", "ArchiveStore", "SnapshotStore"),
    required: false,
    role: "fixed",
    arm: ofStore("datastoreType"),
    written: "none",
    since: "any",
    whenAbsent: "VaultStore",
    whenRemoved: "keeps",
    managed: "whole",
    judged: true,
  }),
  redundancy: setting({
    value: redundancyOfStorage,
    required: true,
    role: "setting",
    arm: ofStore("type"),
    written: "PUT",
    since: "any",
    whenAbsent: undefined,
    whenRemoved: "keeps",
    managed: "whole",
    judged: true,
  }),
  softDelete: setting({
    ...optional,
    value: fields({ state: oneOf("Off", "On", "AlwaysOn"), retentionDurationInDays: wholeNumber("days") }),
    arm: {
      state: "properties.securitySettings.softDeleteSettings.state",
      retentionDurationInDays: "properties.securitySettings.softDeleteSettings.retentionDurationInDays",
    },
    whenAbsent: undefined,
    // https://learn.microsoft.com/azure/backup/secure-by-default
    whenRemoved: { state: "On", retentionDurationInDays: 14 },
    managed: "fields",
    judged: true,
  }),
  immutability: setting({
    ...optional,
    value: oneOf("Disabled", "Unlocked", "Locked"),
    arm: "properties.securitySettings.immutabilitySettings.state",
    // https://learn.microsoft.com/azure/backup/backup-vault-overview
    whenAbsent: "Disabled",
    whenRemoved: "Disabled",
    judged: true,
  }),
  crossRegionRestore: setting({
    ...optional,
    value: enabledOrDisabled,
    arm: "properties.featureSettings.crossRegionRestoreSettings.state",
    whenAbsent: "Disabled",
    whenRemoved: "Disabled",
    judged: true,
  }),
  crossSubscriptionRestore: setting({
    ...optional,
    value: oneOf("Enabled", "Disabled", "PermanentlyDisabled"),
    arm: "properties.featureSettings.crossSubscriptionRestoreSettings.state",
    // "enabled for existing vaults by default": https://learn.microsoft.com/azure/backup/create-manage-backup-vault
    whenAbsent: "Enabled",
    whenRemoved: "Enabled",
    judged: true,
  }),
  alertsForAllJobFailures: setting({
    ...optional,
    value: enabledOrDisabled,
    arm: "properties.monitoringSettings.azureMonitorAlertSettings.alertsForAllJobFailures",
    whenAbsent: undefined,
    whenRemoved: "keeps",
    judged: false,
  }),
  costManagementGranularity: setting({
    ...optional,
    value: oneOf("VaultLevel", "ProtectedItemLevel", "ProtectedItemWithParentTag"),
    arm: "properties.costManagementSettings.granularityLevel",
    // The rule newer-api-version-needed checks what it means for the vault that an older version omits it.
    since: "2026-06-01",
    whenAbsent: undefined,
    whenRemoved: "keeps",
    judged: true,
  }),
  identity: setting({
    ...optional,
    value: vaultIdentity,
    arm: identityInArm(","),
    whenAbsent: { type: "None" },
    whenRemoved: { type: "None" },
    judged: true,
  }),
  encryption: setting({
    ...optional,
    value: vaultEncryption,
    arm: encryptionOfBackupVault,
    whenAbsent: undefined,
    // A vault cannot return to platform-managed keys: cmk-removed.
    whenRemoved: "keeps",
    managed: "fields",
    judged: true,
  }),
  ...shared,
} satisfies Settings;

/** The outputs that are not arguments, and their paths in Resource Manager's answer. */
export const backupVaultOutputs = {
  principalId: "identity.principalId",
  tenantId: "identity.tenantId",
  provisioningState: "properties.provisioningState",
  secureScore: "properties.secureScore",
  bcdrSecurityLevel: "properties.bcdrSecurityLevel",
  replicatedRegions: "properties.replicatedRegions",
  isVaultProtectedByResourceGuard: "properties.isVaultProtectedByResourceGuard",
} as const;
