import { createHash } from "node:crypto";
import { type ArmClient, createArmClient } from "./armClient.js";
import { createPermissions, type Permissions } from "./authorization/permissions.js";
import type { Cloud } from "./cloud.js";
import { createBackupInstances } from "./dataProtection/backupInstances.js";
import { type BackupJobs, createBackupJobs } from "./dataProtection/backupJobs.js";
import { createBackupPolicies } from "./dataProtection/backupPolicies.js";
import { createBackupVaults } from "./dataProtection/backupVaults.js";
import { createDeletedBackupInstances } from "./dataProtection/deletedBackupInstances.js";
import { createDeletedBackupVaults, type DeletedBackupVaults } from "./dataProtection/deletedBackupVaults.js";
import { createResourceGuardProxies, createResourceGuards } from "./dataProtection/resourceGuards.js";
import { type AzureFacts, createFactReaders, type Groups } from "./facts/index.js";
import { type SystemAssignedIdentity, systemAssignedIdentity } from "./facts/systemAssignedIdentity.js";
import { readOnce } from "./readOnce.js";
import { createRecoveryServicesJobs, type RecoveryServicesJobs } from "./recoveryServices/recoveryServicesJobs.js";
import { createRecoveryServicesVaults } from "./recoveryServices/recoveryServicesVaults.js";
import { createVaultContents } from "./recoveryServices/vaultContents.js";
import { createResourceGroups, type ResourceGroups } from "./resourceManager/resourceGroups.js";
import { createResourceProviders, type ResourceProviders } from "./resourceManager/resourceProviders.js";
import { createSubscriptions, type Subscriptions } from "./resourceManager/subscriptions.js";
import { createVaultOffers, type VaultOffers } from "./resourceManager/vaultOffers.js";
import { resolveSettings } from "./settings.js";
import type { SignedIn } from "./signedIn.js";
import type { OperationOptions } from "./within.js";

export { type Permission, permits } from "./authorization/permissions.js";
export { apiVersion, writeApiVersion } from "./dataProtection/apiVersion.js";
export type { BackupInstance, BackupInstanceResource } from "./dataProtection/backupInstanceResource.js";
export type { BackupJobResource } from "./dataProtection/backupJobs.js";
export type { BackupPolicyResource } from "./dataProtection/backupPolicyResource.js";
export type { BackupVaultResource, DeletedBackupVaultResource } from "./dataProtection/backupVaultResource.js";
export type { BackupVaults } from "./dataProtection/backupVaults.js";
export { ArmError, isArmError } from "./errors/armError.js";
export { ConnectionError, isConnectionError } from "./errors/connectionError.js";
export { CredentialError, isCredentialError } from "./errors/credentialError.js";
export { ForeignHostError, isForeignHostError } from "./errors/foreignHostError.js";
export { isNoKeyStore } from "./errors/noKeyStore.js";
export { isOperationTimeout, OperationTimeout } from "./errors/operationTimeout.js";
export { isSettingsError, SettingsError } from "./errors/settingsError.js";
export { isUnexpectedAnswer, UnexpectedAnswer } from "./errors/unexpectedAnswer.js";
export { wasAccepted } from "./errors/wasAccepted.js";
export type { AzureFacts, KeyIdentity } from "./facts/index.js";
export type { Instance } from "./facts/instances.js";
export type { Key } from "./facts/key.js";
export type { KeyVault } from "./facts/keyVault.js";
export type { Access } from "./facts/rights.js";
export type { WriteOptions } from "./operations.js";
export { recoveryServicesApiVersion } from "./recoveryServices/apiVersion.js";
export type { RecoveryServicesVaultResource } from "./recoveryServices/recoveryServicesVaultResource.js";
export type { RecoveryServicesVaultPatch, RecoveryServicesVaults } from "./recoveryServices/recoveryServicesVaults.js";
export type { VaultOffer } from "./resourceManager/vaultOffers.js";
export { resolveSettings, type Settings, signInText } from "./settings.js";
export type { Cloud, OperationOptions, SignedIn };

/** Azure, as far as this package needs it. */
export interface Azure extends Groups, AzureFacts {
  subscriptionId?: string;
  cloud(within: OperationOptions): Promise<Cloud>;
  deletedBackupVaults: DeletedBackupVaults;
  vaultOffers: VaultOffers;
  recoveryServicesVaultOffers: VaultOffers;
  backupJobs: BackupJobs;
  recoveryServicesJobs: RecoveryServicesJobs;
  /** Gets a token, and tells whose. */
  signIn(within: OperationOptions): Promise<SignedIn>;
  subscriptions: Subscriptions;
  resourceGroups: ResourceGroups;
  resourceProviders: ResourceProviders;
  permissions: Permissions;
  /** The identity that a resource has of its own. */
  systemAssignedIdentity(resourceId: string, within: OperationOptions): Promise<SystemAssignedIdentity | undefined>;
  /** Readers that read nothing twice, so that several judgements share what they ask for. They start with nothing. */
  factsReadOnce(): AzureFacts;
}

const connections = new Map<string, Azure>();

/**
 * Nothing is sent, and nothing of Azure's libraries loaded, before the first call of what this returns. The same
 * settings give the same connection, with its tokens.
 *
 * @param config stack configuration by its key without the prefix, e.g. `tenantId` for `azure-backup:tenantId`
 * @throws SettingsError with everything that is wrong in the settings
 */
export function connect(config: (key: string) => string | undefined, env = process.env): Azure {
  const settings = resolveSettings(config, env);
  // A digest, so that no secret lies about in a key.
  const key = createHash("sha256").update(JSON.stringify(settings)).digest("hex");
  const known = connections.get(key);
  if (known) return known;
  const client = createArmClient(settings);
  const { subscriptionId } = settings;
  const keyStores = new Map<string, string>();
  const groups = groupsOf(client);
  const resourceProviders = createResourceProviders(client);
  const azure: Azure = {
    subscriptionId,
    cloud: client.cloud,
    ...groups,
    deletedBackupVaults: createDeletedBackupVaults(client),
    vaultOffers: createVaultOffers(resourceProviders, "Microsoft.DataProtection/backupVaults"),
    recoveryServicesVaultOffers: createVaultOffers(resourceProviders, "Microsoft.RecoveryServices/vaults"),
    backupJobs: createBackupJobs(client),
    recoveryServicesJobs: createRecoveryServicesJobs(client),
    signIn: client.signIn,
    subscriptions: createSubscriptions(client),
    resourceGroups: createResourceGroups(client),
    resourceProviders,
    permissions: createPermissions(client),
    ...createFactReaders(client, groups, subscriptionId, keyStores),
    systemAssignedIdentity: (resourceId, within) => systemAssignedIdentity(client, resourceId, within),
    factsReadOnce() {
      const reading = readOnce(client);
      return createFactReaders(reading, groupsOf(reading), subscriptionId, keyStores);
    },
  };
  connections.set(key, azure);
  return azure;
}

const groupsOf = (client: ArmClient): Groups => ({
  backupVaults: createBackupVaults(client),
  backupInstances: createBackupInstances(client),
  deletedBackupInstances: createDeletedBackupInstances(client),
  backupPolicies: createBackupPolicies(client),
  dppResourceGuardProxies: createResourceGuardProxies(client),
  resourceGuards: createResourceGuards(client),
  recoveryServicesVaults: createRecoveryServicesVaults(client),
  recoveryServicesContents: createVaultContents(client),
});
