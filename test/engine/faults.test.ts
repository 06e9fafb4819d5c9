import { type Emulator, startEmulator } from "../../emulator/index.js";
import { newStack, type Stack } from "../support/stack.js";

const payroll = {
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

beforeAll(async () => {
  azure = await startEmulator();
  azure.createResourceGroup("rg-payroll");
  stack = await newStack(azure.env);
});

afterEach(() => azure.faults.clear());

afterAll(async () => {
  stack.remove();
  await azure.close();
});

/** The program as it is: a vault for each test. */
const vaults: Record<string, object> = {};

function program(name: string, more: object = {}): Stack {
  vaults[name] = { ...payroll, vaultName: `bv-${name}`, ...more };
  return stack.vaults(vaults);
}

const idOf = (name: string) =>
  `/subscriptions/${azure.env.ARM_SUBSCRIPTION_ID}/resourceGroups/rg-payroll/providers/Microsoft.DataProtection/backupVaults/bv-${name}`;

const recorded = async (name: string, of = stack) => (await of.resources()).filter(({ id }) => id === idOf(name));

const methods = (name: string) =>
  azure
    .writes()
    .filter(({ path }) => path.includes(`/bv-${name}?`))
    .map(({ method }) => method);

test("a creation whose answer is dropped goes on by itself", async () => {
  azure.faults.add({ kind: "dropAfter", method: "PUT", path: "bv-dropped?" });
  for (const name of ["updated", "deleted", "refreshed"]) program(name);
  expect(await program("dropped").up()).toMatchObject({ code: 0 });
  expect(await recorded("dropped")).toHaveLength(1);
  expect(await stack.preview("--expect-no-changes")).toMatchObject({ code: 0 });
});

test("a creation that does not end in time fails, is recorded, and the next up finishes it", async () => {
  azure.faults.add({ kind: "operationNeverEnds", method: "PUT", path: "bv-endless?" });
  const first = await program("endless", impatient).up();
  expect(first.code).not.toBe(0);
  expect(first.output).toContain("still working");
  expect(first.output).not.toMatch(/^\s+at /m);
  expect(await recorded("endless")).toMatchObject([{ initErrors: [expect.stringContaining("bv-endless")] }]);

  azure.faults.clear();
  expect(await program("endless").up()).toMatchObject({ code: 0 });
  const [vault] = await recorded("endless");
  expect(vault).toMatchObject({ outputs: { provisioningState: "Succeeded" } });
  expect(vault?.initErrors).toBeUndefined();
  expect(methods("endless")).toEqual(["PUT"]);
  expect(await stack.preview("--expect-no-changes")).toMatchObject({ code: 0 });
});

test("a creation that nobody could see end is recorded, refreshed, and finished", async () => {
  // The journey's last request: the vault is created, and then Azure is not to be reached.
  azure.faults.add({ kind: "dropAfter", method: "GET", path: /backupVaults\/bv-unseen\?/, after: 2, times: "always" });
  const first = await program("unseen", impatient).up();
  expect(first.code).not.toBe(0);
  expect(await recorded("unseen")).toHaveLength(1);
  expect(azure.vault(idOf("unseen"))).toBeDefined();

  azure.faults.clear();
  expect(await stack.refresh()).toMatchObject({ code: 0 });
  expect(await program("unseen").up()).toMatchObject({ code: 0 });
  expect(await recorded("unseen")).toMatchObject([{ outputs: { provisioningState: "Succeeded" } }]);
  expect(methods("unseen")).toEqual(["PUT"]);
});

test("throttling at every second request only takes time", async () => {
  for (const after of [0, 2, 4, 6, 8]) azure.faults.add({ kind: "throttle", retryAfterSeconds: 1, after });
  const before = azure.journal().length;
  expect(await program("throttled").up()).toMatchObject({ code: 0 });
  const throttled = azure
    .journal()
    .slice(before)
    .filter(({ status }) => status === 429);
  expect(throttled.length).toBeGreaterThan(2);
  expect(azure.vault(idOf("throttled"))?.properties.provisioningState).toBe("Succeeded");
});

test("an update that Azure fails at is made good by the next up", async () => {
  azure.faults.add({
    kind: "operationFails",
    method: "PATCH",
    path: "bv-updated?",
    code: "Busy",
    message: "Try again later.",
  });
  const first = await program("updated", { tags: { owner: "finance" } }).up();
  expect(first.code).not.toBe(0);
  expect(first.output).toContain("Try again later.");

  expect(await stack.up()).toMatchObject({ code: 0 });
  expect(azure.vault(idOf("updated"))).toMatchObject({
    tags: { owner: "finance" },
    properties: { provisioningState: "Succeeded" },
  });
});

test("a refresh that may not read a vault, or is answered nothing, fails and forgets nothing, nor by a single 404", async () => {
  const id = idOf("refreshed");
  const before = (await recorded("refreshed")).map(({ inputs, outputs }) => ({ id, inputs, outputs }));
  expect(before).toHaveLength(1);
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
  expect(await recorded("refreshed")).toMatchObject(before);

  azure.faults.clear();
  azure.faults.add({ kind: "status", status: 204, method: "GET", path: id, times: "always" });
  const empty = await stack.refresh();
  expect(empty.code).not.toBe(0);
  expect(empty.output).toContain("GET backupVaults/bv-refreshed cannot be used: HTTP 204 with no body");
  expect(empty.output).not.toMatch(/^\s+at /m);
  expect(await recorded("refreshed")).toMatchObject(before);

  azure.faults.clear();
  azure.faults.add({ kind: "status", status: 404, code: "ResourceNotFound", method: "GET", path: id });
  expect(await stack.refresh()).toMatchObject({ code: 0 });
  expect(await recorded("refreshed")).toMatchObject(before);
});

test("a deletion that is refused keeps the vault recorded, and one whose answer is dropped is done", async () => {
  azure.faults.add({ kind: "status", status: 403, code: "AuthorizationFailed", method: "DELETE" });
  const refused = await stack.destroy("--target", "**::deleted");
  expect(refused.code).not.toBe(0);
  expect(refused.output).toContain("HTTP 403");
  expect(await recorded("deleted")).toHaveLength(1);

  azure.faults.add({ kind: "dropAfter", method: "DELETE" });
  expect(await stack.destroy("--target", "**::deleted")).toMatchObject({ code: 0 });
  expect(azure.vault(idOf("deleted"))).toBeUndefined();
  expect(await recorded("deleted")).toEqual([]);
});

test("a creation in which Pulumi is killed is finished by the command that the next up says, without an edit", async () => {
  const killed = await newStack(azure.env);
  azure.faults.add({ kind: "operationNeverEnds", method: "PUT" });
  await killed
    .vaults({ payroll: { ...payroll, vaultName: "bv-killed" } })
    .killedWhen(() => methods("killed").includes("PUT"), "up", "--yes", "--skip-preview");
  azure.faults.clear();

  // As README says. A file backend is still locked.
  expect(await killed.pulumi("cancel", "--yes")).toMatchObject({ code: 0 });
  expect(await killed.refresh("--clear-pending-creates")).toMatchObject({ code: 0 });
  const { code, output } = await killed.up();
  expect(code).not.toBe(0);
  const [, name = "", value] = /`(\w+)='([^']+)' pulumi up`/.exec(output) ?? [];
  killed.env[name] = value;

  const next = await killed.up();
  expect(next).toMatchObject({ code: 0 });
  expect(next.output).not.toContain("pending operations");
  expect(await recorded("killed", killed)).toMatchObject([{ outputs: { provisioningState: "Succeeded" } }]);
  expect(methods("killed")).toEqual(["PUT"]);
  killed.remove();
});
