import { type Emulator, startEmulator } from "../../../emulator/index.js";
import { newStack, type Run, type Stack } from "../../support/stack.js";

const payroll = {
  resourceGroupName: "rg-payroll",
  location: "westeurope",
  redundancy: "GeoRedundant",
  softDelete: { state: "On", retentionDurationInDays: 30 },
  immutability: "Unlocked",
  tags: { owner: "payroll-team" },
};
const alwaysOn = { state: "AlwaysOn", retentionDurationInDays: 30 };
const locked = { immutability: "Locked" };

const everything = {
  ...payroll,
  softDelete: alwaysOn,
  crossRegionRestore: "Enabled",
  crossSubscriptionRestore: "Disabled",
  alertsForAllJobFailures: "Enabled",
  costManagementGranularity: "VaultLevel",
  identity: { type: "SystemAssigned" },
  resourceGuardOperationRequests: [],
  adopt: false,
  accept: [],
  timeouts: { create: "10m", update: "10m", delete: "10m" },
};

/**
 * A vault for each of the tests, which run in this order: one stack has them all, because every command of Pulumi's
 * takes seconds. The program as it was last deployed.
 */
const vaults: Record<string, object> = Object.fromEntries(
  Object.entries({
    payroll,
    forbidden: { ...payroll, softDelete: alwaysOn },
    portal: payroll,
    lockedInPortal: payroll,
    argument: { ...payroll, ...locked },
    full: payroll,
    empty: payroll,
    drifted: payroll,
    wages: payroll,
    impatient: payroll,
    everything,
  }).map(([name, args]) => [name, { vaultName: `bv-${name}`, ...args }]),
);

let azure: Emulator;
let stack: Stack;
/** Of another program, or of somebody else. */
let other: Stack;
let first: Run;

const idOf = (name: string) =>
  `/subscriptions/${azure.env.ARM_SUBSCRIPTION_ID}/resourceGroups/rg-payroll/providers/Microsoft.DataProtection/backupVaults/bv-${name}`;

/** The program with some vaults changed. */
function changed(changes: Record<string, object>): Stack {
  const all = Object.entries(changes).map(([name, args]) => [name, { ...vaults[name], ...args }]);
  return stack.vaults({ ...vaults, ...Object.fromEntries(all) });
}

function lockInPortal(name: string, state = "Locked"): void {
  azure.setVault(idOf(name), { properties: { securitySettings: { immutabilitySettings: { state } } } });
}

const recorded = async (name: string) => (await stack.resources()).filter(({ id }) => id === idOf(name));

/** What Pulumi's display says of one resource. */
const linesOf = (output: string, name: string) =>
  output
    .split("\n")
    .filter((line) => line.includes(`BackupVault ${name} `))
    .join("\n");

beforeAll(async () => {
  azure = await startEmulator();
  await azure.createResourceGroup("rg-payroll");
  [stack, other] = [await newStack(azure.env), await newStack(azure.env)];
  first = await stack.vaults(vaults).up();
  if (first.code !== 0) throw new Error(first.output);
});

afterAll(async () => {
  stack.remove();
  other.remove();
  await azure.close();
});

test("vaults are deployed side by side, and preview and refresh without changes, the preview without a call to Azure", async () => {
  expect(await stack.resources()).toHaveLength(Object.keys(vaults).length);
  expect(azure.vault(idOf("payroll"))?.properties).toMatchObject({
    storageSettings: [{ datastoreType: "VaultStore", type: "GeoRedundant" }],
    securitySettings: { immutabilitySettings: { state: "Unlocked" } },
  });

  const calls = azure.journal().length;
  expect(await stack.preview("--expect-no-changes")).toMatchObject({ code: 0 });
  expect(azure.journal()).toHaveLength(calls);
  expect(await stack.refresh("--expect-no-changes")).toMatchObject({ code: 0 });
});

test("what is allowed is announced in the preview: that it has no way back, and what it puts back along with it", async () => {
  azure.setVault(idOf("drifted"), { tags: { owner: "somebody-else" } });
  const { code, output } = await changed({
    payroll: locked,
    drifted: { crossSubscriptionRestore: "Disabled" },
  }).preview();
  expect(code).toBe(0);
  expect(output).toMatch(/warning:.*one-way-change/);
  expect(output).toMatch(/warning:.*was changed outside Pulumi: tags/);
  // After the refresh as well, nothing changes that the program has not changed.
  expect(output).toContain("~ 2 to update");
});

test("all that is forbidden about a vault is refused in one preview, and nothing is sent to Azure: what was locked in the portal since, and what removing an argument goes back to, too", async () => {
  await azure.protect(idOf("forbidden"), { name: "payroll-blobs" });
  lockInPortal("forbidden");
  const writes = azure.writes().length;

  const { code, output } = await changed({
    forbidden: {
      redundancy: "LocallyRedundant",
      // A program given as JSON has no member that is undefined.
      immutability: undefined,
      softDelete: { state: "Off", retentionDurationInDays: 30 },
    },
  }).preview();
  lockInPortal("forbidden", "Unlocked");

  expect(code).not.toBe(0);
  for (const rule of ["redundancy-after-protection", "immutability-locked", "soft-delete-always-on"]) {
    expect(output).toContain(rule);
  }
  expect(output).toContain("bv-forbidden");
  expect(output).toContain("payroll-blobs");
  expect(output).not.toMatch(/^\s+at /m);
  expect(azure.writes()).toHaveLength(writes);
});

test("a refresh shows drift that nobody forbids, and records what was locked: the program that unlocks it is refused", async () => {
  lockInPortal("lockedInPortal");
  const refreshed = await stack.vaults(vaults).refresh();
  expect(refreshed).toMatchObject({ code: 0 });
  expect(refreshed.output).toContain("tags");
  expect((await recorded("lockedInPortal"))[0]?.outputs.immutability).toBe("Locked");

  const { code, output } = await stack.preview();
  expect(code).not.toBe(0);
  expect(output).toContain("immutability-locked");
  Object.assign(vaults.lockedInPortal ?? {}, locked);
});

test("a resource that is renamed in the program would cost the vault, and its preview says how it does not", async () => {
  const { wages, ...others } = vaults;
  const refused = await stack.vaults({ ...others, salaries: wages ?? {} }).preview();
  expect(refused.code).not.toBe(0);
  expect(refused.output).toContain("aliases");
});

describe("one up", () => {
  let up: Run;
  let writesBefore: number;
  const writes = (name: string) =>
    azure
      .writes()
      .slice(writesBefore)
      .filter(({ path }) => path.includes(`/bv-${name}?`))
      .map(({ method }) => method);

  beforeAll(async () => {
    writesBefore = azure.writes().length;
    const { wages, ...others } = vaults;
    delete vaults.wages;
    Object.assign(vaults, others, {
      payroll: { ...vaults.payroll, redundancy: "ZoneRedundant" },
      empty: { ...vaults.empty, location: "northeurope" },
      impatient: { ...vaults.impatient, timeouts: { delete: "2h" } },
      everything: {
        ...vaults.everything,
        tags: { owner: "somebody" },
        crossSubscriptionRestore: undefined,
        alertsForAllJobFailures: undefined,
      },
      salaries: { ...wages, adopt: true },
    });
    up = await stack.vaults(vaults).up();
    expect(up).toMatchObject({ code: 0 });
  });

  test("changes the redundancy of an empty vault in place", () => {
    expect(linesOf(up.output, "payroll")).toContain("updat");
    expect(linesOf(up.output, "payroll")).not.toContain("replac");
    expect(azure.vault(idOf("payroll"))?.properties.storageSettings).toEqual([
      { datastoreType: "VaultStore", type: "ZoneRedundant" },
    ]);
  });

  test("replaces an empty vault when its location changes, the old one deleted first", () => {
    expect(azure.vault(idOf("empty"))?.location).toBe("northeurope");
    expect(writes("empty")).toEqual(["DELETE", "PUT"]);
  });

  test("puts right what drifted", () => {
    expect(azure.vault(idOf("drifted"))?.tags).toEqual({ owner: "payroll-team" });
  });

  test("records a longer timeout alone, and writes nothing to Azure for it", async () => {
    expect((await recorded("impatient"))[0]?.outputs.timeouts).toEqual({ delete: "2h" });
    expect(writes("impatient")).toEqual([]);
  });

  test("takes a vault over under the new name of its resource, and does not write or delete it", async () => {
    expect(up.output).toContain("Pulumi only removes that one from its state");
    expect(up.output).toContain("is not deleted");
    expect(writes("wages")).toEqual([]);
    expect(await recorded("wages")).toMatchObject([{ urn: expect.stringContaining("::salaries") }]);
  });
});

test("what this version writes has no changes after each command", async () => {
  // Neither in the refresh nor in what follows it: the state is as the first up left it.
  expect(await stack.up("--refresh", "--expect-no-changes")).toMatchObject({ code: 0 });
  Object.assign(vaults.everything ?? {}, { tags: undefined });
  const { code, output } = await stack.vaults(vaults).up();
  expect({ code, output }).toMatchObject({ code: 0, output: expect.stringContaining("~ 1 updated") });
  expect(await stack.refresh("--expect-no-changes")).toMatchObject({ code: 0 });
  expect(await stack.preview("--expect-no-changes")).toMatchObject({ code: 0 });
});

test("a vault that holds data is neither destroyed nor replaced, and the user reads what blocks it", async () => {
  await azure.protect(idOf("full"), { name: "full-blobs" });

  const replaced = await changed({ full: { location: "northeurope" } }).preview();
  expect(replaced.code).not.toBe(0);
  expect(replaced.output).toContain("full-blobs");

  const destroyed = await stack.destroy("--target", "**::full");
  expect(destroyed.code).not.toBe(0);
  expect(destroyed.output).toContain("delete-with-instances");
  expect(destroyed.output).toContain("full-blobs");
  expect(azure.vault(idOf("full"))).toBeDefined();
  expect(await recorded("full")).toHaveLength(1);
});

const secretive = `
  const pulumi = require("@pulumi/pulumi");
  const { BackupVault } = require("pulumi-azure-backup");
  const payroll = ${JSON.stringify({ ...payroll, vaultName: "bv-secretive" })};
  new BackupVault("secretive", { ...payroll, tags: pulumi.secret({ owner: "hunter2-team" }) });`;
/** A vault that the program does not make. */
const read = (name: string) => `exports.of = BackupVault.get("v", "${idOf(name)}").redundancy;`;

test("a vault that exists is refused at preview unless the program adopts it, and then it is deleted as any other", async () => {
  const args = { ...payroll, vaultName: "bv-portal" };
  const refused = await other.vaults({ portal: args }).preview();
  expect(refused.code).not.toBe(0);
  expect(refused.output).toContain("adopt: true");

  const writes = azure.writes().length;
  expect(await other.vaults({ portal: { ...args, adopt: true } }).up()).toMatchObject({ code: 0 });
  expect(azure.writes()).toHaveLength(writes);
  expect(await other.resources()).toMatchObject([{ id: idOf("portal") }]);
});

test("secret tags stay secret, in state and in what is printed, and a vault is read by get", async () => {
  const { code, output } = await other.program(secretive + read("full")).up("--diff");
  expect({ code, output }).toMatchObject({ code: 0 });
  expect(azure.vault(idOf("portal"))).toBeUndefined();
  expect(output).toMatch(/of *: "GeoRedundant"/);
  expect(output).not.toContain("hunter2-team");
  expect(JSON.stringify(await other.resources())).not.toContain("hunter2-team");
  expect(azure.vault(idOf("secretive"))?.tags).toEqual({ owner: "hunter2-team" });
});

test("a vault that does not exist is an error of get", async () => {
  const missing = await other.program(secretive + read("none")).up();
  expect(missing.code).not.toBe(0);
  expect(missing.output).toMatch(/Backup vault \S+ does not exist/);
});

test("without Azure a preview refuses what needs no look, and warns of the rest", async () => {
  await azure.close();

  const refused = await changed({ argument: { immutability: "Disabled" } }).preview();
  expect(refused.code).not.toBe(0);
  expect(refused.output).toContain("immutability-locked");

  const open = await changed({ argument: { redundancy: "LocallyRedundant" } }).preview();
  expect(open.code).toBe(0);
  expect(open.output).toMatch(/warning:.*redundancy-after-protection/);
  expect(open.output).toContain("could not be read");
});
