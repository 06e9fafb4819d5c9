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
  const other = { ...guard, vaultCriticalOperationExclusionList: ["Microsoft.Compute/disks/delete"] };
  expect((await oneRun(azure).resourceGuard.check({}, other)).failures[0]?.reason).toContain(
    "vaultCriticalOperationExclusionList[0] must be an operation on vaults",
  );
  expect(azure.writes()).toEqual([]);
});

// azurerm's acceptance tests of resource guards exclude both of these, and Azure takes them.
test("an operation that this version does not know is excluded with a warning, once, and imported", async () => {
  const excluded = [
    "Microsoft.RecoveryServices/vaults/backupconfig/delete",
    "Microsoft.RecoveryServices/vaults/backupResourceGuardProxies/write",
  ];
  const run = oneRun(azure);
  const args = { ...guard, vaultCriticalOperationExclusionList: excluded };
  const { id, inputs, outs } = await created(run.resourceGuard, args);
  expect(run.warnings.join("\n")).toContain(
    `Resource guard "guard": vaultCriticalOperationExclusionList names ${excluded[0]}, which is not an operation that this ` +
      'version knows resource guards to protect; did you mean "Microsoft.RecoveryServices/vaults/backupconfig/write"?',
  );
  expect(live().properties.vaultCriticalOperationExclusionList).toEqual(excluded);
  const next = oneRun(azure);
  expect((await next.resourceGuard.check(inputs, args)).failures).toEqual([]);
  expect(next.warnings).toEqual([]);
  const imported = await oneRun(azure).resourceGuard.read(id, {});
  expect(await oneRun(azure).resourceGuard.check(imported.inputs as never, imported.inputs as never)).toMatchObject({
    failures: [],
  });
  await oneRun(azure).resourceGuard.delete(id, outs);
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

const self = "0b1e0000-0000-4000-8000-0000000000b1";
const roles = { reader: "acdd72a7-3385-48ef-bd42-f606fba81ae7", operator: "f54b6d04-23c6-443e-b462-9c16ab7b4a52" };

test.each(kinds)(
  "without the owner's consent, a %s keeps its guard, and the error says who must do what",
  async (kind) => {
    const vault = await vaultOf(kind);
    await created(oneRun(azure).resourceGuard, guard);
    const { id, outs } = await created(oneRun(azure).resourceGuardAssociation, { vault, resourceGuard: guardId() });
    azure.grant(`/subscriptions/${azure.env.ARM_SUBSCRIPTION_ID}`, self, roles.reader);
    const failure = await oneRun(azure)
      .resourceGuardAssociation.delete(id, outs)
      .then(
        () => "",
        ({ message }: Error) => message,
      );
    expect(failure).toContain(`"${vault.split("/").at(-1)}" keeps its association with resource guard "guard"`);
    expect(failure).toContain(
      `The identity with the object ID ${self} needs the role Backup MUA Operator on resource guard "guard" (${guardId()})`,
    );
    expect(failure).toContain("Privileged Identity Management");
    expect(proxiesOf(vault)).toHaveLength(1);

    azure.grant(guardId(), self, roles.operator);
    await oneRun(azure).resourceGuardAssociation.delete(id, outs);
    expect(proxiesOf(vault)).toEqual([]);
  },
);

const failuresOf = async (args: object, run = oneRun(azure)) =>
  (await run.resourceGuardAssociation.check({}, args as Record<string, unknown>)).failures.map(({ reason }) => reason);

test("a guard in another region, one that is not there and a second one are refused before anything is sent", async () => {
  const vault = await vaultOf("BackupVault");
  for (const [name, location] of [
    ["guard", "westeurope"],
    ["second", "westeurope"],
    ["far", "northeurope"],
  ] as const)
    azure.arm("PUT", guardId(name), { location, properties: {} });
  const writes = azure.writes().length;
  expect(await failuresOf({ vault, resourceGuard: guardId("far") })).toEqual([
    expect.stringContaining(
      'resource-guard-other-region: Association of Backup vault "bv-payroll" with resource guard "far": The guard is in northeurope',
    ),
  ]);
  expect((await failuresOf({ vault, resourceGuard: guardId("gone") })).join()).toContain("lacks the role Reader on it");
  const missing = await failuresOf({ vault: `${vault}-gone`, resourceGuard: guardId() });
  expect(missing.join()).toContain('Backup vault "bv-payroll-gone" does not exist');
  expect(await failuresOf({ vault, resourceGuard: `${guardId()}/x` })).toEqual([
    expect.stringContaining("resourceGuard must be an ARM ID of the form"),
  ]);
  expect(azure.writes()).toHaveLength(writes);

  await created(oneRun(azure).resourceGuardAssociation, { vault, resourceGuard: guardId() });
  expect((await failuresOf({ vault, resourceGuard: guardId("second") })).join()).toContain(
    'is already protected by resource guard "guard"',
  );
  const twice = oneRun(azure);
  expect(await failuresOf({ vault, resourceGuard: guardId() }, twice)).toEqual([]);
  expect((await failuresOf({ vault, resourceGuard: guardId() }, twice)).join()).toContain("A vault has one guard.");
});

test("what is refused at preview is refused at up as well, before the write", async () => {
  const vault = await vaultOf("BackupVault");
  azure.arm("PUT", guardId("far"), { location: "northeurope", properties: {} });
  const writes = azure.writes().length;
  const create = (resourceGuard: string) => oneRun(azure).resourceGuardAssociation.create({ vault, resourceGuard });
  await expect(create(guardId("far"))).rejects.toThrow("resource-guard-other-region");
  await expect(create(guardId("gone"))).rejects.toThrow("does not exist");
  const mandatory = { ...guard, subscriptionId: azure.env.ARM_SUBSCRIPTION_ID, resourceGuardId: guardId() };
  const vaultCriticalOperationExclusionList = ["Microsoft.RecoveryServices/vaults/backupconfig/write"];
  await expect(
    oneRun(azure).resourceGuard.create({ ...mandatory, vaultCriticalOperationExclusionList }),
  ).rejects.toThrow("resource-guard-mandatory-operation");
  expect(azure.writes()).toHaveLength(writes);
});

test("a vault and a guard of the same run are checked together before either exists", async () => {
  const run = oneRun(azure);
  const waits = { __program: { waitsForNew: true } };
  const vaultArgs = { vaultName: "bv-payroll", resourceGroupName: "rg-payroll", location: "westeurope" };
  await run.backupVault.check({}, { ...vaultArgs, redundancy: "LocallyRedundant" });
  await run.resourceGuard.check({}, { ...guard, location: "northeurope" });
  const given = { vault: vaults.BackupVault(), resourceGuard: guardId(), ...waits };
  expect((await failuresOf(given, run)).join()).toContain("resource-guard-other-region");
  expect(run.warnings.join()).toContain("resource-guard-self-approved");
  expect(azure.writes()).toEqual([]);
});

test("another guard replaces the association, which needs the consent of the first guard's owner", async () => {
  const vault = await vaultOf("BackupVault");
  azure.arm("PUT", guardId("second"), { location: "westeurope", properties: {} });
  await created(oneRun(azure).resourceGuard, guard);
  const { id, inputs, outs } = await created(oneRun(azure).resourceGuardAssociation, {
    vault,
    resourceGuard: guardId(),
  });
  const run = oneRun(azure);
  const checked = await run.resourceGuardAssociation.check(inputs, { vault, resourceGuard: guardId("second") });
  expect(checked.failures).toEqual([]);
  expect(run.warnings.join()).toContain(
    'would be protected by resource guard "second" instead of resource guard "guard"',
  );
  expect(await run.resourceGuardAssociation.diff(id, outs, checked.inputs)).toMatchObject({
    changes: true,
    replaces: ["resourceGuard"],
    deleteBeforeReplace: true,
  });
  await run.resourceGuardAssociation.delete(id, outs);
  await created(run.resourceGuardAssociation, { vault, resourceGuard: guardId("second") });
  expect(proxiesOf(vault)).toMatchObject([{ properties: { resourceGuardResourceId: guardId("second") } }]);
});

test("an association that was renamed in the program stays on the vault", async () => {
  const vault = await vaultOf("BackupVault");
  await created(oneRun(azure).resourceGuard, guard);
  const args = { vault, resourceGuard: guardId() };
  const { id, outs } = await created(oneRun(azure).resourceGuardAssociation, args);
  const run = oneRun(azure);
  const renamed = await created(run.resourceGuardAssociation, args);
  await run.resourceGuardAssociation.delete(id, outs);
  expect(run.warnings.join()).toContain("takes the association over without a write");
  expect(run.warnings.join()).toContain("keeps its resource guard");
  expect(proxiesOf(vault)).toHaveLength(1);
  await oneRun(azure).resourceGuardAssociation.delete(renamed.id, renamed.outs);
  expect(proxiesOf(vault)).toEqual([]);
});

test("an association with a guard that was changed outside Pulumi shows in a refresh, and one without a vault is gone", async () => {
  const vault = await vaultOf("BackupVault");
  await created(oneRun(azure).resourceGuard, guard);
  const { id, outs } = await created(oneRun(azure).resourceGuardAssociation, { vault, resourceGuard: guardId() });
  azure.arm("PUT", guardId("second"), { location: "westeurope", properties: {} });
  const request = { resourceGuardOperationRequests: [`${guardId()}/deleteResourceGuardProxyRequests/default`] };
  azure.arm("POST", `${id}/unlockDelete`, request);
  azure.arm("DELETE", id);
  azure.arm("PUT", id, { properties: { resourceGuardResourceId: guardId("second").toLowerCase() } });
  const { props } = await oneRun(azure).resourceGuardAssociation.read(id, outs);
  expect(props?.resourceGuard).toBe(
    guardId("second")
      .toLowerCase()
      .replace("resourcegroups", "resourceGroups")
      .replace("microsoft.dataprotection/resourceguards", "Microsoft.DataProtection/resourceGuards"),
  );
  azure.setVault(vault, undefined);
  expect(await oneRun(azure).resourceGuardAssociation.read(id, outs)).toEqual({});
  await oneRun(azure).resourceGuardAssociation.delete(id, outs);
});

test("whoever may approve its own operations on the vault is warned when it associates it", async () => {
  const vault = await vaultOf("BackupVault");
  await created(oneRun(azure).resourceGuard, guard);
  const owner = oneRun(azure);
  expect(await failuresOf({ vault, resourceGuard: guardId() }, owner)).toEqual([]);
  expect(owner.warnings.join()).toContain("resource-guard-self-approved");
  azure.grant(`/subscriptions/${azure.env.ARM_SUBSCRIPTION_ID}`, self, roles.reader);
  const reader = oneRun(azure);
  expect(await failuresOf({ vault, resourceGuard: guardId() }, reader)).toEqual([]);
  expect(reader.warnings.join()).not.toContain("resource-guard-self-approved");
});

test("a guard is not deleted while it cannot be read which vaults use it", async () => {
  const made = await created(oneRun(azure).resourceGuard, guard);
  azure.faults.add({
    kind: "status",
    path: "/providers/Microsoft.RecoveryServices/vaults?",
    status: 403,
    times: "always",
  });
  await expect(oneRun(azure).resourceGuard.delete(made.id, made.outs)).rejects.toThrow(
    /Which vaults use it could not be read: .*Nothing is deleted/s,
  );
  expect(live()).toMatchObject({ properties: {} });
});
