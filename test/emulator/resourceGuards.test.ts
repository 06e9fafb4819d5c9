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

test("a guard and its proxy show what Azure's recordings show", async () => {
  const { properties } = (await arm("GET", guardId())).body;
  const listed = new Map(
    properties.resourceGuardOperations.map((one: Record<string, string>) => [
      one.vaultCriticalOperation,
      one.requestResourceType,
    ]),
  );
  expect(listed.size).toBe(19);
  const instances = "Microsoft.DataProtection/backupVaults/backupInstances";
  expect(listed.get(`${instances}/write`)).toBe(`${instances}/write`);
  const vaults = "Microsoft.RecoveryServices/vaults";
  const request = "Microsoft.DataProtection/resourceGuards/reduceImmutabilityStateRequests";
  expect(listed.get(`${vaults}/write#reduceImmutabilityState`)).toBe(request);
  expect(listed.has(`${vaults}/write#modifyEncryptionSettings`)).toBe(false);
  await guardedVault();
  const { type, properties: proxy } = (await arm("GET", proxyId())).body;
  expect(type).toBe("Microsoft.DataProtection/vaults/backupResourceGuardProxies");
  expect(Object.keys(proxy).sort()).toEqual([
    "lastUpdatedTime",
    "resourceGuardOperationDetails",
    "resourceGuardResourceId",
  ]);
  expect(proxy.resourceGuardOperationDetails).toHaveLength(9);
  expect(proxy.resourceGuardOperationDetails).toContainEqual({
    vaultCriticalOperation: `${instances}/write`,
    defaultResourceRequest: `${guardId()}/dppModifyPolicy/default`,
  });
});

test("the policy of an instance in a guarded vault changes by a request; a new instance needs none", async () => {
  await guardedVault();
  const policy = (name: string) => `${vaultId(azure)}/backupPolicies/${name}`;
  const properties = { objectType: "BackupPolicy", datasourceTypes: [], policyRules: [] };
  for (const name of ["hourly", "daily"]) await arm("PUT", policy(name), { properties });
  const instance = (resource: string, policyId: string, more = {}) => ({
    properties: {
      objectType: "BackupInstance",
      dataSourceInfo: { resourceID: `${group(azure)}/providers/x/y/${resource}` },
      policyInfo: { policyId },
      ...more,
    },
  });
  const stock = `${vaultId(azure)}/backupInstances/stock`;
  expect((await arm("PUT", stock, instance("stock", policy("daily")))).status).toBe(201);
  expect((await arm("PUT", stock, instance("stock", policy("daily")))).status).toBe(201);
  expect((await arm("PUT", stock, instance("stock", policy("hourly")))).body.error.code).toBe(guarded);
  const asked = instance("stock", policy("hourly"), request("dppModifyPolicy"));
  const changed = await arm("PUT", stock, asked);
  expect(changed.status).toBe(201);
  expect((await arm("GET", stock)).body.properties).not.toHaveProperty("resourceGuardOperationRequests");
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
  const { at } = azure.journal({ method: "POST", path: "unlockDelete" })[0] ?? {};
  const minutes = (Date.parse(unlocked.body.unlockDeleteExpiryTime) - Date.parse(at ?? "")) / 60_000;
  expect(Math.round(minutes)).toBe(30);
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
  expect(await arm("DELETE", proxyId())).toMatchObject({ status: 200, body: {} });
  expect(azure.vault(vaultId(azure))?.properties.isVaultProtectedByResourceGuard).toBe(false);
});

test("an operation that the guard excludes is free", async () => {
  const excluded = ["Microsoft.DataProtection/backupVaults/backupInstances/delete"];
  const properties = { vaultCriticalOperationExclusionList: excluded };
  await arm("PUT", guardId(), { location: "westeurope", properties });
  await guardedVault();
  expect((await arm("DELETE", instanceId())).status).toBe(202);
});

test("what a guard protects needs more of the caller than Reader on it: Backup MUA Operator", async () => {
  await guardedVault();
  const self = "0b1e0000-0000-4000-8000-0000000000b1";
  const reader = "acdd72a7-3385-48ef-bd42-f606fba81ae7";
  azure.grant(group(azure), self, reader);
  const unlock = () => arm("POST", `${proxyId()}/unlockDelete`, request("deleteResourceGuardProxyRequests"));
  const stop = () => arm("POST", `${instanceId()}/stopProtection`, request("dppDisableStopProtectionRequests"));
  for (const refused of [await unlock(), await stop()])
    expect(refused).toMatchObject({ status: 403, body: { error: { code: guarded } } });
  azure.grant(guardId(), self, "f54b6d04-23c6-443e-b462-9c16ab7b4a52");
  expect((await stop()).status).toBe(202);
  expect((await unlock()).status).toBe(200);
});

test("a guard that protects a vault of either kind is not deleted", async () => {
  await guardedVault();
  const inUse = "EmulatorUnverifiedResourceGuardInUse";
  expect(await arm("DELETE", guardId())).toMatchObject({ status: 409, body: { error: { code: inUse } } });
  await arm("POST", `${proxyId()}/unlockDelete`, request("deleteResourceGuardProxyRequests"));
  await arm("DELETE", proxyId());
  const recovery = `${group(azure)}/providers/Microsoft.RecoveryServices/vaults/rsv`;
  await arm("PUT", recovery, { location: "westeurope", sku: { name: "Standard" }, properties: {} });
  const properties = { resourceGuardResourceId: guardId() };
  const proxy = `${recovery}/backupResourceGuardProxies/VaultProxy`;
  expect((await arm("PUT", `${proxy}?api-version=2023-06-01`, { properties })).status).toBe(200);
  expect((await arm("DELETE", guardId())).status).toBe(409);
});

test("a vault takes no guard of another region, and no second one in the place of its first", async () => {
  const other = (name: string) => guardId().replace(/guard$/, name);
  await arm("PUT", other("far"), { location: "northeurope", properties: {} });
  await arm("PUT", other("second"), { location: "westeurope", properties: {} });
  await arm("PUT", vaultId(azure), vault());
  const associate = (id: string) => arm("PUT", proxyId(), { properties: { resourceGuardResourceId: id } });
  expect((await associate(other("far"))).body.error.code).toBe("EmulatorUnverifiedResourceGuardOtherRegion");
  expect((await associate(guardId())).status).toBe(200);
  expect((await associate(other("second"))).body.error.code).toBe(guarded);
  expect((await associate(guardId())).status).toBe(200);
});
