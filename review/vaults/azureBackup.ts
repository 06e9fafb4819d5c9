import { apiVersion, recoveryServicesApiVersion, writeApiVersion } from "../../provider/azure/arm/apiVersions.js";
import { type Maybe, unknown, type Vault } from "../../provider/vaults/ruleVault.js";
import type { VaultKind } from "../../provider/vaults/vaultId.js";
import { at, number, present, text, texts, type Value } from "../values.js";
import { guardOf, identityOf } from "./armVault.js";
import { partsOf } from "./vaultId.js";
import type { PartType, VaultType } from "./vaultType.js";

/** This package's own vaults, whose arguments are named as the rules name them. */
const own = (
  kind: VaultKind,
  version: (after: Vault | undefined) => string,
  multiRequestWrites: boolean,
): VaultType => ({
  provider: "azure-backup",
  kind,
  multiRequestWrites,
  vault(settings, id) {
    const encryption = at(settings, "encryption");
    const names = ["vaultName", "resourceGroupName", "subscriptionId", "location", "datastoreType", "redundancy"];
    const states = ["immutability", "crossRegionRestore", "crossSubscriptionRestore", "costManagementGranularity"];
    const guards: Value[] = [at(settings, "isVaultProtectedByResourceGuard"), at(settings, "multiUserAuthorization")];
    return {
      ...partsOf(id),
      ...present<Vault>({
        ...Object.fromEntries([...names, ...states].map((name) => [name, text(at(settings, name))])),
        softDelete: present({
          state: text(at(settings, "softDelete", "state")),
          enhancedSecurityState: text(at(settings, "softDelete", "enhancedSecurityState")),
          retentionDurationInDays: number(at(settings, "softDelete", "retentionDurationInDays")),
        }),
        immutabilityConfiguration: present({
          type: text(at(settings, "immutabilityConfiguration", "type")),
          durationInDays: number(at(settings, "immutabilityConfiguration", "durationInDays")),
        }),
        classicAlerts: present({
          alertsForCriticalOperations: text(at(settings, "classicAlerts", "alertsForCriticalOperations")),
          emailNotificationsForSiteRecovery: text(at(settings, "classicAlerts", "emailNotificationsForSiteRecovery")),
        }),
        identity: identityOf(at(settings, "identity")),
        encryption: present({
          state: text(at(encryption, "state")),
          keyUri: text(at(encryption, "keyUri")),
          identity: text(at(encryption, "identity")),
          infrastructureEncryption: text(at(encryption, "infrastructureEncryption")),
        }),
        resourceGuardOperationRequests: texts(at(settings, "resourceGuardOperationRequests")),
        isProtectedByResourceGuard: guards.map(guardOf).find((guard) => guard !== undefined),
      }),
    };
  },
  apiVersion: (_, after) => version(after),
  property: (name) => name,
});

export const backupVault = own(
  "BackupVault",
  (after) => (after ? writeApiVersion(after.softDelete?.state) : apiVersion),
  false,
);
/** Its lifecycle takes the steps that Azure wants, each in a request of its own. */
export const recoveryServicesVault = own("RecoveryServicesVault", () => recoveryServicesApiVersion, true);

export const encryptionSettings: PartType = {
  provider: "azure-backup",
  vaults: [backupVault, recoveryServicesVault],
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
  vaults: [backupVault, recoveryServicesVault],
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
