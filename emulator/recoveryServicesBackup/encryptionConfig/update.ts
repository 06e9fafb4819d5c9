import { operation } from "../../http/operation.js";
import { requestBody } from "../../http/requestBody.js";
import { oneOf } from "../../http/settable.js";
import { keyFailure } from "../../recoveryServices/keyFailure.js";
import { invalidParameter, recoveryError } from "../../recoveryServices/recoveryError.js";
import { refuseForbidden } from "../../recoveryServices/rules/index.js";
import { requireVault } from "../../recoveryServices/vaultPath.js";
import { vaultSettings } from "../../recoveryServices/vaultSettings.js";
import { encryptionConfigPath } from "./get.js";

/** The older way to a customer-managed key: at once, and with the vault's system-assigned identity. */
export const update = operation({
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
    const { resourceGuards } = call.world;
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
