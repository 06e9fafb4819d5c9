import type { BackupVaultResource } from "../../azure/index.js";
import { canonicalKeyUri } from "../arguments/keyUri.js";
import { identityType, present, spelled } from "../vault/present.js";
import { namedBy } from "../vault/vaultId.js";
import type { BackupVaultSettings } from "./inputs.js";

/** A live vault in the shape of our arguments. What Azure does not answer stays absent: it was never set. */
export function fromArm(id: string, vault: BackupVaultResource): BackupVaultSettings {
  const { properties } = vault;
  const { softDeleteSettings, immutabilitySettings, encryptionSettings } = properties.securitySettings ?? {};
  const { crossRegionRestoreSettings, crossSubscriptionRestoreSettings } = properties.featureSettings ?? {};
  const storage = storageOf(properties.storageSettings);
  const userAssigned = Object.keys(vault.identity?.userAssignedIdentities ?? {});
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
    identity: vault.identity?.type && {
      type: identityType(vault.identity.type),
      ...(userAssigned.length > 0 && { userAssignedIdentities: userAssigned }),
    },
    // Where nothing encrypts it but the platform, its settings may be there and empty.
    encryption: (encryptionSettings?.state || keyUri) && {
      state: spelled(encryptionSettings?.state, ["Enabled", "Disabled", "Inconsistent"]),
      keyUri: keyUri && (canonicalKeyUri(keyUri) ?? keyUri),
      identity: kek && kekIdentity(kek),
      infrastructureEncryption: encryptionSettings?.infrastructureEncryption,
    },
    tags: vault.tags,
  }) as unknown as BackupVaultSettings;
}

type Storage = NonNullable<BackupVaultResource["properties"]["storageSettings"]>;

/** Of several datastores, the one that a vault is made for; their order says nothing. */
export const storageOf = (all: Storage = []): Storage[number] | undefined =>
  all.find(({ datastoreType }) => datastoreType?.toLowerCase() === "vaultstore") ?? all[0];

/** As the argument `identity` of the encryption says it. */
function kekIdentity({ identityType, identityId }: { identityType?: string; identityId?: string }) {
  const type = spelled(identityType, ["SystemAssigned", "UserAssigned"]);
  return type === "UserAssigned" ? identityId : type;
}
