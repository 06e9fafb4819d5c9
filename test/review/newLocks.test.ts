import type { Facts } from "../../provider/rules/index.js";
import { type Live, type Report, review } from "../../review/index.js";
import { type ResourceChange, terraformPlan, whatIf } from "./planDocuments.js";
import { preview, type StepOf, subscription } from "./previews.js";
import { said } from "./said.js";

// What a lock keeps Azure Backup from: one is also on all that is in its scope.

const ofSubscription = `/subscriptions/${subscription}`;
const group = (name: string) => `${ofSubscription}/resourceGroups/${name}`;
const vault = `${group("rg-backup")}/providers/Microsoft.DataProtection/backupVaults/bv`;
const recovery = `${group("rg-backup")}/providers/Microsoft.RecoveryServices/vaults/rsv`;
const account = `${group("rg-app")}/providers/Microsoft.Storage/storageAccounts/stapp`;
const disk = `${group("rg-app")}/providers/Microsoft.Compute/disks/d`;
const machine = `${group("rg-app")}/providers/Microsoft.Compute/virtualMachines/vm`;
const snapshots = group("rg-snap");

const stays = (type: string, values: { id: string }): ResourceChange => ({
  ...{ type, actions: ["no-op"], before: values, after: values },
});
const instance = (more: object = {}) =>
  stays("azurerm_data_protection_backup_instance_disk", {
    ...{ id: `${vault}/backupInstances/d`, vault_id: vault, disk_id: disk, snapshot_resource_group_name: "rg-snap" },
    ...{ protection_state: "ProtectionConfigured" },
    ...more,
  });
const blobs = (more: object = {}) =>
  stays("azurerm_data_protection_backup_instance_blob_storage", {
    ...{ id: `${vault}/backupInstances/b`, vault_id: vault, storage_account_id: account },
    ...more,
  });
const share = () =>
  stays("azurerm_backup_protected_file_share", {
    id: `${recovery}/backupFabrics/Azure/protectionContainers/StorageContainer;storage;rg-app;stapp/protectedItems/AzureFileShare;1`,
    ...{ source_storage_account_id: account, source_file_share_name: "share" },
  });
const protectedMachine = stays("azurerm_backup_protected_vm", {
  id: `${recovery}/backupFabrics/Azure/protectionContainers/iaasvmcontainer;iaasvmcontainerv2;rg-app;vm/protectedItems/vm;iaasvmcontainerv2;rg-app;vm`,
  ...{ source_vm_id: machine },
});
const policy = stays("azurerm_backup_policy_vm", {
  ...{ id: `${recovery}/backupPolicies/p`, instant_restore_resource_group: [{ prefix: "rg-points-", suffix: "" }] },
});

const values = (scope: string, lock_level: string) => ({ name: "keep", scope, lock_level });
const inState = (scope: string, level: string) => ({
  ...values(scope, level),
  id: `${scope}/providers/Microsoft.Authorization/locks/keep`,
});
const type = "azurerm_management_lock";
const created = (scope: string, level: string): ResourceChange => ({
  ...{ type, actions: ["create"], after: values(scope, level), after_unknown: { id: true } },
});
const changed = (scope: string, from: string, to: string): ResourceChange => ({
  ...{ type, actions: ["update"], before: inState(scope, from), after: inState(scope, to) },
});

const [points, ofSnapshots, readOnly] = [
  "warn restore-point-group-locked",
  "warn snapshot-resource-group-locked",
  "warn backup-storage-account-read-only",
] as const;
const reasonsOf = ({ resources }: Report) => resources.flatMap(({ verdicts }) => verdicts.map(({ reason }) => reason));

test.each<[what: string, verdicts: string[], changes: ResourceChange[]]>([
  ["ReadOnly on the group with snapshots", [ofSnapshots], [instance(), created(snapshots, "ReadOnly")]],
  ["CanNotDelete on the group with snapshots", [ofSnapshots], [instance(), created(snapshots, "CanNotDelete")]],
  ["nothing on the group with snapshots", [], [instance(), created(snapshots, "NotSpecified")]],
  ["ReadOnly on the subscription of the snapshots", [ofSnapshots], [instance(), created(ofSubscription, "ReadOnly")]],
  ["ReadOnly on another group", [], [instance(), created(group("rg-snap2"), "ReadOnly")]],
  ["ReadOnly on the disk", [], [instance(), created(disk, "ReadOnly")]],
  [
    "ReadOnly on a group of the same name in another subscription",
    [],
    [instance(), created(snapshots.replace(subscription, "other"), "ReadOnly")],
  ],
  [
    "ReadOnly on the group, and the backup is stopped",
    [],
    [instance({ protection_state: "ProtectionStopped" }), created(snapshots, "ReadOnly")],
  ],
  [
    "ReadOnly on the group, and the instance is deleted",
    ["undecided backup-instance-deleted"],
    [{ ...instance(), actions: ["delete"], after: null }, created(snapshots, "ReadOnly")],
  ],
  [
    "ReadOnly instead of CanNotDelete, on the group",
    [ofSnapshots],
    [instance(), changed(snapshots, "CanNotDelete", "ReadOnly")],
  ],
  ["CanNotDelete instead of ReadOnly, on the group", [], [instance(), changed(snapshots, "ReadOnly", "CanNotDelete")]],
  ["CanNotDelete as before, on the group", [], [instance(), changed(snapshots, "CanNotDelete", "CanNotDelete")]],
  ["ReadOnly on an account with file shares", [readOnly], [share(), created(account, "ReadOnly")]],
  ["ReadOnly on the group of the account", [readOnly], [share(), created(group("rg-app"), "ReadOnly")]],
  ["ReadOnly on an account with blobs", [readOnly], [blobs(), created(account, "ReadOnly")]],
  ["ReadOnly on the subscription of the account", [readOnly], [blobs(), created(ofSubscription, "ReadOnly")]],
  ["both on the account", [readOnly, readOnly], [blobs(), share(), created(account, "ReadOnly")]],
  ["ReadOnly on another account", [], [blobs(), share(), created(`${account}2`, "ReadOnly")]],
  ["CanNotDelete on the account", [], [blobs(), share(), created(account, "CanNotDelete")]],
  [
    "ReadOnly instead of CanNotDelete, on the account",
    [readOnly],
    [share(), changed(account, "CanNotDelete", "ReadOnly")],
  ],
  [
    "ReadOnly on the account of a stopped backup",
    [],
    [blobs({ protection_state: "ProtectionStopped" }), created(account, "ReadOnly")],
  ],
  [
    "CanNotDelete on the subscription of machines",
    [points],
    [protectedMachine, created(ofSubscription, "CanNotDelete")],
  ],
  ["ReadOnly on the subscription of a policy", [points], [policy, created(ofSubscription, "ReadOnly")]],
  ["CanNotDelete on another subscription", [], [protectedMachine, created("/subscriptions/other", "CanNotDelete")]],
  ["CanNotDelete on the group of the machines", [], [protectedMachine, created(group("rg-app"), "CanNotDelete")]],
])("a lock that prevents %s: found is %j", async (_, verdicts, changes) => {
  expect(said(await review(terraformPlan(changes)))).toEqual(verdicts);
});

test.each([
  ["CanNotDelete", "Azure Backup cannot delete snapshots there that have expired."],
  ["ReadOnly", "Azure Backup can neither create snapshots there nor delete those that have expired."],
])("a lock with %s says of snapshots: %s", async (level, sentence) => {
  const [reason] = reasonsOf(await review(terraformPlan([instance(), created(snapshots, level)])));
  expect(reason).toBe(
    "It locks the resource group with the snapshots of 1 backup instance: " +
      `azurerm_data_protection_backup_instance_disk.main in Backup vault "bv". ${sentence}`,
  );
});

test("a lock whose level is only known during the run may be read-only", async () => {
  const { lock_level: _, ...after } = values(group("rg-app"), "");
  const change: ResourceChange = { type, actions: ["create"], after, after_unknown: { id: true, lock_level: true } };
  const [reason] = reasonsOf(await review(terraformPlan([share(), change])));
  expect(reason).toContain("Its level is not known. With `ReadOnly`, it prevents listing the keys");
});

test("a snapshot group that is only known during the run may be where the lock is", async () => {
  const { before: values } = instance() as { before: Record<string, unknown> };
  const { snapshot_resource_group_name: _, ...after } = values;
  const replaced: ResourceChange = {
    ...{ type: "azurerm_data_protection_backup_instance_disk", actions: ["delete", "create"], before: values, after },
    ...{ after_unknown: { snapshot_resource_group_name: true } },
  };
  const reasons = reasonsOf(await review(terraformPlan([replaced, created(snapshots, "ReadOnly")])));
  expect(reasons).toContainEqual(expect.stringMatching(/^Whether it locks the resource group with the snapshots of /));
});

describe("a read-only lock in the form of", () => {
  const native = (form: string, inputs: object): StepOf => ({
    ...{ op: "create", type: `azure-native:authorization:ManagementLock${form}`, name: "keep" },
    new: { level: "ReadOnly", ...inputs },
  });
  const azapi: StepOf = {
    ...{ op: "create", type: "azapi:index/resource:Resource", name: "keep" },
    new: { type: "Microsoft.Authorization/locks@2020-05-01", body: { properties: { level: "ReadOnly" } } },
  };
  const classic: StepOf = { op: "create", type: "azure:management/lock:Lock", name: "keep", new: {} };
  const resource = {
    resourceProviderNamespace: "Microsoft.Storage",
    parentResourcePath: "",
    resourceType: "storageAccounts",
  };
  const same: StepOf[] = [
    {
      ...{ op: "same", type: "azure:dataprotection/backupInstanceDisk:BackupInstanceDisk", name: "d" },
      id: `${vault}/backupInstances/d`,
      old: { vaultId: vault, diskId: disk, snapshotResourceGroupName: "rg-snap" },
      new: { vaultId: vault, diskId: disk, snapshotResourceGroupName: "rg-snap" },
    },
    {
      ...{ op: "same", type: "azure:dataprotection/backupInstanceBlogStorage:BackupInstanceBlogStorage", name: "b" },
      id: `${vault}/backupInstances/b`,
      old: { vaultId: vault, storageAccountId: account },
      new: { vaultId: vault, storageAccountId: account },
    },
  ];

  test.each<[what: string, verdicts: string[], lock: StepOf]>([
    ["azure-native, by its scope", [ofSnapshots], native("ByScope", { scope: snapshots })],
    ["azure-native, for a group", [ofSnapshots], native("AtResourceGroupLevel", { resourceGroupName: "rg-snap" })],
    ["azure-native, for another group", [], native("AtResourceGroupLevel", { resourceGroupName: "rg-snap2" })],
    ["azure-native, for the subscription", [ofSnapshots, readOnly], native("AtSubscriptionLevel", {})],
    [
      "azure-native, for a resource",
      [readOnly],
      native("AtResourceLevel", { ...resource, resourceGroupName: "rg-app", resourceName: "stapp" }),
    ],
    [
      "azure-native, for another resource",
      [],
      native("AtResourceLevel", { ...resource, resourceGroupName: "rg-app", resourceName: "stother" }),
    ],
    ["azapi", [readOnly], { ...azapi, new: { ...azapi.new, parentId: account } }],
    ["the classic provider", [readOnly], { ...classic, new: { scope: account, lockLevel: "ReadOnly" } }],
  ])("%s: found is %j", async (_, verdicts, lock) => {
    expect(said(await review(preview(...same, lock)))).toEqual(verdicts);
  });

  test("a template", async () => {
    const properties = {
      dataSourceInfo: { resourceID: disk, datasourceType: "Microsoft.Compute/disks" },
      policyInfo: { policyParameters: { dataStoreParametersList: [{ resourceGroupId: snapshots }] } },
    };
    const there = { resourceId: `${vault}/backupInstances/d`, changeType: "NoChange" };
    const lock = `${snapshots}/providers/Microsoft.Authorization/locks/keep`;
    const made = { resourceId: lock, changeType: "Create", after: { id: lock, properties: { level: "ReadOnly" } } };
    const body = { id: there.resourceId, properties };
    expect(said(await review(whatIf({ ...there, before: body, after: body }, made)))).toEqual([ofSnapshots]);
  });
});

describe("with access to Azure, a new lock", () => {
  const listed = (kind: "BackupVault" | "RecoveryServicesVault", id: string) => ({
    ...{ kind, id, name: id.split("/").at(-1) ?? "", isGuarded: false, userAssigned: [] },
  });
  const live = (facts: Facts): Live => ({
    vault: async () => ({ unreadable: "not asked" }),
    resourcesIn: async () => ({ value: [] }),
    facts: async (_, names) => Object.fromEntries(names.map((name) => [name, facts[name]])) as Facts,
    vaults: async () => ({
      vaults: [listed("BackupVault", vault), listed("RecoveryServicesVault", recovery)],
      unread: [],
    }),
  });
  const nothing = { protection: { value: [] }, protectedItems: { value: [] } };
  const instances = {
    value: [
      {
        ...{ name: "d", id: `${vault}/backupInstances/d`, state: "ProtectionConfigured", snapshotGroups: [snapshots] },
        ...{ dataSourceId: disk, datasourceType: "Microsoft.Compute/disks" },
      },
    ],
  };
  const items = (sourceResourceId: string) => ({
    value: [{ name: "i", id: `${recovery}/i`, state: "", sourceResourceId }],
  });
  const unreadable = { unreadable: "403 Forbidden" };
  const found = async (facts: object, lock: ResourceChange) =>
    said(await review(terraformPlan([lock]), { live: live({ ...nothing, ...facts }) }));

  test.each<[what: string, verdicts: string[], facts: object, lock: ResourceChange]>([
    ["on snapshots of an instance", [ofSnapshots], { protection: instances }, created(snapshots, "ReadOnly")],
    ["on nothing that is backed up", [], { protection: instances }, created(group("rg-x"), "ReadOnly")],
    [
      "on a subscription with machines",
      [points],
      { protectedItems: items(machine) },
      created(ofSubscription, "CanNotDelete"),
    ],
    ["on an account with a share", [readOnly], { protectedItems: items(account) }, created(account, "ReadOnly")],
    [
      "on a group, of which it is not read",
      [ofSnapshots],
      { protection: unreadable },
      created(snapshots, "CanNotDelete"),
    ],
    [
      "on an account, of which it is not read",
      [readOnly],
      { protectedItems: unreadable },
      created(account, "ReadOnly"),
    ],
  ])("%s: found is %j", async (_, verdicts, facts, lock) => {
    expect(await found(facts, lock)).toEqual(verdicts);
  });
});
