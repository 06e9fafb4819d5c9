import { createHash } from "node:crypto";
import { type ArmClient, createArmClient } from "./arm/armClient.js";
import { readOnce } from "./arm/sharedReads.js";
import { createBackupInstances, createDeletedBackupInstances } from "./dataProtection/backupInstances.js";
import { type BackupJobs, createBackupJobs } from "./dataProtection/backupJobs.js";
import { createBackupPolicies } from "./dataProtection/backupPolicies.js";
import {
  createBackupVaults,
  createDeletedBackupVaults,
  type DeletedBackupVaults,
  type DeletedVault,
} from "./dataProtection/backupVaults.js";
import { createResourceGuardProxies } from "./dataProtection/resourceGuardProxies.js";
import { createResourceGuards } from "./dataProtection/resourceGuards.js";
import { type AzureFacts, createAzureFacts, type OperationGroups } from "./facts.js";
import type { OperationOptions } from "./http/deadline.js";
import {
  createDeletedRecoveryServicesVaults,
  type DeletedRecoveryServicesVaults,
} from "./recoveryServices/deletedVaults.js";
import { createProtectedItems } from "./recoveryServices/protectedItems.js";
import { createProtectionContainers } from "./recoveryServices/protectionContainers.js";
import { createProtectionPolicies } from "./recoveryServices/protectionPolicies.js";
import { createRecoveryServicesJobs, type RecoveryServicesJobs } from "./recoveryServices/recoveryServicesJobs.js";
import { createRecoveryServicesVaults } from "./recoveryServices/recoveryServicesVaults.js";
import { createVaultContents } from "./recoveryServices/vaultContents.js";
import { type SystemAssignedIdentity, systemAssignedIdentity } from "./resourceManager/identities.js";
import { createPermissions, type Permissions } from "./resourceManager/permissions.js";
import {
  createResourceProviders,
  createVaultOffers,
  type ResourceProviders,
  type VaultOffers,
} from "./resourceManager/resourceProviders.js";
import {
  createResourceGroups,
  createSubscriptions,
  type ResourceGroups,
  type Subscriptions,
} from "./resourceManager/subscriptions.js";
import type { Cloud } from "./signIn/cloud.js";
import { resolveSettings } from "./signIn/settings.js";
import type { SignedIn } from "./signIn/tokens.js";

export { apiVersion, recoveryServicesApiVersion, writeApiVersion } from "./arm/apiVersions.js";
export type { WriteOptions } from "./arm/operations.js";
export type {
  BackupInstance,
  BackupInstanceResource,
  DeletedBackupInstanceResource,
  Instance,
  InstanceAction,
  InstanceBody,
} from "./dataProtection/backupInstances.js";
export { dataStoreTypes, instanceFrom } from "./dataProtection/backupInstances.js";
export type { BackupJobResource } from "./dataProtection/backupJobs.js";
export type { BackupPolicyResource } from "./dataProtection/backupPolicies.js";
export type { BackupVaultResource } from "./dataProtection/backupVaultResource.js";
export type { BackupVaults } from "./dataProtection/backupVaults.js";
export { guardIdsOf, type ResourceGuardProxyResource } from "./dataProtection/resourceGuardProxies.js";
export type { ResourceGuardResource } from "./dataProtection/resourceGuards.js";
export type { AzureFacts, KeyIdentity } from "./facts.js";
export { ArmError, isArmError } from "./http/armError.js";
export { cancelRun, pause, previewDeadline } from "./http/deadline.js";
export {
  ConnectionError,
  CredentialError,
  ForeignHostError,
  isConnectionError,
  isCredentialError,
  isForeignHostError,
  isNoKeyStore,
  isOperationTimeout,
  isSettingsError,
  isUnexpectedResponse,
  OperationTimeout,
  SettingsError,
  UnexpectedResponse,
  wasAccepted,
} from "./http/errors.js";
export type { AccessPolicies, AccessPolicy } from "./keys/accessPolicies.js";
export type { Key, KeyVault } from "./keys/keyFacts.js";
export type { KeyPlace, KeyRights } from "./keys/keyRights.js";
export { type LocalPlace, localScopes } from "./keys/managedHsmRoles.js";
export type { Access } from "./keys/rights.js";
export type { ClusterExtensionResource, TrustedAccessRoleBinding } from "./kubernetes/clusters.js";
export type { BackupSource, ProtectedItemResource } from "./recoveryServices/protectedItems.js";
export type { ProtectionPolicyResource } from "./recoveryServices/protectionPolicies.js";
export type { RecoveryServicesVaultResource } from "./recoveryServices/recoveryServicesVaultResource.js";
export type { RecoveryServicesVaultPatch, RecoveryServicesVaults } from "./recoveryServices/recoveryServicesVaults.js";
export { type Permission, permits } from "./resourceManager/permissions.js";
export type { VaultOffer } from "./resourceManager/resourceProviders.js";
export { definitionAt } from "./roles/heldRoles.js";
export { resolveSettings, type Settings, signInText, wrongValues } from "./signIn/settings.js";
export { findSetting, stackSettings, unknownSettings } from "./signIn/stackSettings.js";

export type { Cloud, DeletedVault, OperationOptions, SignedIn };

/** Azure, as far as this package needs it. */
export interface Azure extends OperationGroups, AzureFacts {
  subscriptionId?: string;
  cloud(options: OperationOptions): Promise<Cloud>;
  deletedBackupVaults: DeletedBackupVaults;
  deletedRecoveryServicesVaults: DeletedRecoveryServicesVaults;
  vaultOffers: VaultOffers;
  recoveryServicesVaultOffers: VaultOffers;
  backupJobs: BackupJobs;
  recoveryServicesJobs: RecoveryServicesJobs;
  /** Gets a token, and tells whose. */
  signIn(options: OperationOptions): Promise<SignedIn>;
  subscriptions: Subscriptions;
  resourceGroups: ResourceGroups;
  resourceProviders: ResourceProviders;
  permissions: Permissions;
  /** The identity that a resource has of its own. */
  systemAssignedIdentity(resourceId: string, options: OperationOptions): Promise<SystemAssignedIdentity | undefined>;
  /**
   * Readers that read nothing twice, so that several judgements share what they ask for. They start with nothing.
   *
   * @param maxAgeMs how long ago what they share may have been read. Absent: as long as they are used
   */
  factsReadOnce(maxAgeMs?: number): SharedReads;
}

export interface SharedReads extends OperationGroups, AzureFacts {
  /** What is read below this path is asked for again. */
  forget(under: string): void;
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
  const groups = operationGroups(client);
  const resourceProviders = createResourceProviders(client);
  const azure: Azure = {
    subscriptionId,
    cloud: client.cloud,
    ...groups,
    deletedBackupVaults: createDeletedBackupVaults(client),
    deletedRecoveryServicesVaults: createDeletedRecoveryServicesVaults(client),
    vaultOffers: createVaultOffers(resourceProviders, "Microsoft.DataProtection/backupVaults"),
    recoveryServicesVaultOffers: createVaultOffers(resourceProviders, "Microsoft.RecoveryServices/vaults"),
    backupJobs: createBackupJobs(client),
    recoveryServicesJobs: createRecoveryServicesJobs(client),
    signIn: client.signIn,
    subscriptions: createSubscriptions(client),
    resourceGroups: createResourceGroups(client),
    resourceProviders,
    permissions: createPermissions(client),
    ...createAzureFacts(client, groups, subscriptionId, keyStores),
    systemAssignedIdentity: (resourceId, options) => systemAssignedIdentity(client, resourceId, options),
    factsReadOnce(maxAgeMs) {
      const reading = readOnce(client, maxAgeMs);
      const shared = operationGroups(reading);
      return { ...shared, ...createAzureFacts(reading, shared, subscriptionId, keyStores), forget: reading.forget };
    },
  };
  connections.set(key, azure);
  return azure;
}

const operationGroups = (
  client: ArmClient,
  backupVaults = createBackupVaults(client),
  recoveryServicesVaults = createRecoveryServicesVaults(client),
  recoveryServicesItems = createProtectedItems(client, recoveryServicesVaults),
  recoveryServicesContainers = createProtectionContainers(client),
): OperationGroups => ({
  backupVaults,
  backupInstances: createBackupInstances(client, backupVaults),
  deletedBackupInstances: createDeletedBackupInstances(client),
  backupPolicies: createBackupPolicies(client, backupVaults),
  resourceGuardProxies: createResourceGuardProxies(client),
  resourceGuards: createResourceGuards(client),
  recoveryServicesVaults,
  recoveryServicesContents: createVaultContents(client, recoveryServicesItems, recoveryServicesContainers),
  recoveryServicesItems,
  protectionPolicies: createProtectionPolicies(client, recoveryServicesVaults),
  recoveryServicesContainers,
});
