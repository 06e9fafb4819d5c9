import fc from "fast-check";
import { isSameContent } from "../../provider/policies/recoveryServices/content.js";
import { parsePolicy, policyBody, policyContent, readPolicy } from "../../provider/policies/recoveryServices/policy.js";
import { shortFormOf } from "../../provider/policies/recoveryServices/shortForm.js";
import {
  intervals,
  tiers,
  tierUnits,
  type Variant,
  type VariantName,
  variantOf,
  type WorkloadName,
  workloadNames,
  workloadOf,
} from "../../provider/policies/recoveryServices/workloads.js";
import { problemText } from "../../provider/vaults/values.js";
import { anyProtectionPolicy } from "./anyProtectionPolicy.js";

const vault =
  "/subscriptions/11111111-2222-3333-4444-555555555555/resourceGroups/rg/providers/Microsoft.RecoveryServices/vaults/rsv";

const parsed = (args: object) => parsePolicy({ vault, policyName: "daily", ...args }, {});
function problemsOf(args: object): string[] {
  const { problems, limits } = parsed(args);
  return [...problems, ...limits].map(problemText);
}

const variants = workloadNames.flatMap((name) =>
  (Object.keys(workloadOf(name).variants) as VariantName[]).map((variant) => [name, variant] as const),
);
const product = <A extends readonly unknown[], B>(as: readonly A[], bs: readonly B[]) =>
  as.flatMap((a) => bs.map((b) => [...a, b] as const));

const row = (name: WorkloadName, variant: VariantName): Variant => variantOf(name, variant) as Variant;

/** A valid policy, with another interval. */
function usual(name: WorkloadName, variant: VariantName, every = row(name, variant).every.at(-1) ?? "") {
  const isWeekly = every === "P1W";
  return {
    dataSource: name,
    ...(variant === "V2" && { policyType: "V2" }),
    ...(variant === "Vaulted" && { snapshotRetentionInDays: 5 }),
    schedule: { every, at: "02:00", ...(isWeekly && { on: ["Sunday"] }) },
    retention: [{ keep: isWeekly ? "P12W" : "P8D" }],
    ...(workloadOf(name).needsLog && { log: { every: "PT2H", keep: "P15D" } }),
  };
}

test.each(product(variants, intervals))("%s, %s, every %s", (name, variant, every) => {
  const isAllowed = row(name, variant).every.some((each) => each === every);
  const found = problemsOf(usual(name, variant, every));
  expect(found.some((text) => text.startsWith("schedule.every must be "))).toBe(!isAllowed);
  if (isAllowed) expect(found).toEqual([]);
});

const which = {
  daily: undefined,
  weekly: { daysOfTheWeek: ["Sunday"] },
  monthly: { daysOfTheMonth: [1] },
  yearly: { monthsOfYear: ["May"], daysOfTheMonth: [1] },
};

test.each(product(variants, tiers))(
  "%s, %s, keeps %s backups no shorter and no longer than documented",
  (name, variant, tier) => {
    const [least, most] = row(name, variant).keep[tier];
    const of = which[tier];
    const keeping = (count: number) => {
      const keep = `P${count}${tierUnits[tier]}`;
      const policy = usual(name, variant, "P1D");
      const { snapshotRetentionInDays: _, ...rest } = policy;
      // How long snapshots may be kept depends on the daily retention.
      const isShort = variant === "Vaulted" && tier === "daily" && count <= 5;
      return problemsOf({
        ...(isShort
          ? { ...policy, snapshotRetentionInDays: Math.max(1, count - 1) }
          : variant === "Vaulted"
            ? policy
            : rest),
        retention: of ? [{ keep: "P8D" }, { keep, of }] : [{ keep }],
      }).filter((text) => text.startsWith("retention["));
    };
    expect(keeping(least + 1)).toEqual([]);
    expect(keeping(most)).toEqual([]);
    if (least > 1)
      expect(keeping(least - 1)).toEqual([expect.stringContaining(`must be P${least}${tierUnits[tier]} to`)]);
    expect(keeping(most + 1)).toEqual([expect.stringContaining(`to P${most}${tierUnits[tier]}`)]);
  },
);

const machines = usual("VM", "V1", "P1D");
const weekly = usual("VM", "V1", "P1W");
const sql = { ...usual("SQLDataBase", "Streaming", "P1W") };
const shares = usual("AzureFileShare", "Snapshot", "PT4H");

const wrong: Record<string, [object, string]> = {
  "no schedule": [
    { ...machines, schedule: undefined },
    "schedule is missing, or say all of the policy in `properties`",
  ],
  "no retention": [{ ...machines, retention: undefined }, "retention is missing"],
  "hours for a standard policy": [usual("VM", "V1", "PT4H"), 'Hourly backups need `policyType` "V2"'],
  "a time in between": [
    { ...machines, schedule: { every: "P1D", at: "02:15" } },
    "schedule.at must be on the hour or half past it",
  ],
  "a window for daily backups": [
    { ...machines, schedule: { every: "P1D", at: "02:00", windowDuration: "PT8H" } },
    "schedule.windowDuration belongs to hourly backups only",
  ],
  "a window that is no multiple": [
    {
      ...usual("VM", "V2"),
      schedule: { every: "PT8H", at: "02:00", windowDuration: "PT12H" },
      retention: [{ keep: "P30D" }],
    },
    "schedule.windowDuration must be a multiple of the interval PT8H",
  ],
  "no entry for all backups": [
    { ...machines, retention: [{ keep: "P12W", of: { daysOfTheWeek: ["Sunday"] } }] },
    "retention needs an entry for all backups, in days",
  ],
  "days for weekly backups": [
    { ...weekly, retention: [{ keep: "P30D" }] },
    "retention[0].keep must be P1W to P5163W, in weeks",
  ],
  "a day without a backup": [
    {
      ...weekly,
      retention: [{ keep: "P12W" }, { keep: "P6M", of: { daysOfTheWeek: ["Monday"], weeksOfTheMonth: ["First"] } }],
    },
    "retention[1].of.daysOfTheWeek names Monday, on which the schedule makes no backup",
  ],
  "days of the month for weekly backups": [
    { ...weekly, retention: [{ keep: "P12W" }, { keep: "P6M", of: { daysOfTheMonth: [1] } }] },
    "retention[1].of names days of the month, and the backups are weekly",
  ],
  "two weekly retentions": [
    {
      ...machines,
      retention: [{ keep: "P30D" }, ...[1, 2].map((n) => ({ keep: `P${n}W`, of: { daysOfTheWeek: ["Sunday"] } }))],
    },
    "retention[2] is the second weekly retention",
  ],
  "weeks of a month without their days": [
    { ...machines, retention: [{ keep: "P30D" }, { keep: "P6M", of: { weeksOfTheMonth: ["First"] } }] },
    "retention[1].of must name either days of the week and weeks of the month, or days of the month",
  ],
  "the 31st of a month": [
    { ...machines, retention: [{ keep: "P30D" }, { keep: "P6M", of: { daysOfTheMonth: [31] } }] },
    "retention[1].of.daysOfTheMonth must be from 1 to 28; it is 31. For the last day, set lastDayOfTheMonth",
  ],
  "snapshots for too long": [
    { ...machines, instantRpRetentionRangeInDays: 6 },
    "instantRpRetentionRangeInDays must be from 1 to 5; it is 6",
  ],
  "snapshots of weekly backups for other than five days": [
    { ...weekly, instantRpRetentionRangeInDays: 2 },
    "instantRpRetentionRangeInDays must be 5 with weekly backups; it is 2",
  ],
  "more snapshots of a share than it can have": [
    { ...shares, retention: [{ keep: "P60D" }] },
    "retention[0].keep must be at most P27D with a backup every PT4H: Azure keeps at most 200 snapshots of file shares",
  ],
  "snapshots for as long as the vault": [
    { ...usual("AzureFileShare", "Vaulted", "P1D"), snapshotRetentionInDays: 8 },
    "snapshotRetentionInDays must be less than the daily retention, which is P8D; it is 8",
  ],
  "differential backups besides daily ones": [
    { ...usual("SQLDataBase", "Streaming", "P1D"), differential: { on: ["Monday"], at: "02:00", keep: "P30D" } },
    "differential needs weekly full backups, with `schedule.every` P1W",
  ],
  "a differential backup on the day of a full one": [
    { ...sql, differential: { on: ["Sunday"], at: "02:00", keep: "P30D" } },
    "differential.on names Sunday, on which the schedule makes a full backup",
  ],
  "incremental backups of SQL Server": [
    { ...sql, incremental: { on: ["Monday"], at: "02:00", keep: "P30D" } },
    "incremental is not available for SQL Server databases in virtual machines",
  ],
  "log backups of machines": [
    { ...machines, log: { every: "PT1H", keep: "P15D" } },
    "log is not available for virtual machines",
  ],
  "log backups for too long": [
    { ...sql, log: { every: "PT1H", keep: "P36D" } },
    "log.keep must be P7D to P35D, in days",
  ],
  "SAP HANA without log backups": [
    { ...usual("SAPHanaDatabase", "Streaming"), log: undefined },
    "log is missing: SAP HANA databases in virtual machines always have log backups",
  ],
  "incremental backups of SAP ASE": [
    { ...usual("SAPAseDatabase", "Streaming"), incremental: { on: ["Tuesday"], at: "02:00", keep: "P30D" } },
    "incremental is not available for SAP ASE databases in virtual machines",
  ],
  "differential and incremental backups": [
    {
      ...usual("SAPHanaDatabase", "Streaming"),
      differential: { on: ["Monday"], at: "02:00", keep: "P30D" },
      incremental: { on: ["Tuesday"], at: "02:00", keep: "P30D" },
    },
    "incremental and `differential` exclude each other",
  ],
  "a policy type of shares": [{ ...shares, policyType: "V2" }, "policyType is not available for file shares"],
  "compression of machines": [
    { ...machines, isCompression: true },
    "isCompression is not available for virtual machines",
  ],
  "both forms": [
    { ...machines, properties: { backupManagementType: "AzureIaasVM" } },
    "schedule and `properties` exclude each other",
  ],
  "Azure's form of something else": [
    { dataSource: "VM", properties: { backupManagementType: "AzureStorage", workLoadType: "AzureFileShare" } },
    "properties is not a policy for VM",
  ],
  "Azure's form without a retention": [
    {
      dataSource: "VM",
      properties: {
        backupManagementType: "AzureIaasVM",
        schedulePolicy: {
          schedulePolicyType: "SimpleSchedulePolicy",
          scheduleRunFrequency: "Daily",
          scheduleRunTimes: ["2020-01-01T02:00:00Z"],
        },
      },
    },
    "properties.retentionPolicy must be a LongTermRetentionPolicy",
  ],
  "a misspelt member of Azure's form": [
    {
      dataSource: "VM",
      properties: {
        backupManagementType: "AzureIaasVM",
        retentionPolicy: {
          retentionPolicyType: "LongTermRetentionPolicy",
          dailySchedule: { retentionDuraton: { count: 30, durationType: "Days" } },
        },
      },
    },
    'unknown argument "properties.retentionPolicy.dailySchedule.retentionDuraton"; did you mean "properties.retentionPolicy.dailySchedule.retentionDuration"?',
  ],
  "a member of Azure's form twice, in another case": [
    {
      dataSource: "AzureFileShare",
      properties: { backupManagementType: "AzureStorage", workLoadType: "AzureFileShare", workloadType: "SQLDataBase" },
    },
    'unknown argument "properties.workloadType"; did you mean "properties.workLoadType"?',
  ],
  "a guard's request in Azure's form": [
    { dataSource: "VM", properties: { backupManagementType: "AzureIaasVM", resourceGuardOperationRequests: ["/x"] } },
    'unknown argument "properties.resourceGuardOperationRequests"',
  ],
  "nothing in the place of what is needed": [
    { dataSource: "VM", properties: { backupManagementType: "" } },
    "properties.backupManagementType is missing",
  ],
  "a Backup vault": [
    { ...machines, vault: vault.replace("RecoveryServices/vaults", "DataProtection/backupVaults") },
    "vault must be the ARM ID of a Recovery Services vault",
  ],
};

test.each(Object.entries(wrong))("%s is an error that names the argument", (_, [args, text]) => {
  expect(problemsOf(args).join("\n")).toContain(text);
});

test("whatever is valid is the same again by way of Azure's form and of the short one", () => {
  const property = fc.property(anyProtectionPolicy, (args) => {
    const { inputs, problems, limits } = parsed(args);
    expect([...problems, ...limits]).toEqual([]);
    const content = policyContent(inputs);
    const live = readPolicy({ ...policyBody(inputs).properties, protectedItemsCount: 3 });
    expect(live.unread).toEqual([]);
    if (!content || !live.content) throw new Error("A part of the policy is not known.");
    expect(isSameContent(content, live.content)).toBe(true);
    expect(live.dataSource).toBe(args.dataSource);
    const short = shortFormOf(live.content);
    if (!short) throw new Error("The short form cannot say it.");
    const again = policyContent(parsed({ ...short, dataSource: args.dataSource }).inputs);
    expect(again && isSameContent(again, content)).toBe(true);
    expect(problemsOf({ dataSource: args.dataSource, properties: live.arm })).toEqual([]);
  });
  fc.assert(property, { numRuns: 300 });
});

// https://github.com/Azure/azure-cli, test_afs_backup_policy: until 2023-05 (api-version 2023-02-01), Azure answered without one.
test("an older policy of file shares has no type of workload, and is one all the same", () => {
  const { inputs } = parsed(usual("AzureFileShare", "Snapshot"));
  const { workLoadType: _, ...shown } = policyBody(inputs).properties;
  const live = readPolicy(shown);
  expect(live).toMatchObject({ dataSource: "AzureFileShare", unread: [] });
  expect(problemsOf({ dataSource: "AzureFileShare", properties: live.arm })).toEqual([]);
});

test("nothing is claimed of a policy of databases without a type of workload", () => {
  const { inputs } = parsed(usual("SQLDataBase", "Streaming"));
  const { workLoadType: _, ...shown } = policyBody(inputs).properties;
  expect(readPolicy(shown).unread).toEqual(["its data source AzureWorkload"]);
});
