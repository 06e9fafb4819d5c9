import { inputsOfLive, parsePolicy, policyContent, readPolicy } from "../../provider/policies/backupPolicy.js";
import { isSameContent } from "../../provider/policies/content.js";
import { type DataSourceName, dataSourceOf } from "../../provider/policies/dataSources.js";

/*
 * Policies that Azure was seen to take, by their facts: the templates of az (recorded in azure-cli-extensions,
 * test_dataprotection_backup_policy_create_and_delete and _manual, 2025-11), the acceptance tests of azurerm
 * (data_protection_backup_policy_*, 2026-08), those of Az.DataProtection (New-AzDataProtectionBackupPolicy, 2026-08), and the
 * example of Microsoft's specification (CreateOrUpdateBackupPolicy, 2025-07-01).
 */

interface Seen {
  dataSource: DataSourceName;
  /** None: backup is continuous. */
  times: string[];
  timeZone?: string;
  /** How long continuous backups are kept, by a rule of this name. */
  continuous?: [name: string, kept: string];
  /** By name: the priority, the criteria, and how long in which store. */
  tagged?: [name: string, priority: number, criteria: object, kept: string[]][];
  /** How long all backups are kept, in which store. */
  kept: string[];
  /** What speaks against a new one like it. */
  limits?: string[];
}

const vault =
  "/subscriptions/11111111-2222-3333-4444-555555555555/resourceGroups/rg/providers/Microsoft.DataProtection/backupVaults/bv";
const named = { vault, policyName: "daily" };

const inStore = (dataStoreType = "") => ({ objectType: "DataStoreInfoBase", dataStoreType });

/** `P7D VaultStore`, or `P7D OperationalStore > VaultStore` with an immediate copy. */
function lifecycle(text: string) {
  const [duration, store, , copy] = text.split(" ");
  const copies = [{ copyAfter: { objectType: "ImmediateCopyOption" }, dataStore: inStore(copy) }];
  return {
    sourceDataStore: inStore(store),
    deleteAfter: { objectType: "AbsoluteDeleteOption", duration },
    // az sends null where it has none.
    targetDataStoreCopySettings: copy === undefined ? null : copies,
  };
}

function rulesOf({ dataSource, times, timeZone, continuous, tagged = [], kept }: Seen) {
  const { store, backupType } = dataSourceOf(dataSource).scheduled;
  const tag = (tagName: string, isDefault: boolean, taggingPriority: number, criteria?: object) => ({
    isDefault,
    taggingPriority,
    tagInfo: { tagName, id: isDefault ? "Default_" : undefined },
    ...(criteria && { criteria: [{ objectType: "ScheduleBasedBackupCriteria", ...criteria }] }),
  });
  const rule = (name: string, isDefault: boolean, lifecycles: string[]) => ({
    objectType: "AzureRetentionRule",
    name,
    isDefault,
    lifecycles: lifecycles.map(lifecycle),
  });
  const operational = continuous ? [rule(continuous[0], true, [continuous[1]])] : [];
  if (times.length === 0) return operational;
  return [
    ...operational,
    {
      objectType: "AzureBackupRule",
      name: /PT/.test(times.join()) ? "BackupHourly" : /P1D/.test(times.join()) ? "BackupDaily" : "BackupWeekly",
      backupParameters: { objectType: "AzureBackupParams", backupType },
      dataStore: inStore(store),
      trigger: {
        objectType: "ScheduleBasedTriggerContext",
        schedule: { repeatingTimeIntervals: times, timeZone: timeZone ?? null },
        taggingCriteria: [
          ...tagged.map(([name, priority, criteria]) => tag(name, false, priority, criteria)),
          tag("Default", true, 99),
        ],
      },
    },
    rule("Default", true, kept),
    ...tagged.map(([name, , , lifecycles]) => rule(name, false, lifecycles)),
  ];
}

const first = (period: string) => ({ absoluteCriteria: [`FirstOf${period}`] });
const sundayAndMonday = ["R/2021-05-23T02:30:00+00:00/P1W", "R/2021-05-24T03:40:00+00:00/P1W"];
const twoDays = ["R/2024-03-04T09:00:00+05:30/P1W", "R/2024-03-05T09:00:00+05:30/P1W"];

/** azurerm's "complete", of the databases and of Data Lake Storage. */
const manyCriteria = (dataSource: DataSourceName, [a, b, c]: [number, number, number], timeZone: string): Seen => ({
  dataSource,
  times: sundayAndMonday,
  timeZone,
  kept: ["P4M VaultStore"],
  tagged: [
    ["weekly", a, first("Week"), ["P6M VaultStore"]],
    [
      "thursday",
      b,
      {
        daysOfTheWeek: ["Thursday", "Friday"],
        monthsOfYear: ["November", "December"],
        scheduleTimes: ["2021-05-23T02:30:00Z"],
      },
      ["P1W VaultStore"],
    ],
    [
      "monthly",
      c,
      {
        weeksOfTheMonth: ["First", "Last"],
        daysOfTheWeek: ["Tuesday"],
        scheduleTimes: ["2021-05-23T02:30:00Z", "2021-05-24T03:40:00Z"],
      },
      ["P1D VaultStore"],
    ],
  ],
});

/** Az.DataProtection's, of the databases. */
const daysOfMonth = (dataSource: DataSourceName): Seen => ({
  dataSource,
  times: twoDays,
  timeZone: "India Standard Time",
  kept: ["P10D VaultStore"],
  tagged: [
    [
      "Monthly",
      15,
      {
        monthsOfYear: ["January"],
        daysOfMonth: [{ date: 1, isLast: false }, { date: 5, isLast: false }, { isLast: true }],
      },
      ["P6M VaultStore"],
    ],
  ],
});

const weekly = (dataSource: DataSourceName): Seen => ({
  dataSource,
  times: ["R/2021-05-23T02:30:00+00:00/P1W"],
  // What azurerm sends where its user names none.
  timeZone: "",
  kept: ["P4M VaultStore"],
});
const onSundays = { every: "P1W", at: "02:30", on: ["Sunday"] };

const threeDays = [
  { date: 1, isLast: false },
  { date: 2, isLast: false },
  { date: 0, isLast: true },
];

const novemberThursdays = (scheduleTime: string) => ({
  daysOfTheWeek: ["Thursday"],
  monthsOfYear: ["November"],
  weeksOfTheMonth: ["First"],
  scheduleTimes: [scheduleTime],
});

/** With the short form in which a program has it. Undefined: only Azure's own form can say it. */
const seen: [string, Seen, object | undefined][] = [
  [
    "az's template for disks",
    { dataSource: "AzureDisk", times: ["R/2020-04-05T13:00:00+00:00/PT4H"], kept: ["P7D OperationalStore"] },
    { schedule: { every: "PT4H", at: "13:00" }, retention: [{ keep: "P7D" }] },
  ],
  [
    "az's disks with the first backup of a day",
    {
      dataSource: "AzureDisk",
      times: ["R/2021-05-02T05:30:00+00:00/PT6H"],
      kept: ["P7D OperationalStore"],
      tagged: [["Daily", 25, first("Day"), ["P12D OperationalStore"]]],
    },
    { schedule: { every: "PT6H", at: "05:30" }, retention: [{ keep: "P7D" }, { keep: "P12D", of: "FirstOfDay" }] },
  ],
  [
    "az's template for AKS clusters",
    {
      dataSource: "AzureKubernetesService",
      times: ["R/2023-01-04T09:00:00+00:00/PT4H"],
      kept: ["P7D OperationalStore"],
      tagged: [["Daily", 25, first("Day"), ["P7D OperationalStore > VaultStore", "P84D VaultStore"]]],
    },
    {
      schedule: { every: "PT4H", at: "09:00" },
      retention: [{ keep: "P7D" }, { keep: "P84D", of: "FirstOfDay", store: "VaultStore" }],
    },
  ],
  [
    "azurerm's disks with seconds in their schedule",
    {
      dataSource: "AzureDisk",
      times: ["R/2021-05-19T06:33:16+00:00/PT4H"],
      timeZone: "W. Europe Standard Time",
      kept: ["P7D OperationalStore"],
      tagged: [
        ["Daily", 25, first("Day"), ["P7D OperationalStore"]],
        ["Weekly", 20, first("Week"), ["P7D OperationalStore"]],
        ["Monthly", 15, first("Month"), ["P6M OperationalStore"]],
        ["Yearly", 10, first("Year"), ["P1Y OperationalStore"]],
      ],
    },
    undefined,
  ],
  [
    "az's template for blobs",
    {
      dataSource: "AzureBlob",
      times: ["R/2023-06-28T07:30:00+00:00/P1D"],
      timeZone: "UTC",
      kept: ["P7D VaultStore"],
    },
    { schedule: { every: "P1D", at: "07:30" }, retention: [{ keep: "P7D" }] },
  ],
  [
    "az's template for Data Lake Storage",
    {
      dataSource: "AzureDataLakeStorage",
      times: ["R/2023-03-26T13:00:00+00:00/P1W"],
      timeZone: "UTC",
      kept: ["P7D VaultStore"],
    },
    { schedule: { every: "P1W", at: "13:00", on: ["Sunday"] }, retention: [{ keep: "P7D" }] },
  ],
  ...(["AzureDatabaseForPostgreSQLFlexibleServer", "AzureDatabaseForMySQL"] as const).map(
    (dataSource): [string, Seen, object] => [
      `az's template for ${dataSource}`,
      { dataSource, times: ["R/2021-08-15T06:30:00+00:00/P1W"], timeZone: "UTC", kept: ["P3M VaultStore"] },
      { schedule: { every: "P1W", at: "06:30", on: ["Sunday"] }, retention: [{ keep: "P3M" }] },
    ],
  ),
  [
    "azurerm's basic blobs",
    { dataSource: "AzureBlob", times: [], continuous: ["Default", "P30D OperationalStore"], kept: [] },
    undefined,
  ],
  [
    "azurerm's complete blobs",
    {
      dataSource: "AzureBlob",
      times: ["R/2024-05-08T11:30:00+00:00/P1W"],
      timeZone: "",
      continuous: ["Default", "P30D OperationalStore"],
      kept: ["P7D VaultStore"],
      tagged: [
        ["Monthly", 15, { absoluteCriteria: null, daysOfMonth: threeDays }, ["P6M VaultStore"]],
        ["Daily", 25, novemberThursdays("2024-05-08T02:30:00Z"), ["P7D VaultStore"]],
      ],
      limits: [`is a second rule for the same backups: "Default" is there already`],
    },
    undefined,
  ],
  [
    "azurerm's basic AKS cluster",
    {
      dataSource: "AzureKubernetesService",
      times: ["R/2021-05-23T02:30:00+00:00/P1W"],
      timeZone: "",
      kept: ["P7D OperationalStore"],
      tagged: [["Daily", 25, novemberThursdays("2021-05-23T02:30:00Z"), ["P84D OperationalStore"]]],
    },
    undefined,
  ],
  [
    "azurerm's complete AKS cluster",
    {
      dataSource: "AzureKubernetesService",
      times: ["R/2021-05-23T02:30:00+00:00/P1W"],
      timeZone: "India Standard Time",
      kept: ["P7D OperationalStore"],
      tagged: [["Daily", 25, first("Day"), ["P7D OperationalStore", "P84D OperationalStore"]]],
    },
    undefined,
  ],
  [
    "the specification's example, of a supported server",
    {
      dataSource: "AzureDatabaseForPostgreSQLFlexibleServer",
      times: ["R/2019-11-20T08:00:00-08:00/P1W"],
      kept: ["P1W VaultStore"],
      tagged: [
        ["Weekly", 20, { daysOfTheWeek: ["Sunday"], scheduleTimes: ["2019-03-01T13:00:00Z"] }, ["P12W VaultStore"]],
      ],
    },
    undefined,
  ],
  ...(["AzureDataLakeStorage", "AzureDatabaseForPostgreSQLFlexibleServer", "AzureDatabaseForMySQL"] as const).map(
    (name): [string, Seen, object] => [
      `azurerm's basic ${name}`,
      weekly(name),
      { schedule: onSundays, retention: [{ keep: "P4M" }] },
    ],
  ),
  ...(["AzureDatabaseForPostgreSQLFlexibleServer", "AzureDatabaseForMySQL"] as const).flatMap(
    (name): [string, Seen, undefined][] => [
      [`azurerm's complete ${name}`, manyCriteria(name, [20, 25, 30], "India Standard Time"), undefined],
      [`Az.DataProtection's ${name}`, daysOfMonth(name), undefined],
    ],
  ),
  [
    "azurerm's complete Data Lake Storage",
    manyCriteria("AzureDataLakeStorage", [1, 2, 3], "Coordinated Universal Time"),
    undefined,
  ],
];

test.each(seen)("%s is taken, imported and previewed without a change", (_, policy, short) => {
  const { dataSource, limits: expected = [] } = policy;
  const policyRules = rulesOf(policy);
  const { inputs, problems, limits } = parsePolicy({ ...named, dataSource, policyRules }, {});
  expect(problems).toEqual([]);
  expect(limits.map(({ expected: text }) => text)).toEqual(expected);
  const live = readPolicy({ policyRules, datasourceTypes: [dataSourceOf(dataSource).armType] });
  expect(live.unread).toEqual([]);
  const { policyId, ...imported } = inputsOfLive(inputs.policyId, live);
  expect(policyId).toBe(inputs.policyId);
  expect(imported).toEqual({ ...named, dataSource, ...(short ?? { policyRules: live.rules }) });
  const again = parsePolicy(imported, {});
  expect(again.problems).toEqual([]);
  expect(again.limits).toEqual(limits);
  const contents = [inputs, again.inputs].map((each) => policyContent(each));
  for (const content of contents) expect(content && live.content && isSameContent(content, live.content)).toBe(true);
});

test("a schedule without a time zone and not at +00:00 is another one than in UTC", () => {
  const at = (offset: string) => rulesOf({ ...weekly("AzureDisk"), times: [`R/2021-05-23T02:30:00${offset}/P1D`] });
  const [utc, india, local] = ["+00:00", "+05:30", ""].map((offset) => readPolicy({ policyRules: at(offset) }).content);
  expect(utc?.schedules[0]?.timeZone).toBe("UTC");
  expect([india, local].map((content) => content?.schedules[0]?.timeZone)).toEqual([undefined, undefined]);
});
