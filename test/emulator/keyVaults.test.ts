import { readFileSync } from "node:fs";
import { request } from "node:https";
import { join } from "node:path";
import { type Emulator, startEmulator } from "../../emulator/index.js";
import { needs } from "../../emulator/keyVault/dataPlane/access.js";
import { certificateOperations, keyOperations, localRoleOperations } from "../../emulator/keyVault/dataPlane/answer.js";
import { type Arm, armClient, done, group, send, signIn, vault, vaultId } from "./client.js";
import { temporaryDirectory } from "./temporary.js";

const directory = temporaryDirectory();
let azure: Emulator;
let arm: Arm;
let keyVault: { id: string; vaultUri: string };
let principalId: string;
let token: string;

beforeAll(async () => {
  azure = await startEmulator();
  arm = await armClient(azure);
  token = (await signIn(azure, { scope: "https://vault.azure.net/.default" })).body.access_token;
});
afterAll(() => azure.close());
beforeEach(() => {
  azure.reset();
  azure.createResourceGroup("rg-payroll");
  const { id, properties } = azure.createKeyVault("rg-payroll", "kv-planes");
  keyVault = { id, vaultUri: properties.vaultUri };
  principalId = azure.createUserAssignedIdentity("rg-payroll", "id-payroll").properties.principalId;
});

const version = "api-version=2023-07-01";

/** A request to the data plane of the key vault. */
const inVault = (method: string, path: string, body?: unknown, headers: Record<string, string> = {}) =>
  send(azure, method, `${keyVault.vaultUri}${path}`, {
    body,
    headers: { authorization: `Bearer ${token}`, ...headers },
  });

/** PUT of a vault that is encrypted with this key: "Succeeded", or the code of the failure. */
async function encrypt(keyUri: string, name?: string): Promise<string> {
  const identityId = `${group(azure)}/providers/Microsoft.ManagedIdentity/userAssignedIdentities/id-payroll`;
  const kekIdentity = { identityType: "UserAssigned", identityId };
  const encryptionSettings = { state: "Enabled", keyVaultProperties: { keyUri }, kekIdentity };
  const identity = { type: "UserAssigned", userAssignedIdentities: { [identityId]: {} } };
  const body = vault({ securitySettings: { encryptionSettings } }, { identity });
  const answer = await done(arm, await arm("PUT", vaultId(azure, name), body));
  return answer.body.error?.code ?? answer.body.status;
}
const missing = "UserErrorCMKMissingMangedIdentityPermissionOnKeyVault";

test("a key vault is deleted softly: its name is taken, and it comes back with its keys", async () => {
  azure.createKey(keyVault.id, "backup");
  const path = `${keyVault.id}?${version}`;
  const deletedVaults = `/subscriptions/${azure.env.ARM_SUBSCRIPTION_ID}/providers/Microsoft.KeyVault`;
  expect((await arm("DELETE", path)).status).toBe(200);
  expect((await arm("GET", path)).status).toBe(404);
  const body = { location: "westeurope", properties: { tenantId: azure.env.ARM_TENANT_ID } };
  expect((await arm("PUT", path, body)).body.error.code).toBe("ConflictError");
  const check = await arm("POST", `${deletedVaults}/checkNameAvailability?${version}`, { name: "kv-planes" });
  expect(check.body).toMatchObject({ nameAvailable: false, reason: "AlreadyExists" });

  expect((await arm("GET", `${deletedVaults}/deletedVaults?${version}`)).body.value).toHaveLength(1);
  const one = `${deletedVaults}/locations/westeurope/deletedVaults/kv-planes`;
  expect((await arm("GET", `${one}?${version}`)).body).toMatchObject({
    type: "Microsoft.KeyVault/deletedVaults",
    properties: { vaultId: keyVault.id, purgeProtectionEnabled: true, location: "westeurope" },
  });
  expect((await arm("POST", `${one}/purge?${version}`)).body.error.code).toBe("MethodNotAllowed");
  const recovered = await arm("PUT", path, { ...body, properties: { ...body.properties, createMode: "recover" } });
  expect(recovered.body.properties).toMatchObject({ enablePurgeProtection: true, enableRbacAuthorization: true });
  expect((await arm("GET", `${keyVault.id}/keys/backup?${version}`)).status).toBe(200);
});

test("a deleted key vault without purge protection is purged", async () => {
  const { id } = azure.createKeyVault("rg-payroll", "kv-loose", { enablePurgeProtection: undefined });
  await arm("DELETE", `${id}?${version}`);
  const one = `/subscriptions/${azure.env.ARM_SUBSCRIPTION_ID}/providers/Microsoft.KeyVault/locations/westeurope/deletedVaults/kv-loose`;
  const purged = await arm("POST", `${one}/purge?${version}`);
  expect(purged.status).toBe(202);
  // By Resource Manager's own version, unlike the key vault's.
  expect((await arm("GET", purged.headers.location as string)).status).toBe(200);
  expect((await arm("GET", `${one}?${version}`)).status).toBe(404);
  expect(azure.createKeyVault("rg-payroll", "kv-loose").id).toBe(id);
});

test("many key vaults at once have a port each, in the next answer at the latest", async () => {
  const made = Array.from({ length: 20 }, (_, count) => azure.createKeyVault("rg-payroll", `kv-many-${count}`));
  expect(made[0]?.properties.vaultUri).toMatch(/^https:\/\/127\.0\.0\.1:\d+\/$/);
  const { value } = (await arm("GET", `${group(azure)}/providers/Microsoft.KeyVault/vaults?${version}`)).body;
  const addresses = value.map(({ properties }: { properties: { vaultUri: string } }) => properties.vaultUri);
  expect(new Set(addresses).size).toBe(21);
  for (const address of addresses) expect(address).toMatch(/^https:\/\/127\.0\.0\.1:\d+\/$/);
  expect((await send(azure, "GET", `${addresses.at(-1)}keys?api-version=7.4`)).status).toBe(401);
});

test("each plane takes only tokens that are for it", async () => {
  const challenge = `Bearer authorization="${azure.url}/${azure.env.ARM_TENANT_ID}", resource="https://vault.azure.net"`;
  const nobody = await send(azure, "GET", `${keyVault.vaultUri}keys?api-version=7.4`);
  expect(nobody).toMatchObject({ status: 401, body: { error: { code: "Unauthorized" } } });
  expect(nobody.headers["www-authenticate"]).toBe(challenge);
  const ofArm = (await signIn(azure)).body.access_token;
  const wrong = await inVault("GET", "keys?api-version=7.4", undefined, { authorization: `Bearer ${ofArm}` });
  expect(wrong.body.error.message).toMatch(/^AKV10022: Invalid audience\. Expected https:\/\/vault\.azure\.net, found/);
  const forged = await inVault("GET", "keys?api-version=7.4", undefined, { authorization: "Bearer a.b.c" });
  expect(forged.status).toBe(401);
  const inArm = await send(azure, "GET", `${keyVault.id}?${version}`, {
    headers: { authorization: `Bearer ${token}` },
  });
  expect(inArm.body.error.code).toBe("InvalidAuthenticationTokenAudience");
});

test.each([
  ["malformed JSON", "POST", "keys/backup/create?api-version=7.4", "{", {}, 400, "BadParameter"],
  ["a wrong type", "POST", "keys/backup/create?api-version=7.4", { kty: 1 }, {}, 400, "BadParameter"],
  ["an unknown key type", "POST", "keys/backup/create?api-version=7.4", { kty: "DSA" }, {}, 400, "BadParameter"],
  [
    "a small key",
    "POST",
    "keys/backup/create?api-version=7.4",
    { kty: "RSA", key_size: 1024 },
    {},
    400,
    "BadParameter",
  ],
  ["an unknown curve", "POST", "keys/backup/create?api-version=7.4", { kty: "EC", crv: "x" }, {}, 400, "BadParameter"],
  ["a wrong name", "POST", "keys/a.b/create?api-version=7.4", { kty: "RSA" }, {}, 400, "BadParameter"],
  [
    "another content type",
    "POST",
    "keys/backup/create?api-version=7.4",
    "kty=RSA",
    { "Content-Type": "text/plain" },
    415,
    "UnsupportedMediaType",
  ],
  ["no api-version", "GET", "keys", undefined, {}, 400, "BadParameter"],
  ["an unknown api-version", "GET", "keys?api-version=9.9", undefined, {}, 400, "BadParameter"],
  [
    "a path above",
    "GET",
    "keys/..%2f..%2fsecrets?api-version=7.4",
    undefined,
    {},
    400,
    "EmulatorUnverifiedResourceNameInvalid",
  ],
  ["an unknown route", "GET", "secrets/x?api-version=7.4", undefined, {}, 501, "EmulatorNotImplemented"],
  ["Resource Manager's route", "GET", "subscriptions?api-version=7.4", undefined, {}, 501, "EmulatorNotImplemented"],
])("%s is refused, and nothing is stored", async (_what, method, path, body, headers, status, code) => {
  expect(await inVault(method, path, body, headers)).toMatchObject({ status, body: { error: { code } } });
  expect((await inVault("GET", "keys?api-version=7.4")).body.value).toEqual([]);
});

test.each([
  [{ publicNetworkAccess: "Disabled" }, "ForbiddenByConnection"],
  [{ networkAcls: { defaultAction: "Deny" } }, "ForbiddenByFirewall"],
])("from another network, nobody reaches a key vault with %j", async (properties, code) => {
  expect((await inVault("GET", "keys?api-version=7.4")).status).toBe(200);
  await arm("PATCH", `${keyVault.id}?${version}`, { properties });
  expect(await inVault("GET", "keys?api-version=7.4")).toMatchObject({
    status: 403,
    body: { error: { code: "Forbidden", innererror: { code } } },
  });
});

test("what a data plane was asked stands in the journal, without any part of a key", async () => {
  await inVault("POST", "keys/backup/create?api-version=7.4", { kty: "EC" });
  await inVault("GET", "keys?api-version=7.4");
  const path = "https://kv-planes.vault.azure.net/keys/backup/create?api-version=7.4";
  expect(azure.journal({ path: "kv-planes.vault" })).toHaveLength(2);
  expect(azure.writes()).toMatchObject([{ method: "POST", path, status: 200 }]);
  expect(azure.writes()[0]).not.toHaveProperty("requestBody");
});

test("a fault meets a data plane, too", async () => {
  azure.faults.add({ kind: "throttle", path: "kv-planes.vault.azure.net/keys" });
  expect((await inVault("GET", "keys?api-version=7.4")).status).toBe(429);
  expect((await inVault("GET", "keys?api-version=7.4")).status).toBe(200);
});

test("a deny assignment wins over a role", async () => {
  const keyUri = azure.createKey(keyVault.id, "backup");
  azure.grant(keyVault.id, principalId);
  expect(await encrypt(keyUri)).toBe("Succeeded");
  const { id } = azure.deny(keyVault.id, principalId, ["Microsoft.KeyVault/vaults/keys/wrap/*"]);
  expect(await encrypt(azure.createKey(keyVault.id, "backup"))).toBe(missing);
  const list = (filter: string) =>
    arm("GET", `${keyVault.id}/providers/Microsoft.Authorization/denyAssignments?api-version=2022-04-01&${filter}`);
  expect((await list("")).body.value).toMatchObject([{ id, properties: { isSystemProtected: true } }]);
  expect((await list(`$filter=assignedTo('${principalId}')`)).body.value).toHaveLength(1);
  expect((await list("$filter=assignedTo('somebody')")).body.value).toEqual([]);
  expect((await list("$filter=x eq 'y'")).body.error.code).toBe("UnsupportedQuery");
});

test("an access policy takes effect after its delay, what was granted before stays", async () => {
  const { id } = azure.createKeyVault("rg-payroll", "kv-policies", { enableRbacAuthorization: false });
  const keyUri = azure.createKey(id, "backup");
  const add = (keys: string[]) =>
    arm("PUT", `${id}/accessPolicies/add?${version}`, {
      properties: { accessPolicies: [{ tenantId: "t", objectId: principalId, permissions: { keys } }] },
    });
  await add(["Get", "WrapKey"]);
  azure.set({ permissionDelayMs: 3_600_000 });
  await add(["UnwrapKey"]);
  expect(await encrypt(keyUri)).toBe(missing);
  azure.set({ permissionDelayMs: 0 });
  const { id: other } = azure.createKeyVault("rg-payroll", "kv-at-once", { enableRbacAuthorization: false });
  await arm("PUT", `${other}/accessPolicies/add?${version}`, {
    properties: { accessPolicies: [{ tenantId: "t", objectId: principalId, permissions: { keys: ["all"] } }] },
  });
  azure.set({ permissionDelayMs: 3_600_000 });
  await arm("PUT", `${other}/accessPolicies/add?${version}`, {
    properties: { accessPolicies: [{ tenantId: "t", objectId: "somebody", permissions: { keys: ["Get"] } }] },
  });
  azure.set({ permissionDelayMs: 0 });
  expect(await encrypt(azure.createKey(other, "backup"))).toBe("Succeeded");
});

test("what a principal may do through an application is another policy, and is nothing to the principal itself", async () => {
  const { id } = azure.createKeyVault("rg-payroll", "kv-policies", { enableRbacAuthorization: false });
  const keyUri = azure.createKey(id, "backup");
  const through = { tenantId: "t", objectId: principalId, applicationId: "a" };
  const change = (kind: string, policy: object, keys: string[]) =>
    arm("PUT", `${id}/accessPolicies/${kind}?${version}`, {
      properties: { accessPolicies: [{ ...policy, permissions: { keys } }] },
    });
  await change("add", through, ["all"]);
  expect(await encrypt(keyUri)).toBe(missing);
  await change("add", { tenantId: "t", objectId: principalId }, ["get", "wrapKey", "unwrapKey"]);
  await change("remove", through, ["all"]);
  expect(await encrypt(keyUri)).toBe("Succeeded");
});

test("a vault cannot be encrypted with a key that was deleted, nor in a key vault that was", async () => {
  azure.grant(keyVault.id, principalId);
  const keyUri = azure.createKey(keyVault.id, "backup");
  azure.setKey(keyUri, undefined);
  expect(await encrypt(keyUri)).toBe("UserErrorCMKKeyVaultAuthFailure");
  expect((await inVault("POST", "deletedkeys/backup/recover?api-version=7.4")).status).toBe(200);
  expect(await encrypt(keyUri)).toBe("Succeeded");
  await arm("DELETE", `${keyVault.id}?${version}`);
  expect(await encrypt(keyUri, "bv-taxes")).toBe("UserErrorCMKKeyVaultAuthFailure");
});

test("a custom role counts, but for what it takes out", async () => {
  const keyUri = azure.createKey(keyVault.id, "backup");
  const role = "3b0f3c5e-4c6d-4a49-8d2c-6a2f5f0f7a11";
  const define = (notDataActions: string[]) =>
    arm("PUT", `${group(azure)}/providers/Microsoft.Authorization/roleDefinitions/${role}?api-version=2022-04-01`, {
      properties: {
        roleName: "Key wrapper",
        assignableScopes: [group(azure)],
        permissions: [{ dataActions: ["Microsoft.KeyVault/vaults/keys/*"], notDataActions }],
      },
    });
  await define(["Microsoft.KeyVault/vaults/keys/wrap/action"]);
  azure.grant(keyVault.id, principalId, role);
  expect(await encrypt(keyUri)).toBe(missing);
  await define([]);
  expect(await encrypt(keyUri)).toBe("Succeeded");
});

test("every operation of a data plane says which right it needs", () => {
  const names = [...keyOperations, ...certificateOperations, ...localRoleOperations].map(({ name }) => name);
  expect([...new Set(names)].sort()).toEqual(Object.keys(needs).sort());
});

test.each([
  ["by role", true, "ForbiddenByRbac"],
  ["by access policy", false, "AccessDenied"],
])(
  "an identity that signs in may do at a data plane what it is granted %s",
  async (_how, enableRbacAuthorization, code) => {
    const { id, properties } = azure.createKeyVault("rg-payroll", "kv-callers", { enableRbacAuthorization });
    azure.createKey(id, "backup", { kty: "EC" });
    const resource = encodeURIComponent("https://vault.azure.net");
    const { body } = await send(
      azure,
      "GET",
      `/metadata/identity/oauth2/token?resource=${resource}&object_id=${principalId}`,
      {
        headers: { Metadata: "true" },
      },
    );
    const asIdentity = (method: string, path: string, given?: object) =>
      send(azure, method, `${properties.vaultUri}${path}?api-version=7.4`, {
        body: given,
        headers: { authorization: `Bearer ${body.access_token}` },
      });
    expect(await asIdentity("GET", "keys/backup")).toMatchObject({
      status: 403,
      body: { error: { code: "Forbidden", innererror: { code }, message: expect.stringContaining(principalId) } },
    });
    if (enableRbacAuthorization) azure.grant(`${id}/keys/backup`, principalId);
    else {
      await arm("PUT", `${id}/accessPolicies/add?${version}`, {
        properties: { accessPolicies: [{ tenantId: "t", objectId: principalId, permissions: { keys: ["get"] } }] },
      });
    }
    expect((await asIdentity("GET", "keys/backup")).status).toBe(200);
    expect((await asIdentity("POST", "keys/other/create", { kty: "EC" })).status).toBe(403);
    expect(await asIdentity("GET", "certificates/contacts")).toMatchObject({
      status: 403,
      body: { error: { innererror: { code } } },
    });
    // Key Vault Administrator.
    if (enableRbacAuthorization) azure.grant(id, principalId, "00482a5a-887f-4fb3-b363-3b7fe8e74483");
    else {
      const permissions = { certificates: ["ManageContacts"] };
      await arm("PUT", `${id}/accessPolicies/add?${version}`, {
        properties: { accessPolicies: [{ tenantId: "t", objectId: principalId, permissions }] },
      });
    }
    expect((await asIdentity("GET", "certificates/contacts")).status).toBe(404);
  },
);

test("what a key vault is enabled for is kept", async () => {
  const enabled = { enabledForDiskEncryption: true, enabledForTemplateDeployment: true };
  const { id } = azure.createKeyVault("rg-payroll", "kv-enabled", enabled);
  expect((await arm("GET", `${id}?${version}`)).body.properties).toMatchObject(enabled);
});

test("a key vault has no certificate contacts", async () => {
  expect(await inVault("GET", "certificates/contacts?api-version=7.4")).toMatchObject({
    status: 404,
    body: { error: { code: "EmulatorUnverifiedContactsNotFound" } },
  });
});

test("a key made at a data plane outlives a restart, with what it wraps", async () => {
  const data = join(directory, "azure.data");
  const at = async (running: Emulator, path: string, given: object) => {
    const { properties } = running.arm("GET", keyVault.id).body as { properties: { vaultUri: string } };
    const { access_token } = (await signIn(running, { scope: "https://vault.azure.net/.default" })).body;
    const headers = { authorization: `Bearer ${access_token}` };
    return (
      await send(running, "POST", `${properties.vaultUri}keys/backup/${path}?api-version=7.4`, { body: given, headers })
    ).body;
  };
  const before = await startEmulator({ data });
  before.createResourceGroup("rg-payroll");
  before.createKeyVault("rg-payroll", "kv-planes");
  await at(before, "create", { kty: "RSA" });
  const { value } = await at(before, "wrapkey", { alg: "RSA-OAEP-256", value: "c2VjcmV0" });
  await before.close();
  const after = await startEmulator({ data });
  expect(await at(after, "unwrapkey", { alg: "RSA-OAEP-256", value })).toMatchObject({ value: "c2VjcmV0" });
  await after.close();
});

test("after a snapshot is restored, its key vaults answer, and no others", async () => {
  azure.snapshot("one");
  const { vaultUri } = azure.createKeyVault("rg-payroll", "kv-later").properties;
  expect((await send(azure, "GET", `${vaultUri}keys`)).status).toBe(401);
  azure.restore("one");
  expect((await inVault("GET", "keys?api-version=7.4")).status).toBe(200);
  await expect(send(azure, "GET", `${vaultUri}keys`)).rejects.toThrow(/ECONNREFUSED/);
});

test.each(["kv-nowhere.vault.azure.net:443", "127.0.0.1:9", "%%%", "a:b:c"])(
  "as a proxy, the emulator connects nobody with %s",
  async (target) => {
    const { port } = new URL(azure.url);
    const ca = readFileSync(azure.caFile, "utf8");
    const status = await new Promise((resolve, reject) => {
      const asked = request({ host: "127.0.0.1", port, method: "CONNECT", path: target, ca, agent: false });
      asked.on("connect", (answer, socket) => {
        socket.destroy();
        resolve(answer.statusCode);
      });
      asked.on("error", reject);
      asked.end();
    });
    expect(status).toBe(403);
  },
);
