import { type Emulator, startEmulator } from "../../emulator/index.js";
import { oneRun } from "../support/oneRun.js";

// A creation under a name on which another operation is in progress, as the deletion of the vault that had it.

let azure: Emulator;
const group = "rg-busy";

beforeAll(async () => {
  azure = await startEmulator({ trust: true });
  azure.createResourceGroup(group);
});
afterAll(() => azure.close());
afterEach(() => azure.faults.clear());

const types = {
  backupVault: "Microsoft.DataProtection/backupVaults",
  recoveryServicesVault: "Microsoft.RecoveryServices/vaults",
};
type Kind = keyof typeof types;

let count = 0;
const program = (more: object = {}) => ({
  vaultName: `busy-${++count}`,
  resourceGroupName: group,
  location: "westeurope",
  redundancy: "GeoRedundant",
  ...more,
});

const idOf = (kind: Kind, { vaultName }: { vaultName: string }) =>
  `/subscriptions/${azure.env.ARM_SUBSCRIPTION_ID}/resourceGroups/${group}/providers/${types[kind]}/${vaultName}`;

async function create(kind: Kind, news: object) {
  const run = oneRun(azure);
  const { inputs, failures } = await run[kind].check({}, news as Record<string, unknown>);
  expect(failures).toEqual([]);
  return { run, made: run[kind].create(inputs) };
}

const putsTo = (id: string) => azure.writes().filter(({ method, path }) => method === "PUT" && path.includes(id));

const busy = { kind: "status", status: 409, method: "PUT" } as const;

test.each<[Kind, string, string]>([
  ["backupVault", "AnotherOperationInProgress", "Retry later."],
  ["recoveryServicesVault", "AnotherOperationInProgress", "Retry later."],
  ["backupVault", "Conflict", "Another operation on the vault is in progress."],
  ["recoveryServicesVault", "Conflict", "The vault is being deleted."],
])("the creation of a %s waits where Azure answers %s: %s", async (kind, code, message) => {
  const news = program();
  const id = idOf(kind, news);
  azure.faults.add({ ...busy, path: id, code, message, times: 2 });
  const { run, made } = await create(kind, news);
  await expect(made).resolves.toMatchObject({ id });
  expect(run.warnings.filter((each) => each.includes(message))).toEqual([
    expect.stringContaining("cannot be created yet, because Azure reports another operation on that name"),
  ]);
});

test.each<[string, string]>([
  ["Conflict", "The name is already in use."],
  ["VaultAlreadyExists", "The vault name is already in use."],
  ["ResourceGroupBeingDeleted", "The resource group is being deleted."],
  ["ScopeLocked", "The scope is locked, and an operation on the lock is in progress."],
])("a %s that says %j is not retried", async (code, message) => {
  const news = program();
  const id = idOf("backupVault", news);
  azure.faults.add({ ...busy, path: id, code, message, times: "always" });
  const { made } = await create("backupVault", news);
  await expect(made).rejects.toThrow(message);
  expect(putsTo(id)).toHaveLength(1);
});

test("a vault that another client has made meanwhile is not taken over", async () => {
  const news = program();
  const id = idOf("backupVault", news);
  azure.faults.add({ ...busy, path: id, code: "AnotherOperationInProgress", message: "Retry later.", times: 1 });
  const { made } = await create("backupVault", news);
  const storageSettings = [{ datastoreType: "VaultStore", type: "LocallyRedundant" }];
  const theirs = new Promise<void>((done) => {
    const timer = setInterval(() => {
      if (putsTo(id).length === 0) return;
      clearInterval(timer);
      azure.arm("PUT", id, { location: "westeurope", properties: { storageSettings } });
      done();
    }, 20);
  });
  await expect(Promise.all([made, theirs])).rejects.toThrow("already exists in resource group");
  expect(azure.vault(id)?.properties.storageSettings).toEqual(storageSettings);
});

test("a name that stays busy is waited for no longer than the creation may take", async () => {
  const news = program({ timeouts: { create: "3s" } });
  const id = idOf("backupVault", news);
  azure.faults.add({ ...busy, path: id, code: "AnotherOperationInProgress", message: "Retry later.", times: "always" });
  const { made } = await create("backupVault", news);
  await expect(made).rejects.toThrow("AnotherOperationInProgress");
});
