import type { RecoveryServicesVaultResource } from "../azure/index.js";
import { canonicalKeyUri } from "../lifecycle/arguments/keyUri.js";
import type { Vault } from "../rules/index.js";

/** A live Recovery Services vault as the rules see it. What Azure does not answer stays absent: it was never set. */
export function recoveryServicesNormalForm(vault: RecoveryServicesVaultResource): Vault {
  const { redundancySettings, restoreSettings, securitySettings, ...properties } = vault.properties ?? {};
  const { softDeleteSettings, immutabilitySettings, multiUserAuthorization } = securitySettings ?? {};
  const form: Vault = {
    location: vault.location.replaceAll(" ", "").toLowerCase(),
    redundancy: redundancySettings?.standardTierStorageRedundancy,
    crossRegionRestore: redundancySettings?.crossRegionRestore,
    crossSubscriptionRestore: restoreSettings?.crossSubscriptionRestoreSettings?.crossSubscriptionRestoreState,
    immutability: immutabilitySettings?.state,
    softDelete: softDeleteSettings && {
      state: softDeleteSettings.softDeleteState,
      enhancedSecurityState: softDeleteSettings.enhancedSecurityState,
      retentionDurationInDays: softDeleteSettings.softDeleteRetentionPeriodInDays,
    },
    identity: identityOf(vault),
    encryption: encryptionOf(vault),
    privateEndpoints: (properties.privateEndpointConnections ?? []).map(({ name, id }) => name ?? id ?? "unnamed"),
    resourceMoveState: properties.moveState,
    isProtectedByResourceGuard: multiUserAuthorization === "Enabled",
  };
  return Object.fromEntries(Object.entries(form).filter(([, value]) => value !== undefined)) as Vault;
}

function identityOf({ identity }: RecoveryServicesVaultResource): Vault["identity"] {
  const type = identity?.type ?? "None";
  return type === "None"
    ? undefined
    : {
        systemAssigned: type.startsWith("SystemAssigned"),
        userAssigned: Object.keys(identity?.userAssignedIdentities ?? {}),
      };
}

function encryptionOf({ properties }: RecoveryServicesVaultResource): Vault["encryption"] {
  const { keyVaultProperties, kekIdentity, infrastructureEncryption } = properties?.encryption ?? {};
  const keyUri = keyVaultProperties?.keyUri;
  if (!keyUri) return undefined;
  return {
    // This kind of vault shows no state.
    state: "Enabled",
    keyUri: canonicalKeyUri(keyUri) ?? keyUri,
    identity: kekIdentity?.userAssignedIdentity || "SystemAssigned",
    infrastructureEncryption: infrastructureEncryption ?? "Disabled",
  };
}
