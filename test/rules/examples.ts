import { encrypted, goodKey, holdings, type ProposedChange, softDeleted, userAssigned, vault } from "./transitions.js";

const otherKey = "https://payroll.vault.azure.net/keys/second";
const rekeyed = { ...encrypted, encryption: { ...encrypted.encryption, keyUri: otherKey } };
const noKeyYet = { ...encrypted, encryption: undefined };
const keyVault = goodKey.keyVault.value;
const old = "2025-07-01";

/** For each rule, a transition in which one thing is wrong. */
export const examples: Record<string, ProposedChange> = {
  "vault-name-invalid": { after: { ...vault, vaultName: "pay_roll" } },
  "vault-replaced": { before: vault, after: { ...vault, location: "northeurope" }, facts: holdings.protected },
  "datastore-type-changed": {
    before: vault,
    after: { ...vault, datastoreType: "OperationalStore" },
    facts: holdings.empty,
  },
  "datastore-snapshot-store": { after: { ...vault, datastoreType: "SnapshotStore" } },
  "datastore-archive-store-alone": { after: { ...vault, datastoreType: "ArchiveStore" } },
  "redundancy-after-protection": {
    before: vault,
    after: { ...vault, redundancy: "GeoRedundant" },
    facts: holdings.protected,
  },
  "crr-needs-geo": { before: vault, after: { ...vault, crossRegionRestore: "Enabled" } },
  "crr-after-protection": {
    before: { ...vault, redundancy: "GeoRedundant", crossRegionRestore: "Enabled" },
    after: { ...vault, redundancy: "GeoRedundant", crossRegionRestore: undefined },
    facts: holdings["soft-deleted only"],
  },
  "csr-permanently-disabled": {
    before: { ...vault, crossSubscriptionRestore: "PermanentlyDisabled" },
    after: vault,
  },
  "soft-delete-always-on": {
    before: { ...vault, softDelete: { state: "AlwaysOn", retentionDurationInDays: 14 } },
    after: vault,
  },
  "soft-delete-off-by-api-version": {
    before: { ...vault, location: "eastasia" },
    after: { ...vault, location: "eastasia", softDelete: { state: "Off", retentionDurationInDays: 14 } },
  },
  "soft-delete-not-always-on": { after: vault, apiVersion: old },
  "newer-api-version-needed": {
    before: vault,
    after: { ...vault, costManagementGranularity: "VaultLevel" },
    apiVersion: old,
  },
  "retention-out-of-range": {
    before: vault,
    after: { ...vault, softDelete: { state: "On", retentionDurationInDays: 181 } },
  },
  "retention-missing": { after: { ...vault, softDelete: { state: "On" } } },
  "immutability-locked": {
    before: { ...vault, immutability: "Locked" },
    after: { ...vault, immutability: "Unlocked" },
  },
  "immutability-never-set-locked": { after: { ...vault, immutability: "Locked" } },
  "one-way-change": { before: { ...vault, immutability: "Unlocked" }, after: { ...vault, immutability: "Locked" } },
  "cmk-disabled": {
    before: encrypted,
    after: { ...encrypted, encryption: { ...encrypted.encryption, state: "Disabled" } },
  },
  "cmk-removed": { before: encrypted, after: noKeyYet },
  "cmk-system-identity-at-create": {
    after: {
      ...vault,
      identity: { systemAssigned: true },
      encryption: { ...encrypted.encryption, identity: "SystemAssigned" },
    },
    facts: goodKey,
  },
  "infrastructure-encryption-fixed": {
    before: encrypted,
    after: { ...encrypted, encryption: { ...encrypted.encryption, infrastructureEncryption: "Enabled" } },
  },
  "infrastructure-encryption-needs-cmk": { after: { ...vault, encryption: { infrastructureEncryption: "Enabled" } } },
  "key-and-identity-together": {
    before: encrypted,
    after: {
      ...rekeyed,
      identity: { systemAssigned: true, userAssigned: [userAssigned] },
    },
    facts: goodKey,
  },
  "old-key-unreachable": {
    before: encrypted,
    after: rekeyed,
    facts: { ...goodKey, oldKey: { value: { ...goodKey.oldKey.value, enabled: false } } },
  },
  "kek-identity-removed": { before: encrypted, after: { ...encrypted, identity: undefined }, facts: holdings.empty },
  "kek-identity-not-attached": {
    before: vault,
    after: { ...vault, encryption: encrypted.encryption },
    facts: goodKey,
    when: "write",
  },
  "kek-identity-shape": {
    after: { ...encrypted, encryption: { ...encrypted.encryption, identity: "UserAssigned" } },
    facts: goodKey,
  },
  "instance-identity-removed": {
    before: { ...vault, identity: { systemAssigned: true } },
    after: vault,
    facts: holdings.protected,
  },
  "cmk-key-missing": { after: encrypted, facts: { ...goodKey, key: { value: "missing" } }, when: "write" },
  "cmk-key-type": { after: encrypted, facts: { ...goodKey, key: { value: { type: "EC", enabled: true } } } },
  "cmk-key-unusable": {
    after: encrypted,
    facts: { ...goodKey, key: { value: { ...goodKey.key.value, expires: 1_700_000_000 } } },
  },
  "key-vault-soft-delete-off": {
    after: encrypted,
    facts: { ...goodKey, keyVault: { value: { ...keyVault, softDelete: false } } },
  },
  "key-vault-purge-protection-off": {
    after: encrypted,
    facts: { ...goodKey, keyVault: { value: { ...keyVault, purgeProtection: false } } },
  },
  "cmk-access-missing": {
    after: encrypted,
    facts: { ...goodKey, access: { value: { get: "yes", wrap: "no", unwrap: "no", proven: true } } },
    when: "write",
  },
  "cmk-user-identity-restricted-key-vault": {
    after: encrypted,
    facts: { ...goodKey, keyVault: { value: { ...keyVault, networkRestricted: true } } },
  },
  "cmk-user-identity-private-endpoint": { after: encrypted, facts: goodKey },
  "cmk-operational-tier": { after: { ...encrypted, datastoreType: "OperationalStore" }, facts: goodKey },
  "encryption-inconsistent": {
    before: { ...encrypted, encryption: { ...encrypted.encryption, state: "Inconsistent" } },
    after: encrypted,
    facts: goodKey,
  },
  "move-while-cmk": {
    before: encrypted,
    after: { ...encrypted, resourceGroupName: "elsewhere" },
    facts: { ...goodKey, ...holdings.protected, policies: { value: [] } },
  },
  "update-while-moving": {
    before: { ...vault, resourceMoveState: "InProgress" },
    after: { ...vault, immutability: "Unlocked" },
  },
  "resource-guard-required": {
    before: { ...vault, immutability: "Unlocked", isProtectedByResourceGuard: true },
    after: vault,
    facts: { guard: { value: { excludedOperations: [] } } },
  },
  "delete-with-instances": {
    before: vault,
    after: undefined,
    facts: { ...holdings.protected, policies: { value: [] } },
  },
  "delete-locked-with-data": {
    before: { ...vault, immutability: "Locked" },
    after: undefined,
    facts: { ...holdings.protected, policies: { value: [] } },
  },
  "delete-with-soft-deleted": {
    before: vault,
    after: undefined,
    apiVersion: old,
    facts: { protection: { value: [] }, deleted: { value: [softDeleted] }, policies: { value: [] } },
  },
  "delete-with-policies": {
    before: vault,
    after: undefined,
    facts: { ...holdings.empty, policies: { value: ["weekly", "daily"] } },
  },
  "delete-cmk-broken": {
    before: encrypted,
    after: undefined,
    facts: { ...goodKey, ...holdings.empty, policies: { value: [] }, oldKey: { value: "missing" } },
  },
  "cmk-dependency-deleted-first": {
    before: encrypted,
    after: undefined,
    facts: { ...goodKey, ...holdings.empty, policies: { value: [] } },
  },
  "operational-backups-left": {
    before: vault,
    after: undefined,
    facts: {
      protection: { value: [] },
      deleted: {
        value: [{ ...softDeleted, datasourceType: "Microsoft.Compute/disks", dataStoreTypes: ["OperationalStore"] }],
      },
      policies: { value: [] },
    },
  },
};
