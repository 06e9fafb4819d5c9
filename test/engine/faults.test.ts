import { type Emulator, type Fault, startEmulator } from "../../emulator/index.js";
import { fronts } from "../support/host.js";
import { newStack, ofFront, type Run, type Stack } from "../support/stack.js";

// Each fault meets a vault of the classes and one of the plugin in the same run.

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
  stack = (await newStack(azure.env)).withPlugin();
});

afterEach(() => azure.faults.clear());

afterAll(async () => {
  stack.remove();
  await azure.close();
});

/** The program as it is: two vaults for each test. */
const vaults: Record<string, object> = {};

function program(name: string, more: object = {}): Stack {
  vaults[name] = { ...payroll, ...more };
  return stack.vaultsOfBothFronts(vaults);
}

const bothOf = (name: string) => fronts.map((front) => ofFront(name, front));

const targets = (name: string) => bothOf(name).flatMap((vault) => ["--target", `**::${vault}`]);

/** At requests for these vaults, for each of them by itself. */
const fault = (name: string, { path = "", ...each }: Omit<Fault, "path"> & { path?: string }) => {
  for (const vault of bothOf(name)) azure.faults.add({ ...each, path: `${path}bv-${vault}?` });
};

/** So that each fails by itself, however fast the other one does. */
const upInSpite = (of: Stack) => of.up("--continue-on-error");

const idOf = (name: string) =>
  `/subscriptions/${azure.env.ARM_SUBSCRIPTION_ID}/resourceGroups/rg-payroll/providers/Microsoft.DataProtection/backupVaults/bv-${name}`;

/** Both vaults of the name, as far as they are recorded. */
const recorded = async (name: string, of = stack) => {
  const all = await of.resources("");
  return bothOf(name).flatMap((vault) => all.filter(({ id }) => id === idOf(vault)));
};

const atAzure = (name: string) => bothOf(name).map((vault) => azure.vault(idOf(vault)));

const methods = (name: string) =>
  bothOf(name).map((vault) =>
    azure
      .writes()
      .filter(({ path }) => path.includes(`/bv-${vault}?`))
      .map(({ method }) => method),
  );

const twice = <T>(each: T): [T, T] => [each, each];

function expectFailed({ code, output }: Run, name: string, ...words: string[]): void {
  expect(code).not.toBe(0);
  for (const vault of bothOf(name)) expect(output).toContain(vault);
  for (const each of words) expect(output.split(each).length).toBeGreaterThan(2);
  // With --continue-on-error, the SDK tells the program where it learnt of the failure.
  const traces = output.split("\n").filter((line) => /^\s+at /.test(line));
  expect(traces.filter((line) => !/@pulumi\/|node:internal/.test(line))).toEqual([]);
}

test("a creation whose answer is dropped goes on by itself", async () => {
  fault("dropped", { kind: "dropAfter", method: "PUT" });
  for (const name of ["updated", "deleted", "refreshed"]) program(name);
  expect(await program("dropped").up()).toMatchObject({ code: 0 });
  expect(await recorded("dropped")).toHaveLength(2);
});

test("a creation that does not end in time fails, is recorded, and the next up finishes it", async () => {
  fault("endless", { kind: "operationNeverEnds", method: "PUT" });
  expectFailed(await upInSpite(program("endless", impatient)), "endless", "still working");
  const ends = { initErrors: [expect.stringContaining("bv-endless")] };
  expect(await recorded("endless")).toMatchObject(twice(ends));

  azure.faults.clear();
  expect(await program("endless").up()).toMatchObject({ code: 0 });
  const finished = await recorded("endless");
  expect(finished).toMatchObject(twice({ outputs: { provisioningState: "Succeeded" } }));
  expect(finished.map(({ initErrors }) => initErrors)).toEqual(twice(undefined));
  expect(methods("endless")).toEqual(twice(["PUT"]));
  // Nor do the vaults change whose answers were dropped.
  expect(await stack.preview("--expect-no-changes")).toMatchObject({ code: 0 });
});

test("a creation that nobody could see end is recorded, refreshed, and finished", async () => {
  // The journey's last request: the vault is created, and then Azure is not to be reached.
  fault("unseen", { kind: "dropAfter", method: "GET", path: "backupVaults/", after: 2, times: "always" });
  const first = await upInSpite(program("unseen", impatient));
  expectFailed(first, "unseen");
  expect(await recorded("unseen")).toHaveLength(2);
  expect(atAzure("unseen")).not.toContain(undefined);

  azure.faults.clear();
  expect(await stack.refresh()).toMatchObject({ code: 0 });
  expect(await program("unseen").up()).toMatchObject({ code: 0 });
  expect(await recorded("unseen")).toMatchObject(twice({ outputs: { provisioningState: "Succeeded" } }));
  expect(methods("unseen")).toEqual(twice(["PUT"]));
});

test("an update that Azure fails at is made good by the next up", async () => {
  fault("updated", { kind: "operationFails", method: "PATCH", code: "Busy", message: "Try again later." });
  expectFailed(await upInSpite(program("updated", { tags: { owner: "finance" } })), "updated", "Try again later.");

  expect(await stack.up()).toMatchObject({ code: 0 });
  expect(atAzure("updated")).toMatchObject(
    twice({ tags: { owner: "finance" }, properties: { provisioningState: "Succeeded" } }),
  );
});

test("a refresh that may not read a vault, or is answered nothing, fails and forgets nothing, nor by a single 404", async () => {
  const before = (await recorded("refreshed")).map(({ id, inputs, outputs }) => ({ id, inputs, outputs }));
  expect(before).toHaveLength(2);
  const forbidden = { kind: "status", status: 403, code: "AuthorizationFailed" } as const;
  fault("refreshed", { ...forbidden, method: "GET", times: "always" });
  expectFailed(await stack.refresh(...targets("refreshed")), "refreshed", "HTTP 403", "Backup Reader");
  expect(await recorded("refreshed")).toMatchObject(before);

  azure.faults.clear();
  fault("refreshed", { kind: "status", status: 204, method: "GET", times: "always" });
  const cannotBeUsed = bothOf("refreshed").map(
    (vault) => `GET backupVaults/bv-${vault} cannot be used: HTTP 204 with no body`,
  );
  const empty = await stack.refresh(...targets("refreshed"));
  expectFailed(empty, "refreshed");
  for (const each of cannotBeUsed) expect(empty.output).toContain(each);
  expect(await recorded("refreshed")).toMatchObject(before);

  azure.faults.clear();
  fault("refreshed", { kind: "status", status: 404, code: "ResourceNotFound", method: "GET" });
  expect(await stack.refresh()).toMatchObject({ code: 0 });
  expect(await recorded("refreshed")).toMatchObject(before);
});

test("a deletion that is refused keeps the vault recorded, and one whose answer is dropped is done", async () => {
  fault("deleted", { kind: "status", status: 403, code: "AuthorizationFailed", method: "DELETE" });
  expectFailed(await stack.destroy("--continue-on-error", ...targets("deleted")), "deleted", "HTTP 403");
  expect(await recorded("deleted")).toHaveLength(2);

  fault("deleted", { kind: "dropAfter", method: "DELETE" });
  expect(await stack.destroy(...targets("deleted"))).toMatchObject({ code: 0 });
  expect(atAzure("deleted")).toEqual(twice(undefined));
  expect(await recorded("deleted")).toEqual([]);
});

test("a creation in which Pulumi is killed is finished by the commands that the next ups say, without an edit", async () => {
  const killed = (await newStack(azure.env)).withPlugin();
  fault("killed", { kind: "operationNeverEnds", method: "PUT" });
  await killed
    .vaultsOfBothFronts({ killed: payroll })
    .killedWhen(() => methods("killed").every((each) => each.includes("PUT")), "up", "--yes", "--skip-preview");
  azure.faults.clear();

  // As README says. A file backend is still locked.
  expect(await killed.pulumi("cancel", "--yes")).toMatchObject({ code: 0 });
  expect(await killed.refresh("--clear-pending-creates")).toMatchObject({ code: 0 });
  // The engine stops at the first of them.
  const adopted: string[] = [];
  for (const _ of fronts) {
    const { code, output } = await killed.up();
    expect(code).not.toBe(0);
    const [, name = "", value = ""] = /`(\w+)='([^']+)' pulumi up`/.exec(output) ?? [];
    adopted.push(value);
    killed.env[name] = adopted.join(" ");
  }

  const next = await killed.up();
  expect(next).toMatchObject({ code: 0 });
  expect(next.output).not.toContain("pending operations");
  expect(await recorded("killed", killed)).toMatchObject(twice({ outputs: { provisioningState: "Succeeded" } }));
  expect(methods("killed")).toEqual(twice(["PUT"]));
  killed.remove();
});
