import { WINDOWS_TO_IANA_MAP } from "windows-iana";
import { type Emulator, startEmulator } from "../../emulator/index.js";
import { databases, disks, keptFor, logs, longTerm, machines, simple, ten } from "../policies/clientPolicies.js";
import { oneRun } from "../support/oneRun.js";

let azure: Emulator;
const inGroup = (path: string) =>
  `/subscriptions/${azure.env.ARM_SUBSCRIPTION_ID}/resourceGroups/rg-payroll/providers/${path}`;
const backupVault = () => inGroup("Microsoft.DataProtection/backupVaults/bv");
const recoveryVault = () => inGroup("Microsoft.RecoveryServices/vaults/rsv");

beforeAll(async () => {
  azure = await startEmulator({ trust: true });
  azure.createResourceGroup("rg-payroll");
  const storageSettings = [{ datastoreType: "VaultStore", type: "LocallyRedundant" }];
  azure.arm("PUT", backupVault(), { location: "westeurope", properties: { storageSettings } });
  azure.arm("PUT", recoveryVault(), { location: "westeurope", sku: { name: "Standard" }, properties: {} });
});
afterAll(() => azure.close());

const full = {
  policyType: "Full",
  schedulePolicy: simple("Daily", "23:00"),
  retentionPolicy: longTerm("23:00", ten),
};

/** By where the time zone stands: the program, and what Azure is sent. */
const places: Record<string, (zone: string) => [object, object]> = {
  "the rules of a Backup vault's policy": (zone) => {
    const policy = disks({ timeZone: zone });
    return [{ vault: backupVault(), dataSource: "AzureDisk", policyRules: policy.policyRules }, policy];
  },
  "the policy of machines": (timeZone) => {
    const properties = machines("V1", simple("Daily", "23:00"), ten, { timeZone });
    return [{ vault: recoveryVault(), dataSource: "VM", properties }, properties];
  },
  "the settings of databases": (timeZone) => {
    const properties = databases("SQLDataBase", { timeZone }, full, { ...logs(60, 8), retentionPolicy: keptFor(8) });
    return [{ vault: recoveryVault(), dataSource: "SQLDataBase", properties }, properties];
  },
};

let policies = 0;

/** Whether our check takes a time zone, and whether Azure does. */
async function taken(place: string, zone: string): Promise<[ours: boolean, azures: boolean]> {
  policies += 1;
  const [program, properties] = places[place]?.(zone) ?? [{}, {}];
  const { vault } = program as { vault: string };
  const policyName = `policy-${policies}`;
  const run = oneRun(azure)[vault === backupVault() ? "backupPolicy" : "recoveryServicesBackupPolicy"];
  const { failures } = await run.check({}, { ...program, policyName } as never);
  const { status } = azure.arm("PUT", `${vault}/backupPolicies/${policyName}`, { properties });
  return [failures.length === 0, status < 300];
}

const older = ["Kamchatka Standard Time", "Mid-Atlantic Standard Time", "Coordinated Universal Time"];
const windows = [...new Set(WINDOWS_TO_IANA_MAP.map(({ windowsName }) => windowsName)), ...older];
const others = ["Europe/Berlin", "Etc/UTC", "US/Pacific", "Foo/Bar", "CET", "constructor", "W. Europe", "UTC+1"];

test.each(Object.keys(places))("in %s, each time zone of Windows is taken, and no other name", async (place) => {
  for (const zone of windows) expect([zone, ...(await taken(place, zone))]).toEqual([zone, true, true]);
  for (const zone of others) expect([zone, ...(await taken(place, zone))]).toEqual([zone, false, false]);
});

// Microsoft's specification (2026-03-01) has offsets for Backup vaults.
test.each(Object.keys(places))("in %s, an offset is taken where Microsoft documents it", async (place) => {
  const isDocumented = place === "the rules of a Backup vault's policy";
  for (const zone of ["Z", "+05:30", "-08:00"]) expect(await taken(place, zone)).toEqual([isDocumented, isDocumented]);
});
