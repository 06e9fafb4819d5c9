import { review } from "../../review/index.js";
import { type ResourceChange, terraformPlan, whatIf } from "./planDocuments.js";
import { machinePolicy, preview, type StepOf, vaultId } from "./previews.js";
import { said } from "./said.js";

const id = `${vaultId()}/backupPolicies/daily`;
const armType = "Microsoft.DataProtection/backupVaults/backupPolicies";
const unknown = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

const recoveryId = id.replace("Microsoft.DataProtection/backupVaults", "Microsoft.RecoveryServices/vaults");
const blocks = (count: number) => ({ id: recoveryId, retention_daily: [{ count }] });
const changed = () => ({ actions: ["update"], before: blocks(30), after: blocks(7) });
const open = ["undecided rsv-policy-retention-shorter"];

type Said = { resources: { verdicts: { decision: string; code: string; reason: string }[] }[] };
const reasons = ({ resources }: Said) =>
  resources.flatMap(({ verdicts }) => verdicts.map(({ reason }) => reason)).join();

const store = { objectType: "DataStoreInfoBase", dataStoreType: "OperationalStore" };
const kept = (name: string, duration: string) => ({
  objectType: "AzureRetentionRule",
  name,
  isDefault: name === "Default",
  lifecycles: [{ sourceDataStore: store, deleteAfter: { objectType: "AbsoluteDeleteOption", duration } }],
});
const policy = (...policyRules: object[]) => ({
  objectType: "BackupPolicy",
  datasourceTypes: ["Microsoft.Compute/disks"],
  policyRules,
});

const inPulumi =
  (type: string, of: (properties: object) => Record<string, unknown>) => (before: object, after: object) =>
    preview({ op: "update", type, name: "daily", id, old: of(before), new: of(after) });
const azapi = (properties: object) => ({ id, type: `${armType}@2025-07-01`, body: { properties } });
const inAzapi = (before: object, after: object) =>
  terraformPlan([{ type: "azapi_resource", actions: ["update"], before: azapi(before), after: azapi(after) }]);
const inBicep = (before: object, after: object) => {
  const resource = (properties: object) => ({ id, name: "daily", type: armType, properties });
  return whatIf({ resourceId: id, changeType: "Modify", before: resource(before), after: resource(after) });
};
const native = inPulumi("azure-native:dataprotection:BackupPolicy", (properties) => ({ properties }));

/** The same update in the form of every tool that updates a policy in place. */
const tools: [string, (before: object, after: object) => string][] = [
  ["azure-native", native],
  ["azapi as a Pulumi package", inPulumi("azapi:index/resource:Resource", azapi)],
  ["azapi in Terraform", inAzapi],
  ["Bicep", inBicep],
];

describe.each(tools)("%s", (_, update) => {
  test("another retention of a policy that exists is refused", async () => {
    const report = await review(update(policy(kept("Default", "P30D")), policy(kept("Default", "P60D"))));
    expect(said(report)).toEqual(["refuse policy-changed"]);
  });

  test("another data source is refused", async () => {
    const before = policy(kept("Default", "P30D"));
    const other = { ...before, datasourceTypes: ["Microsoft.Storage/storageAccounts/blobServices"] };
    expect(said(await review(update(before, other)))).toEqual(["refuse policy-changed"]);
  });

  test("the same rules in another order and with other empty members are the same policy", async () => {
    const [one, two] = [kept("Default", "P30D"), kept("Weekly", "P12W")];
    const again = { ...one, lifecycles: one.lifecycles.map((each) => ({ ...each, targetDataStoreCopySettings: [] })) };
    expect(said(await review(update(policy(one, two), policy(two, again))))).toEqual([]);
  });

  test("rules with a member that this version does not know are compared as they are", async () => {
    const odd = { ...kept("Default", "P30D"), legalHold: true };
    expect(said(await review(update(policy(odd), policy(odd))))).toEqual([]);
    const changed = await review(update(policy(odd), policy({ ...odd, legalHold: false })));
    expect(said(changed)).toEqual(["refuse policy-changed"]);
  });
});

test("a policy of the classic provider is not changed either", async () => {
  const disk = (defaultRetentionDuration: string) => ({ name: "daily", defaultRetentionDuration });
  const type = "azure:dataprotection/backupPolicyDisk:BackupPolicyDisk";
  const update = (to: string) => preview({ op: "update", type, name: "daily", id, old: disk("P30D"), new: disk(to) });
  expect(said(await review(update("P7D")))).toEqual(["refuse policy-changed"]);
  expect(said(await review(update("P30D")))).toEqual([]);
  expect(said(await review(update(unknown)))).toEqual(["undecided policy-changed"]);
});

test("rules that are only known at up are undecided", async () => {
  const report = await review(native(policy(kept("Default", "P30D")), policy(kept("Default", unknown))));
  expect(said(report)).toEqual(["undecided policy-changed"]);
});

test("what an update of a policy that is not understood keeps of backups is undecided", async () => {
  const update: StepOf = {
    op: "update",
    type: "azure-native:recoveryservices:ProtectionPolicy",
    name: "daily",
    id: id.replace("Microsoft.DataProtection/backupVaults", "Microsoft.RecoveryServices/vaults"),
    old: { properties: { instantRpRetentionRangeInDays: 2 } },
    new: { properties: { instantRpRetentionRangeInDays: 1 } },
  };
  expect(said(await review(preview(update)))).toEqual(["undecided rsv-policy-retention-shorter"]);
  expect(said(await review(preview({ ...update, new: { ...update.old, tags: { of: "it" } } })))).toEqual([]);
});

describe("a replacement that keeps backups for less time is announced", () => {
  const replaced = (type: string, before: object, after: object) =>
    preview({ op: "replace", type, name: "daily", id, old: { ...before }, new: { ...after }, replaceReasons: ["x"] });
  const ours = (keep: string) => ({
    vault: vaultId(),
    policyName: "daily",
    policyId: id,
    dataSource: "AzureDisk",
    schedule: { every: "P1D", at: "02:00" },
    retention: [{ keep }, { keep: "P12W", of: "FirstOfWeek" }],
  });
  const disk = (keep: string) => ({
    defaultRetentionDuration: keep,
    retentionRules: [{ name: "Weekly", duration: "P12W" }],
  });
  const cluster = (duration: string) => ({
    defaultRetentionRule: { lifeCycles: [{ dataStoreType: "OperationalStore", duration }] },
  });

  test.each<[string, (keep: string) => object]>([
    ["pulumi-nodejs:dynamic/azure-backup:BackupPolicy", ours],
    ["azure-backup:index:BackupPolicy", ours],
    ["azure-native:dataprotection:BackupPolicy", (keep) => ({ properties: policy(kept("Default", keep)) })],
    ["azure:dataprotection/backupPolicyDisk:BackupPolicyDisk", disk],
    ["azure:dataprotection/backupPolicyKubernetesCluster:BackupPolicyKubernetesCluster", cluster],
  ])("%s", async (type, of) => {
    const shorter = await review(replaced(type, of("P30D"), of("P7D")));
    expect(said(shorter)).toEqual(["undecided policy-in-use-deleted", "warn policy-retention-shorter"]);
    expect(reasons(shorter)).toContain("P7D instead of P30D (Default, OperationalStore)");
    expect(said(await review(replaced(type, of("P7D"), of("P30D"))))).toEqual(["undecided policy-in-use-deleted"]);
  });

  test.each<[string, (keep: unknown) => object]>([
    ["azure-backup:index:BackupPolicy", ours as (keep: unknown) => object],
    ["azure-native:dataprotection:BackupPolicy", (keep) => ({ properties: policy(kept("Default", keep as string)) })],
    ["azure:dataprotection/backupPolicyDisk:BackupPolicyDisk", disk as (keep: unknown) => object],
  ])("of %s also where what it keeps is only known at up", async (type, of) => {
    const report = await review(replaced(type, of("P30D"), of(unknown)));
    expect(said(report)).toEqual(["undecided policy-in-use-deleted", "warn policy-retention-shorter"]);
    expect(reasons(report)).toContain("was not checked");
    expect(reasons(report)).not.toContain("not at all");
  });

  test("azurerm in Terraform", async () => {
    const values = (keep: string) => ({
      id,
      default_retention_rule: [{ life_cycle: [{ data_store_type: "VaultStore", duration: keep }] }],
      retention_rule: [],
    });
    const type = "azurerm_data_protection_backup_policy_postgresql_flexible_server";
    const change = { type, actions: ["delete", "create"], before: values("P10Y"), after: values("P3M") };
    expect(reasons(await review(terraformPlan([change])))).toContain("P3M instead of P10Y (Default, VaultStore)");
  });
});

describe("a policy of a Recovery Services vault that is changed in place", () => {
  const type = "Microsoft.RecoveryServices/vaults/backupPolicies";
  const ours = (days: number) => ({
    vault: recoveryId.split("/").slice(0, -2).join("/"),
    policyName: "daily",
    policyId: recoveryId,
    dataSource: "VM",
    schedule: { every: "P1D", at: "02:00" },
    retention: [{ keep: `P${days}D` }],
  });
  const update = (of: string, before: object, after: object) =>
    preview({ op: "update", type: of, name: "daily", id: recoveryId, old: { ...before }, new: { ...after } });
  const inTerraform = (of: string, before: object, after: object) =>
    terraformPlan([
      { type: of, actions: ["update"], before: { id: recoveryId, ...before }, after: { id: recoveryId, ...after } },
    ]);
  const tools: [string, (days: number) => string][] = [
    [
      "azure-native",
      (days) =>
        update(
          "azure-native:recoveryservices:ProtectionPolicy",
          { properties: machinePolicy(30) },
          { properties: machinePolicy(days) },
        ),
    ],
    ["this package", (days) => update("azure-backup:index:RecoveryServicesBackupPolicy", ours(30), ours(days))],
    [
      "the classic provider",
      (days) =>
        update(
          "azure:backup/policyVM:PolicyVM",
          { retentionDaily: { count: 30 } },
          { retentionDaily: { count: days } },
        ),
    ],
    [
      "azurerm",
      (days) =>
        inTerraform(
          "azurerm_backup_policy_vm",
          { retention_daily: [{ count: 30 }] },
          { retention_daily: [{ count: days }] },
        ),
    ],
    [
      "Bicep",
      (days) => {
        const resource = (count: number) => ({ id: recoveryId, name: "daily", type, properties: machinePolicy(count) });
        return whatIf({ resourceId: recoveryId, changeType: "Modify", before: resource(30), after: resource(days) });
      },
    ],
  ];

  test.each(tools)(
    "by %s is undecided where it keeps backups for less time in a vault that is not known",
    async (_, to) => {
      const shorter = await review(to(7));
      expect(said(shorter)).toEqual(["undecided rsv-policy-retention-shorter"]);
      expect(reasons(shorter)).toContain("P7D instead of P30D (daily, VaultStore)");
      expect(said(await review(to(60)))).toEqual([]);
    },
  );

  test("to what is only known at up is undecided", async () => {
    const open = update(
      "azure-native:recoveryservices:ProtectionPolicy",
      { properties: machinePolicy(30) },
      { properties: machinePolicy(unknown) },
    );
    expect(said(await review(open))).toEqual(["undecided rsv-policy-retention-shorter"]);
  });

  const classic = (of: string, before: object, after: object, outputs = {}) =>
    preview({
      op: "update",
      type: `azure:backup/${of}`,
      name: "daily",
      id: recoveryId,
      old: { ...before },
      outputs,
      new: { ...after },
    });

  test.each([
    ["policyVM:PolicyVM", (count: unknown) => ({ retentionDaily: { count } })],
    ["policyFileShare:PolicyFileShare", (count: unknown) => ({ retentionWeekly: { count, weekdays: ["Sunday"] } })],
    [
      "policyVMWorkload:PolicyVMWorkload",
      (count: unknown) => ({ protectionPolicies: [{ policyType: "Log", simpleRetention: { count } }] }),
    ],
  ])("to what %s only knows at up is undecided", async (of, keeping) => {
    const report = await review(classic(of, keeping(30), keeping(unknown)));
    expect(said(report)).toEqual(["undecided rsv-policy-retention-shorter"]);
    expect(reasons(report)).not.toContain("not at all");
  });

  test("keeps its snapshots where the program leaves that to the provider", async () => {
    const backup = (time: string) => ({ retentionDaily: { count: 30 }, backup: { frequency: "Daily", time } });
    const computed = { instantRestoreRetentionDays: 5 };
    expect(said(await review(classic("policyVM:PolicyVM", backup("02:00"), backup("03:00"), computed)))).toEqual([]);
  });

  test("of databases is read by the type of backup", async () => {
    const databases = (count: number) => ({
      protection_policy: [
        { policy_type: "Full", retention_weekly: [{ count: 12, weekdays: ["Sunday"] }] },
        { policy_type: "Log", simple_retention: [{ count }] },
      ],
    });
    const report = await review(inTerraform("azurerm_backup_policy_vm_workload", databases(15), databases(8)));
    expect(reasons(report)).toContain("P8D instead of P15D (Log, VaultStore)");
  });

  test("of snapshots of file shares needs no vault that is known", async () => {
    const shares = (count: number) => ({ backup_tier: "snapshot", retention_daily: [{ count }] });
    const report = await review(inTerraform("azurerm_backup_policy_file_share", shares(30), shares(7)));
    expect(said(report)).toEqual(["warn rsv-policy-retention-shorter"]);
    const vaulted = { ...shares(30), backup_tier: "vault-standard" };
    const moved = await review(inTerraform("azurerm_backup_policy_file_share", shares(30), vaulted));
    expect(said(moved)).toEqual(["warn rsv-policy-vaulted"]);
  });

  const hourly = { frequency: "Hourly", hourly: [{ interval: 4, start_time: "08:00", window_duration: 12 }] };
  const vaultedShares = (days: number, backup: object) =>
    inTerraform(
      "azurerm_backup_policy_file_share",
      { backup_tier: "snapshot", retention_daily: [{ count: 30 }], backup: [hourly] },
      {
        backup_tier: "vault-standard",
        retention_daily: [{ count: days }],
        backup: [backup],
        snapshot_retention_in_days: 5,
      },
    );
  const lessOften = "warn rsv-backup-less-frequent";
  test.each<[what: string, plan: string, verdicts: string[]]>([
    ["as often and for as long", vaultedShares(30, hourly), []],
    ["less often", vaultedShares(30, { frequency: "Daily", time: "23:00" }), [lessOften]],
    ["for less time", vaultedShares(7, hourly), ["warn rsv-policy-retention-shorter"]],
    [
      "less often and for less time",
      vaultedShares(7, { frequency: "Daily", time: "23:00" }),
      ["warn rsv-policy-retention-shorter", lessOften],
    ],
  ])("of file shares whose snapshots become backups in the vault, %s", async (_, plan, verdicts) => {
    const report = await review(plan);
    expect(said(report)).toEqual(["warn rsv-policy-vaulted", ...verdicts]);
    expect(reasons(report)).not.toContain("deletes those that are older");
    if (verdicts.includes("warn rsv-policy-retention-shorter"))
      expect(reasons(report)).toMatch(
        /New backups .* P7D instead of P30D \(daily, VaultStore\)\. Snapshots that exist keep/,
      );
  });

  test.each<[what: string, change: Omit<ResourceChange, "type">, verdicts: string[]]>([
    ["forgotten", { actions: ["forget"], before: blocks(30) }, []],
    ["left in place of a new one", { actions: ["create", "forget"], before: blocks(30), after: blocks(7) }, []],
    [
      "changed to a number that is not known",
      { ...changed(), after_unknown: { retention_daily: [{ count: true }] } },
      open,
    ],
    ["changed to a block that is not known", { ...changed(), after_unknown: { retention_daily: true } }, open],
    ["changed to a sensitive number", { ...changed(), after_sensitive: { retention_daily: [{ count: true }] } }, open],
    ["left without yearly backups", { ...changed(), before: { ...blocks(7), retention_yearly: [{ count: 5 }] } }, open],
  ])("a policy that azurerm has %s", async (_, change, verdicts) => {
    expect(said(await review(terraformPlan([{ type: "azurerm_backup_policy_vm", ...change }])))).toEqual(verdicts);
  });

  test("of file shares in the vault has snapshots beside it", async () => {
    const shares = (days: number) => ({
      backup_tier: "vault-standard",
      retention_daily: [{ count: 30 }],
      snapshot_retention_in_days: days,
    });
    const report = await review(inTerraform("azurerm_backup_policy_file_share", shares(10), shares(3)));
    expect(reasons(report)).toContain("P3D instead of P10D (snapshots, OperationalStore)");
  });
});

test.each([
  ["postgresql", { default_retention_duration: "P7D" }, "P7D instead of P30D (Default, VaultStore)"],
  ["disk", { default_retention_duration: "P7D" }, "P7D instead of P30D (Default, OperationalStore)"],
  ["disk", { default_retention_duration: null }, "What it would become is only known during `terraform apply`."],
])(
  "a policy of azurerm for %s that is replaced by %j keeps new backups for less time",
  async (source, after, reason) => {
    const before = { id, default_retention_duration: "P30D" };
    const isOpen = after.default_retention_duration === null;
    const plan = terraformPlan([
      {
        type: `azurerm_data_protection_backup_policy_${source}`,
        actions: ["delete", "create"],
        before,
        after: { ...before, ...after },
        after_unknown: { default_retention_duration: isOpen },
      },
    ]);
    expect(reasons(await review(plan))).toContain(reason);
  },
);
