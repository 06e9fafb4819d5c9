import { type Emulator, startEmulator } from "../../../emulator/index.js";
import type { Report } from "../../../review/index.js";
import { newStack, type Stack } from "../../support/stack.js";

let azure: Emulator;
let stack: Stack;

const vaultId = () =>
  `/subscriptions/${azure.env.ARM_SUBSCRIPTION_ID}/resourceGroups/rg-payroll/providers/Microsoft.DataProtection/backupVaults/bv-payroll`;
const policyId = (name: string) => `${vaultId()}/backupPolicies/${name}`;

/** What the policy of the program is, but for what a test changes of it. */
const daily = {
  policyName: "disks-daily",
  dataSource: "AzureDisk",
  schedule: { every: "P1D", at: "02:00", timeZone: "W. Europe Standard Time" },
  retention: [{ keep: "P30D" }, { keep: "P12W", of: "FirstOfWeek" }],
};

function program(policies: Record<string, object> = { daily }, more = ""): Stack {
  return stack.program(`
    const { BackupVault, BackupPolicy } = require("pulumi-azure-backup");
    const vault = new BackupVault("payroll", {
      vaultName: "bv-payroll", resourceGroupName: "rg-payroll", location: "westeurope", redundancy: "GeoRedundant",
    });
    for (const [name, args] of Object.entries(${JSON.stringify(policies)}))
      exports[name] = new BackupPolicy(name, { vault, ...args }).policyId;
    ${more}`);
}

const live = (name: string) => azure.arm("GET", policyId(name)) as { status: number; body: { properties: object } };

/** A disk that is backed up by a policy, outside the program. */
function protect(instance: string, policy: string): void {
  const id = `${vaultId()}/backupInstances/${instance}`;
  azure.arm("PUT", id, {
    properties: {
      objectType: "BackupInstance",
      friendlyName: instance,
      dataSourceInfo: {
        objectType: "Datasource",
        datasourceType: "Microsoft.Compute/disks",
        resourceID: `/x/${instance}`,
      },
      policyInfo: { policyId: policyId(policy) },
    },
  });
}

beforeAll(async () => {
  azure = await startEmulator();
  azure.createResourceGroup("rg-payroll");
  stack = await newStack(azure.env);
  const { code, output } = await program().up();
  if (code !== 0) throw new Error(output);
});

afterAll(async () => {
  stack.remove();
  await azure.close();
});

test("a policy is created in the vault of the same program, in Azure's own form", () => {
  expect(live("disks-daily").body.properties).toEqual({
    objectType: "BackupPolicy",
    datasourceTypes: ["Microsoft.Compute/disks"],
    policyRules: [
      {
        objectType: "AzureBackupRule",
        name: "BackupDaily",
        backupParameters: { objectType: "AzureBackupParams", backupType: "Incremental" },
        dataStore: { objectType: "DataStoreInfoBase", dataStoreType: "OperationalStore" },
        trigger: {
          objectType: "ScheduleBasedTriggerContext",
          schedule: {
            repeatingTimeIntervals: ["R/2024-01-07T02:00:00+01:00/P1D"],
            timeZone: "W. Europe Standard Time",
          },
          taggingCriteria: [
            { isDefault: true, taggingPriority: 99, tagInfo: { id: "Default_", tagName: "Default" } },
            {
              isDefault: false,
              taggingPriority: 20,
              tagInfo: { id: "Weekly_", tagName: "Weekly" },
              criteria: [{ objectType: "ScheduleBasedBackupCriteria", absoluteCriteria: ["FirstOfWeek"] }],
            },
          ],
        },
      },
      retentionRule("Default", "P30D", true),
      retentionRule("Weekly", "P12W", false),
    ],
  });
});

const retentionRule = (name: string, duration: string, isDefault: boolean) => ({
  objectType: "AzureRetentionRule",
  name,
  isDefault,
  lifecycles: [
    {
      sourceDataStore: { objectType: "DataStoreInfoBase", dataStoreType: "OperationalStore" },
      deleteAfter: { objectType: "AbsoluteDeleteOption", duration },
      targetDataStoreCopySettings: [],
    },
  ],
});

test("without changes, a preview makes no call to Azure, and a refresh finds no difference", async () => {
  const calls = azure.journal().length;
  expect(await program().preview("--expect-no-changes")).toMatchObject({ code: 0 });
  expect(azure.journal()).toHaveLength(calls);
  expect(await stack.refresh("--expect-no-changes")).toMatchObject({ code: 0 });
});

test("what the data source cannot do is refused at preview, all at once", async () => {
  const longer = { ...daily, schedule: { every: "P1W", at: "02:00", on: ["Sunday"] }, retention: [{ keep: "P5Y" }] };
  const { code, output } = await program({ daily: longer }).preview();
  expect(code).not.toBe(0);
  expect(output).toContain(
    "schedule.every must be PT1H, PT2H, PT4H, PT6H, PT8H, PT12H or P1D for managed disks; it is P1W.",
  );
  expect(output).toContain("retention[0] must be at most P1Y for managed disks in the OperationalStore; it is P5Y.");
});

const kept = (keep: string) => ({ ...daily, retention: [{ keep }, { keep: "P12W", of: "FirstOfWeek" }] });
/** As the next test leaves the policy. */
const monthly = kept("P28D");
const shorter = kept("P7D");

test("a policy that nothing uses is replaced, and the user reads what is kept for less time", async () => {
  const { code, output } = await program({ daily: monthly }).up();
  expect({ code, output }).toMatchObject({ code: 0 });
  expect(output).toContain(
    'policy-retention-shorter: Backup policy "disks-daily" of Backup vault "bv-payroll" would be replaced to change ' +
      "`retention`. New backups would be kept for less time: P28D instead of P30D (Default, OperationalStore).",
  );
  expect(JSON.stringify(live("disks-daily").body)).toContain('"P28D"');
});

describe("in use", () => {
  beforeAll(() => protect("disk-1", "disks-daily"));

  test("it is not replaced: the preview names its instances, and nothing is written", async () => {
    const writes = azure.writes().length;
    const { code, output } = await program({ daily: shorter }).preview();
    expect(code).not.toBe(0);
    expect(output).toContain("It is used by 1 backup instance: disk-1 (");
    expect(output).toContain("Change `policyName` as well");
    expect(azure.writes()).toHaveLength(writes);
  });

  test("a review says it once, with the instances, and checks everything", async () => {
    const { output } = await program({ daily: shorter }).review("--format", "json");
    const report: Report = JSON.parse(output);
    expect(report).toMatchObject({ decision: "refuse", counts: { refused: 1, unchecked: 0 }, failures: [] });
    expect(report.resources).toHaveLength(1);
    const [{ name, verdicts }] = report.resources as [Report["resources"][number]];
    expect(name).toBe("daily");
    expect(verdicts.map(({ decision, code }) => `${decision} ${code}`)).toEqual([
      "refuse policy-in-use-deleted",
      "warn policy-retention-shorter",
    ]);
    expect(verdicts[0]?.reason).toContain("disk-1");
  });

  test("it is not deleted: the error names its instances", async () => {
    const { code, output } = await program({}).up();
    expect(code).not.toBe(0);
    expect(output).toContain(
      'policy-in-use-deleted: Backup policy "disks-daily" of Backup vault "bv-payroll" cannot be deleted.',
    );
    expect(live("disks-daily").status).toBe(200);
  });

  test("under another name the new one comes first, and the old one goes when its instances have the new one", async () => {
    const next = { ...shorter, policyName: "disks-daily-2" };
    const preview = await program({ daily: next }).preview();
    expect(preview.code).toBe(0);
    expect(preview.output).toContain("The new policy of 1 backup instance is not known until `pulumi up`: disk-1");
    expect(await stack.up()).not.toMatchObject({ code: 0 });
    expect([live("disks-daily").status, live("disks-daily-2").status]).toEqual([200, 200]);
    protect("disk-1", "disks-daily-2");
    expect(await stack.up()).toMatchObject({ code: 0 });
    expect([live("disks-daily").status, live("disks-daily-2").status]).toEqual([404, 200]);
  });
});

test("with its instance in the same program, one run moves the instance to the new policy, and one destroys all", async () => {
  azure.createResourceGroup("rg-snapshots");
  const group = `/subscriptions/${azure.env.ARM_SUBSCRIPTION_ID}/resourceGroups`;
  const moving = await newStack(azure.env);
  const withInstance = (args: object) =>
    moving.program(`
      const { BackupVault, BackupPolicy, BackupInstance } = require("pulumi-azure-backup");
      const vault = new BackupVault("vault", {
        vaultName: "bv-moving", resourceGroupName: "rg-payroll", location: "westeurope", redundancy: "GeoRedundant",
        identity: { type: "SystemAssigned" },
      });
      const { policyId } = new BackupPolicy("policy", { vault, ...${JSON.stringify(args)} });
      new BackupInstance("instance", {
        vault, instanceName: "disk-9", dataSource: "AzureDisk", policyId, onDelete: "delete", grantRoles: true,
        dataSourceId: "${group}/rg-payroll/providers/Microsoft.Compute/disks/disk-9",
        snapshotResourceGroupId: "${group}/rg-snapshots",
      });`);
  try {
    expect(await withInstance(daily).up()).toMatchObject({ code: 0 });
    const { code, output } = await withInstance({ ...shorter, policyName: "disks-daily-2" }).up();
    expect({ code, output }).toMatchObject({ code: 0 });
    const moved = vaultId().replace("bv-payroll", "bv-moving");
    const { body } = azure.arm("GET", `${moved}/backupInstances/disk-9`) as { body: { properties: object } };
    expect(body.properties).toMatchObject({ policyInfo: { policyId: `${moved}/backupPolicies/disks-daily-2` } });
    expect(azure.arm("GET", `${moved}/backupPolicies/disks-daily`).status).toBe(404);

    expect(await moving.destroy()).toMatchObject({ code: 0 });
    expect(azure.vault(moved)).toBeUndefined();
  } finally {
    moving.remove();
  }
});
