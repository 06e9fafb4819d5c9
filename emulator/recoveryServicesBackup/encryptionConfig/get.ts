import { operation } from "../../http/operation.js";
import { ok } from "../../http/reply.js";
import { requireVault, vaultPath } from "../../recoveryServices/vaultPath.js";

export const encryptionConfigPath = `${vaultPath}/backupEncryptionConfigs/backupResourceEncryptionConfig` as const;

export const get = operation({
  name: "BackupResourceEncryptionConfigs_Get",
  method: "GET",
  path: encryptionConfigPath,
  answer(call) {
    const { body } = requireVault(call);
    const { encryption } = body.properties;
    const identity = encryption?.kekIdentity;
    const isCustomerManaged = encryption !== undefined;
    return ok({
      id: `${body.id}/backupEncryptionConfigs/backupResourceEncryptionConfig`,
      name: "backupResourceEncryptionConfig",
      type: "Microsoft.RecoveryServices/vaults/backupEncryptionConfigs",
      properties: {
        ...(identity?.userAssignedIdentity && { userAssignedIdentity: identity.userAssignedIdentity }),
        useSystemAssignedIdentity: identity?.useSystemAssignedIdentity ?? false,
        encryptionAtRestType: isCustomerManaged ? "CustomerManaged" : "MicrosoftManaged",
        ...(isCustomerManaged && { keyUri: encryption.keyVaultProperties?.keyUri, subscriptionId: "" }),
        lastUpdateStatus: isCustomerManaged ? "Succeeded" : "NotEnabled",
        infrastructureEncryptionState: encryption?.infrastructureEncryption ?? "Disabled",
      },
    });
  },
});
