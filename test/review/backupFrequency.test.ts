import { review } from "../../review/index.js";
import { terraformPlan } from "./planDocuments.js";
import { machinePolicy, preview, vaultId } from "./previews.js";

// How often a policy backs up: a larger gap between recovery points is a warning, in whichever form the policy is.

const id = `${vaultId()}/backupPolicies/it`;
const recoveryVault = vaultId().replace("DataProtection/backupVaults", "RecoveryServices/vaults");
const recoveryId = `${recoveryVault}/backupPolicies/it`;

type Document = { resources: { verdicts: { code: string; reason: string }[] }[] };
const lessOften = ({ resources }: Document) =>
  resources.flatMap(({ verdicts }) =>
    verdicts.flatMap(({ code, reason }) => (code.endsWith("less-frequent") ? `${code}: ${reason}` : [])),
  );
const apart = (is: string, was: string) => `Backups would be up to ${is} apart instead of ${was}.`;

const update = (type: string, before: object, after: object) => {
  const of = (values: object) => ({ id: recoveryId, retention_daily: [{ count: 30 }], ...values });
  return terraformPlan([{ type, actions: ["update"], before: of(before), after: of(after) }]);
};
const machines = (before: object, after: object) => {
  const of = (backup: object) => ({ policy_type: "V2", backup: [{ time: "02:00", ...backup }] });
  return update("azurerm_backup_policy_vm", of(before), of(after));
};
const hourly = (hour_interval: number, hour_duration = 24) => ({ frequency: "Hourly", hour_interval, hour_duration });
const weekly = (...weekdays: string[]) => ({ frequency: "Weekly", weekdays });
const daily = { frequency: "Daily" };
const shares = (before: object, after: object) =>
  update("azurerm_backup_policy_file_share", { backup: [before] }, { backup: [after] });
const databases = (before: number, after: number) => {
  const of = (frequency_in_minutes: number) => ({
    protection_policy: [
      { policy_type: "Full", backup: [{ ...daily, time: "02:00" }], retention_daily: [{ count: 30 }] },
      { policy_type: "Log", backup: [{ frequency_in_minutes }], simple_retention: [{ count: 7 }] },
    ],
  });
  return update("azurerm_backup_policy_vm_workload", of(before), of(after));
};
const native = (before: object, after: object) => {
  const type = "azure-native:recoveryservices:ProtectionPolicy";
  const of = (schedule: object) => {
    const policy = machinePolicy(30);
    return { properties: { ...policy, schedulePolicy: { ...policy.schedulePolicy, ...schedule } } };
  };
  return preview({ op: "update", type, name: "it", id: recoveryId, old: of(before), new: of(after) });
};

test.each<[what: string, plan: string, found: string[]]>([
  ["of machines, hourly to daily", machines(hourly(4), daily), [apart("24 hours", "4 hours")]],
  ["of machines, daily to hourly", machines(daily, hourly(4)), []],
  ["of machines, in fewer hours", machines(hourly(4, 24), hourly(4, 12)), [apart("12 hours", "4 hours")]],
  ["of machines, daily to weekly", machines(daily, weekly("Sunday")), [apart("7 days", "24 hours")]],
  [
    "of machines, on fewer days",
    machines(weekly("sunday", "Wednesday"), weekly("Sunday")),
    [apart("7 days", "4 days")],
  ],
  ["of machines, on another day", machines(weekly("Sunday"), weekly("Monday")), []],
  ["of machines, at another time", machines({ ...daily, time: "02:00" }, { ...daily, time: "05:30" }), []],
  [
    "of file shares, hourly to daily",
    shares(
      { frequency: "Hourly", hourly: [{ interval: 6, start_time: "00:00", window_duration: 24 }] },
      { ...daily, time: "02:00" },
    ),
    [apart("24 hours", "6 hours")],
  ],
  ["of databases, logs", databases(15, 1440), [apart("22 hours", "15 minutes")]],
  ["of databases, logs more often", databases(1440, 15), []],
  [
    "of azure-native, daily to weekly",
    native({}, { scheduleRunFrequency: "Weekly", scheduleRunDays: ["Sunday"] }),
    [apart("7 days", "24 hours")],
  ],
])("a policy of a Recovery Services vault, %s", async (_, plan, found) => {
  expect(lessOften(await review(plan))).toEqual(found.map((reason) => `rsv-backup-less-frequent: ${reason}`));
});

test.each([
  ["a whole block", { backup: true }],
  ["a part of it", { backup: [{ frequency: true }] }],
])("a policy of machines whose schedule is only known later, as %s, is undecided", async (_, after_unknown) => {
  const document = JSON.parse(machines(hourly(4), {}));
  document.resource_changes[0].change.after_unknown = after_unknown;
  expect(lessOften(await review(JSON.stringify(document)))).toEqual([
    "rsv-backup-less-frequent: How often backups would be made is only known during `terraform apply`.",
  ]);
});

const every = (interval: string) => `R/2026-01-04T02:00:00+00:00/${interval}`;

test.each([
  ["disk", "backup_repeating_time_intervals", "default_retention_duration"],
  ["data_lake_storage", "backup_schedule", "default_retention_duration"],
  ["blob_storage", "backup_repeating_time_intervals", "vault_default_retention_duration"],
])("a policy of a Backup vault for %s in the place of another", async (name, schedule, keeps) => {
  const type = `azurerm_data_protection_backup_policy_${name}`;
  const of = (...intervals: string[]) => ({ id, [schedule]: intervals.map(every), [keeps]: "P30D" });
  const replaced = (before: object, after: object) =>
    review(terraformPlan([{ type, actions: ["delete", "create"], before, after }]));
  const found = [`backup-less-frequent: ${apart("7 days", "4 hours")}`];
  expect(lessOften(await replaced(of("PT4H"), of("P1W")))).toEqual(found);
  expect(lessOften(await replaced(of("P1W"), of("PT4H")))).toEqual([]);
  expect(lessOften(await replaced(of("P1D"), of("P1D")))).toEqual([]);
  const change = { type, actions: ["delete", "create"], before: of("PT4H"), after: { ...of(), [schedule]: null } };
  const later = terraformPlan([{ ...change, after_unknown: { [schedule]: true } }]);
  expect(lessOften(await review(later))).toEqual([
    "backup-less-frequent: How often backups would be made is only known during `terraform apply`.",
  ]);
});

test("an instance and an item that get a policy of fewer backups", async () => {
  const both = [
    {
      type: "azurerm_data_protection_backup_instance_disk",
      policyType: "azurerm_data_protection_backup_policy_disk",
      ...{ vault: vaultId(), own: `${vaultId()}/backupInstances/it`, code: "backup-less-frequent" },
      often: { backup_repeating_time_intervals: [every("PT4H")], default_retention_duration: "P30D" },
      rarely: { backup_repeating_time_intervals: [every("P1D")], default_retention_duration: "P30D" },
    },
    {
      type: "azurerm_backup_protected_vm",
      policyType: "azurerm_backup_policy_vm",
      vault: recoveryVault,
      own: `${recoveryVault}/backupFabrics/Azure/protectionContainers/c/protectedItems/i`,
      code: "rsv-backup-less-frequent",
      often: { policy_type: "V2", backup: [{ time: "02:00", ...hourly(4) }], retention_daily: [{ count: 30 }] },
      rarely: { policy_type: "V2", backup: [{ time: "02:00", ...daily }], retention_daily: [{ count: 30 }] },
    },
  ];
  for (const { type, policyType, vault, own, code, ...policies } of both) {
    const idOf = (name: string) => `${vault}/backupPolicies/${name}`;
    const shown = Object.entries(policies).map(([name, values]) => {
      const of = { id: idOf(name), ...values };
      return { type: policyType, address: `${policyType}.${name}`, actions: ["no-op"], before: of, after: of };
    });
    const using = (name: string) => ({ id: own, backup_policy_id: idOf(name) });
    const given = (from: string, to: string) =>
      review(terraformPlan([...shown, { type, actions: ["update"], before: using(from), after: using(to) }]));
    expect(lessOften(await given("often", "rarely"))).toEqual([`${code}: ${apart("24 hours", "4 hours")}`]);
    expect(lessOften(await given("rarely", "often"))).toEqual([]);
  }
});

describe("a policy of blobs in the place of another, with", () => {
  const type = "azurerm_data_protection_backup_policy_blob_storage";
  const at = (...intervals: string[]) => ({
    ...{ id, backup_repeating_time_intervals: intervals.map(every), vault_default_retention_duration: "P30D" },
  });
  const replaced = (before: object, after: object) =>
    review(terraformPlan([{ type, actions: ["delete", "create"], before, after }]));
  const open = [
    "backup-less-frequent: Whether backups would be made less often was not checked: this version does not ",
  ];

  test.each<[before: string[], after: string[], found: string[]]>([
    [["P1D"], ["P1M"], [`backup-less-frequent: ${apart("30 days", "24 hours")}`]],
    [["P1D"], ["P2W"], [`backup-less-frequent: ${apart("14 days", "24 hours")}`]],
    [["P2W"], ["P1M"], [`backup-less-frequent: ${apart("30 days", "14 days")}`]],
    [["P1D"], ["P1DT12H"], [`backup-less-frequent: ${apart("36 hours", "24 hours")}`]],
    [["P1M"], ["P1D"], []],
    [["P1D"], ["P1D", "P1M"], []],
    // Two that are each less often than weekly cannot be placed in a week.
    [["P1D"], ["P2W", "P1M"], open],
    [["P1D"], ["daily"], open],
    [["daily"], ["P1D"], open],
    [["daily"], ["daily"], []],
  ])("%j, and then %j", async (before, after, expected) => {
    const found = lessOften(await replaced(at(...before), at(...after)));
    expect(found).toHaveLength(expected.length);
    for (const [index, reason] of expected.entries()) expect(found[index]).toContain(reason);
  });
});

test.each([
  ["another word", machines(daily, { frequency: "Monthly" })],
  ["weekly without a day", machines(daily, weekly())],
])("a policy of machines with a frequency that is not understood, %s, is undecided", async (_, plan) => {
  expect(lessOften(await review(plan))).toEqual([expect.stringContaining("was not checked")]);
});
