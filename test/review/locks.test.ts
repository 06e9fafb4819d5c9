import { type Report, review } from "../../review/index.js";
import { type ResourceChange, terraformPlan } from "./planDocuments.js";
import { preview, type StepOf } from "./previews.js";
import { said } from "./said.js";

// A lock protects what is in its scope as long as one is there: what becomes of it is seen with the other locks of the run.

const group = "/subscriptions/00000000-0000-0000-0000-000000000001/resourceGroups/rg";
const vaultId = `${group}/providers/Microsoft.DataProtection/backupVaults/payroll`;
const vault: ResourceChange = {
  ...{ type: "azurerm_data_protection_backup_vault", actions: ["no-op"] },
  before: { id: vaultId, name: "payroll", resource_group_name: "rg", redundancy: "GeoRedundant" },
  after: { id: vaultId, name: "payroll", resource_group_name: "rg", redundancy: "GeoRedundant" },
};
const lock = (scope = group, name = "keep", lock_level = "CanNotDelete") => ({
  ...{ scope, name, lock_level },
  id: `${scope}/providers/Microsoft.Authorization/locks/${name}`,
});
type Lock = ReturnType<typeof lock>;
const withoutId = ({ id: _, ...given }: Lock) => given;
const change = (actions: string[], before: Lock | undefined, after: Lock | undefined): ResourceChange => ({
  ...{ type: "azurerm_management_lock", name: `lock-${actions.join("-")}`, actions },
  ...(before && { before }),
  ...(after && { after: actions.includes("create") ? withoutId(after) : after }),
});
const [cbd, replaced] = [
  ["create", "delete"],
  ["delete", "create"],
];

const reasonsOf = ({ resources }: Report) => resources.flatMap(({ verdicts }) => verdicts.map(({ reason }) => reason));
const reviewed = async (...changes: ResourceChange[]) => reasonsOf(await review(terraformPlan([vault, ...changes])));

const without = ['Without it, Backup vault "payroll" can be deleted.'];
const until = ['Until another lock of this run exists, Backup vault "payroll" can be deleted.'];

test.each<[what: string, reasons: string[], changes: ResourceChange[]]>([
  ["deleted", without, [change(["delete"], lock(), undefined)]],
  ["replaced after its successor is there", [], [change(cbd as string[], lock(), lock(group, "other"))]],
  ["replaced by one on the vault, which is there first", [], [change(cbd as string[], lock(), lock(vaultId))]],
  ["replaced by one elsewhere", without, [change(cbd as string[], lock(), lock(`${group}2`))]],
  [
    "replaced by one that prevents nothing",
    without,
    [change(cbd as string[], lock(), lock(group, "a", "NotSpecified"))],
  ],
  ["replaced by one of the same name, which its deletion deletes", without, [change(cbd as string[], lock(), lock())]],
  ["deleted before its successor is there", until, [change(replaced as string[], lock(), lock())]],
  ["given another level", [], [change(["update"], lock(), lock(group, "keep", "ReadOnly"))]],
  ["given a level that allows changes", [], [change(["update"], lock(group, "keep", "ReadOnly"), lock())]],
  ["given a level that prevents nothing", without, [change(["update"], lock(), lock(group, "keep", "NotSpecified"))]],
  [
    "deleted, and another one stays",
    [],
    [change(["delete"], lock(vaultId), undefined), change(["no-op"], lock(), lock())],
  ],
  [
    "deleted, and an import has it as another resource",
    without,
    [change(["delete"], lock(), undefined), change(["no-op"], lock(), lock())],
  ],
  [
    "deleted, and updated as another resource",
    without,
    [change(["delete"], lock(), undefined), change(["update"], lock(), lock(group, "keep", "ReadOnly"))],
  ],
  [
    "deleted, and one of the same name is created then",
    until,
    [change(["delete"], lock(), undefined), change(["create"], undefined, lock())],
  ],
  [
    "deleted, and one elsewhere stays",
    without,
    [change(["delete"], lock(vaultId), undefined), change(["no-op"], lock(`${group}2`), lock(`${group}2`))],
  ],
  [
    "deleted, and another one is created, perhaps later",
    until,
    [change(["delete"], lock(vaultId), undefined), change(["create"], undefined, lock())],
  ],
])("a lock that is %s: found is %j", async (_, reasons, changes) => {
  expect(await reviewed(...changes)).toEqual(reasons);
});

test("a lock that Pulumi deletes is one that others of the run replace before", async () => {
  const type = "azure-native:authorization:ManagementLockAtResourceGroupLevel";
  const native = (op: string, name: string, more: Partial<StepOf> = {}): StepOf =>
    ({ op, type, name, ...more }) as StepOf;
  const inputs = { level: "CanNotDelete", resourceGroupName: "rg" };
  const gone = native("delete", "old", { id: lock().id, old: inputs });
  const scope = { level: "CanNotDelete", scope: group };
  const made: StepOf = {
    op: "create",
    type: "azure-native:authorization:ManagementLockByScope",
    name: "new",
    new: scope,
  };
  const stays: StepOf = {
    ...{ op: "same", type: "azure-native:dataprotection:BackupVault", name: "payroll", id: vaultId },
    ...{ old: { vaultName: "payroll" }, new: { vaultName: "payroll" } },
  };
  expect(reasonsOf(await review(preview(stays, gone)))).toEqual(without);
  expect(reasonsOf(await review(preview(stays, gone, made)))).toEqual([]);
  const named = (step: StepOf, values: object): StepOf => ({
    ...step,
    ...(step.old && { old: { ...step.old, ...values } }),
    ...(step.new && { new: { ...step.new, ...values } }),
  });
  const keep = { lockName: "keep" };
  // Pulumi creates first, and the deletion then deletes what it has created.
  expect(reasonsOf(await review(preview(stays, named(gone, { ...keep, scope: group }), named(made, keep))))).toEqual(
    without,
  );
});

describe("a new lock", () => {
  const backupGroup = `${group.replace(/rg$/, "")}AzureBackupRG_westeurope_1`;
  const policy: ResourceChange = {
    ...{ type: "azurerm_backup_policy_vm", actions: ["no-op"] },
    before: { id: "x", instant_restore_resource_group: [{ prefix: "rg-points-", suffix: "" }] },
    after: { id: "x", instant_restore_resource_group: [{ prefix: "rg-points-", suffix: "" }] },
  };
  const found = async (...changes: ResourceChange[]) => said(await review(terraformPlan([policy, ...changes])));
  const warned = ["warn restore-point-group-locked"];

  test.each<[what: string, verdicts: string[], change: ResourceChange]>([
    ["on a group of Azure Backup", warned, change(["create"], undefined, lock(backupGroup))],
    [
      "on a group that a policy names",
      warned,
      change(["create"], undefined, lock(group.replace(/rg$/, "rg-points-1"))),
    ],
    ["that moves to such a group", warned, change(cbd as string[], lock(`${vaultId}x`), lock(backupGroup))],
    ["on another group", [], change(["create"], undefined, lock())],
    ["on what is in such a group", [], change(["create"], undefined, lock(`${backupGroup}/providers/a.b/c/d`))],
    ["that prevents nothing", [], change(["create"], undefined, lock(backupGroup, "a", "NotSpecified"))],
    ["that was there", [], change(replaced as string[], lock(backupGroup), lock(backupGroup, "other"))],
  ])("%s: found is %j", async (_, verdicts, each) => {
    const all = await found(each);
    expect(all.filter((code) => code !== "warn lock-removed")).toEqual(verdicts);
  });

  test("of azure-native names its group only", async () => {
    const type = "azure-native:authorization:ManagementLockAtResourceGroupLevel";
    const inputs = { level: "ReadOnly", resourceGroupName: "AzureBackupRG_westeurope_1" };
    const report = await review(preview({ op: "create", type, name: "new", new: inputs }));
    expect(report).toMatchObject({ decision: "warn" });
  });
});
