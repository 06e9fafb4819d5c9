import { connectEmulator } from "../../emulator/index.js";
import { armClient, done, group, send, signIn, vault, vaultId } from "./client.js";
import { arm, azure, emulatorForAll } from "./emulatorForAll.js";

emulatorForAll();
beforeEach(() => {
  azure.reset();
  azure.createResourceGroup("rg-payroll");
});

test("a throttled request has no effect and says when to come again", async () => {
  azure.faults.add({ kind: "throttle", method: "PUT", retryAfterSeconds: 7 });
  const throttled = await arm("PUT", vaultId(azure), vault());
  expect(throttled.status).toBe(429);
  expect(throttled.headers["retry-after"]).toBe("7");
  expect(azure.vault(vaultId(azure))).toBeUndefined();
  expect((await arm("PUT", vaultId(azure), vault())).status).toBe(201);
});

test("a fault can come after some requests and last for some", async () => {
  azure.faults.add({ kind: "status", status: 503, method: "GET", path: "BACKUPVAULTS", after: 1, times: 2 });
  const statuses: number[] = [];
  for (let i = 0; i < 4; i += 1) statuses.push((await arm("GET", vaultId(azure))).status);
  expect(statuses).toEqual([404, 503, 503, 404]);
});

test("a connection is dropped before or after the effect", async () => {
  azure.faults.add({ kind: "dropBefore", method: "PUT", path: /bv-payroll/ });
  await expect(arm("PUT", vaultId(azure), vault())).rejects.toThrow();
  expect(azure.vault(vaultId(azure))).toBeUndefined();
  azure.faults.add({ kind: "dropAfter", method: "PUT" });
  await expect(arm("PUT", vaultId(azure), vault())).rejects.toThrow();
  expect(azure.vault(vaultId(azure))).toBeDefined();
  expect(azure.writes().map(({ status }) => status)).toEqual([0, 0]);
});

test("an answer is cut in the middle", async () => {
  azure.faults.add({ kind: "truncate", method: "PUT" });
  await expect(arm("PUT", vaultId(azure), vault())).rejects.toThrow();
  expect(azure.vault(vaultId(azure))).toBeDefined();
});

test("an answer's body comes bit by bit", async () => {
  azure.faults.add({ kind: "slowBody", delayMs: 50, method: "PUT" });
  expect(await arm("PUT", vaultId(azure), vault())).toMatchObject({ status: 201, body: { name: "bv-payroll" } });
});

test("faults meet every service: sign-in, the cloud's metadata, key vaults", async () => {
  azure.faults.add({ kind: "throttle", path: "/oauth2/", retryAfterSeconds: 3 });
  expect(await signIn(azure)).toMatchObject({ status: 429, headers: { "retry-after": "3" } });
  azure.faults.add({ kind: "status", status: 502, path: "/metadata/endpoints" });
  expect((await send(azure, "GET", "/metadata/endpoints?api-version=2022-09-01")).status).toBe(502);
  azure.faults.add({ kind: "truncate", path: "/providers/Microsoft.KeyVault/" });
  await expect(arm("GET", `${group(azure)}/providers/Microsoft.KeyVault/vaults/kv`)).rejects.toThrow();
  const { id } = azure.createKeyVault("rg-payroll", "kv-faults");
  const { vaultUri } = (await arm("GET", `${id}?api-version=2023-07-01`)).body.properties;
  azure.faults.add({ kind: "throttle", path: "https://kv-faults.vault.azure.net/keys" });
  expect((await send(azure, "GET", `${vaultUri}keys?api-version=7.5`)).status).toBe(429);
});

test("somebody else's update leaves the encryption settings Inconsistent", async () => {
  azure.createUserAssignedIdentity("rg-payroll", "id-backup");
  const created = await done(
    arm,
    await arm("PUT", vaultId(azure), vault({}, { identity: { type: "SystemAssigned" } })),
  );
  expect(created.body.status).toBe("Succeeded");
  const encryptionSettings = { state: "Enabled", kekIdentity: { identityType: "SystemAssigned" } };
  azure.setVault(vaultId(azure), { properties: { securitySettings: { encryptionSettings } } });
  const state = async () =>
    (await arm("GET", vaultId(azure))).body.properties.securitySettings.encryptionSettings.state;
  expect(await state()).toBe("Enabled");
  azure.faults.add({ kind: "inconsistent", method: "GET", path: "backupVaults" });
  expect([await state(), await state()]).toEqual(["Inconsistent", "Inconsistent"]);
});

test("permissions take effect as late as the emulator is told while it runs", async () => {
  azure.createKeyVault("rg-payroll", "kv-late");
  const { principalId } = azure.createUserAssignedIdentity("rg-payroll", "id-late").properties;
  const settings = await send(azure, "PATCH", "/emulator/settings", { body: { permissionDelayMs: 60_000 } });
  expect(settings.body).toMatchObject({ permissionDelayMs: 60_000, pageSize: 100 });
  const keyVaultId = `${group(azure)}/providers/Microsoft.KeyVault/vaults/kv-late`;
  azure.createKey(keyVaultId, "backup");
  const users = async () => (await send(azure, "GET", "/emulator/world")).body.keyStores[0].keys[0].users;
  azure.grant(`${keyVaultId}/keys/backup`, principalId);
  expect(await users()).toEqual([]);
  await send(azure, "PATCH", "/emulator/settings", { body: { permissionDelayMs: 0 } });
  azure.grant(keyVaultId, principalId);
  expect(await users()).toMatchObject([{ name: "id-late", may: ["get", "wrapKey", "unwrapKey"] }]);
  for (const wrong of [{ permissionDelay: 1 }, { operationMs: -1 }, { pageSize: 0 }, { strictEncryption: "yes" }]) {
    expect((await send(azure, "PATCH", "/emulator/settings", { body: wrong })).body.error.code).toBe(
      "EmulatorSettingInvalid",
    );
  }
});

test("an answer comes late", async () => {
  azure.faults.add({ kind: "delay", delayMs: 120 });
  const before = Date.now();
  await arm("GET", vaultId(azure));
  expect(Date.now() - before).toBeGreaterThanOrEqual(115);
});

test("an operation fails with the error that it is given", async () => {
  azure.faults.add({
    kind: "operationFails",
    method: "PUT",
    code: "UserErrorMissingRequiredPermissions",
    message: "No.",
  });
  const ended = await done(arm, await arm("PUT", vaultId(azure), vault()));
  expect(ended).toMatchObject({
    status: 200,
    body: { status: "Failed", error: { code: "UserErrorMissingRequiredPermissions", message: "No." } },
  });
  expect(ended.body.error.additionalInfo[0].type).toBe("UserFacingError");
  expect(azure.vault(vaultId(azure))?.properties.provisioningState).toBe("Failed");
  await done(arm, await arm("PUT", vaultId(azure), vault()));
  expect(azure.vault(vaultId(azure))?.properties.provisioningState).toBe("Succeeded");
});

test("an operation that fails leaves a vault that was to be deleted", async () => {
  await arm("PUT", vaultId(azure), vault());
  azure.faults.add({ kind: "operationFails", method: "DELETE" });
  expect(await done(arm, await arm("DELETE", vaultId(azure)))).toMatchObject({ body: { status: "Failed" } });
  expect(azure.vault(vaultId(azure))?.properties.provisioningState).toBe("Succeeded");
});

test("an operation never ends, until the faults are cleared", async () => {
  azure.faults.add({ kind: "operationNeverEnds", method: "PUT" });
  const created = await arm("PUT", vaultId(azure), vault());
  const address = created.headers["azure-asyncoperation"] as string;
  for (let i = 0; i < 3; i += 1) expect((await arm("GET", address)).body.status).toBe("Inprogress");
  expect((await arm("PUT", vaultId(azure), vault())).status).toBe(409);
  azure.faults.clear();
  expect((await arm("GET", address)).body.status).toBe("Succeeded");
});

test("a stale read shows what was before the last write", async () => {
  azure.faults.add({ kind: "stale", method: "GET", times: "always" });
  const seen = async () => {
    const { status, body } = await arm("GET", vaultId(azure));
    return status === 200 ? (body.tags?.owner ?? "nobody") : status;
  };
  await arm("PUT", vaultId(azure), vault());
  expect(await seen()).toBe(404);
  await arm("PATCH", vaultId(azure), { tags: { owner: "payroll" } });
  expect(await seen()).toBe("nobody");
  await arm("DELETE", vaultId(azure));
  expect(await seen()).toBe("payroll");
  azure.faults.clear();
  expect(await seen()).toBe(404);
});

test("another process sets faults and reads the journal over HTTP", async () => {
  const added = await send(azure, "POST", "/emulator/faults", {
    body: { kind: "status", status: 403, code: "AuthorizationFailed", pattern: "bv-pay.*\\?", times: 1 },
  });
  expect(added).toMatchObject({ status: 201, body: { value: [{ kind: "status", pattern: "bv-pay.*\\?" }] } });
  expect(await arm("GET", vaultId(azure))).toMatchObject({
    status: 403,
    body: { error: { code: "AuthorizationFailed" } },
  });
  expect(await send(azure, "POST", "/emulator/faults", { body: { kind: "earthquake" } })).toMatchObject({
    status: 400,
  });
  expect((await send(azure, "DELETE", "/emulator/faults")).status).toBe(204);
  await arm("PUT", vaultId(azure), vault());
  const writes = (await send(azure, "GET", "/emulator/journal?writes")).body.value;
  expect(writes).toHaveLength(1);
  expect(writes[0]).toMatchObject({ method: "PUT", status: 201, requestBody: vault() });
  await send(azure, "POST", "/emulator/reset");
  expect(azure.vault(vaultId(azure))).toBeUndefined();
  expect(azure.journal()).toEqual([]);
});

test("a program in another process steers the emulator by a client", async () => {
  const other = connectEmulator(azure);
  await other.faults.add({ kind: "status", status: 403, path: /BV-PAY/i });
  expect(await other.faults.all()).toMatchObject([{ kind: "status", pattern: "BV-PAY" }]);
  expect((await arm("GET", vaultId(azure))).status).toBe(403);
  await other.faults.clear();
  await other.snapshot();
  await arm("PUT", vaultId(azure), vault());
  expect(await other.writes()).toMatchObject([{ method: "PUT", status: 201 }]);
  await other.restore();
  expect((await arm("GET", vaultId(azure))).status).toBe(404);
  await other.set({ operationMs: 0 });
  await expect(other.restore("never taken")).rejects.toThrow('There is no snapshot "never taken".');
  await other.reset();
  expect(azure.journal()).toEqual([]);
  const gone = connectEmulator({ ...azure, url: "https://127.0.0.1:1" });
  await expect(gone.reset()).rejects.toThrow("There is no emulator at https://127.0.0.1:1: ");
});

test("the journal is asked for some requests only", async () => {
  await arm("PUT", vaultId(azure), vault(), { "User-Agent": "Terraform/1.14" });
  const since = new Date(Date.now() + 1).toISOString();
  await new Promise((later) => setTimeout(later, 2));
  await arm("GET", vaultId(azure, "bv-missing"));
  await arm("PATCH", vaultId(azure), { tags: { a: "b" } });
  const methods = (query: string) =>
    send(azure, "GET", `/emulator/journal?${query}`).then(({ body }) =>
      body.value.map(({ method }: { method: string }) => method),
    );
  expect(await methods("")).toEqual(["PUT", "GET", "PATCH"]);
  expect(await methods("method=get")).toEqual(["GET"]);
  expect(await methods("status=4xx")).toEqual(["GET"]);
  expect(await methods("status=202")).toEqual(["PATCH"]);
  expect(await methods("client=terraform")).toEqual(["PUT"]);
  expect(await methods("path=BV-MISSING")).toEqual(["GET"]);
  expect(await methods(`since=${since}`)).toEqual(["GET", "PATCH"]);
  expect(await methods("writes&status=201")).toEqual(["PUT"]);
  expect(azure.journal({ status: 404 })).toMatchObject([{ method: "GET" }]);
  for (const wrong of ["statsu=404", "since=yesterday"]) {
    expect((await send(azure, "GET", `/emulator/journal?${wrong}`)).status).toBe(400);
  }
});

test("the journal holds no token and no secret", async () => {
  await armClient(azure);
  await arm("PUT", vaultId(azure), vault());
  const text = JSON.stringify(azure.journal());
  expect(text).not.toContain(azure.env.ARM_CLIENT_SECRET);
  expect(text).not.toContain("eyJ");
  expect(azure.journal().some(({ path }) => path.includes("/oauth2/"))).toBe(true);
  expect(azure.writes()).toHaveLength(1);
});
