import { type Emulator, startEmulator } from "../../emulator/index.js";
import { unknownSentinel } from "../../provider/vaults/unknowns.js";
import { consentTo, guardVault, self, withoutConsent } from "../support/guardedVault.js";
import { holdRequests } from "../support/heldRequests.js";
import { created, oneRun } from "../support/oneRun.js";

/** Protected items of a vault that a resource guard protects. */

let azure: Emulator;
beforeAll(async () => {
  azure = await startEmulator({ trust: true });
});
holdRequests(() => azure);
afterAll(() => azure.close());

const group = () => `/subscriptions/${azure.env.ARM_SUBSCRIPTION_ID}/resourceGroups/rg-payroll`;
const guard = () => `${group()}/providers/Microsoft.DataProtection/resourceGuards/guard`;
const vault = () => `${group()}/providers/Microsoft.RecoveryServices/vaults/rsv`;
const policy = (name: string) => `${vault()}/backupPolicies/${name}`;
const request = (name = "updateProtectedItemRequests") => `${guard()}/${name}/default`;

const machine = (more: object = {}) => ({
  vault: vault(),
  sourceResourceId: `${group()}/providers/Microsoft.Compute/virtualMachines/vm-1`,
  policyId: policy("month"),
  ...more,
});

const daily = (policyName: string, keep: string) => ({
  vault: vault(),
  policyName,
  dataSource: "VM",
  schedule: { every: "P1D", at: "02:00" },
  retention: [{ keep }],
});

/** A protected machine, whose vault then gets a guard. */
async function guarded(more: object = {}, excluded: string[] = []) {
  const first = await created(oneRun(azure).protectedItem, machine(more));
  await guardVault(azure, vault(), guard(), excluded);
  return first;
}

beforeEach(async () => {
  azure.reset();
  azure.createResourceGroup("rg-payroll");
  azure.arm("PUT", vault(), { location: "westeurope", sku: { name: "RS0" }, properties: {} });
  azure.vault(vault());
  for (const [name, keep] of [
    ["week", "P7D"],
    ["month", "P30D"],
    ["year", "P365D"],
  ] as const)
    await created(oneRun(azure).recoveryServicesBackupPolicy, daily(name, keep));
});

type Live = { status: number; body: { properties: Record<string, unknown> } };
const live = (id: string) => (azure.arm("GET", id) as Live).body.properties;
const reasons = (failures: { reason: string }[]) => failures.map(({ reason }) => reason).join();
const checked = (inputs: Record<string, unknown>, more: object, run = oneRun(azure)) =>
  run.protectedItem.check(inputs, machine(more));

test("a policy that keeps backups for less time is refused at preview, with the request to name, and nothing is sent", async () => {
  const { inputs, id, outs } = await guarded();
  const { failures, inputs: wanted } = await checked(inputs, { policyId: policy("week") });
  expect(reasons(failures)).toMatch(
    /^rsv-protected-item-guarded: Protected item "vm-1" .* cannot be updated to change `policyId`\./,
  );
  expect(reasons(failures)).toContain(`Add "${request()}" to \`resourceGuardOperationRequests\``);
  expect(reasons(failures)).toContain('needs the role Backup MUA Operator on resource guard "guard"');
  const writes = azure.writes().length;
  await expect(oneRun(azure).protectedItem.update(id, outs, wanted)).rejects.toThrow("rsv-protected-item-guarded");
  expect(azure.writes()).toHaveLength(writes);
});

test("it is given with the request and the consent, and without the consent the error says who needs it", async () => {
  const { inputs, id, outs } = await guarded();
  const named = { policyId: policy("week"), resourceGuardOperationRequests: [request()] };
  const { failures, inputs: wanted } = await checked(inputs, named);
  expect(failures).toEqual([]);
  withoutConsent(azure, vault());
  await expect(oneRun(azure).protectedItem.update(id, outs, wanted)).rejects.toThrow(
    `The identity with the object ID ${self} needs the role Backup MUA Operator on resource guard "guard"`,
  );
  expect(live(id).policyId).toBe(policy("month"));
  consentTo(azure, guard());
  await oneRun(azure).protectedItem.update(id, outs, wanted);
  expect(live(id).policyId).toBe(policy("week"));
});

test.each([
  ["keeps backups for longer", "year", []],
  [
    "keeps them for less time, which the guard excludes,",
    "week",
    ["Microsoft.RecoveryServices/vaults/backupFabrics/protectionContainers/protectedItems/write"],
  ],
])("a policy that %s needs no request", async (_, name, excluded) => {
  const { inputs, id, outs } = await guarded({}, excluded);
  const { failures, inputs: wanted } = await checked(inputs, { policyId: policy(name) });
  expect(failures).toEqual([]);
  await oneRun(azure).protectedItem.update(id, outs, wanted);
  expect(live(id).policyId).toBe(policy(name));
});

test.each([
  ["is not known yet", () => unknownSentinel, "the new policy does not exist yet"],
  ["is still to come", () => policy("later"), "the new policy does not exist yet"],
])("whether a policy that %s keeps backups for less time is undecided", async (_, id, expected) => {
  const { inputs } = await guarded();
  const run = oneRun(azure);
  expect((await checked(inputs, { policyId: id() }, run)).failures).toEqual([]);
  expect(run.warnings.join()).toMatch(/^rsv-protected-item-guarded: cannot determine yet whether/);
  expect(run.warnings.join()).toContain(expected);
});

test("a policy that cannot be read is undecided at preview, and not given in a deployment", async () => {
  const { inputs, id, outs } = await guarded();
  azure.faults.add({
    kind: "status",
    path: "/backupPolicies/week",
    status: 403,
    code: "AuthorizationFailed",
    times: "always",
  });
  const run = oneRun(azure);
  const { failures, inputs: wanted } = await checked(inputs, { policyId: policy("week") }, run);
  expect(failures).toEqual([]);
  expect(run.warnings.join()).toContain("Whether the new policy does so is not known: ");
  await expect(oneRun(azure).protectedItem.update(id, outs, wanted)).rejects.toThrow("rsv-protected-item-guarded");
  azure.faults.clear();
  expect(live(id).policyId).toBe(policy("month"));
});

test.each([
  ["delete", true, "ProtectionStopped"],
  ["stopProtectionRetainData", undefined, "ProtectionStopped"],
] as const)(
  "its removal by %s asks the guard, and is made with the consent of its owner",
  async (onDelete, isDeleted, state) => {
    const { id, outs } = await guarded({ onDelete });
    withoutConsent(azure, vault());
    await expect(oneRun(azure).protectedItem.delete(id, outs)).rejects.toThrow(
      new RegExp(`^rsv-protected-item-guarded: .* is left as it is: .* ${self} needs the role Backup MUA Operator`),
    );
    expect(live(id).protectionState).toBe("IRPending");
    consentTo(azure, guard());
    await oneRun(azure).protectedItem.delete(id, outs);
    azure.vault(vault());
    expect(live(id)).toMatchObject({ protectionState: state });
    expect(live(id).isScheduledForDeferredDelete).toBe(isDeleted);
  },
);

test("requests that the program names for something else do not stand against a removal", async () => {
  const { id, outs } = await guarded({ resourceGuardOperationRequests: [request()] });
  await oneRun(azure).protectedItem.delete(id, outs);
  expect(live(id).protectionState).toBe("ProtectionStopped");
});

test("a replacement that deletes says at preview that the deletion needs the consent", async () => {
  const { inputs } = await guarded({ onDelete: "delete" });
  const run = oneRun(azure);
  const sourceResourceId = `${group()}/providers/Microsoft.Compute/virtualMachines/vm-2`;
  expect((await checked(inputs, { sourceResourceId, onDelete: "delete" }, run)).failures).toEqual([]);
  expect(run.warnings.join()).toContain("protectedItems/delete, which needs the consent of the guard's owner");
});

test("a deleted item comes back without a request", async () => {
  const { id, outs } = await guarded({ onDelete: "delete" });
  await oneRun(azure).protectedItem.delete(id, outs);
  azure.vault(vault());
  const { outs: is } = await created(
    oneRun(azure).protectedItem,
    machine({ undelete: true, policyId: policy("week") }),
  );
  expect(is).toMatchObject({ protectionState: "IRPending" });
});

describe("a guard in another tenant", () => {
  const other = {
    tenant: "7e7a0000-0000-4000-8000-00000000e7a2",
    guard:
      "/subscriptions/5b5c0000-0000-4000-8000-0000000005b6/resourceGroups/rg-security/providers/Microsoft.DataProtection/resourceGuards/guard",
  };

  test.each(["delete", "stopProtectionRetainData"])("is asked with a token of that tenant: %s", async (onDelete) => {
    azure.arm("PUT", other.guard.split("/providers/")[0] ?? "", { location: "westeurope" });
    azure.arm("PUT", other.guard, { location: "westeurope", properties: {} });
    const run = oneRun(azure, { ARM_AUXILIARY_TENANT_IDS: other.tenant });
    const { id, outs } = await created(run.protectedItem, machine({ onDelete }));
    await created(run.resourceGuardAssociation, { vault: vault(), resourceGuard: other.guard });
    await expect(oneRun(azure).protectedItem.delete(id, outs)).rejects.toThrow("rsv-protected-item-guarded");
    await run.protectedItem.delete(id, outs);
    azure.vault(vault());
    expect(live(id).protectionState).toBe("ProtectionStopped");
  });
});
