import { type Emulator, startEmulator } from "../../emulator/index.js";
import { holdRequests } from "../support/heldRequests.js";
import { created, oneRun } from "../support/oneRun.js";

let azure: Emulator;
let vault: string;
let worlds = 0;

const group = () => `/subscriptions/${azure.env.ARM_SUBSCRIPTION_ID}/resourceGroups/rg-payroll`;
const account = () => `${group()}/providers/Microsoft.Storage/storageAccounts/stpayroll${worlds}`;

beforeAll(async () => {
  azure = await startEmulator({ trust: true });
  azure.createResourceGroup("rg-payroll");
});
holdRequests(() => azure);
afterAll(() => azure.close());

beforeEach(() => {
  azure.faults.clear();
  worlds += 1;
  vault = `${group()}/providers/Microsoft.RecoveryServices/vaults/rsv-${worlds}`;
  azure.arm("PUT", vault, { location: "westeurope", sku: { name: "RS0" }, properties: {} });
  azure.vault(vault);
  azure.arm("PUT", `${vault}/backupPolicies/shares`, { properties: { backupManagementType: "AzureStorage" } });
  for (const name of ["salaries", "holidays"]) azure.arm("PUT", `${account()}/fileServices/default/shares/${name}`);
});

const share = (fileShareName = "salaries", more: object = {}) => ({
  vault,
  sourceResourceId: account(),
  fileShareName,
  policyId: `${vault}/backupPolicies/shares`,
  ...more,
});
const container = () =>
  `${vault}/backupFabrics/Azure/protectionContainers/StorageContainer;Storage;rg-payroll;stpayroll${worlds}`;
const isRegistered = () => azure.arm("GET", container()).status === 200;
const sent = () =>
  azure
    .writes()
    .filter(({ path }) => path.includes(`${vault}/backupFabrics/`))
    .map(
      ({ method, path }) =>
        `${method} ${path.includes("/protectedItems/") ? "item" : /inquire/.test(path) ? "inquiry" : "container"}`,
    );

test("a share is protected under the name that Azure finds for it, after its account was registered", async () => {
  const { id, outs } = await created(oneRun(azure).protectedItem, share());
  expect(id).toMatch(/\/protectedItems\/AzureFileShare;[0-9A-F]{64}$/);
  expect(id.startsWith(container())).toBe(true);
  expect(outs).toMatchObject({ fileShareName: "salaries", protectionState: "IRPending" });
  expect(sent()).toEqual(["PUT container", "PUT item"]);
});

test("a share that is newer than the registration of its account is looked for", async () => {
  await created(oneRun(azure).protectedItem, share());
  azure.arm("PUT", `${account()}/fileServices/default/shares/newer`);
  await created(oneRun(azure).protectedItem, share("newer"));
  expect(sent()).toEqual(["PUT container", "PUT item", "POST inquiry", "PUT item"]);
});

test("shares of one account register it once, also at the same time", async () => {
  const run = oneRun(azure).protectedItem;
  await Promise.all(["salaries", "holidays"].map((name) => created(run, share(name))));
  expect(sent().filter((each) => each === "PUT container")).toHaveLength(1);
  expect(sent().filter((each) => each === "PUT item")).toHaveLength(2);
});

test("a share that is not there is an error that says so, and nothing is protected", async () => {
  await expect(created(oneRun(azure).protectedItem, share("none"))).rejects.toThrow(
    /^Protected item "stpayroll\d+\/none" of Recovery Services vault .* Azure finds no file share "none"/,
  );
  expect(sent()).not.toContain("PUT item");
});

test("is imported by its ARM ID, and refreshed without a change", async () => {
  const { id, outs } = await created(oneRun(azure).protectedItem, share());
  expect((await oneRun(azure).protectedItem.read(id, {})).inputs).toEqual(share());
  expect((await oneRun(azure).protectedItem.read(id, outs)).inputs).toEqual(share());
});

test("another share would replace it, and is refused", async () => {
  const first = await created(oneRun(azure).protectedItem, share());
  const { failures } = await oneRun(azure).protectedItem.check(first.outs, share("holidays"));
  expect(failures.map(({ reason }) => reason).join()).toMatch(/^rsv-protected-item-replaced: .* `fileShareName`/);
});

test("a run that was interrupted after the registration goes on from there", async () => {
  azure.faults.add({ kind: "status", path: "/backupProtectableItems", status: 400, code: "UserErrorX" });
  await expect(created(oneRun(azure).protectedItem, share())).rejects.toThrow("UserErrorX");
  expect(isRegistered()).toBe(true);
  await created(oneRun(azure).protectedItem, share());
  expect(sent()).toEqual(["PUT container", "PUT item"]);
});

describe("its deletion", () => {
  const removed = async (name: string) => {
    const { id, outs } = await created(oneRun(azure).protectedItem, share(name, { onDelete: "delete" }));
    return async () => {
      const run = oneRun(azure);
      await run.protectedItem.delete(id, outs);
      return run.warnings.join();
    };
  };

  test("unregisters the account with the last share, and the vault can be deleted", async () => {
    const [first, second] = [await removed("salaries"), await removed("holidays")];
    expect(await first()).toContain("can be recovered until");
    expect(isRegistered()).toBe(true);
    await second();
    expect(isRegistered()).toBe(false);
    expect(azure.arm("DELETE", vault).status).toBe(202);
  });

  test.each([
    ["snapshots", {}, undefined],
    ["backups in the vault", { snapshotRetentionInDays: 5 }, "rsv-protected-item-deleted: "],
  ])("of %s from an immutable vault", async (_, more, expected) => {
    const policy = { vault, policyName: "daily", dataSource: "AzureFileShare" };
    const schedule = { every: "P1D", at: "02:00" };
    const content = { schedule, retention: [{ keep: "P30D" }], ...more };
    const { id: policyId } = await created(oneRun(azure).recoveryServicesBackupPolicy, { ...policy, ...content });
    const args = share("salaries", { policyId, onDelete: "delete" });
    const { id, outs } = await created(oneRun(azure).protectedItem, args);
    azure.setVault(vault, { properties: { securitySettings: { immutabilitySettings: { state: "Locked" } } } });
    const run = oneRun(azure);
    const deletion = run.protectedItem.delete(id, outs);
    if (expected) await expect(deletion).rejects.toThrow(expected);
    else await deletion;
    const isSaid = run.warnings
      .join()
      .includes("soft delete does not cover its backups, which are next to their source");
    expect(isSaid).toBe(expected === undefined);
  });

  test("says that the account stays registered where Azure refuses to unregister it", async () => {
    const remove = await removed("salaries");
    azure.faults.add({
      kind: "status",
      method: "DELETE",
      path: "stpayroll",
      after: 1,
      status: 400,
      code: "UserErrorX",
    });
    expect(await remove()).toContain("stays registered with its vault, which cannot be deleted before");
  });

  test("that was interrupted before the account was unregistered is completed by the next run", async () => {
    const remove = await removed("salaries");
    azure.faults.add({ kind: "status", method: "DELETE", path: "stpayroll", after: 1, times: "always", status: 500 });
    await expect(remove()).rejects.toThrow();
    azure.faults.clear();
    await remove();
    expect(isRegistered()).toBe(false);
  });
});

test("one that was deleted is brought back with its backups", async () => {
  const { id, outs } = await created(oneRun(azure).protectedItem, share("salaries", { onDelete: "delete" }));
  await oneRun(azure).protectedItem.delete(id, outs);
  await expect(created(oneRun(azure).protectedItem, share())).rejects.toThrow("set `undelete: true`");
  const again = await created(oneRun(azure).protectedItem, share("salaries", { undelete: true }));
  expect(again.outs).toMatchObject({ protectionState: "IRPending" });
});
