import type { BackupVaultResource } from "../../azure/index.js";
import { canonicalKeyUri } from "../arguments/keyUri.js";
import { present, spelled } from "../vault/present.js";
import { namedBy } from "../vault/vaultId.js";
import type { BackupVaultSettings } from "./inputs.js";

/** A live vault in the shape of our arguments. What Azure does not answer stays absent: it was never set. */
export function fromArm(id: string, vault: BackupVaultResource): BackupVaultSettings {
  const { properties } = vault;
  const { softDeleteSettings, immutabilitySettings, encryptionSettings } = properties.securitySettings ?? {};
  const { crossRegionRestoreSettings, crossSubscriptionRestoreSettings } = properties.featureSettings ?? {};
  const storage = properties.storageSettings?.[0];
  const userAssigned = Object.keys(vault.identity?.userAssignedIdentities ?? {});
  const identityType = vault.identity?.type?.replaceAll(" ", "");
  const keyUri = encryptionSettings?.keyVaultProperties?.keyUri;
  const kek = encryptionSettings?.kekIdentity;
  return present({
    ...namedBy(id),
    location: vault.location.replaceAll(" ", "").toLowerCase(),
    datastoreType: storage?.datastoreType,
    redundancy: storage?.type,
    softDelete: softDeleteSettings && {
      state: spelled(softDeleteSettings.state, ["Off", "On", "AlwaysOn"]),
      retentionDurationInDays: softDeleteSettings.retentionDurationInDays,
    },
    immutability: immutabilitySettings?.state,
    crossRegionRestore: crossRegionRestoreSettings?.state,
    crossSubscriptionRestore: crossSubscriptionRestoreSettings?.state,
    alertsForAllJobFailures: properties.monitoringSettings?.azureMonitorAlertSettings?.alertsForAllJobFailures,
    costManagementGranularity: properties.costManagementSettings?.granularityLevel,
    identity: identityType && {
      type: identityType,
      ...(userAssigned.length > 0 && { userAssignedIdentities: userAssigned }),
    },
    encryption: encryptionSettings && {
      state: encryptionSettings.state,
      keyUri: keyUri && (canonicalKeyUri(keyUri) ?? keyUri),
      identity: kek && (kek.identityType === "UserAssigned" ? kek.identityId : kek.identityType),
      infrastructureEncryption: encryptionSettings.infrastructureEncryption,
    },
    tags: vault.tags,
  }) as unknown as BackupVaultSettings;
}
