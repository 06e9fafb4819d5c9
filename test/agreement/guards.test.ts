import { type Emulator, startEmulator } from "../../emulator/index.js";
import { allGuardedOperations } from "../../provider/vaults/guardedOperations.js";
import { created, oneRun } from "../support/oneRun.js";

// A resource guard and what it means for vaults: what the provider refuses, the emulator refuses too, and the reverse.

let azure: Emulator;
let guards: string;
let vaults: Record<string, string>;

beforeAll(async () => {
  azure = await startEmulator({ trust: true });
  azure.createResourceGroup("rg-payroll");
  const providers = `/subscriptions/${azure.env.ARM_SUBSCRIPTION_ID}/resourceGroups/rg-payroll/providers`;
  guards = `${providers}/Microsoft.DataProtection/resourceGuards`;
  const { backupVault, recoveryServicesVault } = oneRun(azure);
  const names = { resourceGroupName: "rg-payroll", location: "westeurope" };
  const backup = { ...names, vaultName: "bv-payroll", redundancy: "LocallyRedundant" };
  vaults = {
    "Backup vault": (await created(backupVault, backup)).id,
    "Recovery Services vault": (await created(recoveryServicesVault, { ...names, vaultName: "rsv-payroll" })).id,
  };
});
afterAll(() => azure.close());

const isRefused = (method: string, id: string, body?: object) => azure.arm(method, id, body).status >= 400;

test("both sides have the same operations, requests and exclusions", async () => {
  for (const { operation, isMandatory, isUnlisted, isIfListed } of allGuardedOperations) {
    const vaultCriticalOperationExclusionList = [operation];
    const args = { resourceGuardName: "guard", resourceGroupName: "rg-payroll", location: "westeurope" };
    const { failures } = await oneRun(azure).resourceGuard.check({}, { ...args, vaultCriticalOperationExclusionList });
    const body = { location: "westeurope", properties: { vaultCriticalOperationExclusionList } };
    const theirs = isRefused("PUT", `${guards}/tried`, body);
    expect({ operation, ours: failures.length > 0, theirs }).toEqual({
      operation,
      ours: isMandatory,
      theirs: isMandatory,
    });
    if (isMandatory || isUnlisted || isIfListed) continue;
    const { properties } = azure.arm("GET", `${guards}/tried`).body as {
      properties: { resourceGuardOperations: object[] };
    };
    expect(properties.resourceGuardOperations).not.toContainEqual(
      expect.objectContaining({ vaultCriticalOperation: operation }),
    );
    expect(properties.resourceGuardOperations).toHaveLength(18);
  }
  azure.arm("DELETE", `${guards}/tried`);
});

test.each(["Backup vault", "Recovery Services vault"])("a %s takes a guard where both sides say so", async (kind) => {
  const vault = vaults[kind] ?? "";
  for (const location of ["westeurope", "northeurope"])
    azure.arm("PUT", `${guards}/${location}`, { location, properties: {} });
  const proxy = `${vault}/backupResourceGuardProxies/${kind === "Backup vault" ? "DppResourceGuardProxy" : "VaultProxy"}`;
  const ours = async (resourceGuard: string) =>
    (await oneRun(azure).resourceGuardAssociation.check({}, { vault, resourceGuard })).failures.length > 0;
  const theirs = (resourceGuardResourceId: string) =>
    isRefused("PUT", proxy, { properties: { resourceGuardResourceId } });
  const far = `${guards}/northeurope`;
  const gone = `${guards}/gone`;
  const near = `${guards}/westeurope`;
  for (const guard of [far, gone]) expect([await ours(guard), theirs(guard)]).toEqual([true, true]);
  expect([await ours(near), theirs(near)]).toEqual([false, false]);
  // The same once more, and a second one in the place of the first.
  expect([await ours(near), theirs(near)]).toEqual([false, false]);
  azure.arm("PUT", `${guards}/second`, { location: "westeurope", properties: {} });
  expect([await ours(`${guards}/second`), theirs(`${guards}/second`)]).toEqual([true, true]);

  // Its requests are those that we name.
  const { properties } = azure.arm("GET", proxy).body as {
    properties: { resourceGuardOperationDetails: { vaultCriticalOperation: string; defaultResourceRequest: string }[] };
  };
  for (const { vaultCriticalOperation, defaultResourceRequest } of properties.resourceGuardOperationDetails) {
    const known = allGuardedOperations.find(({ operation }) => operation === vaultCriticalOperation);
    expect(defaultResourceRequest).toBe(`${near}/${known?.requests}/default`);
  }

  // In use, neither side deletes it; free, both do.
  const { resourceGuard, resourceGuardAssociation } = oneRun(azure);
  const { props } = await resourceGuard.read(near, {});
  expect(isRefused("DELETE", near)).toBe(true);
  await expect(resourceGuard.delete(near, props ?? {})).rejects.toThrow("resource-guard-in-use");
  const association = await resourceGuardAssociation.read(proxy, {});
  await resourceGuardAssociation.delete(proxy, association.props ?? {});
  await resourceGuard.delete(near, props ?? {});
  expect(azure.arm("GET", near).status).toBe(404);
});
