import { mkdtempSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Emulator, startEmulator } from "../../emulator/index.js";
import { reviewVariable } from "../../provider/host/review.js";
import { cannotAdopt } from "../../provider/lifecycle/vault/wording.js";
import { unknown } from "../../provider/vaults/unknowns.js";
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

const program = { resourceGroupName: "rg-payroll", location: "westeurope", redundancy: "GeoRedundant" };
const argumentsOf = (vaultName: string, more: object = {}) => ({ ...program, vaultName, ...more });
const idOf = (kind: Kind, vaultName: string) =>
  `/subscriptions/${azure.env.ARM_SUBSCRIPTION_ID}/resourceGroups/rg-payroll/providers/${kinds[kind]}/${vaultName}`;

/** A vault that Azure has and no stack knows, as a run leaves it that is killed in a creation. */
const left = (kind: Kind, vaultName = "v-payroll") => created(oneRun(azure)[kind], argumentsOf(vaultName));

const byVariable = (text: string) => oneRun(azure, { AZURE_BACKUP_ADOPT: text });
const byConfiguration = (text: string) => oneRun(azure, {}, { adopt: text });

describe.each(Object.keys(kinds) as Kind[])("of a %s", (kind) => {
  test("the refusal of a vault that exists names the command that adopts it in one run, and the command does", async () => {
    await left(kind);
    const { failures } = await oneRun(azure)[kind].check({}, argumentsOf("v-payroll"));
    expect(failures).toEqual([{ property: "", reason: expect.stringContaining("already exists in resource group") }]);
    const [, value = ""] = /`AZURE_BACKUP_ADOPT='([^']+)' pulumi up`/.exec(failures[0]?.reason ?? "") ?? [];
    expect(value).toBe(idOf(kind, "v-payroll"));

    const { id, inputs, outs } = await created(byVariable(value)[kind], argumentsOf("v-payroll", { tags: { a: "b" } }));
    expect(id).toBe(value);
    expect(outs.provisioningState).toBe("Succeeded");
    expect(azure.vault(id)?.tags).toEqual({ a: "b" });
    expect([inputs.adopt, outs.adopt]).toEqual([undefined, undefined]);
  });

  test("the preview says that it is adopted, not created, and what would change", async () => {
    await left(kind);
    const preview = async (more: object) => {
      const run = oneRun(azure);
      expect((await run[kind].check({}, argumentsOf("v-payroll", { adopt: true, ...more }))).failures).toEqual([]);
      return run.warnings.find((warning) => warning.includes("is adopted"));
    };
    expect(await preview({})).toContain(
      '"v-payroll" exists and is adopted, not created. None of its settings would change.',
    );
    const changed = { immutability: "Unlocked", softDelete: { retentionDurationInDays: 30 }, tags: { a: "b" } };
    expect(await preview(changed)).toContain(
      "It would change softDelete.retentionDurationInDays from 14 to 30, immutability from Disabled to Unlocked and tags.",
    );
  });

  test.each([
    ["alone", (id: string) => id],
    ["in another case", (id: string) => id.toUpperCase().replace("/SUBSCRIPTIONS", "/subscriptions")],
    ["among others", (id: string) => `${id}-2, ${id} ${id}-3`],
    ["as a list in JSON", (id: string) => JSON.stringify([`${id}-2`, id])],
  ])("its id %s adopts it, in the configuration too", async (_, written) => {
    await left(kind);
    for (const given of [byVariable, byConfiguration]) {
      const run = given(written(idOf(kind, "v-payroll")));
      expect((await run[kind].check({}, argumentsOf("v-payroll"))).failures).toEqual([]);
    }
  });

  test.each([
    ["true", () => "true"],
    ["its name", () => "v-payroll"],
    ["another vault's id", (id: string) => `${id}2`],
    ["an id that begins like its own", (id: string) => id.slice(0, -1)],
    ["the id of something in it", (id: string) => `${id}/backupPolicies/daily`],
    ["the id of its resource group", (id: string) => id.split("/").slice(0, 5).join("/")],
  ])("%s adopts nothing", async (_, written) => {
    await left(kind);
    for (const given of [byVariable, byConfiguration]) {
      const run = given(written(idOf(kind, "v-payroll")));
      const { failures, inputs } = await run[kind].check({}, argumentsOf("v-payroll"));
      expect(failures.map(({ reason }) => reason)).toEqual([
        expect.stringContaining("already exists in resource group"),
      ]);
      await expect(run[kind].create(inputs)).rejects.toThrow("already exists in resource group");
    }
  });

  test("what may not be adopted by the argument may not be adopted for one run", async () => {
    const { id } = await left(kind);
    azure.setVault(id, { properties: { securitySettings: { immutabilitySettings: { state: "Locked" } } } });
    for (const [wrong, says] of [
      [
        { location: "northeurope" },
        'its location is westeurope, but the program sets northeurope. Azure cannot change location of an existing vault. Set `location: "westeurope"`.',
      ],
      [{ immutability: "Unlocked" }, "immutability-locked"],
    ] as const) {
      const run = byVariable(id)[kind];
      const { failures, inputs } = await run.check({}, argumentsOf("v-payroll", wrong));
      expect(failures.map(({ reason }) => reason)).toEqual([expect.stringContaining(says)]);
      const writes = azure.writes().length;
      await expect(run.create({ ...inputs, ...argumentsOf("v-payroll", wrong), vaultId: id })).rejects.toThrow(says);
      expect(azure.writes()).toHaveLength(writes);
    }
  });

  test("a review judges the adoption against the vault as it is", async () => {
    const { id } = await left(kind);
    azure.setVault(id, { properties: { securitySettings: { immutabilitySettings: { state: "Locked" } } } });
    const file = join(mkdtempSync(join(tmpdir(), "azure-backup-")), "judged.jsonl");
    const run = oneRun(azure, { AZURE_BACKUP_ADOPT: id, [reviewVariable]: file });
    const { failures } = await run[kind].check({}, argumentsOf("v-payroll", { immutability: "Unlocked" }));
    expect(failures).toEqual([]);
    expect(readFileSync(file, "utf8")).toContain("immutability-locked");
  });

  test("leave that stays set changes nothing for a vault that is in the stack, and gives it to no other resource", async () => {
    const { id, inputs, outs } = await left(kind);
    const run = byVariable(id);
    const writes = azure.writes().length;
    expect(await run[kind].check(inputs, argumentsOf("v-payroll"))).toEqual({ inputs, failures: [] });
    expect((await run[kind].diff(id, outs, inputs)).changes).toBe(false);
    expect(azure.writes()).toHaveLength(writes);

    const twice = [expect.stringContaining("defined by two resources in this program")];
    const beside = await run[kind].check({}, argumentsOf("v-payroll"));
    expect(beside.failures.map(({ reason }) => reason)).toEqual(twice);
    const otherOrder = byVariable(id);
    expect((await otherOrder[kind].check({}, argumentsOf("v-payroll"))).failures).toEqual([]);
    const after = await otherOrder[kind].check(inputs, argumentsOf("v-payroll"));
    expect(after.failures.map(({ reason }) => reason)).toEqual(twice);
  });
});

test("a vault that a stack no longer describes is not deleted in the run that adopts it under another name", async () => {
  const { id, outs } = await left("backupVault");
  const run = byVariable(id);
  await created(run.backupVault, argumentsOf("v-payroll"));
  await run.backupVault.delete(id, outs);
  expect(azure.vault(id)).toBeDefined();
});

test("what belongs to a vault is made again by the next run after a kill, with nothing to adopt", async () => {
  const { id: vault } = await left("backupVault");
  const identity = azure.createUserAssignedIdentity("rg-payroll", "id-payroll");
  const store = azure.createKeyVault("rg-payroll", "kv-payroll").id;
  const hsm = azure.createManagedHsm("rg-payroll", "hsm-payroll").id;
  for (const place of [store, hsm]) azure.createKey(place, "backup");
  const keyUri = "https://kv-payroll.vault.azure.net/keys/backup";
  const { principalId } = identity.properties;
  const inHsm = "https://hsm-payroll.managedhsm.azure.net/keys/backup";

  for (const [kind, args] of [
    ["identityAssignment", { vault, identity: identity.id }],
    ["identityAssignment", { vault, identity: "SystemAssigned" }],
    ["keyAccess", { keyUri, principalId }],
    ["keyAccess", { keyUri: inHsm, principalId }],
    ["encryptionSettings", { vault, keyUri, identity: identity.id }],
  ] as const) {
    const killed = await created(oneRun(azure)[kind], args);
    const next = await created(oneRun(azure)[kind], args);
    // Each resource has a mark of its own in the state.
    expect(next).toEqual({ ...killed, outs: { ...killed.outs, instance: next.outs.instance } });
  }
});

test("the refusal to adopt gives no value for what Azure does not return as one", () => {
  for (const location of [undefined, unknown]) {
    expect(cannotAdopt(idOf("backupVault", "v-payroll"), ["location"], { location }, { location: "northeurope" })).toBe(
      'Backup vault "v-payroll" cannot be adopted: its location is not known, but the program sets northeurope. ' +
        "Azure cannot change location of an existing vault. Set `location` to its current value.",
    );
  }
});
