import { startEmulator } from "../../emulator/index.js";
import { armClient, done, group } from "./client.js";
import { arm, azure, emulatorForAll } from "./emulatorForAll.js";
import {
  crossSubscriptionRestore,
  immutability,
  redundancy,
  recoveryVault as vault,
  recoveryVaultId as vaultId,
} from "./recoveryServices.js";

emulatorForAll();
beforeEach(() => {
  azure.reset();
  azure.createResourceGroup("rg-payroll");
});

test("a vault is created as Azure's recordings show it", async () => {
  const created = await arm("PUT", vaultId(azure), {
    location: "East US 2 EUAP",
    sku: { name: "Standard" },
    properties: {
      securitySettings: {
        softDeleteSettings: {
          enhancedSecurityState: "AlwaysOn",
          softDeleteState: "AlwaysOn",
          softDeleteRetentionPeriodInDays: 14,
        },
      },
      publicNetworkAccess: "Enabled",
      monitoringSettings: {
        azureMonitorAlertSettings: { alertsForAllJobFailures: "Enabled" },
        classicAlertSettings: { alertsForCriticalOperations: "Enabled" },
      },
      costManagementSettings: { granularityLevel: "VaultLevel" },
    },
  });
  expect(created.status).toBe(201);
  expect(created.headers.location).toBeUndefined();
  expect(created.headers["azure-asyncoperation"]).toContain(`${vaultId(azure)}/operationStatus/`);
  expect(created.body).toEqual({
    location: "eastus2euap",
    name: "rsv-payroll",
    etag: expect.stringMatching(/^W\/"datetime'/),
    properties: {
      provisioningState: "Provisioning",
      privateEndpointStateForBackup: "None",
      privateEndpointStateForSiteRecovery: "None",
      monitoringSettings: {
        azureMonitorAlertSettings: { alertsForAllJobFailures: "Enabled" },
        classicAlertSettings: { alertsForCriticalOperations: "Enabled" },
      },
      costManagementSettings: { granularityLevel: "VaultLevel" },
      securitySettings: {
        softDeleteSettings: {
          softDeleteRetentionPeriodInDays: 14,
          softDeleteState: "AlwaysON",
          enhancedSecurityState: "AlwaysON",
        },
        multiUserAuthorization: "Invalid",
        sourceScanConfiguration: { state: "Disabled" },
      },
      redundancySettings: { standardTierStorageRedundancy: "GeoRedundant", crossRegionRestore: "Disabled" },
      regionOfChoiceSettings: { status: "Disabled" },
      secureScore: "Adequate",
      bcdrSecurityLevel: "Good",
      publicNetworkAccess: "Enabled",
      restoreSettings: { crossSubscriptionRestoreSettings: { crossSubscriptionRestoreState: "Enabled" } },
    },
    id: vaultId(azure),
    type: "Microsoft.RecoveryServices/vaults",
    sku: { name: "Standard" },
  });
  const ended = await done(arm, created);
  expect(ended.body).toEqual({ id: expect.any(String), name: expect.any(String), status: "Succeeded" });
  expect((await arm("GET", vaultId(azure))).body.properties).toMatchObject({
    provisioningState: "Succeeded",
    backupStorageVersion: "Unassigned",
  });
});

test("a PATCH changes what it names and leaves the rest, and the sku", async () => {
  await done(arm, await arm("PUT", vaultId(azure), vault({}, { tags: { owner: "payroll", stage: "test" } })));
  const before = azure.vault(vaultId(azure));
  const patched = await arm("PATCH", vaultId(azure), {
    tags: { owner: "finance" },
    location: "northeurope",
    sku: { name: "RS0" },
    properties: { securitySettings: { immutabilitySettings: { state: "Unlocked" } }, publicNetworkAccess: "Disabled" },
  });
  expect(patched).toMatchObject({ status: 202, body: undefined });
  expect((await done(arm, patched)).body.status).toBe("Succeeded");
  const now = azure.vault(vaultId(azure));
  expect((await arm("GET", patched.headers.location as string)).body).toEqual(now);
  expect(now).toMatchObject({
    location: "westeurope",
    sku: { name: "Standard" },
    properties: {
      securitySettings: { ...before?.properties.securitySettings, immutabilitySettings: { state: "Unlocked" } },
      publicNetworkAccess: "Disabled",
    },
  });
  expect(now?.tags).toEqual({ owner: "finance" });
  expect(now?.etag).not.toBe(before?.etag);
});

test("a PUT of a vault that is there answers 201, changes the sku, and keeps what it leaves out", async () => {
  const first = {
    publicNetworkAccess: "Disabled",
    ...redundancy("ZoneRedundant"),
    ...immutability("Unlocked"),
    ...crossSubscriptionRestore("Disabled"),
  };
  await arm("PUT", vaultId(azure), vault(first));
  const put = await arm("PUT", vaultId(azure), vault({}, { sku: { name: "RS0", tier: "Standard" } }));
  expect(put.status).toBe(201);
  expect(put.body.properties.provisioningState).toBe("Updating");
  await done(arm, put);
  expect(azure.vault(vaultId(azure))).toMatchObject({
    sku: { name: "RS0", tier: "Standard" },
    properties: first,
  });
});

test("a vault created for cross-region restore alone is geo-redundant", async () => {
  const created = await arm("PUT", vaultId(azure), vault({ redundancySettings: { crossRegionRestore: "Enabled" } }));
  expect(created.status).toBe(201);
  expect((await done(arm, created)).body.status).toBe("Succeeded");
  expect(azure.vault(vaultId(azure))?.properties).toMatchObject(redundancy("GeoRedundant", "Enabled"));
});

test("a deleted vault is not found at once, while its group still lists it until the deletion has ended", async () => {
  const slow = await startEmulator();
  try {
    slow.createResourceGroup("rg-payroll");
    const client = await armClient(slow);
    await done(client, await client("PUT", vaultId(slow), vault()));
    slow.faults.add({ kind: "operationNeverEnds", method: "DELETE" });
    const deleted = await client("DELETE", vaultId(slow));
    expect(deleted).toMatchObject({ status: 202, body: undefined });
    expect((await client("GET", vaultId(slow))).body.error.code).toBe("ResourceNotFound");
    expect((await client("GET", `${group(slow)}/resources`)).body.value).toMatchObject([{ id: vaultId(slow) }]);
    expect((await client("GET", vaultId(slow, "").slice(0, -1))).body.value).toHaveLength(1);
    expect((await client("PUT", vaultId(slow), vault())).status).toBe(409);
    expect((await client("GET", deleted.headers.location as string)).status).toBe(202);
    slow.faults.clear();
    expect((await done(client, deleted)).body.status).toBe("Succeeded");
    // The address lies in the vault.
    expect((await client("GET", deleted.headers["azure-asyncoperation"] as string)).status).toBe(404);
    expect((await client("GET", deleted.headers.location as string)).status).toBe(204);
    expect((await client("GET", `${group(slow)}/resources`)).body.value).toEqual([]);
    expect((await client("DELETE", vaultId(slow))).status).toBe(204);
  } finally {
    await slow.close();
  }
});

test("a second write is refused while the first is under way", async () => {
  const slow = await startEmulator();
  try {
    slow.createResourceGroup("rg-payroll");
    const client = await armClient(slow);
    slow.faults.add({ kind: "operationNeverEnds", method: "PUT" });
    const created = await client("PUT", vaultId(slow), vault());
    const polled = await client("GET", created.headers["azure-asyncoperation"] as string);
    expect(polled.body).toEqual({ id: expect.any(String), name: expect.any(String), status: "InProgress" });
    expect((await client("PATCH", vaultId(slow), { tags: {} })).status).toBe(409);
    expect((await client("DELETE", vaultId(slow))).status).toBe(409);
  } finally {
    await slow.close();
  }
});

test("lists come in pages, of a group and of the subscription", async () => {
  const small = await startEmulator({ pageSize: 2 });
  try {
    const client = await armClient(small);
    small.createResourceGroup("rg-payroll");
    for (const name of ["rsv-one", "rsv-two", "rsv-three"]) await client("PUT", vaultId(small, name), vault());
    const subscription = `/subscriptions/${small.env.ARM_SUBSCRIPTION_ID}/providers/Microsoft.RecoveryServices/vaults`;
    for (const list of [vaultId(small, "").slice(0, -1), subscription]) {
      const first = await client("GET", list);
      const second = await client("GET", first.body.nextLink);
      const names = [...first.body.value, ...second.body.value].map(({ name }) => name);
      expect(names).toEqual(["rsv-one", "rsv-two", "rsv-three"]);
    }
  } finally {
    await small.close();
  }
});

test("a new vault with a user-assigned identity is made by an operation that nobody finds", async () => {
  const { id } = azure.createUserAssignedIdentity("rg-payroll", "id-payroll");
  const identity = { type: "UserAssigned", userAssignedIdentities: { [id]: {} } };
  const created = await arm("PUT", vaultId(azure), vault({}, { identity }));
  expect((await arm("GET", created.headers["azure-asyncoperation"] as string)).status).toBe(404);
  expect(azure.vault(vaultId(azure))).toMatchObject({ identity: { type: "UserAssigned" }, properties: {} });
});

test("a new vault with identities of both kinds gets none, a PATCH gives them, with a space", async () => {
  const { id, properties } = azure.createUserAssignedIdentity("rg-payroll", "id-payroll");
  const identity = { type: "SystemAssigned,UserAssigned", userAssignedIdentities: { [id]: {} } };
  await done(arm, await arm("PUT", vaultId(azure), vault({}, { identity })));
  expect(azure.vault(vaultId(azure))).not.toHaveProperty("identity");
  expect((await arm("PATCH", vaultId(azure), { identity })).status).toBe(200);
  const given = azure.vault(vaultId(azure))?.identity;
  expect(given).toEqual({
    type: "SystemAssigned, UserAssigned",
    tenantId: azure.env.ARM_TENANT_ID,
    principalId: expect.any(String),
    userAssignedIdentities: {
      [id]: { clientId: properties.clientId, principalId: properties.principalId },
    },
  });
  const second = azure.createUserAssignedIdentity("rg-payroll", "id-other").id;
  const added = { identity: { type: "systemassigned,userassigned", userAssignedIdentities: { [second]: {} } } };
  await done(arm, await arm("PATCH", vaultId(azure), added));
  expect(Object.keys(azure.vault(vaultId(azure))?.identity.userAssignedIdentities)).toEqual([id, second]);
  const taken = { identity: { type: "SystemAssigned", userAssignedIdentities: { [id]: null, [second]: null } } };
  await done(arm, await arm("PATCH", vaultId(azure), taken));
  expect(azure.vault(vaultId(azure))?.identity).toEqual({
    type: "SystemAssigned",
    tenantId: azure.env.ARM_TENANT_ID,
    principalId: given.principalId,
  });
});

const identityTypes = ["None", "SystemAssigned", "UserAssigned", "SystemAssigned, UserAssigned"];

test.each(identityTypes.flatMap((from) => identityTypes.map((to) => [from, to])))(
  "without a key, identities change from %s to %s",
  async (from = "", to = "") => {
    const { id } = azure.createUserAssignedIdentity("rg-payroll", "id-payroll");
    const identity = (type: string) => ({
      type,
      ...(type.includes("User") && { userAssignedIdentities: { [id]: {} } }),
    });
    await arm("PUT", vaultId(azure), vault());
    expect((await arm("PATCH", vaultId(azure), { identity: identity(from) })).status).toBe(200);
    const before = azure.vault(vaultId(azure))?.identity;
    const answer = await arm("PATCH", vaultId(azure), { identity: identity(to) });
    // Recorded: to or from none at once, else by an operation.
    expect(answer.status).toBe([from, to].includes("None") ? 200 : 202);
    if (answer.status === 202) expect((await done(arm, answer)).body.status).toBe("Succeeded");
    else expect(answer.body.properties.provisioningState).toBe("Succeeded");
    const patched = azure.vault(vaultId(azure))?.identity;
    expect(patched?.type ?? "None").toBe(to);
    if (from.includes("System") && to.includes("System")) expect(patched.principalId).toBe(before.principalId);
    await done(arm, await arm("PUT", vaultId(azure), vault({}, { identity: identity(from) })));
    expect(azure.vault(vaultId(azure))?.identity?.type ?? "None").toBe(from);
  },
);

test.each([
  ["no properties", { properties: undefined }, 400, "InvalidRestApiParameter"],
  ["no location", { location: undefined }, 400, "LocationRequired"],
  ["a region that is none", { location: "atlantis" }, 400, "LocationNotAvailableForResourceType"],
  ["a value that is none", { properties: { publicNetworkAccess: "Perhaps" } }, 400, "InvalidRestApiParameter"],
  ["a property of another type", { properties: { redundancySettings: 7 } }, 400, "InvalidRequestContent"],
])("a vault with %s is refused and leaves nothing behind", async (_what, change, status, code) => {
  const answer = await arm("PUT", vaultId(azure), vault({}, change));
  expect(answer).toMatchObject({ status, body: { error: { code } } });
  expect(azure.vault(vaultId(azure))).toBeUndefined();
});

test.each(["a", "1rsv", "x".repeat(51), "rsv_payroll"])("a vault cannot be called %s", async (name) => {
  const answer = await arm("PUT", vaultId(azure, name), vault());
  expect(answer).toMatchObject({ status: 400, body: { error: { code: "EmulatorUnverifiedRsvNameInvalid" } } });
});

test("a vault that an operation failed to make is made by the next PUT", async () => {
  azure.faults.add({ kind: "operationFails", method: "PUT", path: "RecoveryServices", code: "CloudInternalError" });
  const failed = await done(arm, await arm("PUT", vaultId(azure), vault()));
  expect(failed.body).toMatchObject({ status: "Failed", error: { code: "CloudInternalError" } });
  expect(azure.vault(vaultId(azure))?.properties.provisioningState).toBe("Failed");
  expect((await done(arm, await arm("PUT", vaultId(azure), vault()))).body.status).toBe("Succeeded");
});

test("a deletion that fails leaves the vault", async () => {
  await arm("PUT", vaultId(azure), vault());
  azure.faults.add({ kind: "operationFails", method: "DELETE" });
  expect((await done(arm, await arm("DELETE", vaultId(azure)))).body.status).toBe("Failed");
  expect((await arm("GET", vaultId(azure))).status).toBe(200);
});

test("a stale read shows a vault as before its last write", async () => {
  await arm("PUT", vaultId(azure), vault({}, { tags: { a: "1" } }));
  await arm("PATCH", vaultId(azure), { tags: { a: "2" } });
  azure.faults.add({ kind: "stale", method: "GET", times: 2 });
  expect((await arm("GET", vaultId(azure))).body.tags).toEqual({ a: "1" });
  await done(arm, await arm("DELETE", vaultId(azure)));
  azure.faults.clear();
  azure.faults.add({ kind: "stale", method: "GET" });
  expect((await arm("GET", vaultId(azure))).status).toBe(200);
  expect((await arm("GET", vaultId(azure))).status).toBe(404);
});

test("a group goes with its vaults", async () => {
  await arm("PUT", vaultId(azure), vault());
  await arm("DELETE", group(azure));
  expect((await arm("HEAD", group(azure))).status).toBe(404);
  expect(azure.vault(vaultId(azure))).toBeUndefined();
});
