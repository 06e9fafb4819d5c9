import { itemNameOf } from "../../emulator/storage/fileShares.js";
import { instances } from "./protectionOfInstances.js";
import {
  another,
  azure,
  group,
  type Kind,
  must,
  type policies,
  policyOf,
  type Shown,
  type World,
} from "./protectionWorld.js";

const days: Record<(typeof policies)[number], number> = { daily: 30, longer: 60, shorter: 7 };

const time = "2026-01-01T02:00:00Z";
const schedulePolicy = {
  schedulePolicyType: "SimpleSchedulePolicy",
  scheduleRunFrequency: "Daily",
  scheduleRunTimes: [time],
};
const keepingFor = (count: number) => ({
  retentionPolicyType: "LongTermRetentionPolicy",
  dailySchedule: { retentionTimes: [time], retentionDuration: { count, durationType: "Days" } },
});

function newRecoveryVault(): string {
  const vault = `${group}/providers/Microsoft.RecoveryServices/vaults/rsv-${another()}`;
  must(["PUT", vault, { location: "westeurope", sku: { name: "RS0" }, properties: {} }]);
  return vault;
}

export const items: Kind = {
  resource: "protectedItem",
  newVault() {
    const vault = newRecoveryVault();
    for (const [name, count] of Object.entries(days)) {
      const common = { backupManagementType: "AzureIaasVM", schedulePolicy };
      must(["PUT", policyOf({ vault }, name), { properties: { ...common, retentionPolicy: keepingFor(count) } }]);
    }
    return vault;
  },
  worldOf(vault, source) {
    const name = `iaasvmcontainerv2;rg-payroll;${source.split("/").at(-1)}`;
    const container = `${vault}/backupFabrics/Azure/protectionContainers/iaasvmcontainer;${name}`;
    return {
      vault,
      source,
      id: `${container}/protectedItems/vm;${name}`,
      args: { vault, sourceResourceId: source, policyId: `${vault}/backupPolicies/daily` },
    };
  },
  sourceOf: (name) => `${group}/providers/Microsoft.Compute/virtualMachines/${name}`,
  protect({ id, source: sourceResourceId }, policyId, more = {}) {
    const protectedItemType = "Microsoft.Compute/virtualMachines";
    return ["PUT", id, { properties: { protectedItemType, sourceResourceId, policyId, ...more } }];
  },
  proxy: "VaultProxy",
  requests: {
    stop: "stopProtectionWithRetainDataRequests",
    suspend: "suspendBackupsWithRetainDataRequests",
    delete: "deleteProtectedItemRequests",
  },
  stop(world, asking) {
    return this.protect(world, "", { protectionState: "ProtectionStopped", ...asking });
  },
  suspend(world, asking) {
    return this.protect(world, undefined, { protectionState: "BackupsSuspended", ...asking });
  },
  remove: ({ id }) => ["DELETE", id],
  resume(world, _state, policy) {
    return [this.protect(world, policy)];
  },
  undelete(world, policy) {
    const back = this.protect(world, "", { protectionState: "ProtectionStopped", isRehydrate: true });
    return [back, this.protect(world, policy)];
  },
  immutable: instances.immutable,
  shown({ id }) {
    const { properties } = azure.arm("GET", id).body as { properties?: Shown };
    return [properties?.protectionState, properties?.policyId?.split("/").at(-1)];
  },
};

/** What has been added to a machine's: its account is registered with the vault. */
function sharesBy(policyFor: (retentionPolicy: object) => object): Kind {
  const accountOf = (source: string) => source.split("/fileServices/")[0] ?? "";
  const containerOf = ({ vault, source }: World) =>
    `${vault}/backupFabrics/Azure/protectionContainers/StorageContainer;Storage;rg-payroll;${accountOf(source).split("/").at(-1)}`;
  return {
    ...items,
    newVault() {
      const vault = newRecoveryVault();
      for (const [name, count] of Object.entries(days)) {
        const common = { backupManagementType: "AzureStorage", workLoadType: "AzureFileShare", schedulePolicy };
        must(["PUT", policyOf({ vault }, name), { properties: { ...common, ...policyFor(keepingFor(count)) } }]);
      }
      return vault;
    },
    sourceOf(name) {
      const account = `${group}/providers/Microsoft.Storage/storageAccounts/st${name.replaceAll("-", "")}`;
      const share = `${account}/fileServices/default/shares/share`;
      must(["PUT", share, {}]);
      return share;
    },
    worldOf(vault, source) {
      const [sourceResourceId, fileShareName] = [accountOf(source), "share"];
      const world = { vault, source, id: "", args: {} };
      return {
        ...world,
        id: `${containerOf(world)}/protectedItems/${itemNameOf({ id: source })}`,
        args: { vault, sourceResourceId, fileShareName, policyId: policyOf({ vault }, "daily") },
      };
    },
    before(world) {
      const container = { containerType: "StorageContainer", backupManagementType: "AzureStorage" };
      return [["PUT", containerOf(world), { properties: { ...container, sourceResourceId: accountOf(world.source) } }]];
    },
    protect({ id, source }, policyId, more = {}) {
      const common = { protectedItemType: "AzureFileShareProtectedItem", sourceResourceId: accountOf(source) };
      return ["PUT", id, { properties: { ...common, policyId, ...more } }];
    },
  };
}

/** Snapshots in the storage account. */
export const shares = sharesBy((retentionPolicy) => ({ retentionPolicy }));

export const vaultedShares = sharesBy((vaultRetention) => ({
  vaultRetentionPolicy: { vaultRetention, snapshotRetentionInDays: 5 },
}));
