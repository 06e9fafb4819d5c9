import type { Vault } from "../../provider/vaults/ruleVault.js";
import { different, type Family, identityType, withoutAbsent } from "./families.js";

type Properties = Record<string, unknown>;

function azureNativeProperties(vault: Vault): Properties {
  const { encryption, softDelete, immutability, immutabilityConfiguration, classicAlerts } = vault;
  const isSystem = encryption?.identity === "SystemAssigned";
  return withoutAbsent({
    redundancySettings: {
      standardTierStorageRedundancy: vault.redundancy,
      crossRegionRestore: vault.crossRegionRestore,
    },
    securitySettings: {
      softDeleteSettings: softDelete && {
        softDeleteState: softDelete.state,
        enhancedSecurityState: softDelete.enhancedSecurityState,
        softDeleteRetentionPeriodInDays: softDelete.retentionDurationInDays,
      },
      immutabilitySettings: immutability && { state: immutability, configuration: immutabilityConfiguration },
    },
    restoreSettings: vault.crossSubscriptionRestore && {
      crossSubscriptionRestoreSettings: { crossSubscriptionRestoreState: vault.crossSubscriptionRestore },
    },
    encryption: encryption && {
      keyVaultProperties: { keyUri: encryption.keyUri },
      kekIdentity: isSystem
        ? { useSystemAssignedIdentity: true, userAssignedIdentity: encryption.identityId }
        : { useSystemAssignedIdentity: false, userAssignedIdentity: encryption.identity },
      infrastructureEncryption: encryption.infrastructureEncryption,
    },
    monitoringSettings: classicAlerts && { classicAlertSettings: classicAlerts },
  });
}

export const azureNativeRecovery: Family = {
  type: "azure-native:recoveryservices:Vault",
  typeOf: (apiVersion) => `azure-native:recoveryservices/v${apiVersion.replaceAll("-", "")}:Vault`,
  inputs: (vault) =>
    withoutAbsent({
      vaultName: vault.vaultName,
      resourceGroupName: vault.resourceGroupName,
      location: vault.location,
      sku: { name: "Standard" },
      identity: vault.identity && {
        type: identityType(vault.identity),
        userAssignedIdentities: vault.identity.userAssigned,
      },
      properties: azureNativeProperties(vault),
    }),
  outputs: (vault) => ({
    properties: withoutAbsent({
      ...azureNativeProperties(vault),
      moveState: vault.resourceMoveState,
      securitySettings: {
        ...(azureNativeProperties(vault).securitySettings as object),
        multiUserAuthorization: vault.isProtectedByResourceGuard ? "Enabled" : "Disabled",
      },
      privateEndpointConnections: (vault.privateEndpoints as string[] | undefined)?.map((name) => ({ name })),
    }),
  }),
  replaceReasons: (before, after) => different(["vaultName", "resourceGroupName"], before, after),
};

/** Whatever weakens a vault replaces it, except where the real provider refuses at `up`. */
export const azureClassicRecovery: Family = {
  type: "azure:recoveryservices/vault:Vault",
  takesSteps: true,
  typeOf: () => undefined,
  inputs: (vault) => {
    const { encryption, softDelete, classicAlerts } = vault;
    const isUnsaid =
      !["Enabled", undefined].includes(vault.crossSubscriptionRestore as string) ||
      softDelete?.retentionDurationInDays !== 14 ||
      softDelete.enhancedSecurityState !== "AlwaysON" ||
      [vault.immutabilityConfiguration, vault.privateEndpoints].some(Boolean) ||
      [vault.isProtectedByResourceGuard, vault.resourceMoveState].some(Boolean);
    if (isUnsaid) return undefined;
    return withoutAbsent({
      name: vault.vaultName,
      resourceGroupName: vault.resourceGroupName,
      location: vault.location,
      sku: "Standard",
      storageModeType: vault.redundancy,
      crossRegionRestoreEnabled: vault.crossRegionRestore && vault.crossRegionRestore === "Enabled",
      softDeleteEnabled: softDelete?.state !== "Disabled",
      immutability: vault.immutability,
      identity: vault.identity && { type: identityType(vault.identity), identityIds: vault.identity.userAssigned },
      encryption: encryption && {
        keyId: encryption.keyUri,
        useSystemAssignedIdentity: encryption.identity === "SystemAssigned",
        userAssignedIdentityId: encryption.identity === "SystemAssigned" ? undefined : encryption.identity,
        infrastructureEncryptionEnabled: encryption.infrastructureEncryption === "Enabled",
      },
      monitoring: classicAlerts && {
        alertsForCriticalOperationFailuresEnabled: classicAlerts.alertsForCriticalOperations === "Enabled",
      },
    });
  },
  outputs: () => ({}),
  replaceReasons: (before, after) => [
    ...different(["resourceGroupName", "location"], before, after),
    ...(before.vaultName === after.vaultName ? [] : ["name"]),
    ...(before.immutability === "Locked" && after.immutability !== "Locked" ? ["immutability"] : []),
    ...(before.crossRegionRestore === "Enabled" && after.crossRegionRestore !== "Enabled"
      ? ["crossRegionRestoreEnabled"]
      : []),
  ],
};

/** Private endpoints and a move are Azure's to tell. */
export const azureBackupRecovery: Family = {
  type: "pulumi-nodejs:dynamic/azure-backup:RecoveryServicesVault",
  typeOf: () => undefined,
  takesSteps: true,
  inputs: ({ identity, privateEndpoints, isProtectedByResourceGuard: _, ...plain }) =>
    privateEndpoints || plain.resourceMoveState
      ? undefined
      : withoutAbsent({
          ...plain,
          identity: identity && { type: identityType(identity), userAssignedIdentities: identity.userAssigned },
        }),
  outputs: ({ isProtectedByResourceGuard }) => ({
    multiUserAuthorization: isProtectedByResourceGuard ? "Enabled" : "Disabled",
  }),
  replaceReasons: (before, after) => different(["vaultName", "resourceGroupName", "location"], before, after),
};

export const recoveryFamilies = {
  "azure-backup": azureBackupRecovery,
  "azure-native": azureNativeRecovery,
  "azure classic": azureClassicRecovery,
};
