/** The versions whose states are kept, oldest first. */
const versions = ["33bd92d", "f9b6764", "abe6904", "ae3d0cb", "3a1bd0b", "cabee90", "4fcd30c"];

/** @param {string} version @param {string} since */
const isBefore = (version, since) => versions.slice(0, versions.indexOf(since)).includes(version);

/**
 * A program with every resource of a version of this package, and every argument that it knew. The states in this folder
 * were written by it, and `test/engine/upgrade.test.ts` runs it again with the package of today.
 *
 * Never change what it gives to a recorded version. An argument that is new in the package is given from its version on.
 *
 * @param {typeof import("@pulumi/pulumi")} pulumi
 * @param {any} azureBackup the package, of the version or of today
 * @param {string} version
 * @param {{ principalId: string, tags?: Record<string, string> }} given the principal of the identity `id-<version>`, and
 *   tags to add
 */
const program = (pulumi, azureBackup, version, { principalId, tags = {} }) => {
  const { BackupVault, RecoveryServicesVault, IdentityAssignment, KeyAccess, EncryptionSettings } = azureBackup;
  const subscriptionId = process.env.ARM_SUBSCRIPTION_ID;
  const group = `/subscriptions/${subscriptionId}/resourceGroups/rg-upgrade/providers`;
  const identity = `${group}/Microsoft.ManagedIdentity/userAssignedIdentities/id-${version}`;
  const keyUri = "https://kv-upgrade.vault.azure.net/keys/backup";
  const place = { resourceGroupName: "rg-upgrade", location: "westeurope" };
  const guard = `${group}/Microsoft.DataProtection/resourceGuards/guard`;

  const called = (/** @type {string} */ name) => `${version}-${name}`;
  const everywhere = {
    ...place,
    subscriptionId,
    redundancy: "GeoRedundant",
    immutability: "Unlocked",
    crossRegionRestore: "Enabled",
    crossSubscriptionRestore: "Disabled",
    alertsForAllJobFailures: "Disabled",
    costManagementGranularity: "ProtectedItemLevel",
    identity: { type: "SystemAssigned,UserAssigned", userAssignedIdentities: [identity] },
    encryption: { keyUri, identity, infrastructureEncryption: "Enabled" },
    tags: { team: "payroll", contact: pulumi.secret("payroll@example.com"), ...tags },
    adopt: false,
    timeouts: { create: "20m", update: "25m", delete: "40m" },
  };

  new BackupVault(called("plain"), { ...place, vaultName: `bv-plain-${version}`, redundancy: "LocallyRedundant" });
  new BackupVault(called("full"), {
    ...everywhere,
    vaultName: `bv-full-${version}`,
    datastoreType: "VaultStore",
    softDelete: { state: "AlwaysOn", retentionDurationInDays: 30 },
    resourceGuardOperationRequests: [`${guard}/dppReduceImmutabilityStateRequests/default`],
    accept: ["infrastructure-encryption-fixed"],
  });
  if (isBefore(version, "abe6904")) return;

  const keyed = new BackupVault(called("keyed"), {
    ...place,
    vaultName: `bv-keyed-${version}`,
    redundancy: "ZoneRedundant",
    softDelete: { state: "On" },
  });
  setKey("keyed", keyed);
  new KeyAccess(called("vault-wide"), { keyUri, principalId, scope: "KeyVault" });
  new KeyAccess(called("policy"), {
    keyUri: `https://kv-policies-${version}.vault.azure.net/keys/backup`,
    principalId,
  });
  if (isBefore(version, "ae3d0cb")) return;

  new RecoveryServicesVault(called("rsv-plain"), { ...place, vaultName: `rsv-plain-${version}` });
  new RecoveryServicesVault(called("rsv-full"), {
    ...everywhere,
    vaultName: `rsv-full-${version}`,
    sku: { name: "RS0", tier: "Standard" },
    softDelete: { state: "AlwaysON", enhancedSecurityState: "AlwaysON", retentionDurationInDays: 30 },
    immutabilityConfiguration: { type: "TimeBased", durationInDays: 60 },
    publicNetworkAccess: "Disabled",
    alertsForAllReplicationIssues: "Disabled",
    alertsForAllFailoverIssues: "Disabled",
    classicAlerts: { alertsForCriticalOperations: "Disabled", emailNotificationsForSiteRecovery: "Disabled" },
    ...(!isBefore(version, "4fcd30c") && { sourceScanConfiguration: { state: "Enabled", identity } }),
    resourceGuardOperationRequests: [`${guard}/modifyEncryptionSettings/default`],
    accept: ["rsv-csr-permanently-disabled"],
  });
  new RecoveryServicesVault(called("rsv-state"), {
    ...place,
    vaultName: `rsv-state-${version}`,
    softDelete: { state: "AlwaysON" },
  });
  const other = new RecoveryServicesVault(called("rsv-keyed"), {
    ...place,
    vaultName: `rsv-keyed-${version}`,
    softDelete: { retentionDurationInDays: 20 },
  });
  if (!isBefore(version, "3a1bd0b")) setKey("rsv-keyed", other);

  /** Identities and key by resources of their own. */
  function setKey(/** @type {string} */ name, /** @type {any} */ vault) {
    const own = new IdentityAssignment(called(name), {
      vault,
      identity: "SystemAssigned",
      timeouts: { create: "10m" },
    });
    new IdentityAssignment(called(`${name}-user`), { vault, identity });
    const access = new KeyAccess(called(name), { keyUri, principalId: own.principalId, scope: "Key", vault });
    new EncryptionSettings(
      called(name),
      { vault, keyUri, identity: own, accept: [], timeouts: { create: "20m", permission: "5m" } },
      { dependsOn: access },
    );
  }
};

module.exports = { program, versions };
