import fc from "fast-check";
import { type Emulator, startEmulator } from "../../emulator/index.js";
import { parsePolicy, policyBody } from "../../provider/policies/recoveryServices/policy.js";
import { workloadNames } from "../../provider/policies/recoveryServices/workloads.js";
import { anyProtectionPolicy, anyProtectionPolicyOf } from "../policies/anyProtectionPolicy.js";
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

const inGroup = (path: string) =>
  `/subscriptions/${azure.env.ARM_SUBSCRIPTION_ID}/resourceGroups/rg-payroll/providers/${path}`;

/** A Recovery Services vault of its own. */
function newVault(): string {
  worlds += 1;
  const id = inGroup(`Microsoft.RecoveryServices/vaults/rsv-${worlds}`);
  azure.arm("PUT", id, { location: "westeurope", sku: { name: "Standard" }, properties: {} });
  azure.vault(id);
  return id;
}

test("Azure takes every policy that our check finds valid, and what it then has is no change", async () => {
  const property = fc.asyncProperty(anyProtectionPolicy, async (args) => {
    const { recoveryServicesBackupPolicy } = oneRun(azure);
    const { id, inputs, outs } = await created(recoveryServicesBackupPolicy, { ...args, vault: newVault() });
    const { props } = await oneRun(azure).recoveryServicesBackupPolicy.read(id, outs);
    expect(await recoveryServicesBackupPolicy.diff(id, props ?? {}, inputs)).toMatchObject({ changes: false });
  });
  await fc.assert(property, { numRuns: 40 });
});

type Json = { [name: string]: unknown };

/** The same with one number or word in it changed. */
function mutated(value: unknown, at: number, to: (was: number | string) => unknown): unknown {
  let left = at;
  const walk = (each: unknown): unknown => {
    if (Array.isArray(each)) return each.map(walk);
    if (typeof each === "object" && each !== null)
      return Object.fromEntries(Object.entries(each as Json).map(([name, item]) => [name, walk(item)]));
    if (typeof each !== "number" && !(typeof each === "string" && /^(Daily|Weekly|Sunday|\d{4}-.*)$/.test(each)))
      return each;
    left -= 1;
    return left === -1 ? to(each) : each;
  };
  return walk(value);
}

test("what Azure refuses of a policy in its own form, our check refuses", async () => {
  const vault = newVault();
  let [taken, refused] = [0, 0];
  const changed = fc.tuple(fc.nat(12), fc.constantFrom(0, 3, 7, 36, 181, 201, 5200, 10_000));
  const property = fc.property(anyProtectionPolicy, changed, (args, [at, number]) => {
    const { inputs } = parsePolicy({ ...args, vault }, {});
    const properties = mutated(policyBody(inputs).properties, at, (was) => {
      if (typeof was === "number") return number;
      if (was === "Daily" || was === "Weekly") return was === "Daily" ? "Weekly" : "Daily";
      return was === "Sunday" ? "Monday" : was.replace(/T\d{2}:\d{2}/, "T02:10");
    });
    const { status } = azure.arm("PUT", `${vault}/backupPolicies/daily-${taken + refused}`, { properties });
    const { dataSource, policyName } = inputs;
    const { problems, limits } = parsePolicy({ vault, policyName, dataSource, properties }, {});
    const ours = [...problems, ...limits];
    if (status === 400) expect(ours).not.toEqual([]);
    if (status === 400) refused += 1;
    else taken += 1;
  });
  fc.assert(property, { numRuns: 400 });
  expect(Math.min(taken, refused)).toBeGreaterThan(10);
});

/** Another machine for each vault: no two can protect the same. */
function protect(vault: string): void {
  const name = vault.replace(/.*\/rsv-/, "vm-");
  const fabric = `${vault}/backupFabrics/Azure/protectionContainers/IaasVMContainer;iaasvmcontainerv2;rg-payroll;${name}`;
  const properties = {
    protectedItemType: "Microsoft.Compute/virtualMachines",
    sourceResourceId: inGroup(`Microsoft.Compute/virtualMachines/${name}`),
    policyId: `${vault}/backupPolicies/daily`,
  };
  const item = `${fabric}/protectedItems/VM;iaasvmcontainerv2;rg-payroll;${name}`;
  expect(azure.arm("PUT", item, { properties }).status).toBe(202);
}

function makeImmutable(vault: string, states: readonly string[]): void {
  for (const state of states) {
    azure.arm("PATCH", vault, { properties: { securitySettings: { immutabilitySettings: { state } } } });
    azure.vault(vault);
  }
}

test("we change a policy in place exactly when Azure does, whatever it was, and whatever the vault is", async () => {
  const seen = { written: 0, refused: 0, replaced: 0 };
  const two = fc
    .constantFrom(...workloadNames)
    .chain((name) => fc.tuple(anyProtectionPolicyOf(name), anyProtectionPolicyOf(name)));
  const world = fc.record({
    states: fc.constantFrom<readonly string[]>([], ["Unlocked"], ["Unlocked", "Locked"]),
    isUsed: fc.boolean(),
  });
  const property = fc.asyncProperty(two, world, async ([before, after], { states, isUsed }) => {
    const [ours, azures] = [newVault(), newVault()];
    const made = await created(oneRun(azure).recoveryServicesBackupPolicy, { ...before, vault: ours });
    await created(oneRun(azure).recoveryServicesBackupPolicy, { ...before, vault: azures });
    for (const vault of [ours, azures]) {
      if (isUsed) protect(vault);
      makeImmutable(vault, states);
    }
    const { inputs: wanted } = parsePolicy({ ...after, vault: ours }, {});
    const { status } = azure.arm("PUT", `${azures}/backupPolicies/daily`, policyBody(wanted));

    const run = oneRun(azure).recoveryServicesBackupPolicy;
    const { inputs, failures } = await run.check(made.inputs, { ...after, vault: ours });
    const { replaces } = await run.diff(made.id, made.outs, inputs);
    if (replaces.length > 0) {
      expect(status).toBe(400);
      expect(failures.length > 0).toBe(isUsed);
      seen.replaced += 1;
    } else if (status === 400) {
      expect(failures.map(({ reason }) => reason).join()).toContain("rsv-policy-retention-shorter");
      await expect(run.update(made.id, made.outs, inputs)).rejects.toThrow("rsv-policy-retention-shorter");
      seen.refused += 1;
    } else {
      expect(failures).toEqual([]);
      await run.update(made.id, made.outs, inputs);
      const shown = (vault: string) =>
        (azure.arm("GET", `${vault}/backupPolicies/daily`).body as { properties: object }).properties;
      expect(shown(ours)).toEqual(shown(azures));
      seen.written += 1;
    }
  });
  await fc.assert(property, { numRuns: 60 });
  expect(Math.min(...Object.values(seen))).toBeGreaterThan(0);
});
