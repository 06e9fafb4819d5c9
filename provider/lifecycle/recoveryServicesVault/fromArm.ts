import type { RecoveryServicesVaultResource } from "../../azure/index.js";
import { canonicalKeyUri } from "../arguments/keyUri.js";
import { identityType, present, spelled } from "../vault/present.js";
import { namedBy } from "../vault/vaultId.js";
import type { RecoveryServicesVaultSettings } from "./inputs.js";

/** A live vault in the shape of our arguments. What Azure does not answer stays absent: it was never set. */
export function fromArm(id: string, vault: RecoveryServicesVaultResource): RecoveryServicesVaultSettings {
  const { identity, properties = {} } = vault;
  const { encryption, redundancySettings, securitySettings, monitoringSettings } = properties;
  const softDelete = securitySettings?.softDeleteSettings;
  const immutability = securitySettings?.immutabilitySettings;
  const userAssigned = Object.keys(identity?.userAssignedIdentities ?? {});
  const keyUri = encryption?.keyVaultProperties?.keyUri;
  const kek = encryption?.kekIdentity;
  return present({
    ...namedBy(id),
    location: vault.location?.replaceAll(" ", "").toLowerCase(),
    sku: vault.sku && { name: vault.sku.name, tier: vault.sku.tier },
    redundancy: notInvalid(redundancySettings?.standardTierStorageRedundancy),
    crossRegionRestore: redundancySettings?.crossRegionRestore,
    softDelete: softDelete && {
      state: notInvalid(spelled(softDelete.softDeleteState, states)),
      enhancedSecurityState: notInvalid(spelled(softDelete.enhancedSecurityState, states)),
      retentionDurationInDays: softDelete.softDeleteRetentionPeriodInDays,
    },
    immutability: immutability?.state,
    immutabilityConfiguration: immutability?.configuration && { ...immutability.configuration },
    crossSubscriptionRestore:
      properties.restoreSettings?.crossSubscriptionRestoreSettings?.crossSubscriptionRestoreState,
    publicNetworkAccess: properties.publicNetworkAccess,
    alertsForAllJobFailures: monitoringSettings?.azureMonitorAlertSettings?.alertsForAllJobFailures,
    alertsForAllReplicationIssues: monitoringSettings?.azureMonitorAlertSettings?.alertsForAllReplicationIssues,
    alertsForAllFailoverIssues: monitoringSettings?.azureMonitorAlertSettings?.alertsForAllFailoverIssues,
    classicAlerts: monitoringSettings?.classicAlertSettings && { ...monitoringSettings.classicAlertSettings },
    costManagementGranularity: properties.costManagementSettings?.granularityLevel,
    identity: identity?.type && {
      type: identityType(identity.type),
      ...(userAssigned.length > 0 && { userAssignedIdentities: userAssigned }),
    },
    // Where the platform's keys encrypt the vault, Azure may still answer an empty encryption.
    encryption: keyUri && {
      state: "Enabled",
      keyUri: canonicalKeyUri(keyUri) ?? keyUri,
      identity: kek?.useSystemAssignedIdentity ? "SystemAssigned" : kek?.userAssignedIdentity,
      infrastructureEncryption: encryption?.infrastructureEncryption,
    },
    tags: vault.tags,
  }) as unknown as RecoveryServicesVaultSettings;
}

const states = ["Disabled", "Enabled", "AlwaysON"];

/** `Invalid` stands in this service's answers for what was never set. */
const notInvalid = (value: string | undefined) => (value?.toLowerCase() === "invalid" ? undefined : value);
