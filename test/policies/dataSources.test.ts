import { inputsOfLive, parsePolicy, policyContent, readPolicy } from "../../provider/policies/backupPolicy.js";
import { isSameContent } from "../../provider/policies/content.js";
import {
  type DataSourceName,
  type DataStoreType,
  dataSourceNames,
  dataSourceOf,
  intervals,
  markers,
  storesOf,
} from "../../provider/policies/dataSources.js";
import { problemText } from "../../provider/vaults/values.js";

const vault =
  "/subscriptions/11111111-2222-3333-4444-555555555555/resourceGroups/rg/providers/Microsoft.DataProtection/backupVaults/bv";

function problemsOf(dataSource: string, contents: object): string[] {
  const { problems, limits } = parsePolicy({ vault, policyName: "daily", dataSource, ...contents }, {});
  return [...problems, ...limits].map(problemText);
}

const at = (every: string) => ({ every, at: "02:00", ...(every === "P1W" && { on: ["Sunday"] }) });
/** An interval that this data source has. */
const usual = (name: DataSourceName) => at(dataSourceOf(name).scheduled.every.at(-1) ?? "");

const stores: DataStoreType[] = ["OperationalStore", "VaultStore", "ArchiveStore"];
const product = <A, B>(as: readonly A[], bs: readonly B[]) => as.flatMap((a) => bs.map((b) => [a, b] as const));

test.each(product(dataSourceNames, intervals))("%s every %s", (name, every) => {
  const { scheduled, noun } = dataSourceOf(name);
  const allowed: readonly string[] = scheduled.every;
  const found = problemsOf(name, { schedule: at(every), retention: [{ keep: "P7D" }] });
  expect(found).toHaveLength(allowed.includes(every) ? 0 : 1);
  expect(found.every((text) => text.startsWith("schedule.every must be ") && text.includes(noun))).toBe(true);
});

test.each(product(dataSourceNames, markers))("%s keeps the %s for longer", (name, of) => {
  const { markers: allowed } = dataSourceOf(name);
  const found = problemsOf(name, { schedule: usual(name), retention: [{ keep: "P7D" }, { keep: "P30D", of }] });
  expect(found.map((text) => text.split(" ")[0])).toEqual(allowed.some((each) => each === of) ? [] : ["retention[1]"]);
});

test.each(product(dataSourceNames, stores))("%s in the %s", (name, store) => {
  const source = dataSourceOf(name);
  const retention = [{ keep: "P7D" }, ...(store === source.scheduled.store ? [] : [{ keep: "P30D", store }])];
  const found = problemsOf(name, { schedule: usual(name), retention });
  expect(found).toHaveLength(storesOf(source).includes(store) ? 0 : 1);
});

const limits = dataSourceNames.flatMap((name) =>
  storesOf(dataSourceOf(name)).flatMap((store) => {
    const limit = dataSourceOf(name).longest[store];
    return limit === undefined ? [] : [[name, store, limit] as const];
  }),
);

test.each(limits)("%s in the %s for %s, and no longer", (name, store, limit) => {
  const { continuous, scheduled } = dataSourceOf(name);
  const policy = (keep: string) =>
    store === continuous?.store
      ? { retention: [{ keep }] }
      : { schedule: at(scheduled.every.at(-1) ?? ""), retention: [{ keep, store }] };
  const [, count = "", unit] = /(\d+)(\w)/.exec(limit) ?? [];
  expect(problemsOf(name, policy(limit))).toEqual([]);
  expect(problemsOf(name, policy(`P${Number(count) + 1}${unit}`)).join()).toContain(`must be at most ${limit}`);
});

test.each(dataSourceNames)("%s needs a schedule unless its backup is continuous", (name) => {
  const { continuous } = dataSourceOf(name);
  expect(problemsOf(name, { retention: [{ keep: "P7D" }] })).toHaveLength(continuous ? 0 : 1);
});

test.each(dataSourceNames)("%s keeps all backups for some time, not only the first ones of a period", (name) => {
  const {
    markers: [of],
  } = dataSourceOf(name);
  expect(problemsOf(name, { schedule: usual(name), retention: [{ keep: "P30D", of }] })).toEqual([
    expect.stringContaining("retention needs an entry without `of`"),
  ]);
});

// https://learn.microsoft.com/azure/backup/backup-managed-disks has this example.
test.each([
  ["PT12H", "P225D", []],
  ["PT12H", "P226D", ["retention[0] must be at most P225D"]],
  ["PT1H", "P18D", []],
  ["PT1H", "P19D", ["retention[0] must be at most P18D"]],
  ["P1D", "P1Y", []],
])("a disk backed up every %s keeps its snapshots for %s: %j", (every, keep, expected) => {
  const found = problemsOf("AzureDisk", { schedule: at(every), retention: [{ keep }] });
  expect(found).toEqual(expected.map((text) => expect.stringContaining(text)));
});

test.each([
  ["no retention", {}, "retention is missing"],
  ["both forms", { retention: [{ keep: "P7D" }], policyRules: [] }, "retention and `policyRules` exclude each other"],
  ["a retention in words", { retention: [{ keep: "30 days" }] }, "retention[0].keep must be a whole number of days"],
  ["a weekly backup on no day", { schedule: { every: "P1W", at: "02:00" } }, "schedule.on must name the days"],
  ["a daily backup on a day", { schedule: { ...at("P1D"), on: ["Sunday"] } }, "schedule.on belongs to a weekly backup"],
  ["a time of no day", { schedule: { every: "P1D", at: "24:00" } }, "schedule.at must be a time of day"],
  [
    "a time zone of another standard",
    { schedule: { ...at("P1D"), timeZone: "Europe/Berlin" } },
    "schedule.timeZone must be the name that Windows has",
  ],
  [
    "a misspelt member of Azure's form",
    { policyRules: [{ objectType: "AzureRetentionRule", name: "Default", lifecycels: [] }] },
    'unknown argument "policyRules[0].lifecycels"; did you mean "policyRules[0].lifecycles"?',
  ],
  [
    "an eTag of something that has none",
    { policyRules: [{ objectType: "AzureRetentionRule", name: "Default", lifecycles: [], eTag: "1" }] },
    'unknown argument "policyRules[0].eTag"',
  ],
  [
    "a retention twice",
    { retention: [{ keep: "P7D" }, { keep: "P9D" }] },
    "retention[1] is a second rule for the same backups",
  ],
  [
    "a first backup of the week in continuous backup",
    { retention: [{ keep: "P7D" }, { keep: "P9D", of: "FirstOfWeek" }] },
    "applies to no backup",
  ],
])("%s is refused", (_, contents, expected) => {
  const complete =
    "retention" in contents || "policyRules" in contents
      ? contents
      : { ...contents, ...(Object.keys(contents).length > 0 && { retention: [{ keep: "P7D" }] }) };
  expect(problemsOf("AzureBlob", complete).join("\n")).toContain(expected);
});

const inStore = (dataStoreType: string) => ({ objectType: "DataStoreInfoBase", dataStoreType });
const lifecycle = (store: string, duration: string) => ({
  sourceDataStore: inStore(store),
  deleteAfter: { objectType: "AbsoluteDeleteOption", duration },
  targetDataStoreCopySettings: [],
});
const kept = (name: string, ...lifecycles: object[]) => ({
  objectType: "AzureRetentionRule",
  name,
  isDefault: name.startsWith("Default"),
  lifecycles,
});
const made = (store: string, backupType: string, schedule: object, criteria: object) => ({
  objectType: "AzureBackupRule",
  name: "BackupIntervals",
  backupParameters: { objectType: "AzureBackupParams", backupType },
  dataStore: inStore(store),
  trigger: {
    objectType: "ScheduleBasedTriggerContext",
    schedule,
    taggingCriteria: [
      { isDefault: true, taggingPriority: 99, tagInfo: { id: "Default_", tagName: "Default" } },
      {
        isDefault: false,
        taggingPriority: 15,
        tagInfo: { id: "Other_", tagName: "Other" },
        criteria: [{ objectType: "ScheduleBasedBackupCriteria", ...criteria }],
      },
    ],
  },
});
const weekly = { repeatingTimeIntervals: ["R/2021-05-23T02:30:00+00:00/P1W"], timeZone: "India Standard Time" };
const daily = { repeatingTimeIntervals: ["R/2024-01-08T16:00:00+00:00/P1D"], timeZone: "UTC" };

// Of the acceptance tests of azurerm: data_protection_backup_policy_kubernetes_cluster, "basic" and "complete". Recorded:
// New-AzDataProtectionBackupInstance of azure-powershell (2026-08), the policy "dom"; test_dataprotection_backup_policy_manual of
// azure-cli-extensions (2025).
test.each<[string, DataSourceName, object[]]>([
  [
    "an AKS cluster every week, with a retention for days",
    "AzureKubernetesService",
    [
      made("OperationalStore", "Incremental", weekly, {
        daysOfTheWeek: ["Thursday"],
        monthsOfYear: ["November"],
        weeksOfTheMonth: ["First"],
        scheduleTimes: ["2021-05-23T02:30:00Z"],
      }),
      kept("Other", lifecycle("OperationalStore", "P84D")),
      kept("Default", lifecycle("OperationalStore", "P7D")),
    ],
  ],
  [
    "an AKS cluster with two retentions for the same backups",
    "AzureKubernetesService",
    [
      made("OperationalStore", "Incremental", weekly, { absoluteCriteria: ["FirstOfDay"] }),
      kept("Other", lifecycle("OperationalStore", "P7D"), lifecycle("OperationalStore", "P84D")),
      kept("Default", lifecycle("OperationalStore", "P7D")),
    ],
  ],
  [
    "blobs on days of the month, with lists that are empty",
    "AzureBlob",
    [
      made("VaultStore", "Discrete", daily, {
        daysOfMonth: [
          { date: 28, isLast: false },
          { date: 0, isLast: true },
        ],
        weeksOfTheMonth: [],
        daysOfTheWeek: [],
        monthsOfYear: [],
      }),
      kept("Default_OperationalStore", lifecycle("OperationalStore", "P30D")),
      kept("Other", lifecycle("VaultStore", "P6M")),
      kept("Default", lifecycle("VaultStore", "P15D")),
    ],
  ],
  [
    "Data Lake Storage in Windows' other name of UTC",
    "AzureDataLakeStorage",
    [
      made(
        "VaultStore",
        "Discrete",
        { ...daily, timeZone: "Coordinated Universal Time" },
        { absoluteCriteria: ["FirstOfWeek"] },
      ),
      kept("Other", lifecycle("VaultStore", "P6M")),
      kept("Default", lifecycle("VaultStore", "P7D")),
    ],
  ],
])("%s, which Azure was seen to take, is taken and imported without a change", (_, name, policyRules) => {
  expect(problemsOf(name, { policyRules })).toEqual([]);
  const live = readPolicy({ policyRules, datasourceTypes: [dataSourceOf(name).armType] });
  expect(live.unread).toEqual([]);
  const { policyId: _1, ...imported } = inputsOfLive(`${vault}/backupPolicies/daily`, live);
  expect(problemsOf(name, imported)).toEqual([]);
  const content = policyContent(parsePolicy(imported, {}).inputs);
  expect(content && live.content && isSameContent(content, live.content)).toBe(true);
});

// azurerm's list of System.TimeZoneInfo: names that Unicode's data does not have.
test.each(["Coordinated Universal Time", "Kamchatka Standard Time", "Mid-Atlantic Standard Time", "utc"])(
  "the time zone %s is known",
  (timeZone) => {
    expect(problemsOf("AzureDisk", { schedule: { ...at("P1D"), timeZone }, retention: [{ keep: "P7D" }] })).toEqual([]);
  },
);

test("a data source with a part of its name is answered with the whole one", () => {
  const [problem] = problemsOf("AzureDatabaseForPostgreSQL", { retention: [{ keep: "P7D" }] });
  expect(problem).toContain('did you mean "AzureDatabaseForPostgreSQLFlexibleServer"?');
});

test("a data source by its type in Resource Manager is answered with the name to use", () => {
  expect(problemsOf("Microsoft.Compute/disks", { retention: [{ keep: "P7D" }] })).toEqual([
    expect.stringContaining('did you mean "AzureDisk"?'),
  ]);
});
