import { group } from "./client.js";
import { arm, azure, emulatorForAll } from "./emulatorForAll.js";

emulatorForAll();

let keyVault: string;
let principalId: string;

beforeEach(() => {
  azure.reset();
  azure.createResourceGroup("rg-payroll");
  keyVault = azure.createKeyVault("rg-payroll", "kv-payroll").id;
  principalId = azure.createUserAssignedIdentity("rg-payroll", "id-payroll").properties.principalId;
});

const version = "api-version=2022-04-01";
const encryptionUser = "e147488a-f6f5-4113-8e2d-b22465e65bf6";
const name = "0f6b1a52-4e0c-4d3a-9f43-2b1f6a1f6a10";
const definition = (role = encryptionUser) =>
  `/subscriptions/${azure.env.ARM_SUBSCRIPTION_ID}/providers/Microsoft.Authorization/roleDefinitions/${role}`;
const at = (scope: string, assignment = name) =>
  `${scope}/providers/Microsoft.Authorization/roleAssignments/${assignment}?${version}`;
const body = (more: object = {}) => ({ properties: { principalId, roleDefinitionId: definition(), ...more } });

test("a role is assigned once, and the same request again changes nothing", async () => {
  const scope = `${keyVault}/keys/backup`;
  const created = await arm("PUT", at(scope), body());
  expect(created).toMatchObject({ status: 201, body: { name, properties: { scope, principalId } } });
  expect(await arm("PUT", at(scope), body())).toMatchObject({ status: 200, body: created.body });
  expect(await arm("GET", at(scope))).toMatchObject({ status: 200, body: created.body });
  const twin = await arm("PUT", at(scope, name.replace("0f", "1f")), body());
  expect(twin).toMatchObject({ status: 409, body: { error: { code: "RoleAssignmentExists" } } });
  const other = await arm("PUT", at(scope), body({ principalId: "x", principalType: "ServicePrincipal" }));
  expect(other.body.error.code).toBe("RoleAssignmentUpdateNotPermitted");
  expect((await arm("DELETE", at(scope))).status).toBe(200);
  expect((await arm("DELETE", at(scope))).status).toBe(204);
});

test("assignments are found above, at and below a scope", async () => {
  await arm("PUT", at(group(azure)), body());
  await arm("PUT", at(keyVault), body());
  await arm("PUT", at(`${keyVault}/keys/backup`), body());
  const count = async (filter: string) => {
    const list = `${keyVault}/providers/Microsoft.Authorization/roleAssignments?${version}`;
    return (await arm("GET", `${list}${filter && `&$filter=${encodeURIComponent(filter)}`}`)).body.value.length;
  };
  expect(await count("")).toBe(3);
  expect(await count("atScope()")).toBe(2);
  expect(await count(`principalId eq '${principalId}'`)).toBe(3);
  expect(await count("assignedTo('somebody-else')")).toBe(0);
  expect(await count(`atScope() and assignedTo('${principalId}')`)).toBe(2);
});

test("an unknown role and an unknown principal are refused", async () => {
  const role = await arm(
    "PUT",
    at(keyVault),
    body({ roleDefinitionId: definition("00000000-0000-4000-8000-000000000000") }),
  );
  expect(role.body.error.code).toBe("RoleDefinitionDoesNotExist");
  const principal = await arm("PUT", at(keyVault), body({ principalId: "00000000-0000-4000-8000-000000000000" }));
  expect(principal.body.error.code).toBe("PrincipalNotFound");
});

test("role definitions are found by id and by name", async () => {
  expect((await arm("GET", `${definition()}?${version}`)).body.properties.roleName).toBe(
    "Key Vault Crypto Service Encryption User",
  );
  const list = definition().replace(/\/[^/]+$/, "");
  const { value } = (await arm("GET", `${list}?${version}&$filter=roleName eq 'Key Vault Crypto Officer'`)).body;
  expect(value).toMatchObject([{ name: "14b46e9e-c2b7-41b4-b07b-48a6ebf60603" }]);
});

test("a key vault is found by its name alone", async () => {
  const filter = encodeURIComponent("resourceType eq 'Microsoft.KeyVault/vaults' and name eq 'KV-payroll'");
  const path = `/subscriptions/${azure.env.ARM_SUBSCRIPTION_ID}/resources?api-version=2021-04-01&$filter=${filter}`;
  expect((await arm("GET", path)).body.value).toMatchObject([{ id: keyVault, location: "westeurope" }]);
});

test("a key is made by Resource Manager and keeps its versions", async () => {
  const path = `${keyVault}/keys/backup?api-version=2023-07-01`;
  const created = await arm("PUT", path, {
    properties: { kty: "RSA", keySize: 3072, attributes: { exp: 4_000_000_000 } },
  });
  expect(created.body.properties).toMatchObject({
    kty: "RSA",
    keySize: 3072,
    keyUri: "https://kv-payroll.vault.azure.net:443/keys/backup",
    attributes: { enabled: true, exp: 4_000_000_000, recoveryLevel: "Recoverable" },
  });
  expect((await arm("PUT", path, { properties: { kty: "RSA" } })).body).toEqual(created.body);
  azure.createKey(keyVault, "backup");
  const versions = (await arm("GET", `${keyVault}/keys/backup/versions?api-version=2023-07-01`)).body.value;
  expect(versions).toHaveLength(2);
  expect((await arm("GET", `${keyVault}/keys/backup/versions/${versions[0].name}?api-version=2023-07-01`)).status).toBe(
    200,
  );
  expect((await arm("GET", `${keyVault}/keys/other?api-version=2023-07-01`)).body.error.code).toBe("KeyNotFound");
});

test("purge protection and soft delete of a key vault are not taken back", async () => {
  const path = `${keyVault}?api-version=2023-07-01`;
  expect((await arm("PATCH", path, { properties: { enablePurgeProtection: false } })).status).toBe(400);
  expect((await arm("PATCH", path, { properties: { enableSoftDelete: false } })).status).toBe(400);
  expect((await arm("PATCH", path, { tags: { a: "b" } })).body).toMatchObject({
    tags: { a: "b" },
    properties: { enablePurgeProtection: true, enableRbacAuthorization: true },
  });
});
