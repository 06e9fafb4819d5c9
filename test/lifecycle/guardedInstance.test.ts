import { type Emulator, startEmulator } from "../../emulator/index.js";
import { unknownSentinel } from "../../provider/vaults/unknowns.js";
import { consentTo, guardVault, self, withoutConsent } from "../support/guardedVault.js";
import { holdRequests } from "../support/heldRequests.js";
import { created, oneRun } from "../support/oneRun.js";

/** Backup instances of a vault that a resource guard protects. */

let azure: Emulator;
beforeAll(async () => {
  azure = await startEmulator({ trust: true });
});
holdRequests(() => azure);
afterAll(() => azure.close());

const diskRoles = ["3e5e47e6-65f7-47ef-90b5-e5dd4d455f24", "7efff54f-a5b4-42b5-a1c5-5411624893ce"];

const group = () => `/subscriptions/${azure.env.ARM_SUBSCRIPTION_ID}/resourceGroups/rg-payroll`;
const guard = () => `${group()}/providers/Microsoft.DataProtection/resourceGuards/guard`;
const vault = () => `${group()}/providers/Microsoft.DataProtection/backupVaults/bv`;
const idOf = () => `${vault()}/backupInstances/disk-1`;
const policy = (name: string) => `${vault()}/backupPolicies/${name}`;
const request = () => `${guard()}/dppModifyPolicy/default`;

const disk = (more: object = {}) => ({
  vault: vault(),
  instanceName: "disk-1",
  dataSource: "AzureDisk",
  dataSourceId: `${group()}/providers/Microsoft.Compute/disks/disk-1`,
  policyId: policy("daily"),
  snapshotResourceGroupId: group(),
  ...more,
});

/** A protected disk, whose vault then gets a guard. */
async function guarded(more: object = {}, excluded: string[] = []) {
  const first = await created(oneRun(azure).backupInstance, disk(more));
  await guardVault(azure, vault(), guard(), excluded);
  return first;
}

beforeEach(async () => {
  azure.reset();
  azure.createResourceGroup("rg-payroll");
  azure.arm("PUT", `${vault()}?api-version=2025-07-01`, {
    location: "westeurope",
    identity: { type: "SystemAssigned" },
    properties: {
      storageSettings: [{ datastoreType: "VaultStore", type: "LocallyRedundant" }],
      securitySettings: { softDeleteSettings: { state: "On", retentionDurationInDays: 14 } },
    },
  });
  for (const role of diskRoles) azure.grant(group(), azure.vault(vault())?.identity?.principalId, role);
  for (const policyName of ["daily", "weekly"])
    await created(oneRun(azure).backupPolicy, {
      vault: vault(),
      policyName,
      dataSource: "AzureDisk",
      schedule: { every: "P1D", at: "02:00" },
      retention: [{ keep: "P7D" }],
    });
});

type Live = { status: number; body: { properties: { currentProtectionState: string; policyInfo: object } } };
const live = () => azure.arm("GET", idOf()) as Live;
const reasons = (failures: { reason: string }[]) => failures.map(({ reason }) => reason).join();
const other = (more: object = {}) => disk({ policyId: policy("weekly"), ...more });

test("another policy is refused at preview, with the request to name and who has to ask whom", async () => {
  const { inputs, id, outs } = await guarded();
  const { failures, inputs: wanted } = await oneRun(azure).backupInstance.check(inputs, other());
  expect(reasons(failures)).toMatch(
    /^backup-instance-guarded: Backup instance "disk-1" .* cannot be updated to change `policyId`\./,
  );
  expect(reasons(failures)).toContain(`Add "${request()}" to \`resourceGuardOperationRequests\``);
  expect(reasons(failures)).toContain('needs the role Backup MUA Operator on resource guard "guard"');
  const writes = azure.writes().length;
  await expect(oneRun(azure).backupInstance.update(id, outs, wanted)).rejects.toThrow("backup-instance-guarded");
  expect(azure.writes()).toHaveLength(writes);
});

test("another policy is given with the request and the consent, and without the consent the error says who needs it", async () => {
  const { inputs, id, outs } = await guarded();
  const named = other({ resourceGuardOperationRequests: [request()] });
  const { failures, inputs: wanted } = await oneRun(azure).backupInstance.check(inputs, named);
  expect(failures).toEqual([]);
  withoutConsent(azure, vault());
  await expect(oneRun(azure).backupInstance.update(id, outs, wanted)).rejects.toThrow(
    `The identity with the object ID ${self} needs the role Backup MUA Operator on resource guard "guard"`,
  );
  consentTo(azure, guard());
  await oneRun(azure).backupInstance.update(id, outs, wanted);
  expect(live().body.properties.policyInfo).toMatchObject({ policyId: policy("weekly") });
  expect(live().body.properties).not.toHaveProperty("resourceGuardOperationRequests");
});

test("a request that leaves the program, or comes into it, is no change", async () => {
  const { inputs, id, outs } = await guarded();
  const run = oneRun(azure).backupInstance;
  const checked = await run.check(inputs, disk({ resourceGuardOperationRequests: [request()] }));
  expect(await run.diff(id, outs, checked.inputs)).toMatchObject({ changes: false });
});

test.each([
  ["excluded by the guard", ["Microsoft.DataProtection/backupVaults/backupInstances/write"], {}],
  ["no other policy", [], { policyId: undefined, friendlyName: "payroll" }],
])("what is %s needs no request", async (_, excluded, more) => {
  const { inputs, id, outs } = await guarded({}, excluded);
  const wanted = { ...other(), ...more };
  if ("policyId" in more) wanted.policyId = policy("daily");
  const checked = await oneRun(azure).backupInstance.check(inputs, wanted);
  expect(checked.failures).toEqual([]);
  await oneRun(azure).backupInstance.update(id, outs, checked.inputs);
});

test("a policy that is not known yet is undecided", async () => {
  const { inputs } = await guarded();
  const run = oneRun(azure);
  const { failures } = await run.backupInstance.check(inputs, disk({ policyId: unknownSentinel }));
  expect(failures).toEqual([]);
  expect(run.warnings.join()).toContain("cannot determine yet whether");
});

test("a guard that cannot be read is known by what the vault lists", async () => {
  const { inputs } = await guarded();
  azure.faults.add({
    kind: "status",
    path: "/resourceGuards/",
    status: 403,
    code: "AuthorizationFailed",
    times: "always",
  });
  const { failures } = await oneRun(azure).backupInstance.check(inputs, other());
  expect(reasons(failures)).toContain(`Add "${request()}"`);
  azure.faults.clear();
  azure.faults.add({
    kind: "status",
    path: "ResourceGuardProxies",
    status: 403,
    code: "AuthorizationFailed",
    times: "always",
  });
  const run = oneRun(azure);
  expect((await run.backupInstance.check(inputs, other())).failures).toEqual([]);
  expect(run.warnings.join()).toContain("Whether the vault's resource guard has to allow it was not checked");
  azure.faults.clear();
});

test.each([
  ["delete", 404, undefined],
  ["stopProtectionRetainData", 200, "ProtectionStopped"],
  ["suspend", 200, "BackupsSuspended"],
] as const)(
  "its removal by %s asks the guard, and is made with the consent of the guard's owner",
  async (onDelete, status, state) => {
    const { id, outs } = await guarded({ onDelete });
    withoutConsent(azure, vault());
    await expect(oneRun(azure).backupInstance.delete(id, outs)).rejects.toThrow(
      new RegExp(`^backup-instance-guarded: .* is left as it is: .* ${self} needs the role Backup MUA Operator`),
    );
    expect(live().body.properties.currentProtectionState).toBe("ProtectionConfigured");
    consentTo(azure, guard());
    await oneRun(azure).backupInstance.delete(id, outs);
    expect(live().status).toBe(status);
    if (state) expect(live().body.properties.currentProtectionState).toBe(state);
  },
);

test("a replacement that deletes says at preview that the deletion needs the consent", async () => {
  const { inputs } = await guarded({ onDelete: "delete" });
  const run = oneRun(azure);
  const moved = disk({ dataSourceId: `${group()}/providers/Microsoft.Compute/disks/disk-2`, onDelete: "delete" });
  expect((await run.backupInstance.check(inputs, moved)).failures).toEqual([]);
  expect(run.warnings.join()).toContain("backupInstances/delete, which needs the consent of the guard's owner");
});

test("a deleted instance that comes back with another policy needs the request before it comes back", async () => {
  const { id, outs } = await guarded({ onDelete: "delete" });
  await oneRun(azure).backupInstance.delete(id, outs);
  const back = other({ undelete: true });
  const { failures, inputs } = await oneRun(azure).backupInstance.check({}, back);
  expect(reasons(failures)).toContain(`Add "${request()}"`);
  await expect(oneRun(azure).backupInstance.create(inputs)).rejects.toThrow("backup-instance-guarded");
  expect(live().status).toBe(404);
  const { outs: is } = await created(oneRun(azure).backupInstance, {
    ...back,
    resourceGuardOperationRequests: [request()],
  });
  expect(is).toMatchObject({ protectionState: "ProtectionConfigured" });
});
