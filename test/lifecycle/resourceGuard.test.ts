import { type Emulator, startEmulator } from "../../emulator/index.js";
import { created, oneRun } from "../support/oneRun.js";

let azure: Emulator;

beforeEach(async () => {
  azure = await startEmulator({ trust: true });
  azure.createResourceGroup("rg-payroll");
});
afterEach(() => azure.close());

const group = () => `/subscriptions/${azure.env.ARM_SUBSCRIPTION_ID}/resourceGroups/rg-payroll/providers`;
const guardId = (name = "guard") => `${group()}/Microsoft.DataProtection/resourceGuards/${name}`;

const vaults = {
  BackupVault: () => `${group()}/Microsoft.DataProtection/backupVaults/bv-payroll`,
  RecoveryServicesVault: () => `${group()}/Microsoft.RecoveryServices/vaults/rsv-payroll`,
};
const kinds = Object.keys(vaults) as (keyof typeof vaults)[];

const guard = {
  resourceGuardName: "guard",
  resourceGroupName: "rg-payroll",
  location: "westeurope",
  tags: { owner: "security" },
};
const deletion = "Microsoft.DataProtection/backupVaults/backupInstances/delete";
const restore = "Microsoft.DataProtection/backupVaults/backupInstances/restore/action";

async function vaultOf(kind: keyof typeof vaults, more: object = {}) {
  const run = oneRun(azure);
  const names = { resourceGroupName: "rg-payroll", location: "westeurope", ...more };
  if (kind === "BackupVault")
    await created(run.backupVault, { vaultName: "bv-payroll", redundancy: "LocallyRedundant", ...names });
  else await created(run.recoveryServicesVault, { vaultName: "rsv-payroll", ...names });
  return vaults[kind]();
}

const proxiesOf = (vault: string) =>
  (azure.arm("GET", `${vault}/backupResourceGuardProxies`).body as { value: object[] }).value;

const live = (id = guardId()) => azure.arm("GET", id).body as { tags?: object; properties: Record<string, string[]> };

test("a guard is created, changed in place, read without a difference and deleted", async () => {
  const { resourceGuard } = oneRun(azure);
  const { id, inputs, outs } = await created(resourceGuard, guard);
  expect(id).toBe(guardId());
  expect(outs.resourceGuardId).toBe(id);
  expect(outs.resourceGuardOperations).toContain(deletion);
  expect(await oneRun(azure).resourceGuard.read(id, outs)).toMatchObject({ id, props: outs, inputs });

  const next = oneRun(azure);
  const checked = await next.resourceGuard.check(inputs, { ...guard, vaultCriticalOperationExclusionList: [deletion] });
  expect(checked.failures).toEqual([]);
  expect(next.warnings.join()).toContain(
    `would no longer protect ${deletion}. No vault that could be read uses the guard.`,
  );
  expect(await next.resourceGuard.diff(id, outs, checked.inputs)).toMatchObject({ changes: true, replaces: [] });
  const updated = await next.resourceGuard.update(id, outs, checked.inputs);
  expect(updated.outs.resourceGuardOperations).not.toContain(deletion);
  expect(live()).toMatchObject({ tags: { owner: "security" } });

  await oneRun(azure).resourceGuard.delete(id, updated.outs);
  expect(await oneRun(azure).resourceGuard.read(id, updated.outs)).toEqual({});
});

test("an exclusion that is no longer in the program ends, and what the program never set stays", async () => {
  const excluded = { ...guard, vaultCriticalOperationExclusionList: [deletion] };
  const { id, inputs, outs } = await created(oneRun(azure).resourceGuard, excluded);
  azure.arm("PATCH", id, { tags: { owner: "security", cost: "4711" } });
  const { tags: _, ...untagged } = guard;
  const run = oneRun(azure);
  const checked = await run.resourceGuard.check({ ...inputs, tags: undefined }, untagged);
  expect(run.warnings).toEqual([]);
  await run.resourceGuard.update(id, { ...outs, tags: undefined }, checked.inputs);
  expect(live().properties.vaultCriticalOperationExclusionList).toEqual([]);
  expect(live().tags).toEqual({ owner: "security", cost: "4711" });
});

test("what a guard always protects cannot be excluded, and nothing is sent", async () => {
  const mandatory = [
    "Microsoft.DataProtection/backupVaults/write#reduceSoftDeleteSecurity",
    "Microsoft.RecoveryServices/vaults/backupResourceGuardProxies/delete",
  ];
  const { failures } = await oneRun(azure).resourceGuard.check(
    {},
    { ...guard, vaultCriticalOperationExclusionList: [deletion, ...mandatory] },
  );
  const reason = failures.map((failure) => failure.reason).join();
  expect(reason).toContain(
    'resource-guard-mandatory-operation: Resource guard "guard": Azure does not allow excluding',
  );
  for (const each of mandatory) expect(reason).toContain(each);
  const typo = { ...guard, vaultCriticalOperationExclusionList: [deletion.replace("delete", "deletes")] };
  const misspelt = await oneRun(azure).resourceGuard.check({}, typo);
  expect(misspelt.failures[0]?.reason).toContain(`did you mean "${deletion}"?`);
  expect(azure.writes()).toEqual([]);
});

test("a guard that exists is adopted when asked, and refused otherwise", async () => {
  azure.arm("PUT", guardId(), {
    location: "westeurope",
    properties: { vaultCriticalOperationExclusionList: [restore] },
  });
  expect((await oneRun(azure).resourceGuard.check({}, guard)).failures[0]?.reason).toContain("already exists");
  const run = oneRun(azure);
  const adopted = await created(run.resourceGuard, { ...guard, adopt: true });
  expect(run.warnings.join()).toContain("exists and is adopted, not created");
  expect(live()).toMatchObject({
    tags: { owner: "security" },
    properties: { vaultCriticalOperationExclusionList: [restore] },
  });
  expect(adopted.outs.resourceGuardOperations).not.toContain(restore);
  const elsewhere = { ...guard, adopt: true, location: "northeurope" };
  expect((await oneRun(azure).resourceGuard.check({}, elsewhere)).failures[0]?.reason).toContain(
    "cannot be adopted: it is in westeurope, but the program sets northeurope",
  );
});

test.each(kinds)("a %s gets a guard, shows its requests, and loses it with the owner's consent", async (kind) => {
  const vault = await vaultOf(kind);
  await created(oneRun(azure).resourceGuard, guard);
  const run = oneRun(azure);
  const { id, inputs, outs } = await created(run.resourceGuardAssociation, { vault, resourceGuard: guardId() });
  expect(id.toLowerCase()).toMatch(/\/backupresourceguardproxies\/(dppresourceguardproxy|vaultproxy)$/);
  expect(outs.resourceGuardOperationDetails).toContainEqual({
    vaultCriticalOperation: expect.stringMatching(/backupResourceGuardProxies\/delete$/),
    defaultResourceRequest: `${guardId()}/deleteResourceGuardProxyRequests/default`,
  });
  expect(await oneRun(azure).resourceGuardAssociation.read(id, outs)).toMatchObject({ id, props: outs, inputs });
  expect(await oneRun(azure).resourceGuardAssociation.read(id, {})).toMatchObject({ inputs });

  await oneRun(azure).resourceGuardAssociation.delete(id, outs);
  expect(proxiesOf(vault)).toEqual([]);
  expect(await oneRun(azure).resourceGuardAssociation.read(id, outs)).toEqual({});
});

test.each(kinds)("a guard that a %s uses is not deleted, and its weakening names the vault", async (kind) => {
  const vault = await vaultOf(kind);
  const made = await created(oneRun(azure).resourceGuard, guard);
  await created(oneRun(azure).resourceGuardAssociation, { vault, resourceGuard: guardId() });
  const name = vault.split("/").at(-1);
  await expect(oneRun(azure).resourceGuard.delete(made.id, made.outs)).rejects.toThrow(
    new RegExp(`resource-guard-in-use: Resource guard "guard": It protects the critical operations of .*"${name}"`),
  );
  const run = oneRun(azure);
  await run.resourceGuard.check(made.inputs, { ...guard, vaultCriticalOperationExclusionList: [restore] });
  expect(run.warnings.join()).toContain(`would no longer protect ${restore}`);
  expect(run.warnings.join()).toContain(`"${name}"`);
});
