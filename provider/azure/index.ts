import { createHash } from "node:crypto";
import { createArmClient } from "./armClient.js";
import type { Cloud } from "./cloud.js";
import { type BackupVaults, createBackupVaults } from "./dataProtection/backupVaults.js";
import { resolveSettings } from "./settings.js";
import type { Within } from "./within.js";

export { apiVersion } from "./dataProtection/apiVersion.js";
export type * from "./dataProtection/backupVaultResource.js";
export type { BackupVaults, WriteOptions } from "./dataProtection/backupVaults.js";
export { ArmError, isArmError } from "./errors/armError.js";
export { ConnectionError, isConnectionError } from "./errors/connectionError.js";
export { CredentialError, isCredentialError } from "./errors/credentialError.js";
export { ForeignHostError, isForeignHostError } from "./errors/foreignHostError.js";
export { isOperationTimeout, OperationTimeout } from "./errors/operationTimeout.js";
export { isSettingsError, SettingsError } from "./errors/settingsError.js";
export { wasAccepted } from "./errors/wasAccepted.js";
export type { Cloud, Within };

/** Azure, as far as this package needs it. */
export interface Azure {
  subscriptionId?: string;
  cloud(within: Within): Promise<Cloud>;
  backupVaults: BackupVaults;
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
  const azure: Azure = {
    subscriptionId: settings.subscriptionId,
    cloud: client.cloud,
    backupVaults: createBackupVaults(client),
  };
  connections.set(key, azure);
  return azure;
}
