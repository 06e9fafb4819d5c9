import { group, vault, vaultId } from "./client.js";
import { arm, azure, emulatorForAll } from "./emulatorForAll.js";

emulatorForAll();
beforeEach(async () => {
  azure.reset();
  azure.createResourceGroup("rg-payroll");
  await arm("PUT", guardId(), { location: "West Europe", properties: {} });
});

const guardId = () => `${group(azure)}/providers/Microsoft.DataProtection/resourceGuards/guard`;
const proxyId = () => `${vaultId(azure)}/backupResourceGuardProxies/DppResourceGuardProxy`;
const instanceId = () => `${vaultId(azure)}/backupInstances/orders`;
const guarded = "EmulatorUnverifiedResourceGuardRequired";
const request = (name: string) => ({ resourceGuardOperationRequests: [`${guardId()}/${name}/default`] });

async function guardedVault() {
  await arm("PUT", vaultId(azure), vault());
  azure.protect(vaultId(azure), { name: "orders" });
  await arm("PUT", proxyId(), { properties: { resourceGuardResourceId: guardId() } });
}

test("a guard lists what it guards in both kinds of vaults, and its tags can be changed", async () => {
  const operations = (await arm("GET", guardId())).body.properties.resourceGuardOperations;
  const named = (name: string) =>
    operations.map((one: Record<string, string>) => one.vaultCriticalOperation).includes(name);
  expect(named("Microsoft.DataProtection/backupVaults/write#reduceSoftDeleteSecurity")).toBe(true);
  expect(named("Microsoft.RecoveryServices/vaults/backupconfig/write")).toBe(true);
  const patched = await arm("PATCH", guardId(), { tags: { owner: "security" } });
  expect(patched).toMatchObject({ status: 200, body: { location: "westeurope", tags: { owner: "security" } } });
  const all = `/subscriptions/${azure.env.ARM_SUBSCRIPTION_ID}/providers/Microsoft.DataProtection/resourceGuards`;
  expect((await arm("GET", all)).body.value).toHaveLength(1);
});

test("each guarded operation has an object to ask for", async () => {
  const collection = `${guardId()}/deleteProtectedItemRequests`;
  const object = {
    id: `${collection}/default`,
    name: "default",
    type: "Microsoft.DataProtection/resourceGuards/deleteProtectedItemRequests",
  };
  expect((await arm("GET", collection)).body).toEqual({ value: [object] });
  expect((await arm("GET", `${collection}/default`)).body).toEqual(object);
  expect((await arm("GET", `${guardId()}/otherRequests`)).status).toBe(404);
  expect((await arm("GET", `${collection}/another`)).status).toBe(404);
});

test("what is mandatory cannot be excluded", async () => {
  const excluded = ["Microsoft.DataProtection/backupVaults/backupResourceGuardProxies/delete"];
  const properties = { vaultCriticalOperationExclusionList: excluded };
  expect((await arm("PUT", guardId(), { location: "westeurope", properties })).status).toBe(400);
});

test("stopping protection of a guarded vault needs the request that guards it", async () => {
  await guardedVault();
  const stop = `${instanceId()}/stopProtection`;
  expect(await arm("POST", stop)).toMatchObject({ status: 403, body: { error: { code: guarded } } });
  expect((await arm("POST", stop, request("dppDisableSuspendBackupsRequests"))).status).toBe(403);
  expect((await arm("POST", stop, request("dppDisableStopProtectionRequests"))).status).toBe(202);
});

test("an instance of a guarded vault is unlocked before it is deleted, and nothing else with it", async () => {
  await guardedVault();
  expect(await arm("DELETE", instanceId())).toMatchObject({ status: 403, body: { error: { code: guarded } } });
  const unlocked = await arm("POST", `${proxyId()}/unlockDelete`, {
    ...request("deleteBackupInstanceRequests"),
    resourceToBeDeleted: instanceId(),
  });
  expect(Date.parse(unlocked.body.unlockDeleteExpiryTime)).toBeGreaterThan(Date.now());
  expect((await arm("DELETE", proxyId())).status).toBe(403);
  expect((await arm("DELETE", instanceId())).status).toBe(202);
});

test("a vault leaves its guard when the guard was unlocked for that", async () => {
  await guardedVault();
  const details = (await arm("GET", proxyId())).body.properties.resourceGuardOperationDetails;
  expect(details.map((one: Record<string, string>) => one.vaultCriticalOperation)).not.toContainEqual(
    expect.stringContaining("RecoveryServices"),
  );
  expect((await arm("POST", `${proxyId()}/unlockDelete`, { resourceGuardOperationRequests: [] })).status).toBe(403);
  expect((await arm("DELETE", proxyId())).body.error.code).toBe(guarded);
  await arm("POST", `${proxyId()}/unlockDelete`, request("deleteResourceGuardProxyRequests"));
  expect((await arm("DELETE", proxyId())).status).toBe(200);
  expect(azure.vault(vaultId(azure))?.properties.isVaultProtectedByResourceGuard).toBe(false);
});

test("an operation that the guard excludes is free", async () => {
  const excluded = ["Microsoft.DataProtection/backupVaults/backupInstances/delete"];
  const properties = { vaultCriticalOperationExclusionList: excluded };
  await arm("PUT", guardId(), { location: "westeurope", properties });
  await guardedVault();
  expect((await arm("DELETE", instanceId())).status).toBe(202);
});
