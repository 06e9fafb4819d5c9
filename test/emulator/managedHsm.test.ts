import { done, group, send, signIn, vault, vaultId } from "./client.js";
import { arm, azure, emulatorForAll } from "./emulatorForAll.js";

emulatorForAll();

let hsm: { id: string; hsmUri: string };
let identity: { id: string; principalId: string };

beforeEach(() => {
  azure.reset();
  azure.createResourceGroup("rg-payroll");
  const { id, properties } = azure.createManagedHsm("rg-payroll", "hsm-payroll");
  hsm = { id, hsmUri: properties.hsmUri };
  const assigned = azure.createUserAssignedIdentity("rg-payroll", "id-payroll");
  identity = { id: assigned.id, principalId: assigned.properties.principalId };
});

const encryptionUser = "33413926-3206-4cdd-b39a-83574fe37a17";
const name = "5c0f4d0a-7d0e-4f0a-9a53-0d5c1f4b2a11";
const version = "api-version=7.4";

/** A request to the HSM's own plane, as someone who signed in for it. */
async function inHsm(method: string, path: string, body?: object) {
  const { access_token } = (await signIn(azure, { scope: "https://managedhsm.azure.net/.default" })).body;
  const separator = path.includes("?") ? "&" : "?";
  return send(azure, method, `${hsm.hsmUri}${path.slice(1)}${separator}${version}`, {
    body,
    headers: { authorization: `Bearer ${access_token}` },
  });
}
const assignment = (scope: string) => `${scope}/providers/Microsoft.Authorization/roleAssignments/${name}`;
const grant = (role = encryptionUser) => ({
  properties: {
    principalId: identity.principalId,
    roleDefinitionId: `Microsoft.KeyVault/providers/Microsoft.Authorization/roleDefinitions/${role}`,
  },
});

/** PUT of a vault that is encrypted with this key: "Succeeded", or the code of the failure. */
async function encrypt(keyUri: string, client = arm, target = azure): Promise<string> {
  const body = vault(
    {
      securitySettings: {
        encryptionSettings: {
          state: "Enabled",
          keyVaultProperties: { keyUri },
          kekIdentity: { identityType: "UserAssigned", identityId: identity.id },
        },
      },
    },
    { identity: { type: "UserAssigned", userAssignedIdentities: { [identity.id]: {} } } },
  );
  const answer = await done(client, await client("PUT", vaultId(target), body));
  return answer.body.error?.code ?? answer.body.status;
}
const missing = "UserErrorCMKMissingMangedIdentityPermissionOnKeyVault";

test("a Managed HSM is made, changed, listed, deleted, recovered and purged by Resource Manager", async () => {
  const path = `${group(azure)}/providers/Microsoft.KeyVault/managedHSMs/hsm-taxes?api-version=2023-07-01`;
  const body = {
    location: "westeurope",
    sku: { name: "Standard_B1", family: "B" },
    properties: { tenantId: azure.env.ARM_TENANT_ID, initialAdminObjectIds: [identity.principalId] },
  };
  const created = await arm("PUT", path, body);
  expect(created.body.properties).toMatchObject({
    enableSoftDelete: true,
    enablePurgeProtection: false,
    softDeleteRetentionInDays: 90,
    provisioningState: "Succeeded",
    hsmUri: expect.stringMatching(/^https:\/\/127\.0\.0\.1:\d+\/$/),
  });
  expect((await arm("GET", path)).body).toEqual(created.body);
  expect((await arm("PATCH", path, { tags: { a: "b" } })).body.tags).toEqual({ a: "b" });
  const all = await arm("GET", `${group(azure)}/providers/Microsoft.KeyVault/managedHSMs?api-version=2023-07-01`);
  expect(all.body.value).toHaveLength(2);

  expect((await arm("DELETE", path)).status).toBe(200);
  expect((await arm("PUT", path, body)).body.error.code).toBe("ConflictError");
  const recovery = { ...body, properties: { ...body.properties, createMode: "recover" } };
  expect((await arm("PUT", path, recovery)).body.tags).toEqual({ a: "b" });
  await arm("DELETE", path);
  const deleted = `/subscriptions/${azure.env.ARM_SUBSCRIPTION_ID}/providers/Microsoft.KeyVault/locations/westeurope/deletedManagedHSMs`;
  expect((await arm("POST", `${deleted}/hsm-taxes/purge?api-version=2023-07-01`)).status).toBe(202);
  expect((await arm("PUT", path, recovery)).status).toBe(404);
  await arm("DELETE", `${hsm.id}?api-version=2023-07-01`);
  const purge = await arm("POST", `${deleted}/hsm-payroll/purge?api-version=2023-07-01`);
  expect(purge.body.error.code).toBe("MethodNotAllowed");
});

test("purge protection of a Managed HSM is not taken back, and a new one needs an administrator", async () => {
  const path = `${hsm.id}?api-version=2023-07-01`;
  expect((await arm("PATCH", path, { properties: { enablePurgeProtection: false } })).status).toBe(400);
  const other = path.replace("hsm-payroll", "hsm-other");
  expect((await arm("PUT", other, { location: "westeurope", properties: {} })).body.error.code).toBe(
    "EmulatorUnverifiedManagedHsmAdministrator",
  );
});

test("its keys are seen by Resource Manager, under its own address", async () => {
  const keyUri = azure.createKey(hsm.id, "backup", { keySize: 3072 });
  expect(keyUri).toMatch(/^https:\/\/hsm-payroll\.managedhsm\.azure\.net\/keys\/backup\/[0-9a-f]{32}$/);
  const { body } = await arm("GET", `${hsm.id}/keys/backup?api-version=2023-07-01`);
  expect(body).toMatchObject({
    type: "Microsoft.KeyVault/managedHSMs/keys",
    properties: {
      kty: "RSA-HSM",
      keySize: 3072,
      keyUri: "https://hsm-payroll.managedhsm.azure.net:443/keys/backup",
      attributes: { enabled: true, recoveryLevel: "Recoverable" },
    },
  });
  const filter = encodeURIComponent("resourceType eq 'Microsoft.KeyVault/managedHSMs' and name eq 'hsm-payroll'");
  const path = `/subscriptions/${azure.env.ARM_SUBSCRIPTION_ID}/resources?api-version=2021-04-01&$filter=${filter}`;
  expect((await arm("GET", path)).body.value).toMatchObject([{ id: hsm.id }]);
});

test("local roles are assigned, found and taken away inside the HSM", async () => {
  const created = await inHsm("PUT", assignment("/keys/backup"), grant());
  expect(created).toMatchObject({
    status: 201,
    body: {
      id: `/keys/backup/providers/Microsoft.Authorization/roleAssignments/${name}`,
      properties: { scope: "/keys/backup", principalId: identity.principalId },
    },
  });
  expect((await inHsm("PUT", assignment("/keys/backup"), grant())).body.error.code).toBe("RoleAssignmentExists");
  expect((await inHsm("GET", assignment("/keys/backup"))).body).toEqual(created.body);
  expect((await inHsm("GET", assignment("/"))).body.error.code).toBe("RoleAssignmentNotFound");

  const list = (scope: string, filter: string) =>
    inHsm("GET", `${scope}/providers/Microsoft.Authorization/roleAssignments?$filter=${encodeURIComponent(filter)}`);
  const ofPrincipal = `principalId eq '${identity.principalId}'`;
  expect((await list("/", ofPrincipal)).body.value).toEqual([created.body]);
  expect((await list("/", `atScope() and ${ofPrincipal}`)).body.value).toEqual([]);
  // The administrator that it was made with.
  expect((await list("/", "atScope()")).body.value).toHaveLength(1);

  expect((await inHsm("DELETE", assignment("/keys/backup"))).status).toBe(200);
  expect((await inHsm("DELETE", assignment("/keys/backup"))).body.error.code).toBe("RoleAssignmentNotFound");
});

test("its roles have their own ids, and no others are assigned", async () => {
  const { value } = (await inHsm("GET", "///providers/Microsoft.Authorization/roleDefinitions")).body;
  expect(value.find((role: { name: string }) => role.name === encryptionUser)).toMatchObject({
    id: `Microsoft.KeyVault/providers/Microsoft.Authorization/roleDefinitions/${encryptionUser}`,
    properties: {
      type: "AKVBuiltInRole",
      permissions: [{ dataActions: expect.arrayContaining(["Microsoft.KeyVault/managedHsm/keys/wrap/action"]) }],
    },
  });
  const ofVaults = grant("e147488a-f6f5-4113-8e2d-b22465e65bf6");
  expect((await inHsm("PUT", assignment("/"), ofVaults)).body.error.code).toBe("RoleDefinitionNotFound");
  expect((await inHsm("PUT", assignment("/secrets"), grant())).status).toBe(400);
});

test("whoever has not signed in for an HSM is told where to", async () => {
  const path = `${hsm.hsmUri}providers/Microsoft.Authorization/roleDefinitions?${version}`;
  const challenge = `Bearer authorization="${azure.url}/${azure.env.ARM_TENANT_ID}", resource="https://managedhsm.azure.net"`;
  const nobody = await send(azure, "GET", path);
  expect(nobody).toMatchObject({ status: 401, body: { error: { code: "Unauthorized" } } });
  expect(nobody.headers["www-authenticate"]).toBe(challenge);
  const { access_token } = (await signIn(azure, { scope: "https://vault.azure.net/.default" })).body;
  const other = await send(azure, "GET", path, { headers: { authorization: `Bearer ${access_token}` } });
  expect(other.status).toBe(401);
  expect(other.body.error.message).toMatch(/^AKV10022: Invalid audience\. Expected https:\/\/managedhsm\.azure\.net/);
});

test("a vault's key in an HSM works by a local role, and not by one of Azure's", async () => {
  const keyUri = azure.createKey(hsm.id, "backup");
  azure.grant(hsm.id, identity.principalId);
  azure.grantLocalRole(hsm.id, "/keys/other", identity.principalId);
  expect(await encrypt(keyUri)).toBe(missing);
  await inHsm("PUT", assignment("/keys"), grant());
  expect(await encrypt(keyUri)).toBe("Succeeded");
  await inHsm("DELETE", assignment("/keys"));
  azure.grantLocalRole(hsm.id, "/", identity.principalId, "2c18b078-7c48-4d3a-af88-5a3a1b3f82b3");
  expect(await encrypt(azure.createKey(hsm.id, "backup"))).toBe(missing);
});

test("a vault's key in an HSM is there, enabled and in an HSM with purge protection", async () => {
  azure.grantLocalRole(hsm.id, "/", identity.principalId);
  expect(await encrypt("https://hsm-payroll.managedhsm.azure.net/keys/nothing")).toBe(
    "UserErrorCMKKeyVaultAuthFailure",
  );
  const keyUri = azure.createKey(hsm.id, "backup");
  azure.setKey(keyUri, { enabled: false });
  expect(await encrypt(keyUri)).toBe("EmulatorUnverifiedCmkKeyUnusable");
  const loose = azure.createManagedHsm("rg-payroll", "hsm-loose", { enablePurgeProtection: false });
  azure.grantLocalRole(loose.id, "/", identity.principalId);
  expect(await encrypt(azure.createKey(loose.id, "backup"))).toBe("UserErrorCMKPurgeProtectionNotEnabledOnKeyVault");
});

test("a local role takes effect after its delay", async () => {
  azure.set({ permissionDelayMs: 3_600_000 });
  const keyUri = azure.createKey(hsm.id, "backup");
  azure.grantLocalRole(hsm.id, "/", identity.principalId);
  expect(await encrypt(keyUri)).toBe(missing);
  azure.set({ permissionDelayMs: 0 });
});

test("its port closes when it goes", async () => {
  await arm("DELETE", `${hsm.id}?api-version=2023-07-01`);
  await expect(send(azure, "GET", hsm.hsmUri)).rejects.toThrow(/ECONNREFUSED/);
});
