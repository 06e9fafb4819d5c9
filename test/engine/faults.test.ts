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

const impatient = { timeouts: { create: "4s", update: "4s", delete: "4s" } };

let azure: Emulator;
let stack: Stack;
let id: string;

beforeEach(async () => {
  azure = await startEmulator();
  azure.createResourceGroup("rg-payroll");
  stack = await newStack(azure.env);
  id = `/subscriptions/${azure.env.ARM_SUBSCRIPTION_ID}/resourceGroups/rg-payroll/providers/Microsoft.DataProtection/backupVaults/bv-payroll`;
});

afterEach(async () => {
  stack.remove();
  await azure.close();
});

const methods = () => azure.writes().map(({ method }) => method);

test("a creation that does not end in time fails, is recorded, and the next up finishes it", async () => {
  azure.faults.add({ kind: "operationNeverEnds", method: "PUT" });
  const first = await stack.vaults({ payroll: { ...payroll, ...impatient } }).up();
  expect(first.code).not.toBe(0);
  expect(first.output).toContain("still working");
  expect(first.output).not.toMatch(/^\s+at /m);
  expect(await stack.resources()).toMatchObject([{ id, initErrors: [expect.stringContaining("bv-payroll")] }]);

  azure.faults.clear();
  expect(await stack.vaults({ payroll }).up()).toMatchObject({ code: 0 });
  const [vault] = await stack.resources();
  expect(vault).toMatchObject({ id, outputs: { provisioningState: "Succeeded" } });
  expect(vault?.initErrors).toBeUndefined();
  expect(methods()).toEqual(["PUT"]);
  expect(await stack.preview("--expect-no-changes")).toMatchObject({ code: 0 });
});

test("a creation that nobody could see end is recorded, refreshed, and finished", async () => {
  // The journey's last request: the vault is created, and then Azure is not to be reached.
  azure.faults.add({ kind: "dropAfter", method: "GET", path: /backupVaults\/bv-payroll\?/, after: 2, times: "always" });
  const first = await stack.vaults({ payroll: { ...payroll, ...impatient } }).up();
  expect(first.code).not.toBe(0);
  expect(await stack.resources()).toMatchObject([{ id }]);
  expect(azure.vault(id)).toBeDefined();

  azure.faults.clear();
  expect(await stack.refresh()).toMatchObject({ code: 0 });
  expect(await stack.vaults({ payroll }).up()).toMatchObject({ code: 0 });
  expect(await stack.resources()).toMatchObject([{ id, outputs: { provisioningState: "Succeeded" } }]);
  expect(methods()).toEqual(["PUT"]);
});

test("a creation in which Pulumi is killed is finished by the command that the next up says, without an edit", async () => {
  azure.faults.add({ kind: "operationNeverEnds", method: "PUT" });
  await stack.vaults({ payroll }).killedWhen(() => methods().includes("PUT"), "up", "--yes", "--skip-preview");
  azure.faults.clear();

  // As README says. A file backend is still locked.
  expect(await stack.pulumi("cancel", "--yes")).toMatchObject({ code: 0 });
  expect(await stack.refresh("--clear-pending-creates")).toMatchObject({ code: 0 });
  const { code, output } = await stack.up();
  expect(code).not.toBe(0);
  const [, name = "", value] = /`(\w+)='([^']+)' pulumi up`/.exec(output) ?? [];
  stack.env[name] = value;

  const next = await stack.up();
  expect(next).toMatchObject({ code: 0 });
  expect(next.output).not.toContain("pending operations");
  expect(await stack.resources()).toMatchObject([{ id, outputs: { provisioningState: "Succeeded" } }]);
  expect(methods()).toEqual(["PUT"]);
});

test("a creation whose answer is dropped goes on by itself", async () => {
  azure.faults.add({ kind: "dropAfter", method: "PUT" });
  expect(await stack.vaults({ payroll }).up()).toMatchObject({ code: 0 });
  expect(await stack.resources()).toMatchObject([{ id }]);
  expect(await stack.preview("--expect-no-changes")).toMatchObject({ code: 0 });
});

test("throttling at every second request only takes time", async () => {
  for (const after of [0, 2, 4, 6, 8]) azure.faults.add({ kind: "throttle", retryAfterSeconds: 1, after });
  expect(await stack.vaults({ payroll }).up()).toMatchObject({ code: 0 });
  expect(azure.journal().filter(({ status }) => status === 429).length).toBeGreaterThan(2);
  expect(azure.vault(id)?.properties.provisioningState).toBe("Succeeded");
});

test("an update that Azure fails at is made good by the next up", async () => {
  await stack.vaults({ payroll }).up();
  azure.faults.add({ kind: "operationFails", method: "PATCH", code: "Busy", message: "Try again later." });
  const changed = { ...payroll, tags: { owner: "finance" } };

  const first = await stack.vaults({ payroll: changed }).up();
  expect(first.code).not.toBe(0);
  expect(first.output).toContain("Try again later.");

  expect(await stack.up()).toMatchObject({ code: 0 });
  expect(azure.vault(id)).toMatchObject({ tags: { owner: "finance" }, properties: { provisioningState: "Succeeded" } });
});

test("a deletion whose answer is dropped is done, and one that is refused keeps the vault recorded", async () => {
  await stack.vaults({ payroll }).up();
  azure.faults.add({ kind: "status", status: 403, code: "AuthorizationFailed", method: "DELETE" });
  const refused = await stack.destroy();
  expect(refused.code).not.toBe(0);
  expect(refused.output).toContain("HTTP 403");
  expect(await stack.resources()).toMatchObject([{ id }]);

  azure.faults.add({ kind: "dropAfter", method: "DELETE" });
  expect(await stack.destroy()).toMatchObject({ code: 0 });
  expect(azure.vault(id)).toBeUndefined();
  expect(await stack.resources()).toEqual([]);
});

test("a refresh that may not read a vault, or is answered nothing, fails and forgets nothing, nor by a single 404", async () => {
  await stack.vaults({ payroll }).up();
  const recorded = (await stack.resources()).map(({ inputs, outputs }) => ({ id, inputs, outputs }));
  azure.faults.add({
    kind: "status",
    status: 403,
    code: "AuthorizationFailed",
    method: "GET",
    path: id,
    times: "always",
  });

  const { code, output } = await stack.refresh();

  expect(code).not.toBe(0);
  expect(output).toContain("HTTP 403");
  expect(output).toContain("Backup Reader");
  expect(output).not.toMatch(/^\s+at /m);
  expect(await stack.resources()).toMatchObject(recorded);

  azure.faults.clear();
  azure.faults.add({ kind: "status", status: 204, method: "GET", path: id, times: "always" });
  const empty = await stack.refresh();
  expect(empty.code).not.toBe(0);
  expect(empty.output).toContain("GET backupVaults/bv-payroll cannot be used: HTTP 204 with no body");
  expect(empty.output).not.toMatch(/^\s+at /m);
  expect(await stack.resources()).toMatchObject(recorded);

  azure.faults.clear();
  azure.faults.add({ kind: "status", status: 404, code: "ResourceNotFound", method: "GET", path: id });
  expect(await stack.refresh()).toMatchObject({ code: 0 });
  expect(await stack.resources()).toMatchObject(recorded);
});
