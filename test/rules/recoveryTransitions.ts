import type { Facts } from "../../provider/rules/index.js";
import type { Vault } from "../../provider/vaults/ruleVault.js";
import { goodKey, type ProposedChange, product, userAssigned } from "./transitions.js";

/** One Recovery Services vault in which nothing is wrong; a test spoils one thing of it. */
export const recoveryVault: Vault = {
  vaultName: "payroll",
  resourceGroupName: "backups",
  subscriptionId: "00000000-0000-0000-0000-000000000001",
  location: "westeurope",
  redundancy: "LocallyRedundant",
  softDelete: { state: "AlwaysON", enhancedSecurityState: "AlwaysON", retentionDurationInDays: 14 },
  immutability: "Disabled",
  crossRegionRestore: "Disabled",
  crossSubscriptionRestore: "Enabled",
};

/** The same vault with a customer-managed key. */
export const recoveryEncrypted: Vault = {
  ...recoveryVault,
  identity: { userAssigned: [userAssigned] },
  encryption: { keyUri: "https://payroll.vault.azure.net/keys/first", identity: userAssigned },
};

export const item = { name: "vm-1", state: "Protected", managementType: "AzureIaasVM", isSoftDeleted: false };
export const softDeletedItem = { name: "vm-2", state: "ProtectionStopped", isSoftDeleted: true };

const nothing = {
  protectedItems: { value: [] },
  containers: { value: [] },
  replication: { value: { replicatedItems: 0, registeredServers: 0 } },
  storageTypeState: { value: "Unlocked" },
} satisfies Facts;
const locked = { ...nothing, storageTypeState: { value: "Locked" } };
const unreadable = { unreadable: "403 Forbidden" };

/** What may be known about what a vault holds. */
export const recoveryHoldings = {
  empty: nothing,
  protected: { ...locked, protectedItems: { value: [item] } },
  "soft-deleted only": { ...locked, protectedItems: { value: [softDeletedItem] } },
  registered: { ...locked, containers: { value: [{ name: "files", managementType: "AzureStorage" }] } },
  "once registered": locked,
  "not read": {},
  unreadable: {
    protectedItems: unreadable,
    containers: unreadable,
    replication: unreadable,
    storageTypeState: unreadable,
  },
} satisfies Record<string, Facts>;

/** Everything that Azure could tell about a key with which nothing is wrong. */
export const recoveryKey = {
  ...goodKey,
  key: { value: { type: "RSA", size: 2048, enabled: true } },
  keyVault: { value: { ...goodKey.keyVault.value, location: "westeurope" } },
} satisfies Facts;

export const recovery = (proposed: ProposedChange): ProposedChange => ({
  resource: "RecoveryServicesVault",
  ...proposed,
});

/** The whole from x to product of a setting of Recovery Services vaults; see `product`. */
export const recoveryProduct = (
  about: RegExp,
  states: readonly string[],
  set: (value: string) => Vault,
  proposed: Partial<ProposedChange> = {},
): string => product(about, states, set, { resource: "RecoveryServicesVault", ...proposed });
