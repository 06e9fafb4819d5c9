import { exitCode } from "../../cli/review.js";
import { review } from "../../review/index.js";
import { type ResourceChange, terraformPlan } from "./planDocuments.js";
import { preview, subscription, vaultId } from "./previews.js";
import { said } from "./said.js";

// Something sets a part of a vault that another resource manages, or nothing, and Azure cannot be read. What is not read is
// not unset: it may be what a change cannot take back.

const group = `/subscriptions/${subscription}/resourceGroups/backups`;
const recoveryId = `${group}/providers/Microsoft.RecoveryServices/vaults/rsv`;
type Values = Record<string, unknown>;

const security = (settings: Values) => ({ properties: { securitySettings: settings } });
const immutability = (state: string) => security({ immutabilitySettings: { state } });
const softDelete = (state: string, retentionDurationInDays?: number) =>
  security({ softDeleteSettings: { state, retentionDurationInDays } });
const feature = (name: string, state: string) => ({
  properties: { featureSettings: { [`${name}Settings`]: { state } } },
});

interface Setting {
  id?: string;
  before?: Values;
  after?: Values;
  /** What a resource of the vault's own shows of it. */
  vault?: Values;
  action?: "create" | "update" | "nothing";
}

const armType = (id: string) =>
  `${id === recoveryId ? "Microsoft.RecoveryServices/vaults" : "Microsoft.DataProtection/backupVaults"}@2025-07-01`;

function inPulumi({ id = vaultId(), before, after, vault, action = "update" }: Setting): string {
  const part = (body: Values) => ({ type: armType(id), resourceId: id, body });
  const op = action === "nothing" ? "same" : before ? "update" : "create";
  const type = "azure-native:dataprotection:BackupVault";
  return preview(...(vault ? [{ op: "same", type, name: "vault", id, old: vault, new: vault }] : []), {
    ...{ op, type: "azapi:index/updateResource:UpdateResource", name: "part", id: `${id}#part` },
    ...(before && { old: part(before) }),
    ...(after && { new: part(after) }),
  });
}

function inTerraform({ id = vaultId(), before, after, vault, action = "update" }: Setting): string {
  const part = (body: Values) => ({ type: armType(id), resource_id: id, body });
  const type = "azapi_resource";
  const whole = vault && {
    id,
    type: armType(id),
    name: "payroll",
    parent_id: group,
    location: "westeurope",
    body: vault,
  };
  return terraformPlan([
    ...(whole ? [{ type, actions: ["no-op"], before: whole, after: whole }] : []),
    {
      type: "azapi_update_resource",
      actions: [action === "nothing" ? "no-op" : before ? "update" : "create"],
      ...(before && { before: { id, ...part(before) } }),
      ...(after && { after: part(after) }),
      // Of a new resource, these are always known after the apply.
      after_unknown: before ? {} : { id: true, output: true },
    },
  ]);
}

const tools = [
  ["Pulumi", inPulumi],
  ["Terraform", inTerraform],
] as const;

describe.each(tools)("in %s", (_, planned) => {
  const judged = async (setting: Setting) => said(await review(planned(setting)));

  test.each<[what: string, setting: Setting, code: string, property: string]>([
    ["immutability", { after: immutability("Disabled") }, "immutability-locked", "immutability"],
    ["immutability", { id: recoveryId, after: immutability("Disabled") }, "rsv-immutability-locked", "immutability"],
    [
      "immutability from a state that may be Locked by now",
      { before: immutability("Unlocked"), after: immutability("Disabled") },
      "immutability-locked",
      "immutability",
    ],
    [
      "immutability from a state that may be Locked by now",
      { id: recoveryId, before: immutability("Unlocked"), after: immutability("Disabled") },
      "rsv-immutability-locked",
      "immutability",
    ],
    ["soft delete", { after: softDelete("Off") }, "soft-delete-always-on", "softDelete.state"],
    ["soft delete", { after: softDelete("On", 14) }, "soft-delete-always-on", "softDelete.state"],
    [
      "cross-region restore",
      { after: feature("crossRegionRestore", "Disabled") },
      "crr-after-protection",
      "crossRegionRestore",
    ],
    [
      "cross-subscription restore",
      { after: feature("crossSubscriptionRestore", "Enabled") },
      "csr-permanently-disabled",
      "crossSubscriptionRestore",
    ],
    [
      "cross-subscription restore from a state that may be permanent by now",
      {
        before: feature("crossSubscriptionRestore", "Disabled"),
        after: feature("crossSubscriptionRestore", "Enabled"),
      },
      "csr-permanently-disabled",
      "crossSubscriptionRestore",
    ],
    ["encryption", { after: security({ encryptionSettings: { state: "Disabled" } }) }, "cmk-disabled", "encryption"],
  ])("an unread vault's %s may be what cannot be taken back", async (_, setting, code, property) => {
    const report = await review(planned(setting));
    expect(said(report)).toEqual([`undecided ${code}`]);
    const [verdict] = report.resources.flatMap(({ verdicts }) => verdicts);
    expect(verdict).toMatchObject({
      property,
      reason: `The vault's current \`${property}\` is not known.`,
      needs: ["vault"],
    });
    expect(exitCode(report, "undecided")).toBe(4);
  });

  test("what the program tells of the vault counts", async () => {
    const own = (settings: Values) => ({ vaultName: "payroll", resourceGroupName: "backups", ...settings });
    const geo = { storageSettings: [{ datastoreType: "VaultStore", type: "GeoRedundant" }] };
    const withRegion = { properties: { ...geo, ...feature("crossRegionRestore", "Enabled").properties } };
    const cases: [after: Values, vault: Values, verdicts: string[]][] = [
      [immutability("Disabled"), immutability("Locked"), ["refuse immutability-locked"]],
      [immutability("Disabled"), immutability("Unlocked"), ["undecided immutability-locked"]],
      [softDelete("Off"), softDelete("AlwaysOn"), ["refuse soft-delete-always-on"]],
      [feature("crossRegionRestore", "Disabled"), withRegion, ["refuse crr-after-protection"]],
      [
        security({ softDeleteSettings: { retentionDurationInDays: 14 } }),
        softDelete("AlwaysOn", 90),
        ["warn retention-shortened"],
      ],
      // It may have been set in the portal.
      [feature("crossSubscriptionRestore", "Enabled"), softDelete("On"), ["undecided csr-permanently-disabled"]],
    ];
    for (const [after, vault, verdicts] of cases) expect(await judged({ after, vault: own(vault) })).toEqual(verdicts);
  });

  test("what makes a vault stronger passes or is announced, and what it keeps is no finding", async () => {
    expect(await judged({ after: immutability("Locked") })).toEqual(["warn one-way-change"]);
    expect(await judged({ after: security({ softDeleteSettings: { retentionDurationInDays: 90 } }) })).toEqual([]);
    const alerts = {
      properties: { monitoringSettings: { azureMonitorAlertSettings: { alertsForAllJobFailures: "Enabled" } } },
    };
    expect(await judged({ after: alerts })).toEqual([]);
    expect(await judged({ before: immutability("Unlocked"), after: immutability("Unlocked") })).toEqual([]);
  });

  test("a backup's deletion is judged by what a resource of its own sets on the vault", async () => {
    const instance = `${vaultId()}/backupInstances/database`;
    const vault = { vaultName: "payroll", resourceGroupName: "backups", ...softDelete("On", 90) };
    const withDeletion = async (setting: Setting) => {
      const document = JSON.parse(planned({ ...setting, vault }));
      const pulumi = JSON.parse(
        preview({
          ...{ op: "delete", type: "azure-native:dataprotection:BackupInstance", name: "database", id: instance },
          old: { vaultName: "payroll", properties: {} },
        }),
      );
      const terraform = JSON.parse(
        terraformPlan([
          {
            type: "azurerm_data_protection_backup_instance_postgresql_flexible_server",
            actions: ["delete"],
            before: { id: instance, vault_id: vaultId() },
          },
        ]),
      );
      const both = document.steps
        ? { ...document, steps: [...document.steps, ...pulumi.steps] }
        : { ...document, resource_changes: [...document.resource_changes, ...terraform.resource_changes] };
      return said(await review(JSON.stringify(both))).filter((each) => each.endsWith("backup-instance-deleted"));
    };
    const existing = (body: Values): Setting => ({ action: "nothing", before: body, after: body });
    expect(await withDeletion({ after: softDelete("Off") })).toEqual(["refuse backup-instance-deleted"]);
    expect(await withDeletion(existing(softDelete("Off")))).toEqual(["refuse backup-instance-deleted"]);
    expect(await withDeletion(existing(immutability("Locked")))).toEqual(["refuse backup-instance-deleted"]);
    expect(await withDeletion(existing(immutability("Disabled")))).toEqual(["warn backup-instance-deleted"]);
  });
});

describe("a setting whose value is known only later waits", () => {
  const vault = {
    ...{ name: "payroll", resource_group_name: "backups", location: "westeurope", datastore_type: "VaultStore" },
    ...{ redundancy: "GeoRedundant", identity: [{ type: "SystemAssigned" }] },
  };
  const cmk = (known: Values): ResourceChange => ({
    type: "azurerm_data_protection_backup_vault_customer_managed_key",
    actions: ["create"],
    after: known,
    after_unknown: {
      id: true,
      data_protection_backup_vault_id: !("data_protection_backup_vault_id" in known),
      key_vault_key_id: true,
    },
  });

  test("for a vault that the same run creates", async () => {
    const created = {
      type: "azurerm_data_protection_backup_vault",
      actions: ["create"],
      after: vault,
      after_unknown: { id: true },
    };
    for (const known of [{}, { data_protection_backup_vault_id: vaultId() }]) {
      const report = await review(terraformPlan([created, cmk(known)]));
      expect(report.decision).toBe("undecided");
      expect(exitCode(report, "undecided")).toBe(0);
    }
  });

  test("but not for one that exists", async () => {
    const existing = { id: vaultId(), ...vault };
    const type = "azurerm_data_protection_backup_vault";
    const shown = { type, actions: ["no-op"], before: existing, after: existing };
    for (const changes of [[shown], []]) {
      const report = await review(terraformPlan([...changes, cmk({ data_protection_backup_vault_id: vaultId() })]));
      expect(exitCode(report, "undecided")).toBe(4);
    }
    expect(exitCode(await review(terraformPlan([shown, cmk({})])), "undecided")).toBe(4);
  });
});

test("a change of the vault's own counts more than what another resource has set before", async () => {
  const type = "azure-native:dataprotection:BackupVault";
  const own = (settings: Values) => ({ vaultName: "payroll", resourceGroupName: "backups", ...settings });
  const part = { type: armType(vaultId()), resourceId: vaultId(), body: immutability("Unlocked") };
  const report = await review(
    preview(
      { op: "same", type: "azapi:index/updateResource:UpdateResource", name: "part", id: "p", old: part, new: part },
      { op: "update", type, name: "vault", old: own(immutability("Disabled")), new: own(immutability("Locked")) },
    ),
  );
  expect(said(report)).toEqual(["warn one-way-change"]);
});
