import { startEmulator } from "../../emulator/index.js";
import { armClient, done, group, send, signIn, vault, vaultId } from "./client.js";
import { arm, azure, emulatorForAll } from "./emulatorForAll.js";

emulatorForAll();
beforeEach(() => {
  azure.reset();
  azure.createResourceGroup("rg-payroll");
});

test("a vault is created as Azure's recordings show it", async () => {
  const created = await arm("PUT", vaultId(azure), {
    identity: { type: "SystemAssigned" },
    location: "centraluseuap",
    properties: {
      securitySettings: { softDeleteSettings: { retentionDurationInDays: 14.0, state: "AlwaysOn" } },
      storageSettings: [{ datastoreType: "VaultStore", type: "LocallyRedundant" }],
    },
  });
  expect(created.status).toBe(201);
  expect(created.headers.location).toBeUndefined();
  expect(created.headers["azure-asyncoperation"]).toContain(`${vaultId(azure)}/operationStatus/`);
  expect(created.body).toEqual({
    location: "centraluseuap",
    identity: { type: "SystemAssigned", principalId: expect.any(String), tenantId: azure.env.ARM_TENANT_ID },
    properties: {
      provisioningState: "Provisioning",
      storageSettings: [{ datastoreType: "VaultStore", type: "LocallyRedundant" }],
      isVaultProtectedByResourceGuard: false,
      securitySettings: { softDeleteSettings: { state: "AlwaysOn", retentionDurationInDays: 14 } },
      secureScore: "Adequate",
      bcdrSecurityLevel: "Good",
      replicatedRegions: [],
      regionOfChoiceSettings: { status: "NotApplicable" },
    },
    id: vaultId(azure),
    name: "bv-payroll",
    type: "Microsoft.DataProtection/backupVaults",
  });
  const ended = await done(arm, created);
  expect(ended.body).toMatchObject({ status: "Succeeded", name: expect.any(String) });
  expect((await arm("GET", vaultId(azure))).body.properties.provisioningState).toBe("Succeeded");
});

test("an update answers 201 too", async () => {
  await done(arm, await arm("PUT", vaultId(azure), vault()));
  const updated = await arm("PUT", vaultId(azure), vault({}, { tags: { owner: "payroll" } }));
  expect(updated.status).toBe(201);
  expect(updated.body.properties.provisioningState).toBe("Updating");
  expect(updated.body.tags).toEqual({ owner: "payroll" });
});

test("a PUT or PATCH that changes nothing begins no operation", async () => {
  const body = vault({}, { identity: { type: "SystemAssigned" }, tags: { owner: "payroll" } });
  await done(arm, await arm("PUT", vaultId(azure), body));
  const before = (await arm("GET", vaultId(azure))).body;
  for (const [method, given] of [
    ["PUT", body],
    ["PUT", before],
    ["PATCH", { tags: { owner: "payroll" } }],
  ] as const) {
    const again = await arm(method, vaultId(azure), given);
    expect(again).toMatchObject({ status: 200, body: before });
    expect(again.headers).not.toHaveProperty("azure-asyncoperation");
  }
  expect(before.properties.provisioningState).toBe("Succeeded");
});

test("what failed is tried again, though nothing changes", async () => {
  azure.faults.add({ kind: "operationFails" });
  await arm("PUT", vaultId(azure), vault());
  expect((await arm("GET", vaultId(azure))).body.properties.provisioningState).toBe("Failed");
  expect(await done(arm, await arm("PUT", vaultId(azure), vault()))).toMatchObject({ body: { status: "Succeeded" } });
});

const secured = (softDelete: string, immutability?: string) => ({
  securitySettings: {
    softDeleteSettings: { state: softDelete, retentionDurationInDays: 14 },
    ...(immutability && { immutabilitySettings: { state: immutability } }),
  },
});

test.each<[softDelete: string, immutability: string | undefined, secureScore: string, bcdrSecurityLevel: string]>([
  ["Off", undefined, "None", "Poor"],
  ["Off", "Unlocked", "None", "Poor"],
  ["Off", "Locked", "None", "Poor"],
  ["On", undefined, "None", "Poor"],
  ["On", "Disabled", "None", "Poor"],
  ["On", "Unlocked", "Minimum", "Fair"],
  ["On", "Locked", "Adequate", "Good"],
  ["AlwaysOn", undefined, "Adequate", "Good"],
  ["AlwaysOn", "Unlocked", "Adequate", "Good"],
  ["AlwaysOn", "Locked", "Adequate", "Good"],
])("soft delete %s with immutability %s scores %s and %s", async (softDelete, immutability, ...score) => {
  const { body } = await arm(
    "PUT",
    `${vaultId(azure)}?api-version=2024-04-01`,
    vault(secured(softDelete, immutability)),
  );
  expect([body.properties.secureScore, body.properties.bcdrSecurityLevel]).toEqual(score);
});

test("what a vault shows depends on the version that asks", async () => {
  await done(arm, await arm("PUT", vaultId(azure), vault(secured("AlwaysOn"))));
  const shown = async (apiVersion: string) => {
    const { properties } = (await arm("GET", `${vaultId(azure)}?api-version=${apiVersion}`)).body;
    const later = ["bcdrSecurityLevel", "replicatedRegions", "crossRegionBackupSettings", "regionOfChoiceSettings"];
    return later.filter((name) => name in properties);
  };
  const always = ["bcdrSecurityLevel", "replicatedRegions"];
  expect(await shown("2023-05-01")).toEqual([]);
  expect(await shown("2024-04-01")).toEqual(always);
  expect(await shown("2025-09-01")).toEqual([...always, "crossRegionBackupSettings"]);
  expect(await shown("2026-06-01")).toEqual([...always, "regionOfChoiceSettings"]);
});

test("an identity that a PUT adds is empty in its answer, and one that is told to be none is shown as that", async () => {
  const { id, properties } = azure.createUserAssignedIdentity("rg-payroll", "id-payroll");
  const identity = { type: "UserAssigned", userAssignedIdentities: { [id]: {} } };
  const created = await arm("PUT", vaultId(azure), vault({}, { identity }));
  expect(created.body.identity).toEqual({ ...identity, tenantId: azure.env.ARM_TENANT_ID });
  await done(arm, created);
  const { clientId, principalId } = properties;
  expect((await arm("GET", vaultId(azure))).body.identity.userAssignedIdentities).toEqual({
    [id]: { clientId, principalId },
  });
  const both = { ...identity, type: "SystemAssigned,UserAssigned" };
  const changed = await arm("PUT", vaultId(azure), vault({}, { identity: both }));
  expect(changed.body.identity.userAssignedIdentities).toEqual({ [id]: {} });
  const tagged = await arm("PUT", vaultId(azure), vault({}, { identity: both, tags: { a: "b" } }));
  expect(tagged.body.identity.userAssignedIdentities).toEqual({ [id]: { clientId, principalId } });
  for (const method of ["PUT", "PATCH"]) {
    await done(arm, await arm("PUT", vaultId(azure), vault({}, { identity, tags: { by: method } })));
    await done(arm, await arm(method, vaultId(azure), vault({}, { identity: { type: "None" } })));
    expect((await arm("GET", vaultId(azure))).body.identity).toEqual({ type: "None" });
  }
  await done(arm, await arm("PUT", vaultId(azure), vault({}, { tags: { a: "b" } })));
  expect((await arm("GET", vaultId(azure))).body).not.toHaveProperty("identity");
});

test("a PATCH changes what it names and leaves the rest", async () => {
  await done(arm, await arm("PUT", vaultId(azure), vault({}, { tags: { owner: "payroll", stage: "test" } })));
  const patched = await arm("PATCH", vaultId(azure), {
    tags: { owner: "finance" },
    location: "northeurope",
    properties: {
      securitySettings: { immutabilitySettings: { state: "Unlocked" } },
      storageSettings: [{ datastoreType: "VaultStore", type: "GeoRedundant" }],
    },
  });
  expect(patched.status).toBe(202);
  expect(patched.headers.location).toContain("/operationResults/");
  await done(arm, patched);
  expect(azure.vault(vaultId(azure))).toMatchObject({
    location: "westeurope",
    tags: { owner: "finance" },
    properties: {
      storageSettings: [{ datastoreType: "VaultStore", type: "LocallyRedundant" }],
      securitySettings: { immutabilitySettings: { state: "Unlocked" }, softDeleteSettings: { state: "AlwaysOn" } },
    },
  });
  expect(azure.vault(vaultId(azure))?.tags).not.toHaveProperty("stage");
});

test("a deleted vault is among the deleted ones and leaves its name free", async () => {
  await done(arm, await arm("PUT", vaultId(azure), vault()));
  const deleted = await arm("DELETE", vaultId(azure));
  expect(deleted).toMatchObject({ status: 202, body: undefined });
  expect(deleted.headers["azure-asyncoperation"]).toContain(
    `${group(azure)}/providers/Microsoft.DataProtection/locations/`,
  );
  expect(await done(arm, deleted)).toMatchObject({ body: { status: "Succeeded" } });
  expect((await arm("GET", deleted.headers.location as string)).body).toEqual({
    objectType: "OperationJobExtendedInfo",
  });
  expect((await arm("GET", vaultId(azure))).body.error.code).toBe("ResourceNotFound");
  expect((await arm("DELETE", vaultId(azure))).status).toBe(204);
  expect((await arm("PUT", vaultId(azure), vault())).status).toBe(201);
});

test("lists come in pages, of a group and of the subscription", async () => {
  const small = await startEmulator({ pageSize: 2 });
  try {
    const client = await armClient(small);
    small.createResourceGroup("rg-payroll");
    for (const name of ["bv-one", "bv-two", "bv-three"]) await client("PUT", vaultId(small, name), vault());
    const names: string[] = [];
    const inGroup = `${group(small)}/providers/Microsoft.DataProtection/backupVaults`;
    for (let next: string | undefined = inGroup; next !== undefined; ) {
      const { body } = await client("GET", next);
      expect(body.value.length).toBeLessThanOrEqual(2);
      for (const { name } of body.value) names.push(name);
      next = body.nextLink;
    }
    expect(names).toEqual(["bv-one", "bv-two", "bv-three"]);
    const all = `/subscriptions/${small.env.ARM_SUBSCRIPTION_ID}/providers/Microsoft.DataProtection/backupVaults`;
    expect((await client("GET", all)).body.value).toHaveLength(2);
  } finally {
    await small.close();
  }
});

test("a second write is refused while the first is under way", async () => {
  const slow = await startEmulator({ operationMs: 300 });
  try {
    const client = await armClient(slow);
    slow.createResourceGroup("rg-payroll");
    slow.faults.add({ kind: "operationNeverEnds", method: "PUT" });
    const created = await client("PUT", vaultId(slow), vault());
    expect(created.headers["retry-after"]).toBe("1");
    expect((await client("GET", vaultId(slow))).body.properties.provisioningState).toBe("Provisioning");
    const polled = await client("GET", created.headers["azure-asyncoperation"] as string);
    expect(polled.body).toMatchObject({ status: "Inprogress", endTime: "0001-01-01T00:00:00Z" });
    const second = await client("PUT", vaultId(slow), vault());
    expect(second.status).toBe(409);
    expect(second.body.error.additionalInfo[0]).toMatchObject({
      type: "UserFacingError",
      info: { isUserError: false },
    });
    slow.faults.clear();
    expect(await done(client, created)).toMatchObject({ body: { status: "Succeeded" } });
  } finally {
    await slow.close();
  }
});

test("ids are the same in any case and keep the case of their creator", async () => {
  await done(arm, await arm("PUT", vaultId(azure, "bv-Payroll"), vault()));
  const found = await arm("GET", vaultId(azure, "BV-PAYROLL").replace("resourceGroups", "resourcegroups"));
  expect(found.body.id).toBe(vaultId(azure, "bv-Payroll"));
});

test("a vault cannot move to another region", async () => {
  await done(arm, await arm("PUT", vaultId(azure), vault()));
  const moved = await arm("PUT", vaultId(azure), { ...vault(), location: "North Europe" });
  expect(moved).toMatchObject({ status: 409, body: { error: { code: "InvalidResourceLocation" } } });
  const nowhere = await arm("PUT", vaultId(azure, "bv-other"), { ...vault(), location: "atlantis" });
  expect(nowhere).toMatchObject({ status: 400, body: { error: { code: "LocationNotAvailableForResourceType" } } });
});

test("a group that is not there is told apart from a vault that is not there", async () => {
  const elsewhere = vaultId(azure).replace("rg-payroll", "rg-nowhere");
  expect((await arm("PUT", elsewhere, vault())).body.error).toMatchObject({
    code: "ResourceGroupNotFound",
    message: "Resource group 'rg-nowhere' could not be found.",
  });
  expect((await arm("GET", vaultId(azure))).body.error.code).toBe("ResourceNotFound");
});

test("an api-version is required, and an unknown one is answered with the list of those that are known", async () => {
  const authorization = `Bearer ${(await signIn(azure)).body.access_token}`;
  const path = vaultId(azure);
  expect((await send(azure, "GET", path, { headers: { authorization } })).body.error.code).toBe(
    "MissingApiVersionParameter",
  );
  const old = await arm("GET", `${path}?api-version=2019-01-01`);
  expect(old.body.error).toMatchObject({
    code: "NoRegisteredProviderFound",
    message: expect.stringContaining("2026-06-01"),
  });
});

test("what is not emulated is said loudly", async () => {
  const answer = await arm("POST", `${vaultId(azure)}/dance`, {});
  expect(answer).toMatchObject({ status: 501, body: { error: { code: "EmulatorNotImplemented" } } });
  expect(answer.body.error.message).toContain(`POST ${vaultId(azure)}/dance`);
});
