import { type Emulator, startEmulator } from "../../emulator/index.js";
import { newStack, type Stack } from "../support/stack.js";

const payroll = {
  vaultName: "bv-payroll",
  resourceGroupName: "rg-payroll",
  location: "westeurope",
  redundancy: "GeoRedundant",
  softDelete: { state: "On", retentionDurationInDays: 30 },
  immutability: "Unlocked",
  tags: { owner: "payroll-team" },
};

let azure: Emulator;
let stack: Stack;
let id: string;

beforeEach(async () => {
  azure = await startEmulator();
  await azure.createResourceGroup("rg-payroll");
  stack = await newStack(azure.env);
  id = `/subscriptions/${azure.env.ARM_SUBSCRIPTION_ID}/resourceGroups/rg-payroll/providers/Microsoft.DataProtection/backupVaults/bv-payroll`;
});

afterEach(async () => {
  stack.remove();
  await azure.close();
});

async function deployed(args: object = payroll): Promise<void> {
  const { code, output } = await stack.vaults({ payroll: args }).up();
  if (code !== 0) throw new Error(output);
}

test("a vault is deployed, previews without changes and without a call to Azure, and is destroyed", async () => {
  await deployed();
  expect(azure.vault(id)?.properties).toMatchObject({
    storageSettings: [{ datastoreType: "VaultStore", type: "GeoRedundant" }],
    securitySettings: { immutabilitySettings: { state: "Unlocked" } },
  });

  const calls = azure.journal().length;
  expect(await stack.preview("--expect-no-changes")).toMatchObject({ code: 0 });
  expect(azure.journal()).toHaveLength(calls);

  expect(await stack.refresh("--expect-no-changes")).toMatchObject({ code: 0 });
  expect(await stack.destroy()).toMatchObject({ code: 0 });
  expect(azure.vault(id)).toBeUndefined();
});

test("all that is forbidden about a vault is refused in one preview, and nothing is sent to Azure", async () => {
  await deployed({
    ...payroll,
    immutability: "Locked",
    softDelete: { state: "AlwaysOn", retentionDurationInDays: 30 },
  });
  await azure.protect(id, { name: "payroll-blobs" });
  const writes = azure.writes().length;

  const { code, output } = await stack
    .vaults({
      payroll: {
        ...payroll,
        redundancy: "LocallyRedundant",
        immutability: "Disabled",
        softDelete: { state: "Off", retentionDurationInDays: 30 },
      },
    })
    .preview();

  expect(code).not.toBe(0);
  for (const rule of ["redundancy-after-protection", "immutability-locked", "soft-delete-always-on"]) {
    expect(output).toContain(rule);
  }
  expect(output).toContain("bv-payroll");
  expect(output).toContain("payroll-blobs");
  expect(output).not.toMatch(/^\s+at /m);
  expect(azure.writes()).toHaveLength(writes);
});

test("redundancy of an empty vault is changed in place", async () => {
  await deployed();
  const { code, output } = await stack.vaults({ payroll: { ...payroll, redundancy: "ZoneRedundant" } }).up();
  expect(output).not.toContain("replace");
  expect(code).toBe(0);
  expect(azure.vault(id)?.properties.storageSettings).toEqual([{ datastoreType: "VaultStore", type: "ZoneRedundant" }]);
});

test("a vault locked in the portal is not unlocked by a program that has not noticed", async () => {
  await deployed();
  azure.setVault(id, { properties: { securitySettings: { immutabilitySettings: { state: "Locked" } } } });

  const { code, output } = await stack.vaults({ payroll: { ...payroll, immutability: "Disabled" } }).preview();

  expect(code).not.toBe(0);
  expect(output).toContain("immutability-locked");
});

test("a refresh records what was locked in the portal, and the program that unlocks it is refused", async () => {
  await deployed();
  azure.setVault(id, { properties: { securitySettings: { immutabilitySettings: { state: "Locked" } } } });

  expect(await stack.refresh()).toMatchObject({ code: 0 });
  const [vault] = await stack.resources();
  expect(vault?.outputs.immutability).toBe("Locked");

  const { code, output } = await stack.preview();
  expect(code).not.toBe(0);
  expect(output).toContain("immutability-locked");
});

test("removing an argument means going back to Azure's default, and is refused like that", async () => {
  await deployed({ ...payroll, immutability: "Locked" });
  const { immutability: _, ...withoutImmutability } = payroll;
  const { code, output } = await stack.vaults({ payroll: withoutImmutability }).preview();
  expect(code).not.toBe(0);
  expect(output).toContain("immutability-locked");
});

test("locking a vault is announced in the preview as having no way back", async () => {
  await deployed();
  const { code, output } = await stack.vaults({ payroll: { ...payroll, immutability: "Locked" } }).preview();
  expect(code).toBe(0);
  expect(output).toMatch(/warning:.*one-way-change/);
});

test("a vault that holds data is neither destroyed nor replaced, and the user reads what blocks it", async () => {
  await deployed();
  await azure.protect(id, { name: "payroll-blobs" });

  const replaced = await stack.vaults({ payroll: { ...payroll, location: "northeurope" } }).preview();
  expect(replaced.code).not.toBe(0);
  expect(replaced.output).toContain("payroll-blobs");

  const destroyed = await stack.destroy();
  expect(destroyed.code).not.toBe(0);
  expect(destroyed.output).toContain("delete-with-instances");
  expect(destroyed.output).toContain("payroll-blobs");
  expect(azure.vault(id)).toBeDefined();
  expect(await stack.resources()).toHaveLength(1);
});

test("an empty vault is replaced when its location changes, the old one deleted first", async () => {
  await deployed();
  const { code, output } = await stack.vaults({ payroll: { ...payroll, location: "northeurope" } }).up();
  expect({ code, output }).toMatchObject({ code: 0 });
  expect(azure.vault(id)?.location).toBe("northeurope");
  const writes = azure.writes().map(({ method }) => method);
  expect(writes.slice(-2)).toEqual(["DELETE", "PUT"]);
});

test("a vault that exists is refused at preview unless the program adopts it", async () => {
  await deployed();
  const other = await newStack(azure.env);
  try {
    const refused = await other.vaults({ payroll }).preview();
    expect(refused.code).not.toBe(0);
    expect(refused.output).toContain("adopt: true");

    const writes = azure.writes().length;
    expect(await other.vaults({ payroll: { ...payroll, adopt: true } }).up()).toMatchObject({ code: 0 });
    expect(azure.writes()).toHaveLength(writes);
    expect(await other.resources()).toMatchObject([{ id }]);
  } finally {
    other.remove();
  }
});

test("a vault is read by get, and one that does not exist is an error", async () => {
  await deployed();
  const reader = await newStack(azure.env);
  try {
    const program = (of: string) =>
      `const { BackupVault } = require("pulumi-azure-backup"); exports.of = BackupVault.get("v", "${of}").redundancy;`;
    const found = await reader.program(program(id)).up();
    expect(found).toMatchObject({ code: 0 });
    expect(found.output).toContain("GeoRedundant");

    const missing = await reader.program(program(id.replace("bv-payroll", "bv-none"))).up();
    expect(missing.code).not.toBe(0);
    expect(missing.output).toContain("There is no Backup vault");
  } finally {
    reader.remove();
  }
});

test("two vaults are deployed side by side", async () => {
  const { code } = await stack.vaults({ payroll, sales: { ...payroll, vaultName: "bv-sales" } }).up();
  expect(code).toBe(0);
  expect(await stack.resources()).toHaveLength(2);
});

test("without Azure a preview refuses what needs no look, and warns of the rest", async () => {
  await deployed({ ...payroll, immutability: "Locked" });
  await azure.close();

  const refused = await stack.vaults({ payroll: { ...payroll, immutability: "Disabled" } }).preview();
  expect(refused.code).not.toBe(0);
  expect(refused.output).toContain("immutability-locked");

  const open = await stack
    .vaults({ payroll: { ...payroll, immutability: "Locked", redundancy: "LocallyRedundant" } })
    .preview();
  expect(open.code).toBe(0);
  expect(open.output).toMatch(/warning:.*redundancy-after-protection/);
  expect(open.output).toContain("could not be read");
});

test("what this version writes previews without changes after each command", async () => {
  const everything = {
    ...payroll,
    softDelete: { state: "AlwaysOn", retentionDurationInDays: 30 },
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
  const quiet = async (after: { code: number; output: string }) => {
    expect(after).toMatchObject({ code: 0 });
    expect(await stack.preview("--expect-no-changes")).toMatchObject({ code: 0 });
  };
  await quiet(await stack.vaults({ payroll: everything }).up());
  await quiet(await stack.refresh());
  await quiet(await stack.vaults({ payroll: { ...everything, tags: { owner: "somebody" } } }).up());
  await quiet(await stack.up("--refresh"));
  const { tags: _, crossSubscriptionRestore: _2, alertsForAllJobFailures: _3, ...less } = everything;
  await quiet(await stack.vaults({ payroll: less }).up());
  await quiet(await stack.refresh());
});

test("drift that nobody forbids is shown by a refresh and put right by the next up", async () => {
  await deployed();
  azure.setVault(id, { tags: { owner: "somebody-else" } });
  expect((await stack.refresh()).output).toContain("tags");
  expect((await stack.preview()).output).toContain("payroll-team");
  expect(await stack.up()).toMatchObject({ code: 0 });
  expect(azure.vault(id)?.tags).toEqual({ owner: "payroll-team" });
});

test("secret tags stay secret, in state and in what is printed", async () => {
  const { code, output } = await stack
    .program(`
      const pulumi = require("@pulumi/pulumi");
      const { BackupVault } = require("pulumi-azure-backup");
      new BackupVault("payroll", { ...${JSON.stringify(payroll)}, tags: pulumi.secret({ owner: "hunter2-team" }) });`)
    .up("--diff");
  expect({ code, output }).toMatchObject({ code: 0 });
  expect(output).not.toContain("hunter2-team");
  expect(JSON.stringify(await stack.resources())).not.toContain("hunter2-team");
  expect(azure.vault(id)?.tags).toEqual({ owner: "hunter2-team" });
});

test("a resource that is renamed in the program does not cost the vault", async () => {
  await deployed();
  const refused = await stack.vaults({ wages: payroll }).preview();
  expect(refused.code).not.toBe(0);
  expect(refused.output).toContain("aliases");

  const writes = azure.writes().length;
  const adopted = await stack.vaults({ wages: { ...payroll, adopt: true } }).up();
  expect(adopted).toMatchObject({ code: 0 });
  expect(adopted.output).toContain("Pulumi only forgets that one");
  expect(adopted.output).toContain("is not deleted");
  expect(azure.writes()).toHaveLength(writes);
  expect(await stack.resources()).toMatchObject([{ urn: expect.stringContaining("::wages"), id }]);
});

test("two resources that are one vault are refused", async () => {
  const { code, output } = await stack.vaults({ payroll, wages: payroll }).preview();
  expect(code).not.toBe(0);
  expect(output).toContain("described by two resources of this program");
});

test("a misspelt region does not cost an empty vault", async () => {
  await deployed();
  const { code, output } = await stack.vaults({ payroll: { ...payroll, location: "westeurop" } }).preview();
  expect(code).not.toBe(0);
  expect(output).toContain("westeurop is none");
});

test("what somebody changed outside Pulumi is named before it is put back along with another change", async () => {
  await deployed();
  azure.setVault(id, { tags: { owner: "somebody-else" } });
  const { output } = await stack.vaults({ payroll: { ...payroll, crossSubscriptionRestore: "Disabled" } }).preview();
  expect(output).toMatch(/warning:.*was changed outside Pulumi: tags/);
});

test("a longer timeout alone is recorded, and writes nothing to Azure", async () => {
  await deployed();
  const writes = azure.writes().length;
  expect(await stack.vaults({ payroll: { ...payroll, timeouts: { delete: "2h" } } }).up()).toMatchObject({ code: 0 });
  expect((await stack.resources())[0]?.outputs.timeouts).toEqual({ delete: "2h" });
  expect(azure.writes()).toHaveLength(writes);
});

test("a vault under a lock is not waited for", async () => {
  await deployed();
  const locked = { kind: "status", status: 409, code: "ScopeLocked", message: "The scope is locked." } as const;
  azure.faults.add({ ...locked, method: "PATCH", path: id, times: "always" });
  const { code, output } = await stack.vaults({ payroll: { ...payroll, tags: { owner: "wages" } } }).up();
  expect(code).not.toBe(0);
  expect(output).toContain("A resource lock forbids it");
  expect(azure.writes().filter(({ method }) => method === "PATCH")).toHaveLength(1);
});
