import type { BothSides } from "./bothSides.js";

/** Where both made the change, what both have made of the vault. Absent is Azure's default. */
export function differencesOf(ours: Live = {}, theirs: Live = {}): string[] {
  const [a, b] = [settingsOf(ours), settingsOf(theirs)];
  return Object.keys(a)
    .filter((name) => JSON.stringify(a[name]) !== JSON.stringify(b[name]))
    .map((name) => `made ${name} ${JSON.stringify(b[name])}, we ${JSON.stringify(a[name])}`);
}

type Live = ReturnType<BothSides["emulator"]["vault"]> & object;

function settingsOf({ properties = {}, identity }: Live): Record<string, unknown> {
  const { securitySettings: security = {}, featureSettings: features = {} } = properties;
  return {
    storage: properties.storageSettings,
    softDelete: security.softDeleteSettings,
    immutability: security.immutabilitySettings?.state ?? "Disabled",
    crossRegionRestore: features.crossRegionRestoreSettings?.state ?? "Disabled",
    crossSubscriptionRestore: features.crossSubscriptionRestoreSettings?.state ?? "Enabled",
    encryption: [
      security.encryptionSettings?.state ?? "Disabled",
      security.encryptionSettings?.keyVaultProperties?.keyUri,
      security.encryptionSettings?.kekIdentity?.identityId ?? security.encryptionSettings?.kekIdentity?.identityType,
      security.encryptionSettings?.infrastructureEncryption ?? "Disabled",
    ],
    identity: [identity?.type ?? "None", ...Object.keys(identity?.userAssignedIdentities ?? {}).sort()],
  };
}
