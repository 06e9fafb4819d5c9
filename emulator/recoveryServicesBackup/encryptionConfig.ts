import { ok, operation } from "../arm/operation.js";
import { requestBody } from "../arm/requestBody.js";
import { oneOf } from "../arm/settable.js";
import { resourceGuardsOf } from "../dataProtection/guardConsent.js";
import { keyFailure } from "../recoveryServices/endVault.js";
import { invalidParameter, recoveryError } from "../recoveryServices/recoveryError.js";
import { requireVault, vaultPath } from "../recoveryServices/vaultPath.js";
import { refuseForbidden } from "../recoveryServices/vaultRules.js";
import { vaultSettings } from "../recoveryServices/vaultSettings.js";

const encryptionConfigPath = `${vaultPath}/backupEncryptionConfigs/backupResourceEncryptionConfig` as const;

const get = operation({
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

/** The older way to a customer-managed key: at once, and with the vault's system-assigned identity. */
const update = operation({
  name: "BackupResourceEncryptionConfigs_Update",
  method: "PUT",
  path: encryptionConfigPath,
  answer(call) {
    const vault = requireVault(call);
    const { properties } = requestBody(call.request, shape);
    if (properties === undefined) throw invalidParameter("properties");
    const { encryptionAtRestType: type, keyUri, infrastructureEncryptionState } = properties;
    const known = ["CustomerManaged", "MicrosoftManaged"];
    const isCustomerManaged =
      oneOf("encryptionAtRestType", known, type, (fact) => invalidParameter("encryptionAtRestType", fact)) === known[0];
    const before = vaultSettings(vault.body);
    const infrastructureEncryption =
      infrastructureEncryptionState ?? before.encryption?.infrastructureEncryption ?? "Disabled";
    const wanted = isCustomerManaged ? { keyUri, kekIdentity: "system", infrastructureEncryption } : undefined;
    const resourceGuards = resourceGuardsOf(call);
    const after = { ...before, encryption: wanted };
    refuseForbidden({ name: vault.body.name, before, after, vault, resourceGuards });
    if (wanted === undefined) return { status: 200 };
    const failure = call.settings.uncheckedKeys
      ? undefined
      : keyFailure(call.world, vault, wanted, before.encryption, call.now);
    if (failure !== undefined) throw recoveryError(400, failure.code, failure.message);
    const encryption = {
      infrastructureEncryption,
      keyVaultProperties: { keyUri },
      kekIdentity: { useSystemAssignedIdentity: true },
    };
    vault.body = {
      ...vault.body,
      properties: { ...vault.body.properties, encryption, backupStorageVersion: "V2" },
    };
    return { status: 200 };
  },
});

const shape = {
  properties: { encryptionAtRestType: "string", keyUri: "string", infrastructureEncryptionState: "string" },
} as const;

export const encryptionConfig = [get, update];
