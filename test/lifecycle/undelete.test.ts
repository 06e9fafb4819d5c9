import { type Emulator, startEmulator } from "../../emulator/index.js";
import { created, oneRun } from "../support/oneRun.js";

const kinds = {
  backupVault: "Microsoft.DataProtection/backupVaults",
  recoveryServicesVault: "Microsoft.RecoveryServices/vaults",
} as const;
type Kind = keyof typeof kinds;

let azure: Emulator;

beforeEach(async () => {
  azure = await startEmulator({ trust: true });
  azure.createResourceGroup("rg-payroll");
});
afterEach(() => azure.close());

const program = { vaultName: "v-payroll", resourceGroupName: "rg-payroll", location: "westeurope" };
const argumentsOf = (more: object = {}) => ({ ...program, redundancy: "GeoRedundant", ...more });
const idOf = (kind: Kind) =>
  `/subscriptions/${azure.env.ARM_SUBSCRIPTION_ID}/resourceGroups/rg-payroll/providers/${kinds[kind]}/v-payroll`;

/** A vault with a soft-deleted backup, deleted in turn. */
async function softDeleted(kind: Kind, more: object = {}): Promise<void> {
  const run = oneRun(azure);
  const { id, outs } = await created(run[kind], argumentsOf({ tags: { was: "here" }, ...more }));
  if (kind === "backupVault") azure.protect(id, { name: "orders" });
  else azure.protectVm(id, { name: "orders" });
  azure.softDelete(id, "orders");
  await run[kind].delete(id, outs);
  expect(azure.vault(id)).toBeUndefined();
}

function backupsIn(kind: Kind): unknown {
  const list = kind === "backupVault" ? "deletedBackupInstances" : "backupProtectedItems";
  const { body } = azure.arm("GET", `${idOf(kind)}/${list}`);
  return (body as { value: unknown[] }).value;
}

describe.each(Object.keys(kinds) as Kind[])("of a %s", (kind) => {
  test("the preview of a new vault names the soft-deleted one of its name, and how to bring it back", async () => {
    await softDeleted(kind);
    const run = oneRun(azure);
    expect((await run[kind].check({}, argumentsOf())).failures).toEqual([]);
    expect(run.warnings.join("\n")).toMatch(
      /"v-payroll" is created without backups, although there is a soft-deleted vault of this name \(deleted on \d{4}-\d\d-\d\d at \d\d:\d\d UTC, to be purged on \d{4}-.*To bring that vault back with its backups instead, set `undelete: true`/,
    );
  });

  test("with `undelete` it is brought back with its backups, and then matches the program", async () => {
    await softDeleted(kind);
    const run = oneRun(azure);
    const args = argumentsOf({ undelete: true, tags: { owner: "platform" } });
    const { id, outs } = await created(run[kind], args);
    expect(run.warnings.join("\n")).toContain('"v-payroll" is brought back with its backups, not created');
    expect(backupsIn(kind)).toHaveLength(1);
    expect(azure.vault(id)?.tags).toEqual({ owner: "platform" });
    expect(outs).toMatchObject({ vaultId: idOf(kind), provisioningState: "Succeeded" });

    const { inputs, failures } = await run[kind].check(outs, args);
    expect(failures).toEqual([]);
    expect(await run[kind].diff(id, outs, inputs)).toMatchObject({ changes: false });
  });

  test("without a soft-deleted one, `undelete` creates a new vault and the preview says so", async () => {
    const run = oneRun(azure);
    const { id } = await created(run[kind], argumentsOf({ undelete: true }));
    expect(run.warnings.join("\n")).toContain("is created new: there is no soft-deleted vault of this name");
    expect(azure.vault(id)).toBeDefined();
  });

  test("several soft-deleted ones are not chosen from", async () => {
    await softDeleted(kind);
    await softDeleted(kind);
    const { failures } = await oneRun(azure)[kind].check({}, argumentsOf({ undelete: true }));
    expect(failures).toEqual([
      { property: "", reason: expect.stringMatching(/there are 2 soft-deleted vaults of this name\. .*deletedVaults/) },
    ]);
    const run = oneRun(azure);
    await run[kind].check({}, argumentsOf());
    expect(run.warnings.join("\n")).toContain("there are 2 soft-deleted vaults of this name");
  });

  test("a list that cannot be read is said, and prevents `undelete` from creating a new vault", async () => {
    await softDeleted(kind);
    azure.faults.add({
      kind: "status",
      status: 403,
      code: "AuthorizationFailed",
      path: "deletedVaults",
      times: "always",
    });
    const run = oneRun(azure);
    const { inputs, failures } = await run[kind].check({}, argumentsOf({ undelete: true }));
    expect(failures).toEqual([]);
    expect(run.warnings.join("\n")).toContain("whether there is a soft-deleted vault of this name was not checked");
    await expect(run[kind].create(inputs)).rejects.toThrow("403");
    expect(azure.vault(idOf(kind))).toBeUndefined();
  });

  test("an update that Azure does not allow once it is back leaves it recorded, with its backups", async () => {
    await softDeleted(kind);
    const run = oneRun(azure);
    const { inputs } = await run[kind].check({}, argumentsOf({ undelete: true, redundancy: "LocallyRedundant" }));
    const error = await run[kind].create(inputs).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({
      id: idOf(kind),
      reasons: [expect.stringContaining("was brought back, and does not match the program yet")],
      properties: { provisioningState: "Unknown" },
    });
    expect(backupsIn(kind)).toHaveLength(1);

    const { properties } = error as { properties: Record<string, unknown> };
    const next = oneRun(azure);
    const mended = (await next[kind].check(properties, argumentsOf({ undelete: true }))).inputs;
    const { outs } = await next[kind].update(idOf(kind), properties, mended);
    expect(outs).toMatchObject({ redundancy: "GeoRedundant", provisioningState: "Succeeded" });
  });
});
