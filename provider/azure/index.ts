import { createHash } from "node:crypto";
import { createArmClient } from "./armClient.js";
import type { Cloud } from "./cloud.js";
import { createBackupInstances } from "./dataProtection/backupInstances.js";
import { createBackupPolicies } from "./dataProtection/backupPolicies.js";
import { createBackupVaults } from "./dataProtection/backupVaults.js";
import { createDeletedBackupInstances } from "./dataProtection/deletedBackupInstances.js";
import { createDeletedBackupVaults, type DeletedBackupVaults } from "./dataProtection/deletedBackupVaults.js";
import { createResourceGuardProxies, createResourceGuards } from "./dataProtection/resourceGuards.js";
import { createVaultRegions, type VaultRegions } from "./dataProtection/vaultRegions.js";
import { createFactReaders, type FactReaders, type Groups } from "./facts/index.js";
import { resolveSettings } from "./settings.js";
import type { Within } from "./within.js";

export { apiVersion } from "./dataProtection/apiVersion.js";
export type * from "./dataProtection/backupInstanceResource.js";
export type * from "./dataProtection/backupPolicyResource.js";
export type * from "./dataProtection/backupVaultResource.js";
export type { BackupVaults, WriteOptions } from "./dataProtection/backupVaults.js";
export type { DeletedBackupVaultResource } from "./dataProtection/deletedBackupVaults.js";
export { ArmError, isArmError } from "./errors/armError.js";
export { ConnectionError, isConnectionError } from "./errors/connectionError.js";
export { CredentialError, isCredentialError } from "./errors/credentialError.js";
export { ForeignHostError, isForeignHostError } from "./errors/foreignHostError.js";
export { isOperationTimeout, OperationTimeout } from "./errors/operationTimeout.js";
export { isSettingsError, SettingsError } from "./errors/settingsError.js";
export { wasAccepted } from "./errors/wasAccepted.js";
export type { Access } from "./facts/access.js";
export type { Instance } from "./facts/instances.js";
export type { Key } from "./facts/key.js";
export type { KeyVault } from "./facts/keyVault.js";
export type { Cloud, Within };

/** Azure, as far as this package needs it. */
export interface Azure extends Groups, FactReaders {
  subscriptionId?: string;
  cloud(within: Within): Promise<Cloud>;
  deletedBackupVaults: DeletedBackupVaults;
  vaultRegions: VaultRegions;
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
  const groups: Groups = {
    backupVaults: createBackupVaults(client),
    backupInstances: createBackupInstances(client),
    deletedBackupInstances: createDeletedBackupInstances(client),
    backupPolicies: createBackupPolicies(client),
    dppResourceGuardProxies: createResourceGuardProxies(client),
    resourceGuards: createResourceGuards(client),
  };
  const azure: Azure = {
    subscriptionId,
    cloud: client.cloud,
    ...groups,
    deletedBackupVaults: createDeletedBackupVaults(client),
    vaultRegions: createVaultRegions(client),
    ...createFactReaders(client, groups, subscriptionId),
  };
  connections.set(key, azure);
  return azure;
}
