import { type Emulator, startEmulator } from "../../emulator/index.js";
import { type Reply, type ScriptedAzure, scriptedAzure } from "../azure/scriptedAzure.js";
import {
  at,
  databases,
  disks,
  hourly,
  keptFor,
  logs,
  longTerm,
  machines,
  simple,
  ten,
  v2,
} from "../policies/clientPolicies.js";
import { created, oneRun } from "../support/oneRun.js";

/*
 * Policies that Azure has and that no client could make now, as the emulator, which refuses them, shows none: they are read, imported,
 * refreshed and adopted as they are. Only a new one is refused.
 */

type Values = Record<string, unknown>;

let emulator: Emulator;
let azure: ScriptedAzure;
/** What Azure shows of a policy, by its ID. */
const shown = new Map<string, object>();

beforeAll(async () => {
  emulator = await startEmulator({ trust: true });
  emulator.createResourceGroup("rg");
  azure = await scriptedAzure(({ method, url, body }): Reply => {
    if (method !== "GET")
      return { status: 400, body: { error: { code: "NotAllowed", message: "Nothing is written." } } };
    const path = decodeURIComponent(url);
    const properties = shown.get(path.split("?")[0] ?? "");
    if (properties === undefined) return emulator.arm(method, path, body ? JSON.parse(body) : undefined);
    const id = path.split("?")[0] ?? "";
    return { status: 200, body: { id, name: id.split("/").at(-1), type: "of policies", properties } };
  });
  const at = (path: string) => `/subscriptions/${emulator.env.ARM_SUBSCRIPTION_ID}/resourceGroups/rg/providers/${path}`;
  vaults.backupPolicy = at("Microsoft.DataProtection/backupVaults/bv");
  vaults.recoveryServicesBackupPolicy = at("Microsoft.RecoveryServices/vaults/rsv");
  const storageSettings = [{ datastoreType: "VaultStore", type: "LocallyRedundant" }];
  emulator.arm("PUT", vaults.backupPolicy, { location: "westeurope", properties: { storageSettings } });
  emulator.vault(vaults.backupPolicy);
  const sku = { name: "Standard" };
  emulator.arm("PUT", vaults.recoveryServicesBackupPolicy, { location: "westeurope", sku, properties: {} });
  emulator.vault(vaults.recoveryServicesBackupPolicy);
});
afterAll(async () => {
  await azure.close();
  await emulator.close();
});

type Kind = "backupPolicy" | "recoveryServicesBackupPolicy";
const vaults: Record<Kind, string> = { backupPolicy: "", recoveryServicesBackupPolicy: "" };

const daily = simple("Daily", "23:00");
const sql = (settings: object, minutes: number) => {
  const full = { policyType: "Full", schedulePolicy: daily, retentionPolicy: longTerm("23:00", ten) };
  const log = { ...logs(minutes, 8), retentionPolicy: keptFor(8) };
  return databases("SQLDataBase", settings, full, log);
};

const zone = "must be the name that Windows has for a time zone";

/** By what is odd: what Azure shows, and what a new one like it is refused for. Undefined: nothing. */
const odd: Record<string, [Kind, object, string | undefined]> = {
  // Microsoft's specification: read-only.
  "a tag with an `eTag`": ["backupPolicy", disks({}, { tag: { eTag: 'W/"1"' } }), undefined],
  "a tag with another ID": ["backupPolicy", disks({}, { tag: { id: "5" } }), undefined],
  "a time with a fraction": [
    "backupPolicy",
    disks({ repeatingTimeIntervals: ["R/2024-01-07T02:00:00.0000000+00:00/P1D"] }),
    undefined,
  ],
  // Microsoft's specification has these time zones as well.
  "an offset for a time zone": ["backupPolicy", disks({ timeZone: "+05:30" }), undefined],
  "a time zone of nowhere, of disks": ["backupPolicy", disks({ timeZone: "Foo/Bar" }), zone],
  "a monthly backup": [
    "backupPolicy",
    disks({ repeatingTimeIntervals: ["R/2024-01-07T02:00:00+00:00/P1M"] }),
    "must be PT1H, PT2H, PT4H, PT6H, PT8H, PT12H or P1D for managed disks; it is P1M",
  ],
  "no type of backup": [
    "backupPolicy",
    disks({}, { backup: { backupParameters: undefined } }),
    "policyRules[0].backupParameters.backupType must be Incremental for managed disks",
  ],
  // https://github.com/Azure/azure-rest-api-specs, RecoveryServicesBackup, 2026-05-01, IaaS_v2_daily.json.
  "another time of retention than that of the schedule": [
    "recoveryServicesBackupPolicy",
    {
      ...machines("V2", v2({ scheduleRunFrequency: "Daily", dailySchedule: { scheduleRunTimes: [at("10:00")] } }), {}),
      retentionPolicy: longTerm("08:00", { daily: ["P180D"], weekly: ["P12W", { on: ["Sunday"] }] }),
      snapshotConsistencyType: "OnlyCrashConsistent",
      instantRpRetentionRangeInDays: 30,
      timeZone: "India Standard Time",
    },
    "dailySchedule.retentionTimes must be the time of the schedule, which is 10:00; it is 08:00",
  ],
  "two times of day": [
    "recoveryServicesBackupPolicy",
    machines("V1", { ...daily, scheduleRunTimes: [at("23:00"), at("11:00")] }, ten, {
      instantRpRetentionRangeInDays: 2,
    }),
    "schedulePolicy.scheduleRunTimes must be the time of the schedule, which is 23:00; it is 11:00",
  ],
  "a backup every three hours": [
    "recoveryServicesBackupPolicy",
    machines("V2", v2(hourly(3, "23:00", 12)), ten, { instantRpRetentionRangeInDays: 7 }),
    "must be PT4H, PT6H, PT8H, PT12H, P1D or P1W for virtual machines; it is PT3H",
  ],
  "a log backup every 45 minutes": [
    "recoveryServicesBackupPolicy",
    sql({ timeZone: "UTC" }, 45),
    "must be every PT15M, PT30M, PT1H, PT2H, PT4H, PT8H, PT12H or P1D; it is every PT45M",
  ],
  "a time zone of nowhere, of machines": [
    "recoveryServicesBackupPolicy",
    machines("V1", daily, ten, { instantRpRetentionRangeInDays: 2, timeZone: "Foo/Bar" }),
    `properties.timeZone ${zone}`,
  ],
  "a time zone of nowhere, of databases": [
    "recoveryServicesBackupPolicy",
    sql({ timeZone: "Europe/Berlin" }, 60),
    `properties.settings.timeZone ${zone}, such as "W. Europe Standard Time"; it is "Europe/Berlin"; did you mean "W. Europe`,
  ],
};

const cases = Object.entries(odd).map(([name, [kind, properties, refused]], index) => {
  return [name, kind, JSON.parse(JSON.stringify(properties)) as object, refused, `policy-${index}`] as const;
});

test.each(cases)("%s: it is imported, refreshed and adopted as it is", async (_, kind, properties, _refused, name) => {
  const id = `${vaults[kind]}/backupPolicies/${name}`;
  shown.set(id, properties);
  const { inputs, props } = (await oneRun(azure)[kind].read(id, {})) as { inputs: Values; props: Values };
  const run = oneRun(azure)[kind];
  const checked = await run.check(inputs, inputs);
  expect(checked.failures).toEqual([]);
  expect(await run.diff(id, props, checked.inputs)).toMatchObject({ changes: false });
  expect((await oneRun(azure)[kind].read(id, props)).inputs).toEqual(inputs);
  const { inputs: adopted, outs } = await created(oneRun(azure)[kind], { ...inputs, adopt: true });
  expect((await oneRun(azure)[kind].read(id, outs)).inputs).toEqual(adopted);
});

test.each(cases)("%s: a new one like it is judged", async (_, kind, properties, refused, name) => {
  const id = `${vaults[kind]}/backupPolicies/${name}`;
  shown.set(id, properties);
  const { inputs } = (await oneRun(azure)[kind].read(id, {})) as { inputs: Values };
  const { failures } = await oneRun(azure)[kind].check({}, { ...inputs, policyName: "another" });
  const text = failures.map(({ reason }) => reason).join();
  if (refused === undefined) expect(text).toBe("");
  else expect(text).toContain(refused);
});

test("a monthly backup from another day is another policy", async () => {
  const id = `${vaults.backupPolicy}/backupPolicies/monthly`;
  const onDay = (day: string) => disks({ repeatingTimeIntervals: [`R/2024-01-${day}T02:00:00+00:00/P1M`] });
  shown.set(id, onDay("07"));
  const { props, inputs } = (await oneRun(azure).backupPolicy.read(id, {})) as { props: Values; inputs: Values };
  shown.set(id, onDay("08"));
  expect((await oneRun(azure).backupPolicy.read(id, props)).inputs).not.toEqual(inputs);
});
