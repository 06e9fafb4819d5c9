import { liveAzure } from "../../cli/liveAzure.js";
import { type Emulator, startEmulator } from "../../emulator/index.js";
import { review } from "../../review/index.js";
import { type ResourceChange, terraformPlan, whatIf } from "./planDocuments.js";
import { machinePolicy, preview } from "./previews.js";
import { said } from "./said.js";

// An instance or item of another provider than this package's is given another policy, or its backup is stopped.

// The emulator's own.
const subscription = "5b5c0000-0000-4000-8000-0000000005b5";
const group = `/subscriptions/${subscription}/resourceGroups/rg-policies`;
const vaults = {
  rsv: `${group}/providers/Microsoft.RecoveryServices/vaults/rsv-policies`,
  backup: `${group}/providers/Microsoft.DataProtection/backupVaults/bv-policies`,
};
const policyId = (vault: string, name: string) => `${vault}/backupPolicies/${name}`;
const machine = "iaasvmcontainerv2;rg-policies;vm";
const itemId = `${vaults.rsv}/backupFabrics/Azure/protectionContainers/IaasVMContainer;${machine}/protectedItems/VM;${machine}`;
const itemType = "Microsoft.RecoveryServices/vaults/backupFabrics/protectionContainers/protectedItems";
const instanceId = `${vaults.backup}/backupInstances/disk`;

/** A policy that the preview shows, but does not change. */
const shown = (type: string, name: string, values: object): ResourceChange => {
  const id = policyId(type.startsWith("azurerm_backup") ? vaults.rsv : vaults.backup, name);
  return { type, address: `${type}.${name}`, actions: ["no-op"], before: { id, ...values }, after: { id, ...values } };
};
const policies = [
  shown("azurerm_backup_policy_vm", "long", { policy_type: "V2", retention_daily: [{ count: 30 }] }),
  shown("azurerm_backup_policy_vm", "short", { policy_type: "V2", retention_daily: [{ count: 7 }] }),
  shown("azurerm_backup_policy_vm", "longer", { policy_type: "V2", retention_daily: [{ count: 60 }] }),
  shown("azurerm_backup_policy_vm", "standard", { policy_type: "V1", retention_daily: [{ count: 60 }] }),
  shown("azurerm_data_protection_backup_policy_disk", "long", { default_retention_duration: "P30D" }),
  shown("azurerm_data_protection_backup_policy_disk", "short", { default_retention_duration: "P7D" }),
  shown("azurerm_data_protection_backup_policy_disk", "longer", { default_retention_duration: "P60D" }),
];

type Move = (to: string | undefined) => string;
const terraform =
  (type: string, id: string, vault: string): Move =>
  (to) => {
    const before = { id, backup_policy_id: policyId(vault, "long") };
    const after = { id, ...(to !== undefined && { backup_policy_id: policyId(vault, to) }) };
    const after_unknown = to === undefined ? { backup_policy_id: true } : {};
    return terraformPlan([...policies, { type, actions: ["update"], before, after, after_unknown }]);
  };
const item = terraform("azurerm_backup_protected_vm", itemId, vaults.rsv);
const instance = terraform("azurerm_data_protection_backup_instance_disk", instanceId, vaults.backup);

// It may also be a standard policy in place of an enhanced one.
const notKnown = ["undecided rsv-item-policy-downgraded", "undecided rsv-item-policy-shorter"];

test.each<[what: string, plan: string, verdicts: string[]]>([
  ["an item, a shorter one", item("short"), ["undecided rsv-item-policy-shorter"]],
  ["an item, a longer one", item("longer"), []],
  ["an item, a standard one", item("standard"), ["refuse rsv-item-policy-downgraded"]],
  ["an item, one that the plan does not show", item("hidden"), notKnown],
  ["an item, one that the run creates", item(undefined), notKnown],
  ["an instance, a shorter one", instance("short"), ["warn policy-retention-shorter"]],
  ["an instance, a longer one", instance("longer"), []],
  // Backups that exist keep their retention, so it is a warning about new ones whatever the vault's immutability is.
  ["an instance, one that the plan does not show", instance("hidden"), ["warn policy-retention-shorter"]],
  ["an instance, one that the run creates", instance(undefined), ["warn policy-retention-shorter"]],
])("Terraform gives %s: found is what it keeps for less time", async (_, plan, verdicts) => {
  expect(said(await review(plan))).toEqual(verdicts);
});

test("a policy of azapi in the plan is read, too", async () => {
  const policyOf = (name: string, duration: string): ResourceChange => {
    const type = "Microsoft.DataProtection/backupVaults/backupPolicies@2025-07-01";
    const deleteAfter = { objectType: "AbsoluteDeleteOption", duration };
    const sourceDataStore = { objectType: "DataStoreInfoBase", dataStoreType: "OperationalStore" };
    const rule = { objectType: "AzureRetentionRule", name: "Default", isDefault: true };
    const policyRules = [{ ...rule, lifecycles: [{ deleteAfter, sourceDataStore }] }];
    const values = { id: policyId(vaults.backup, name), type, body: { properties: { policyRules } } };
    return { type: "azapi_resource", address: name, actions: ["no-op"], before: values, after: values };
  };
  const of = (name: string) => ({ id: instanceId, backup_policy_id: policyId(vaults.backup, name) });
  const moved = {
    type: "azurerm_data_protection_backup_instance_disk",
    ...{ actions: ["update"], before: of("a"), after: of("b") },
  };
  const given = (long: string, short: string) =>
    review(terraformPlan([policyOf("a", long), policyOf("b", short), moved]));
  expect(said(await given("P30D", "P7D"))).toEqual(["warn policy-retention-shorter"]);
  expect(said(await given("P7D", "P30D"))).toEqual([]);
});

describe("the names of azurerm 3, and those that this version does not know", () => {
  const type = "azurerm_data_protection_backup_policy_blob_storage";
  const id = policyId(vaults.backup, "blobs");
  const replaced = (before: object, after: object): ResourceChange => ({
    ...{ type, actions: ["delete", "create"], replace_paths: [["retention_duration"]] },
    ...{ before: { id, ...before }, after: { ...after } },
  });
  const given = (long: object, short: object) => {
    const it = "azurerm_data_protection_backup_instance_blob_storage";
    const of = (name: string) => ({ id: instanceId, backup_policy_id: policyId(vaults.backup, name) });
    return terraformPlan([
      ...[shown(type, "long", long), shown(type, "short", short)],
      { type: it, actions: ["update"], before: of("long"), after: of("short") },
    ]);
  };
  const shorter = ["warn policy-retention-shorter"];

  test.each([
    ["retention_duration", { retention_duration: "P30D" }, { retention_duration: "P7D" }, "P7D instead of P30D"],
    [
      "its name in azurerm 4",
      { retention_duration: "P30D" },
      { operational_default_retention_duration: "P7D" },
      "P7D instead of P30D",
    ],
    ["a name of another version", { keeps: "P30D" }, { keeps: "P7D" }, "does not know all"],
  ])("%s: a shorter retention is not passed", async (_, long, short, reason) => {
    const other = await review(given(long, short));
    expect(said(other)).toEqual(shorter);
    expect(other.resources.flatMap(({ verdicts }) => verdicts)[0]?.reason).toContain(reason);
    const replacement = await review(terraformPlan([replaced(long, short)]));
    expect(said(replacement)).toEqual(["undecided policy-in-use-deleted", ...shorter]);
  });

  test("a policy of a Recovery Services vault of which nothing is understood is undecided", async () => {
    const of = (keeps: number) => ({ id: policyId(vaults.rsv, "new"), name: "new", keeps });
    const plan = terraformPlan([
      { type: "azurerm_backup_policy_vm", actions: ["update"], before: of(30), after: of(7) },
    ]);
    expect((await review(plan)).decision).toBe("undecided");
  });
});

test("a policy that the same run shortens counts as it becomes", async () => {
  const type = "azurerm_backup_policy_vm";
  const [before, after] = [60, 7].map((count) => ({
    id: policyId(vaults.rsv, "longer"),
    policy_type: "V2",
    retention_daily: [{ count }],
  }));
  const document = JSON.parse(item("longer"));
  const { resource_changes } = JSON.parse(terraformPlan([{ type, actions: ["update"], before, after }]));
  const others = document.resource_changes.filter(({ address }: { address: string }) => address !== `${type}.longer`);
  const report = await review(JSON.stringify({ ...document, resource_changes: [...others, ...resource_changes] }));
  const moved = report.resources.find(({ type: each }) => each === "azurerm_backup_protected_vm");
  expect(moved?.verdicts).toMatchObject([{ reason: expect.stringContaining("P7D instead of P30D") }]);
});

describe("with access to Azure", () => {
  let azure: Emulator;
  beforeAll(async () => {
    azure = await startEmulator();
    azure.trust();
    azure.createResourceGroup("rg-policies");
    azure.arm("PUT", vaults.rsv, {
      location: "westeurope",
      sku: { name: "Standard" },
      properties: { securitySettings: { immutabilitySettings: { state: "Unlocked" } } },
    });
    for (const [name, count] of [["long", 30] as const, ["short", 7] as const]) {
      azure.arm("PUT", policyId(vaults.rsv, name), { properties: machinePolicy(count) });
    }
  });
  afterAll(() => azure.close());

  const properties = (name: string) => ({ protectedItemType: "VM", policyId: policyId(vaults.rsv, name) });
  const moves: [string, Move][] = [
    ["azurerm", (to) => terraformPlan([JSON.parse(item(to)).resource_changes.at(-1)].map(asChange))],
    [
      "azapi",
      (to = "") => {
        const type = "Microsoft.RecoveryServices/vaults/backupFabrics/protectionContainers/protectedItems@2025-02-01";
        const of = (name: string) => ({ id: itemId, type, body: { properties: properties(name) } });
        return terraformPlan([{ type: "azapi_resource", actions: ["update"], before: of("long"), after: of(to) }]);
      },
    ],
    [
      "Bicep",
      (to = "") => {
        const of = (name: string) => ({ id: itemId, properties: properties(name) });
        return whatIf({ resourceId: itemId, changeType: "Modify", before: of("long"), after: of(to) });
      },
    ],
    [
      "azure-native",
      (to = "") => {
        const of = (name: string) => ({ properties: properties(name) });
        const type = "azure-native:recoveryservices:ProtectedItem";
        return preview({ op: "update", type, name: "vm", id: itemId, old: of("long"), new: of(to) });
      },
    ],
  ];
  const asChange = ({ type, change }: { type: string; change: Omit<ResourceChange, "type"> }) => ({ type, ...change });

  test.each(moves)(
    "%s gives an item a policy that only Azure knows, and an immutable vault refuses it",
    async (_, to) => {
      const report = await review(to("short"), { live: liveAzure(azure.env) });
      expect(said(report)).toEqual(["refuse rsv-item-policy-shorter"]);
      expect(report.resources[0]?.verdicts[0]?.reason).toContain("P7D instead of P30D (daily, VaultStore)");
    },
  );
});

describe.each<[type: string, args: (policyId: string) => Record<string, unknown>]>([
  ["azure-native:recoveryservices:ProtectedItem", (policyId) => ({ properties: { policyId } })],
  ["azure:backup/protectedVM:ProtectedVM", (backupPolicyId) => ({ backupPolicyId })],
  ["azure-backup:index:ProtectedItem", (policyId) => ({ vault: vaults.rsv, policyId })],
])("%s in a vault that allows a shorter retention", (type, args) => {
  let azure: Emulator;
  beforeAll(async () => {
    azure = await startEmulator({ trust: true });
    azure.createResourceGroup("rg-policies");
    azure.arm("PUT", vaults.rsv, { location: "westeurope", sku: { name: "Standard" }, properties: {} });
    for (const [name, count] of [["long", 30] as const, ["short", 7] as const]) {
      azure.arm("PUT", policyId(vaults.rsv, name), { properties: machinePolicy(count) });
    }
    azure.vault(vaults.rsv);
  });
  afterAll(() => azure.close());

  const unknown = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";
  const found = async (from: string, to: string) => {
    const [old, wanted] = [from, to].map((name) => args(name === unknown ? name : policyId(vaults.rsv, name)));
    const step = preview({ op: "update", type, name: "vm", id: itemId, old, new: wanted });
    return said(await review(step, { live: liveAzure(azure.env) }));
  };

  test.each([
    ["a shorter policy", "long", "short", ["warn rsv-item-policy-shorter"]],
    ["a longer policy", "short", "long", []],
    ["a policy that is known only at up", "long", unknown, ["warn rsv-item-policy-shorter"]],
    ["a policy that does not exist yet", "long", "new", ["warn rsv-item-policy-shorter"]],
    ["an enhanced policy", "long", "EnhancedPolicy", []],
    [
      "a standard policy again",
      "EnhancedPolicy",
      "long",
      ["refuse rsv-item-policy-downgraded", "warn rsv-backup-less-frequent"],
    ],
    [
      "a policy of which it is not known whether it is a standard one",
      "EnhancedPolicy",
      "new",
      ["undecided rsv-item-policy-downgraded", "warn rsv-item-policy-shorter"],
    ],
  ])("is given %s", async (_, from, to, verdicts) => {
    expect(await found(from, to)).toEqual(verdicts);
  });
});

test.each([
  ["ProtectionStopped", ["warn rsv-protected-item-stopped"]],
  ["BackupsSuspended", ["warn rsv-protected-item-stopped"]],
  ["Protected", []],
])("an item whose state becomes %s: found is %j", async (state, verdicts) => {
  const of = (protection_state: string) => ({
    id: itemId,
    backup_policy_id: policyId(vaults.rsv, "long"),
    protection_state,
  });
  const type = "azurerm_backup_protected_vm";
  const plan = terraformPlan([{ type, actions: ["update"], before: of("IRPending"), after: of(state) }]);
  const report = await review(plan);
  expect(said(report)).toEqual(verdicts);
  expect(JSON.stringify(report)).not.toMatch(/onDelete|adopt/);
});

test.each([
  ["ProtectionStopped", "Protected", ["warn rsv-protected-item-resumed"]],
  ["ProtectionStopped", undefined, []],
  ["BackupsSuspended", "Protected", []],
])("an item whose state goes from %s to %s: found is %j", async (from, to, verdicts) => {
  const of = (protection_state: string | undefined) => ({ id: itemId, ...(protection_state && { protection_state }) });
  const type = "azurerm_backup_protected_vm";
  const report = await review(terraformPlan([{ type, actions: ["update"], before: of(from), after: of(to) }]));
  expect(said(report)).toEqual(verdicts);
  expect(JSON.stringify(report)).not.toMatch(/`protection`|adopt/);
});

test.each([null, ""])(
  "a file share without a policy (%j), whose backup is stopped, is resumed by one",
  async (none) => {
    const item = { id: itemId, source_file_share_name: "documents" };
    const type = "azurerm_backup_protected_file_share";
    const resumed = (before: unknown) =>
      terraformPlan([
        {
          ...{ type, actions: ["update"], before: { ...item, backup_policy_id: before } },
          after: { ...item, backup_policy_id: policyId(vaults.rsv, "long") },
        },
      ]);
    expect(said(await review(resumed(none)))).toEqual(["warn rsv-protected-item-resumed"]);
  },
);

test.each([null, ""])("a policy without a retention in the vault (%j) keeps no backups there", async (none) => {
  const type = "azurerm_data_protection_backup_policy_blob_storage";
  const of = (vault_default_retention_duration: unknown) => ({
    ...{ operational_default_retention_duration: "P30D", vault_default_retention_duration },
  });
  const move = (to: unknown) => {
    const given = (name: string) => ({ id: instanceId, backup_policy_id: policyId(vaults.backup, name) });
    const instance = "azurerm_data_protection_backup_instance_blob_storage";
    return terraformPlan([
      ...[shown(type, "both", of("P90D")), shown(type, "other", of(to))],
      { type: instance, actions: ["update"], before: given("both"), after: given("other") },
    ]);
  };
  expect(said(await review(move(none)))).toEqual(["warn policy-retention-shorter"]);
  expect(said(await review(move("P90D")))).toEqual([]);
});

test.each<[before: string, after: string, reason: string | undefined]>([
  ["P1Y6M", "P30D", "P30D instead of P1Y6M"],
  ["P30D", "PT24H", "PT24H instead of P30D"],
  ["P1M", "P30D", undefined],
  ["P1Y", "P1Y6M", undefined],
  ["P30D", "a month", "does not understand a duration in a month instead of P30D"],
  ["a month", "P7D", "does not understand a duration in P7D instead of a month"],
  ["a month", "a month", undefined],
])("an instance whose backups are kept for %s, and then for %s", async (before, after, reason) => {
  const source = "postgresql_flexible_server";
  const of = (duration: string) => ({
    default_retention_rule: [{ life_cycle: [{ data_store_type: "VaultStore", duration }] }],
  });
  const given = (name: string) => ({ id: instanceId, backup_policy_id: policyId(vaults.backup, name) });
  const policies = `azurerm_data_protection_backup_policy_${source}`;
  const type = `azurerm_data_protection_backup_instance_${source}`;
  const plan = terraformPlan([
    ...[shown(policies, "was", of(before)), shown(policies, "is", of(after))],
    { type, actions: ["update"], before: given("was"), after: given("is") },
  ]);
  const report = await review(plan);
  expect(said(report)).toEqual(reason === undefined ? [] : ["warn policy-retention-shorter"]);
  if (reason !== undefined) expect(JSON.stringify(report)).toContain(reason);
});

test("one that the program stops to manage, and so gives no policy, is not given another one", async () => {
  const before = { id: itemId, backup_policy_id: policyId(vaults.rsv, "long") };
  const plan = terraformPlan([{ type: "azurerm_backup_protected_vm", actions: ["forget"], before }]);
  expect(said(await review(plan))).toEqual([]);
});

describe("without a policy", () => {
  const named = { backup_policy_id: policyId(vaults.rsv, "long") };
  const update = (type: string, id: string, before: object, after: object) =>
    terraformPlan([{ type, actions: ["update"], before: { id, ...before }, after: { id, ...after } }]);

  test.each([null, ""])(
    "an item that is given %j as its policy is undecided, and says what stops its backup",
    async (none) => {
      const report = await review(update("azurerm_backup_protected_vm", itemId, named, { backup_policy_id: none }));
      expect(said(report)).toEqual(["undecided rsv-protected-item-stopped"]);
      const [verdict] = report.resources.flatMap(({ verdicts }) => verdicts);
      expect(verdict?.reason).toMatch(/^The item would have no backup policy\./);
      expect(verdict?.remediation).toContain("ProtectionStopped");
    },
  );

  test("an instance is undecided as well", async () => {
    const before = { policyInfo: { policyId: policyId(vaults.backup, "long") } };
    const type = "azure-native:dataprotection:BackupInstance";
    const step = { op: "update", type, name: "disk", id: instanceId, old: { properties: before } };
    expect(said(await review(preview({ ...step, new: { properties: {} } })))).toEqual([
      "undecided backup-instance-stopped",
    ]);
  });

  test("one whose backup is stopped needs none, and what sets a part of it leaves it", async () => {
    const stopped = { protection_state: "ProtectionStopped" };
    const type = "azurerm_backup_protected_vm";
    const left = update(type, itemId, { ...named, ...stopped }, { backup_policy_id: null, ...stopped });
    expect(said(await review(left))).toEqual([]);
    const azapi = (body: object) => ({ resource_id: itemId, type: `${itemType}@2025-02-01`, body });
    const [before, after] = [azapi({ properties: { policyId: named.backup_policy_id } }), azapi({ properties: {} })];
    expect(said(await review(update("azapi_update_resource", itemId, before, after)))).toEqual([]);
  });

  test("a policy that it no longer names is used until the run deletes it", async () => {
    const item = { ...named, backup_policy_id: policyId(vaults.rsv, "gone") };
    const gone = { id: item.backup_policy_id, retention_daily: [{ count: 30 }] };
    const plan = terraformPlan([
      {
        type: "azurerm_backup_protected_vm",
        actions: ["update"],
        before: { id: itemId, ...item },
        after: { id: itemId, backup_policy_id: "" },
      },
      { type: "azurerm_backup_policy_vm", actions: ["delete"], before: gone },
    ]);
    expect(said(await review(plan))).toEqual([
      "undecided rsv-policy-in-use-deleted",
      "undecided rsv-protected-item-stopped",
    ]);
  });
});

test("what is said of another policy for blobs links to Microsoft's page on blobs, whoever manages them", async () => {
  const of = (name: string) => ({
    dataSourceInfo: { datasourceType: "Microsoft.Storage/storageAccounts/blobServices" },
    policyInfo: { policyId: policyId(vaults.backup, name) },
  });
  const step = { op: "update", type: "azure-native:dataprotection:BackupInstance", name: "blobs", id: instanceId };
  const native = preview({ ...step, old: { properties: of("a") }, new: { properties: of("b") } });
  const own = (name: string) => ({
    vault: vaults.backup,
    dataSource: "AzureBlob",
    policyId: policyId(vaults.backup, name),
  });
  const ours = preview({ ...step, type: "azure-backup:index:BackupInstance", old: own("a"), new: own("b") });
  for (const document of [native, ours]) {
    const [verdict] = (await review(document)).resources.flatMap(({ verdicts }) => verdicts);
    expect(verdict).toMatchObject({
      code: "policy-retention-shorter",
      source: expect.stringContaining("/blob-backup"),
    });
  }
});
