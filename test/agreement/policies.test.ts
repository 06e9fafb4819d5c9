import fc from "fast-check";
import { type Emulator, startEmulator } from "../../emulator/index.js";
import { anyPolicyOf } from "../policies/anyPolicy.js";
import { holdRequests } from "../support/heldRequests.js";
import { created, oneRun } from "../support/oneRun.js";

let azure: Emulator;
let worlds = 0;

beforeAll(async () => {
  azure = await startEmulator({ trust: true });
  azure.createResourceGroup("rg-payroll");
});
holdRequests(() => azure);
afterAll(() => azure.close());

/** A Backup vault of its own. */
function newVault(): string {
  worlds += 1;
  const id = `/subscriptions/${azure.env.ARM_SUBSCRIPTION_ID}/resourceGroups/rg-payroll/providers/Microsoft.DataProtection/backupVaults/bv-${worlds}`;
  const storageSettings = [{ datastoreType: "VaultStore", type: "LocallyRedundant" }];
  azure.arm("PUT", id, { location: "westeurope", properties: { storageSettings } });
  azure.vault(id);
  return id;
}

test("Azure takes every policy that our check finds valid, and what it then has is no change", async () => {
  const property = fc.asyncProperty(anyPolicyOf(""), async (args) => {
    const { backupPolicy } = oneRun(azure);
    const { id, inputs, outs } = await created(backupPolicy, { ...args, vault: newVault() });
    const { props } = await oneRun(azure).backupPolicy.read(id, outs);
    expect(await backupPolicy.diff(id, props ?? {}, inputs)).toMatchObject({ changes: false });
  });
  await fc.assert(property, { numRuns: 30 });
});

const names = ["first", "second"] as const;
const contents = { dataSource: "AzureDisk", schedule: { every: "P1D", at: "02:00" }, retention: [{ keep: "P30D" }] };

function protect(vault: string, instance: string, policy: string): void {
  const properties = {
    objectType: "BackupInstance",
    friendlyName: instance,
    dataSourceInfo: { datasourceType: "Microsoft.Compute/disks", resourceID: `/x/${vault}/${instance}` },
    policyInfo: { policyId: `${vault}/backupPolicies/${policy}` },
  };
  expect(azure.arm("PUT", `${vault}/backupInstances/${instance}`, { properties }).status).toBeLessThan(300);
}

const step = fc.record({
  instance: fc.constantFrom("disk-1", "disk-2"),
  policy: fc.option(fc.constantFrom(...names), { nil: undefined }),
});

test("we delete a policy exactly when Azure does, whatever its instances went through", async () => {
  let [deleted, refused] = [0, 0];
  const property = fc.asyncProperty(
    fc.array(step, { maxLength: 6 }),
    fc.constantFrom(...names),
    async (steps, name) => {
      const [ours, azures] = [newVault(), newVault()];
      let made: Awaited<ReturnType<typeof created>> | undefined;
      for (const vault of [ours, azures]) {
        for (const policyName of names) {
          const policy = await created(oneRun(azure).backupPolicy, { ...contents, vault, policyName });
          if (vault === ours && policyName === name) made = policy;
        }
        for (const { instance, policy } of steps)
          if (policy) protect(vault, instance, policy);
          else azure.arm("DELETE", `${vault}/backupInstances/${instance}`);
      }
      const { status } = azure.arm("DELETE", `${azures}/backupPolicies/${name}`);
      const ourAnswer = oneRun(azure).backupPolicy.delete(made?.id ?? "", made?.outs ?? {});
      if (status < 300) await ourAnswer;
      else await expect(ourAnswer).rejects.toThrow("policy-in-use-deleted");
      const left = azure.arm("GET", `${ours}/backupPolicies/${name}`).status;
      expect(left).toBe(status < 300 ? 404 : 200);
      if (status < 300) deleted += 1;
      else refused += 1;
    },
  );
  await fc.assert(property, { numRuns: 25 });
  expect(Math.min(deleted, refused)).toBeGreaterThan(0);
});

const changes: Record<string, object> = {
  nothing: {},
  "another time": { schedule: { every: "P1D", at: "03:00" } },
  "another interval": { schedule: { every: "PT4H", at: "02:00" } },
  "a longer retention": { retention: [{ keep: "P60D" }] },
  "a shorter retention": { retention: [{ keep: "P7D" }] },
  "a tag": { retention: [{ keep: "P30D" }, { keep: "P12W", of: "FirstOfWeek" }] },
};

test.each(Object.entries(changes))(
  "an update in place: %s is what Azure takes, or what we replace",
  async (_, change) => {
    const args = { ...contents, policyName: "first" };
    const [ours, azures, wanted] = [newVault(), newVault(), newVault()];
    const old = await created(oneRun(azure).backupPolicy, { ...args, vault: ours });
    await created(oneRun(azure).backupPolicy, { ...args, vault: azures });
    const { id } = await created(oneRun(azure).backupPolicy, { ...args, ...change, vault: wanted });
    const { properties } = azure.arm("GET", id).body as { properties: object };
    const { status } = azure.arm("PUT", `${azures}/backupPolicies/first`, { properties });
    const { backupPolicy } = oneRun(azure);
    const { inputs } = await backupPolicy.check(old.inputs, { ...args, ...change, vault: ours });
    const { replaces } = await backupPolicy.diff(old.id, old.outs, inputs);
    expect(replaces.length > 0).toBe(status === 400);
    expect([200, 400]).toContain(status);
  },
);
