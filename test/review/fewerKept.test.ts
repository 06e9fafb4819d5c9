import { review } from "../../review/index.js";
import { terraformPlan, whatIf } from "./planDocuments.js";
import { machinePolicy, preview, vaultId } from "./previews.js";
import { said } from "./said.js";

// A retention of fewer backups for as long is a warning, in whichever form the policy is.

const recoveryVault = vaultId().replace("DataProtection/backupVaults", "RecoveryServices/vaults");
const policyId = (name: string, vault = vaultId()) => `${vault}/backupPolicies/${name}`;
const instanceId = `${vaultId()}/backupInstances/it`;

type Document = { resources: { verdicts: { code: string; reason: string }[] }[] };
const fewer = ({ resources }: Document) =>
  resources.flatMap(({ verdicts }) =>
    verdicts.flatMap(({ code, reason }) => (/^Fewer|^Whether fewer/.test(reason) ? `${code}: ${reason}` : [])),
  );

const every = (interval: string) => `R/2026-01-04T02:00:00+00:00/${interval}`;

type Given = Record<string, unknown>;

/** An instance that gets the second of two policies. */
const inTerraform = (source: string, before: Given, after: Given) => {
  const type = `azurerm_data_protection_backup_policy_${source}`;
  const shown = [before, after].map((values, index) => {
    const of = { id: policyId(`p${index}`), ...values };
    return { type, address: `${type}.p${index}`, actions: ["no-op"], before: of, after: of };
  });
  const using = (name: string) => ({ id: instanceId, backup_policy_id: policyId(name) });
  const instance = `azurerm_data_protection_backup_instance_${source}`;
  return terraformPlan([...shown, { type: instance, actions: ["update"], before: using("p0"), after: using("p1") }]);
};

/** By the criteria of one rule, and other rules. */
const blobs = (criteria: Given, ...others: object[]): Given => ({
  backup_repeating_time_intervals: [every("P1D")],
  vault_default_retention_duration: "P30D",
  retention_rule: [rule("Long", criteria), ...others],
});
const rule = (name: string, criteria: Given, duration = "P10Y") => ({
  name,
  criteria: [{ days_of_week: [], weeks_of_month: [], ...criteria }],
  life_cycle: [{ data_store_type: "VaultStore", duration }],
});
const first = (of: string) => ({ absolute_criteria: `FirstOf${of}` });
const days = (...names: string[]) => ({ days_of_week: names });

const found = (text: string) => [
  `policy-retention-shorter: Fewer new backups would be kept: for P10Y, ${text} (Long, VaultStore). ` +
    "Recovery points that exist keep their retention.",
];

describe("a backup instance gets a policy whose rule is", () => {
  test.each<[what: string, before: Given, after: Given, found: string[]]>([
    [
      "for years instead of weeks",
      blobs(first("Week")),
      blobs(first("Year")),
      found("FirstOfYear instead of FirstOfWeek"),
    ],
    ["for weeks instead of years", blobs(first("Year")), blobs(first("Week")), []],
    [
      "for fewer days",
      blobs(days("Monday", "Friday")),
      blobs(days("Monday")),
      found("Monday instead of Monday and Friday"),
    ],
    ["for another day", blobs(days("Sunday")), blobs(days("Saturday")), []],
    ["for the first of each week instead of a day", blobs(days("Monday")), blobs(first("Week")), []],
    [
      "for another week of the month",
      blobs({ ...days("Sunday"), weeks_of_month: ["First"] }),
      blobs({ ...days("Sunday"), weeks_of_month: ["Last"] }),
      [],
    ],
    [
      "for fewer months",
      blobs({ ...days("Sunday"), months_of_year: ["May", "June"] }),
      blobs({ ...days("Sunday"), months_of_year: ["May"] }),
      found("Sunday of May instead of Sunday of May and June"),
    ],
    ["for the last day of the month", blobs({ days_of_month: [1] }), blobs({ days_of_month: [0] }), []],
    [
      "for fewer days of the month",
      blobs({ days_of_month: [1, 15] }),
      blobs({ days_of_month: [15] }),
      found("day 15 of the month instead of day 1 and day 15 of the month"),
    ],
    ["for none", blobs(first("Month")), blobs({}), found("no backup instead of FirstOfMonth")],
    [
      "for the same days as another rule",
      blobs(days("Monday", "Friday")),
      blobs(days("Monday"), rule("Friday", days("Friday"))),
      [],
    ],
    [
      "for days that another rule keeps for less time",
      blobs(days("Monday", "Friday")),
      blobs(days("Monday"), rule("Friday", days("Friday"), "P1Y")),
      found("Monday instead of Monday and Friday"),
    ],
    [
      "for what this version does not know",
      blobs(first("Month")),
      blobs(first("Decade")),
      [
        "policy-retention-shorter: Whether fewer new backups would be kept was not checked: this version does not know all " +
          "criteria of the rule Long.",
      ],
    ],
    ["the same that this version does not know", blobs(first("Decade")), blobs(first("Decade")), []],
  ])("%s", async (_, before, after, expected) => {
    expect(fewer(await review(inTerraform("blob_storage", before, after)))).toEqual(expected);
  });

  test("there no longer, or has another name, is shorter only if no other one keeps its backups for as long", async () => {
    const weekly = rule("Weekly", days("Sunday"), "P12W");
    const move = async (after: object[]) =>
      said(await review(inTerraform("blob_storage", blobs({}, weekly), blobs({}, ...after))));
    for (const kept of [{ ...weekly, name: "wk" }, rule("Daily", first("Day"), "P84D")])
      expect(await move([kept])).toEqual([]);
    for (const kept of [[], [{ ...weekly, ...rule("wk", days("Sunday"), "P11W") }]])
      expect(await move(kept)).toEqual(["warn policy-retention-shorter"]);
  });

  test("of as many years, in months, is as long, and a backup each second is understood", async () => {
    const [years, months] = ["P10Y", "P120M"].map((keep) => blobs({}, rule("Old", first("Year"), keep)));
    expect(said(await review(inTerraform("blob_storage", years as Given, months as Given)))).toEqual([]);
    const often = { ...years, backup_repeating_time_intervals: [every("PT1S"), every("PT1S")] };
    expect(said(await review(inTerraform("blob_storage", often, years as Given)))).toEqual([
      "warn backup-less-frequent",
    ]);
  });

  test("for fewer backups than all of the default, which keeps them for as long", async () => {
    const plan = inTerraform(
      "blob_storage",
      { ...blobs({}), retention_rule: [rule("Long", first("Week"), "P14D")] },
      { ...blobs({}), retention_rule: [rule("Long", first("Year"), "P14D")] },
    );
    expect((await review(plan)).decision).toBe("clear");
  });

  test.each<[source: string, of: (criteria: Given) => Given]>([
    [
      "kubernetes_cluster",
      (criteria) => ({
        backup_repeating_time_intervals: [every("PT4H")],
        default_retention_rule: [{ life_cycle: [{ data_store_type: "VaultStore", duration: "P30D" }] }],
        retention_rule: [rule("Long", criteria)],
      }),
    ],
    [
      "data_lake_storage",
      (criteria) => ({
        backup_schedule: [every("P1D")],
        default_retention_duration: "P30D",
        retention_rule: [{ name: "Long", duration: "P10Y", ...criteria }],
      }),
    ],
  ])("for months instead of days and of azurerm's %s", async (source, of) => {
    const text = found("FirstOfMonth instead of FirstOfDay");
    expect(fewer(await review(inTerraform(source, of(first("Day")), of(first("Month")))))).toEqual(text);
  });

  test("for one time of the day instead of two", async () => {
    const of = (...scheduled_backup_times: string[]) => ({
      backup_repeating_time_intervals: [every("PT12H")],
      default_retention_rule: [{ life_cycle: [{ data_store_type: "VaultStore", duration: "P30D" }] }],
      retention_rule: [rule("Long", { ...days("Sunday"), scheduled_backup_times })],
    });
    const [one, two] = [of("2026-01-04T02:00:00Z"), of("2026-01-04T02:00:00Z", "2026-01-04T14:00:00Z")];
    expect(fewer(await review(inTerraform("kubernetes_cluster", two, one)))).toHaveLength(1);
    expect(fewer(await review(inTerraform("kubernetes_cluster", of(), one)))).toHaveLength(1);
    expect(fewer(await review(inTerraform("kubernetes_cluster", of(), two)))).toEqual([]);
  });
});

describe("a policy of a Backup vault in the place of another", () => {
  const store = { objectType: "DataStoreInfoBase", dataStoreType: "VaultStore" };
  const tag = (tagName: string, criteria?: string) => ({
    ...{ isDefault: criteria === undefined, taggingPriority: criteria ? 10 : 99, tagInfo: { tagName } },
    ...(criteria && { criteria: [{ objectType: "ScheduleBasedBackupCriteria", absoluteCriteria: [criteria] }] }),
  });
  const kept = (name: string, duration: string) => ({
    ...{ objectType: "AzureRetentionRule", name, isDefault: name === "Default" },
    lifecycles: [{ sourceDataStore: store, deleteAfter: { objectType: "AbsoluteDeleteOption", duration } }],
  });
  const native = (criteria?: string) => ({
    properties: {
      objectType: "BackupPolicy",
      datasourceTypes: ["Microsoft.Storage/storageAccounts/blobServices"],
      policyRules: [
        {
          objectType: "AzureBackupRule",
          name: "BackupDaily",
          backupParameters: { objectType: "AzureBackupParams", backupType: "Discrete" },
          dataStore: store,
          trigger: {
            objectType: "ScheduleBasedTriggerContext",
            schedule: { repeatingTimeIntervals: [every("P1D")], timeZone: "UTC" },
            taggingCriteria: [tag("Default"), ...(criteria ? [tag("Long", criteria)] : [])],
          },
        },
        ...[kept("Default", "P30D"), kept("Long", "P10Y")],
      ],
    },
  });
  const classic = (criteria?: string) => ({
    backupRepeatingTimeIntervals: [every("P1D")],
    vaultDefaultRetentionDuration: "P30D",
    retentionRules: [
      {
        name: "Long",
        ...(criteria && { criteria: { absoluteCriteria: criteria } }),
        lifeCycle: { dataStoreType: "VaultStore", duration: "P10Y" },
      },
    ],
  });

  test.each<[type: string, of: (criteria?: string) => object]>([
    ["azure-native:dataprotection:BackupPolicy", native],
    ["azure:dataprotection/backupPolicyBlobStorage:BackupPolicyBlobStorage", classic],
  ])("%s", async (type, of) => {
    const replaced = (before?: string, after?: string) =>
      review(
        preview({
          ...{ op: "replace", type, name: "it", id: policyId("it"), replaceReasons: ["x"] },
          ...{ old: { ...of(before) }, new: { ...of(after) } },
        }),
      );
    expect(fewer(await replaced("FirstOfMonth", "FirstOfYear"))).toEqual(found("FirstOfYear instead of FirstOfMonth"));
    expect(fewer(await replaced("FirstOfMonth"))).toEqual(found("no backup instead of FirstOfMonth"));
    expect(fewer(await replaced("FirstOfYear", "FirstOfMonth"))).toEqual([]);
  });

  test("this package", async () => {
    const of = (marker: string) => ({
      ...{ vault: vaultId(), policyName: "it", policyId: policyId("it"), dataSource: "AzureDisk" },
      schedule: { every: "PT4H", at: "02:00" },
      retention: [{ keep: "P30D" }, { keep: "P90D", of: marker }],
    });
    const type = "azure-backup:index:BackupPolicy";
    const step = { op: "replace", type, name: "it", id: policyId("it"), replaceReasons: ["retention"] };
    // A rule of this package is called as what it is of, so that another one is a rule that is gone.
    const other = await review(preview({ ...step, old: of("FirstOfDay"), new: of("FirstOfWeek") }));
    expect(said(other)).toContain("warn policy-retention-shorter");
  });
});

describe("a policy of a Recovery Services vault", () => {
  const id = policyId("it", recoveryVault);
  const weekly = (...names: string[]) => ({ retention_weekly: [{ count: 12, weekdays: names }] });
  const monthly = (values: Given) => ({ retention_monthly: [{ count: 12, ...values }] });
  const yearly = (...names: string[]) => ({
    retention_yearly: [{ count: 5, months: names, weekdays: ["Sunday"], weeks: ["First"] }],
  });
  const machines = (values: Given, more: Given = {}) => ({
    ...{ id, policy_type: "V2", backup: [{ frequency: "Daily", time: "02:00" }], retention_daily: [{ count: 30 }] },
    ...values,
    ...more,
  });
  const changed = (before: Given, after: Given) =>
    terraformPlan([
      { type: "azurerm_backup_policy_vm", actions: ["update"], before: machines(before), after: machines(after) },
    ]);
  const text = (of: string) => `Fewer backups would be kept: for ${of}, VaultStore). Azure applies`;

  test.each<[what: string, before: Given, after: Given, found: string | undefined]>([
    [
      "fewer days",
      weekly("Sunday", "Wednesday"),
      weekly("Sunday"),
      "P12W, Sunday instead of Sunday and Wednesday (weekly",
    ],
    ["another day", weekly("Sunday"), weekly("saturday"), undefined],
    ["more days", weekly("Sunday"), weekly("Sunday", "Wednesday"), undefined],
    [
      "fewer weeks",
      monthly({ weekdays: ["Sunday"], weeks: ["First", "Last"] }),
      monthly({ weekdays: ["Sunday"], weeks: ["First"] }),
      "P12M, First Sunday instead of First and Last Sunday (monthly",
    ],
    [
      "another week",
      monthly({ weekdays: ["Sunday"], weeks: ["First"] }),
      monthly({ weekdays: ["Sunday"], weeks: ["Last"] }),
      undefined,
    ],
    [
      "a day of the month instead of two weeks",
      monthly({ weekdays: ["Sunday"], weeks: ["First", "Last"] }),
      monthly({ days: [1] }),
      "P12M, day 1 of the month instead of First and Last Sunday (monthly",
    ],
    [
      "no last day",
      monthly({ days: [1], include_last_days: true }),
      monthly({ days: [1], include_last_days: false }),
      "P12M, day 1 of the month instead of day 1 and the last day of the month (monthly",
    ],
    [
      "fewer months",
      yearly("January", "July"),
      yearly("January"),
      "P5Y, First Sunday of January instead of First Sunday of January and July (yearly",
    ],
    ["another month", yearly("January"), yearly("July"), undefined],
  ])("changes to %s", async (_, before, after, expected) => {
    const [only, ...more] = fewer(await review(changed(before, after)));
    expect(more).toEqual([]);
    if (expected === undefined) expect(only).toBeUndefined();
    else expect(only).toContain(`rsv-policy-retention-shorter: ${text(expected)}`);
  });

  test("that is weekly instead of daily keeps no daily backups, although the weekly ones are kept for as long", async () => {
    const of = (schedule: object, keep: string) => ({
      ...{
        vault: recoveryVault,
        policyName: "it",
        policyId: policyId("it", recoveryVault),
        dataSource: "SAPHanaDatabase",
      },
      ...{ schedule: { at: "02:00", ...schedule }, retention: [{ keep }], log: { every: "PT15M", keep: "P7D" } },
    });
    const plan = preview({
      ...{ op: "update", type: "azure-backup:index:RecoveryServicesBackupPolicy", name: "it" },
      ...{ id: policyId("it", recoveryVault), old: of({ every: "P1D" }, "P7D") },
      new: of({ every: "P1W", on: ["Saturday"] }, "P1W"),
    });
    const reasons = (await review(plan)).resources.flatMap(({ verdicts }) => verdicts.map(({ reason }) => reason));
    expect(reasons).toContainEqual(expect.stringContaining("not at all instead of P7D (daily"));
  });

  test("of databases has the days of the month in an argument of its own", async () => {
    const of = (...monthdays: number[]) => ({
      ...{ id: policyId("it", recoveryVault), workload_type: "SQLDataBase" },
      protection_policy: [
        {
          ...{ policy_type: "Full", backup: [{ frequency: "Daily", time: "02:00" }] },
          retention_daily: [{ count: 30 }],
          retention_monthly: [{ format_type: "Daily", count: 12, monthdays, weekdays: [], weeks: [] }],
        },
      ],
    });
    const type = "azurerm_backup_policy_vm_workload";
    const plan = (...changes: number[][]) => {
      const [before, after] = changes.map((each) => of(...each));
      return terraformPlan([{ type, actions: ["update"], ...(before && { before }), ...(after && { after }) }]);
    };
    expect(fewer(await review(plan([1], [15])))).toEqual([]);
    expect(fewer(await review(plan([1, 15], [1])))[0]).toContain("day 1 of the month instead of day 1 and day 15");
  });

  test("that keeps all backups for as long is not of fewer", async () => {
    const plan = JSON.parse(changed(weekly("Sunday", "Wednesday"), weekly("Sunday")));
    const { before, after } = plan.resource_changes[0].change;
    for (const each of [before, after]) each.retention_daily = [{ count: 84 }];
    expect(fewer(await review(JSON.stringify(plan)))).toEqual([]);
  });

  const arm = (...names: string[]) => {
    const { retentionPolicy, ...policy } = machinePolicy(30);
    const { retentionTimes } = retentionPolicy.dailySchedule;
    const weeklySchedule = {
      ...{ daysOfTheWeek: names, retentionTimes },
      retentionDuration: { count: 12, durationType: "Weeks" },
    };
    return { ...policy, retentionPolicy: { ...retentionPolicy, weeklySchedule } };
  };
  const both = (of: (...names: string[]) => object) => [of("Sunday", "Wednesday"), of("Sunday")] as const;
  const armType = "Microsoft.RecoveryServices/vaults/backupPolicies";
  const step = (type: string, of: (...names: string[]) => object) => {
    const [old, wanted] = both(of);
    return preview({ op: "update", type, name: "it", id, old: { ...old }, new: { ...wanted } });
  };

  test.each([
    [
      "azure-native",
      step("azure-native:recoveryservices:ProtectionPolicy", (...names) => ({ properties: arm(...names) })),
    ],
    [
      "the classic provider",
      step("azure:backup/policyVM:PolicyVM", (...weekdays) => ({
        retentionDaily: { count: 30 },
        retentionWeekly: { count: 12, weekdays },
      })),
    ],
    [
      "azapi",
      (() => {
        const [before, after] = both((...names) => ({
          id,
          type: `${armType}@2025-02-01`,
          body: { properties: arm(...names) },
        }));
        return terraformPlan([{ type: "azapi_resource", actions: ["update"], before, after }]);
      })(),
    ],
    [
      "Bicep",
      (() => {
        const [before, after] = both((...names) => ({ id, name: "it", type: armType, properties: arm(...names) }));
        return whatIf({ resourceId: id, changeType: "Modify", before, after });
      })(),
    ],
    [
      "this package",
      step("azure-backup:index:RecoveryServicesBackupPolicy", (...daysOfTheWeek) => ({
        ...{ vault: recoveryVault, policyName: "it", policyId: id, dataSource: "VM" },
        schedule: { every: "P1D", at: "02:00" },
        retention: [{ keep: "P30D" }, { keep: "P12W", of: { daysOfTheWeek } }],
      })),
    ],
  ])("changes to fewer days in %s", async (_, document) => {
    expect(fewer(await review(document))).toEqual([
      expect.stringContaining(text("P12W, Sunday instead of Sunday and Wednesday (weekly")),
    ]);
  });

  test.each([
    ["Disabled", ""],
    ["Unlocked", "The vault's immutability is Unlocked; whether that allows this is not known."],
  ])("of an item that gets another one, in a vault whose immutability is %s", async (immutability, more) => {
    const type = "azurerm_backup_policy_vm";
    const shown = [weekly("Sunday", "Friday"), weekly("Sunday")].map((values, index) => {
      const of = machines(values, { id: policyId(`p${index}`, recoveryVault) });
      return { type, address: `${type}.p${index}`, actions: ["no-op"], before: of, after: of };
    });
    const vault = { id: recoveryVault, name: "payroll", immutability, sku: "Standard" };
    const using = (name: string) => ({
      id: `${recoveryVault}/backupFabrics/Azure/protectionContainers/c/protectedItems/i`,
      backup_policy_id: policyId(name, recoveryVault),
    });
    const plan = terraformPlan([
      { type: "azurerm_recovery_services_vault", actions: ["no-op"], before: vault, after: vault },
      ...shown,
      { type: "azurerm_backup_protected_vm", actions: ["update"], before: using("p0"), after: using("p1") },
    ]);
    const [only] = fewer(await review(plan));
    expect(only).toContain(`rsv-item-policy-shorter: ${text("P12W, Sunday instead of Sunday and Friday (weekly")}`);
    expect(only).toContain(more);
    expect(only?.includes("immutability")).toBe(more !== "");
  });
});
