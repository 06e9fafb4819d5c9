import { type Emulator, startEmulator } from "../../emulator/index.js";
import { holdRequests } from "../support/heldRequests.js";
import { created, oneRun, oneRunOfPlugin } from "../support/oneRun.js";

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
const registration = () =>
  `${vault}/backupFabrics/Azure/protectionContainers/StorageContainer;Storage;rg-payroll;stpayroll${worlds}`;
const isRegistered = () => azure.arm("GET", registration()).status === 200;
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
  expect(id.startsWith(registration())).toBe(true);
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

describe.each([
  ["dynamic", oneRun],
  ["plugin", oneRunOfPlugin],
] as const)("a second vault, through the %s front,", (_, begun) => {
  let other: string;
  beforeEach(() => {
    other = `${vault}-other`;
    azure.arm("PUT", other, { location: "westeurope", sku: { name: "RS0" }, properties: {} });
    azure.vault(other);
    azure.arm("PUT", `${other}/backupPolicies/shares`, { properties: { backupManagementType: "AzureStorage" } });
  });
  const elsewhere = (name = "holidays") => share(name, { vault: other, policyId: `${other}/backupPolicies/shares` });
  const reasons = ({ failures }: { failures: { reason: string }[] }) => failures.map(({ reason }) => reason).join("\n");
  const inTwoVaults = () =>
    `backs up a file share of the same storage account by another vault, ${vault}. All file shares of a storage account can be ` +
    "protected only by the same vault.";

  test("whose account another vault has for another share is refused at preview, with that vault's ID, and by Azure", async () => {
    await created(begun(azure).protectedItem, share());
    const run = begun(azure);
    expect(reasons(await run.protectedItem.check({}, elsewhere()))).toContain(
      `its storage account is registered with another vault, ${vault}. All file shares of a storage account can be protected only`,
    );
    await expect(run.protectedItem.create(elsewhere())).rejects.toThrow("EmulatorUnverifiedContainerInAnotherVault");
  });

  test("is refused where the account is only registered, and where the run creates the vault", async () => {
    const container = { containerType: "StorageContainer", backupManagementType: "AzureStorage" };
    azure.arm("PUT", registration(), { properties: { ...container, sourceResourceId: account() } });
    azure.vault(vault);
    const refused = `is registered with another vault, ${vault}.`;
    expect(reasons(await begun(azure).protectedItem.check({}, elsewhere()))).toContain(refused);
    const run = begun(azure);
    const later = { vaultName: `later-${worlds}`, resourceGroupName: "rg-payroll", location: "westeurope" };
    expect((await run.recoveryServicesVault.check({}, later)).failures).toEqual([]);
    const itsId = vault.replace("rsv-", "later-");
    const args = share("holidays", { vault: itsId, policyId: `${itsId}/backupPolicies/shares` });
    expect(reasons(await run.protectedItem.check({}, args))).toContain(refused);
    expect((await begun(azure).protectedItem.check({}, share())).failures).toEqual([]);
  });

  test("for a new share of the program's is refused, of any account spelling, and not for one of another account", async () => {
    const run = begun(azure);
    expect((await run.protectedItem.check({}, share())).failures).toEqual([]);
    const second = { ...elsewhere(), sourceResourceId: account().replace("stpayroll", "STPayroll") };
    expect(reasons(await run.protectedItem.check({}, second))).toContain(inTwoVaults());
    azure.arm("PUT", `${account()}b/fileServices/default/shares/holidays`);
    const third = { ...elsewhere(), sourceResourceId: `${account()}b` };
    expect((await run.protectedItem.check({}, third)).failures).toEqual([]);
  });

  test("for a share besides one that stays is refused", async () => {
    const { id, outs } = await created(begun(azure).protectedItem, share());
    const run = begun(azure).protectedItem;
    const checked = await run.check(outs, share());
    expect(checked.failures).toEqual([]);
    await run.diff(id, outs, checked.inputs);
    expect((await run.check({}, share("newer"))).failures).toEqual([]);
    expect(reasons(await run.check({}, elsewhere()))).toContain(inTwoVaults());
  });

  test("that cannot be asked for is a warning", async () => {
    azure.faults.add({ kind: "status", path: "/backupStatus", status: 403, code: "AuthorizationFailed" });
    const run = begun(azure);
    expect((await run.protectedItem.check({}, share())).failures).toEqual([]);
    expect(run.warnings.join()).toContain(
      "whether its storage account is registered with another vault was not checked",
    );
  });

  test("is asked for once for the shares of an account", async () => {
    const run = begun(azure).protectedItem;
    const from = azure.journal().length;
    for (const name of ["salaries", "holidays"]) expect((await run.check({}, share(name))).failures).toEqual([]);
    const asked = azure.journal().slice(from);
    expect(asked.filter(({ path }) => path.includes("/backupStatus"))).toHaveLength(3);
  });
});

test("is imported by its ARM ID, and refreshed without a change", async () => {
  const { id, outs } = await created(oneRun(azure).protectedItem, share());
  expect((await oneRun(azure).protectedItem.read(id, {})).inputs).toEqual(share());
  expect((await oneRun(azure).protectedItem.read(id, outs)).inputs).toEqual(share());
});

test.each(["a-b", "x-1", `a${"-a".repeat(31)}`])("a share may be called %s", async (name) => {
  const { failures } = await oneRun(azure).protectedItem.check({}, share(name));
  expect(failures).toEqual([]);
});

test.each(["ab", "a--b", "ab-", `a${"-a".repeat(32)}`, "$web"])("no share is called %s", async (name) => {
  const { failures } = await oneRun(azure).protectedItem.check({}, share(name));
  expect(failures.map(({ reason }) => reason).join()).toContain("fileShareName must be the name of a file share: 3 to");
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
