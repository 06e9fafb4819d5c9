import { recovery, recoveryEncrypted, recoveryHoldings, recoveryKey, recoveryVault } from "./recoveryTransitions.js";
import { type ProposedChange, userAssigned } from "./transitions.js";

const otherIdentity = userAssigned.replace("payroll-key", "other-key");
const otherKey = "https://payroll.vault.azure.net/keys/second";
const keyVault = recoveryKey.keyVault.value;
const identified = { ...recoveryVault, identity: { userAssigned: [userAssigned] } };
const { empty, registered } = recoveryHoldings;
const oneItem = recoveryHoldings.protected;
const applied = { before: identified, after: recoveryEncrypted };
const withKey = { ...empty, ...recoveryKey };

/** For each rule about Recovery Services vaults, a transition in which one thing is wrong. */
export const recoveryExamples: Record<string, ProposedChange> = Object.fromEntries(
  Object.entries<ProposedChange>({
    "rsv-name-invalid": { after: { ...recoveryVault, vaultName: "1-payroll" } },
    "rsv-vault-replaced": {
      before: recoveryVault,
      after: { ...recoveryVault, location: "northeurope" },
      facts: recoveryHoldings["soft-deleted only"],
    },
    "rsv-redundancy-after-registration": {
      before: recoveryVault,
      after: { ...recoveryVault, redundancy: "GeoRedundant" },
      facts: registered,
    },
    "rsv-crr-needs-geo": { before: recoveryVault, after: { ...recoveryVault, crossRegionRestore: "Enabled" } },
    "rsv-crr-after-protection": {
      before: { ...recoveryVault, redundancy: "GeoRedundant", crossRegionRestore: "Enabled" },
      after: { ...recoveryVault, redundancy: "GeoRedundant", crossRegionRestore: undefined },
      facts: oneItem,
    },
    "rsv-csr-permanently-disabled": {
      before: { ...recoveryVault, crossSubscriptionRestore: "PermanentlyDisabled" },
      after: recoveryVault,
    },
    "rsv-soft-delete-off": {
      before: recoveryVault,
      after: { ...recoveryVault, softDelete: { ...recoveryVault.softDelete, state: "Disabled" } },
    },
    "rsv-soft-delete-not-always-on": {
      after: {
        ...recoveryVault,
        softDelete: { ...recoveryVault.softDelete, enhancedSecurityState: "Enabled" },
      },
    },
    "rsv-retention-out-of-range": {
      before: recoveryVault,
      after: { ...recoveryVault, softDelete: { ...recoveryVault.softDelete, retentionDurationInDays: 181 } },
    },
    "rsv-immutability-locked": {
      before: { ...recoveryVault, immutability: "Locked" },
      after: { ...recoveryVault, immutability: "Unlocked" },
    },
    "rsv-immutability-locked-at-create": { after: { ...recoveryVault, immutability: "Locked" } },
    "rsv-immutability-skips-unlocked": {
      before: recoveryVault,
      after: { ...recoveryVault, immutability: "Locked" },
    },
    "rsv-immutability-duration": {
      after: {
        ...recoveryVault,
        immutability: "Unlocked",
        immutabilityConfiguration: { type: "TimeBased", durationInDays: 29 },
      },
    },
    "rsv-one-way-change": {
      before: { ...recoveryVault, immutability: "Unlocked" },
      after: { ...recoveryVault, immutability: "Locked" },
    },
    "rsv-cmk-after-registration": { ...applied, facts: { ...recoveryKey, ...registered } },
    "rsv-cmk-removed": { before: recoveryEncrypted, after: identified },
    "rsv-infrastructure-encryption-fixed": {
      before: recoveryEncrypted,
      after: {
        ...recoveryEncrypted,
        encryption: { ...recoveryEncrypted.encryption, infrastructureEncryption: "Enabled" },
      },
    },
    "rsv-kek-identity-removed": { before: recoveryEncrypted, after: { ...recoveryEncrypted, identity: undefined } },
    "rsv-kek-identity-shape": {
      before: identified,
      after: { ...recoveryEncrypted, encryption: { ...recoveryEncrypted.encryption, identity: otherIdentity } },
      facts: withKey,
      when: "write",
    },
    "rsv-identity-narrowed": { before: identified, after: recoveryVault },
    "rsv-user-identity-at-create": { after: identified },
    "rsv-cmk-key-missing": { ...applied, facts: { ...withKey, key: { value: "missing" } }, when: "write" },
    "rsv-cmk-key-type": { ...applied, facts: { ...withKey, key: { value: { type: "EC", enabled: true } } } },
    "rsv-cmk-key-unusable": {
      ...applied,
      facts: { ...withKey, key: { value: { ...recoveryKey.key.value, enabled: false } } },
    },
    "rsv-cmk-key-vault-region": {
      ...applied,
      facts: { ...withKey, keyVault: { value: { ...keyVault, location: "North Europe" } } },
    },
    "rsv-key-vault-soft-delete-off": {
      ...applied,
      facts: { ...withKey, keyVault: { value: { ...keyVault, softDelete: false } } },
    },
    "rsv-key-vault-purge-protection-off": {
      ...applied,
      facts: { ...withKey, keyVault: { value: { ...keyVault, purgeProtection: false } } },
    },
    "rsv-cmk-access-missing": {
      ...applied,
      facts: { ...withKey, access: { value: { get: "yes", wrap: "no", unwrap: "no", proven: true } } },
      when: "write",
    },
    "rsv-old-key-unreachable": {
      before: recoveryEncrypted,
      after: { ...recoveryEncrypted, encryption: { ...recoveryEncrypted.encryption, keyUri: otherKey } },
      facts: { ...withKey, oldKey: { value: { ...recoveryKey.key.value, enabled: false } } },
    },
    "rsv-cmk-user-identity-restricted-key-vault": {
      ...applied,
      facts: { ...withKey, keyVault: { value: { ...keyVault, networkRestricted: true } } },
    },
    "rsv-cmk-user-identity-private-endpoint": {
      before: { ...identified, privateEndpoints: ["to-hub"] },
      after: recoveryEncrypted,
      facts: withKey,
    },
    "rsv-cmk-unsupported-workload": {
      before: recoveryEncrypted,
      after: { ...recoveryEncrypted, encryption: { ...recoveryEncrypted.encryption, keyUri: otherKey } },
      facts: { ...withKey, containers: { value: [{ name: "server-1", managementType: "MAB" }] } },
    },
    "rsv-cmk-with-crr": {
      before: { ...recoveryEncrypted, redundancy: "GeoRedundant" },
      after: { ...recoveryEncrypted, redundancy: "GeoRedundant", crossRegionRestore: "Enabled" },
    },
    "rsv-classic-alerts": {
      after: { ...recoveryVault, classicAlerts: { alertsForCriticalOperations: "Enabled" } },
    },
    "rsv-move-while-cmk": {
      before: recoveryEncrypted,
      after: { ...recoveryEncrypted, resourceGroupName: "elsewhere" },
      facts: { ...recoveryKey, ...oneItem },
    },
    "rsv-update-while-moving": {
      before: { ...recoveryVault, resourceMoveState: "InProgress" },
      after: { ...recoveryVault, immutability: "Unlocked" },
    },
    "rsv-resource-guard-required": {
      before: { ...recoveryVault, immutability: "Unlocked", isProtectedByResourceGuard: true },
      after: recoveryVault,
      facts: { guard: { value: { excludedOperations: [] } } },
    },
    "rsv-delete-not-empty": {
      before: { ...recoveryVault, privateEndpoints: ["to-hub"] },
      after: undefined,
      facts: { ...oneItem, ...{ containers: registered.containers } },
    },
    "rsv-delete-locked-with-data": {
      before: { ...recoveryVault, immutability: "Locked" },
      after: undefined,
      facts: oneItem,
    },
  }).map(([code, proposed]) => [code, recovery(proposed)]),
);
