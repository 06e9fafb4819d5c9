import { parsePolicy } from "../../provider/policies/backupPolicy.js";
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

const problemsOf = (dataSource: string, contents: object): string[] =>
  parsePolicy({ vault, policyName: "daily", dataSource, ...contents }, {}).problems.map(problemText);

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

test("a data source by its type in Resource Manager is answered with the name to use", () => {
  expect(problemsOf("Microsoft.Compute/disks", { retention: [{ keep: "P7D" }] })).toEqual([
    expect.stringContaining('did you mean "AzureDisk"?'),
  ]);
});
