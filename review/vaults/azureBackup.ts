import { apiVersion } from "../../provider/azure/dataProtection/apiVersion.js";
import { type Maybe, unknown, type Vault } from "../../provider/rules/index.js";
import { at, number, present, text, texts } from "../values.js";
import { identityOf } from "./armVault.js";
import { partsOf } from "./vaultId.js";
import type { PartType, VaultType } from "./vaultType.js";

/** This package's own vaults, whose arguments are named as the rules name them. */
export const azureBackup: VaultType = {
  provider: "azure-backup",
  kind: "BackupVault",
  vault(settings, id) {
    const encryption = at(settings, "encryption");
    const keyUri = text(at(encryption, "keyUri"));
    const plain = ["vaultName", "resourceGroupName", "subscriptionId", "location", "datastoreType", "redundancy"];
    const states = ["immutability", "crossRegionRestore", "crossSubscriptionRestore"];
    return {
      ...partsOf(id),
      ...present({
        ...Object.fromEntries([...plain, ...states].map((name) => [name, text(at(settings, name))])),
        softDelete: present({
          state: text(at(settings, "softDelete", "state")),
          retentionDurationInDays: number(at(settings, "softDelete", "retentionDurationInDays")),
        }),
        identity: identityOf(at(settings, "identity")),
        encryption: present({
          state: text(at(encryption, "state")) ?? (keyUri === undefined ? undefined : "Enabled"),
          keyUri,
          identity: text(at(encryption, "identity")),
          infrastructureEncryption: text(at(encryption, "infrastructureEncryption")),
        }),
        resourceGuardOperationRequests: texts(at(settings, "resourceGuardOperationRequests")),
        isProtectedByResourceGuard: at(settings, "isVaultProtectedByResourceGuard") === true || undefined,
      }),
    };
  },
  apiVersion: () => apiVersion,
  property: (name) => name,
};

export const encryptionSettings: PartType = {
  provider: "azure-backup",
  apiVersion,
  vaultId: (settings) => at(settings, "vault"),
  added: (vault, settings) => ({
    ...vault,
    encryption: {
      ...vault.encryption,
      state: "Enabled",
      ...present({
        keyUri: text(at(settings, "keyUri")),
        identity: text(at(settings, "identity")),
        infrastructureEncryption: text(at(settings, "infrastructureEncryption")),
      }),
    },
  }),
  removed: ({ encryption: _, ...vault }) => vault,
};

export const identityAssignment: PartType = {
  provider: "azure-backup",
  apiVersion,
  vaultId: (settings) => at(settings, "vault"),
  added: (vault, settings) => withIdentity(vault, text(at(settings, "identity")) ?? unknown, true),
  removed: (vault, settings) => withIdentity(vault, text(at(settings, "identity")) ?? unknown, false),
};

function withIdentity(vault: Vault, identity: Maybe<string>, isOn: boolean): Vault {
  const { systemAssigned, userAssigned } = vault.identity ?? {};
  if (identity === unknown) return { ...vault, identity: { systemAssigned: unknown, userAssigned: unknown } };
  if (/^SystemAssigned$/i.test(identity)) return { ...vault, identity: { userAssigned, systemAssigned: isOn } };
  if (userAssigned === unknown) return vault;
  const others = (userAssigned ?? []).filter((id) => id === unknown || id.toLowerCase() !== identity.toLowerCase());
  return { ...vault, identity: { systemAssigned, userAssigned: isOn ? [...others, identity] : others } };
}
