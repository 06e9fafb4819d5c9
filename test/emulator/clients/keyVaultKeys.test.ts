import { generateKeyPairSync } from "node:crypto";
import type { ClientSecretCredential } from "@azure/identity";
import { CryptographyClient, type JsonWebKey, KeyClient } from "@azure/keyvault-keys";
import { type Emulator, startEmulator } from "../../../emulator/index.js";
import { all, credential as credentialOf } from "./javascript.js";

let azure: Emulator;
let credential: ClientSecretCredential;
let keys: KeyClient;
let identifier: string;

beforeAll(async () => {
  azure = await startEmulator({ trust: true });
  credential = credentialOf(azure);
});
afterAll(() => azure.close());
beforeEach(() => {
  azure.reset();
  azure.createResourceGroup("rg-payroll");
  keys = clientOf(azure.createKeyVault("rg-payroll", "kv-keys").properties.vaultUri);
  identifier = "https://kv-keys.vault.azure.net/keys/backup";
});

// What any program needs that does not speak to Azure's own hosts.
const clientOf = (url: string) => new KeyClient(url, credential, { disableChallengeResourceVerification: true });

test("a key is created, found, changed, and has versions", async () => {
  const created = await keys.createRsaKey("backup", { keySize: 2048, tags: { use: "backup" } });
  expect(created.id).toBe(`${identifier}/${created.properties.version}`);
  expect(created.properties).toMatchObject({ enabled: true, recoveryLevel: "Recoverable", recoverableDays: 90 });
  expect(Buffer.from(created.key?.n ?? []).length).toBe(256);
  expect((await keys.getKey("backup")).key?.n).toEqual(created.key?.n);

  // The client counts the seconds in 32 bits: later than January 2038 it would write another time.
  const expiresOn = new Date("2037-01-01T00:00:00Z");
  const { version = "" } = created.properties;
  const changed = await keys.updateKeyProperties("backup", version, { expiresOn, enabled: false });
  expect(changed.properties).toMatchObject({ expiresOn, enabled: false, tags: { use: "backup" } });
  const second = await keys.createKey("backup", "EC", { curve: "P-384" });
  expect((await keys.getKey("backup")).id).toBe(second.id);
  expect((await keys.getKey("backup", { version })).keyType).toBe("RSA");

  const versions = await all(keys.listPropertiesOfKeyVersions("backup"));
  expect(versions.map((each) => each.version)).toEqual([version, second.properties.version]);
  await expect(keys.getKey("other")).rejects.toMatchObject({ statusCode: 404, code: "KeyNotFound" });
});

test("a wrapped key comes back only from the key that wrapped it", async () => {
  await keys.createRsaKey("backup");
  await keys.createRsaKey("other");
  const crypto = keys.getCryptographyClient("backup");
  const secret = Buffer.from("the data encryption key of a vault");
  for (const algorithm of ["RSA-OAEP", "RSA-OAEP-256", "RSA1_5"] as const) {
    const { result } = await crypto.wrapKey(algorithm, secret);
    expect(Buffer.from(result)).not.toEqual(secret);
    expect(Buffer.from((await crypto.unwrapKey(algorithm, result)).result)).toEqual(secret);
  }
  const { result } = await crypto.wrapKey("RSA-OAEP-256", secret);
  await expect(keys.getCryptographyClient("other").unwrapKey("RSA-OAEP-256", result)).rejects.toMatchObject({
    code: "BadParameter",
  });
  const encrypted = await crypto.encrypt("RSA-OAEP", secret);
  expect(Buffer.from((await crypto.decrypt("RSA-OAEP", encrypted.result)).result)).toEqual(secret);
});

test("a disabled key is of no use, an expired one unwraps", async () => {
  const { properties } = await keys.createRsaKey("backup");
  const crypto = keys.getCryptographyClient("backup");
  const { result } = await crypto.wrapKey("RSA-OAEP-256", Buffer.from("data"));
  const set = (change: object) => keys.updateKeyProperties("backup", properties.version ?? "", change);
  await set({ expiresOn: new Date("2020-01-01T00:00:00Z") });
  expect(Buffer.from((await crypto.unwrapKey("RSA-OAEP-256", result)).result).toString()).toBe("data");
  await set({ enabled: false });
  await expect(crypto.unwrapKey("RSA-OAEP-256", result)).rejects.toMatchObject({
    statusCode: 403,
    message: "Operation unwrapKey is not allowed on a disabled key.",
  });
});

test("a key is rotated by its policy, and a versionless identifier follows", async () => {
  const first = await keys.createRsaKey("backup");
  expect((await keys.getKeyRotationPolicy("backup")).lifetimeActions).toEqual([
    { action: "Notify", timeBeforeExpiry: "P30D" },
  ]);
  const policy = await keys.updateKeyRotationPolicy("backup", {
    expiresIn: "P90D",
    lifetimeActions: [{ action: "Rotate", timeAfterCreate: "P60D" }],
  });
  expect(policy).toMatchObject({ expiresIn: "P90D", createdOn: expect.any(Date) });
  await expect(keys.updateKeyRotationPolicy("backup", { expiresIn: "soon" })).rejects.toMatchObject({
    statusCode: 400,
  });
  const second = await keys.rotateKey("backup");
  expect(second.properties.version).not.toBe(first.properties.version);
  const days = (Number(second.properties.expiresOn) - Number(second.properties.createdOn)) / (24 * 3600 * 1000);
  expect(days).toBe(90);
  expect((await keys.getKey("backup")).id).toBe(second.id);
});

test("a deleted key is recovered with all its versions, and keeps its name until it is purged", async () => {
  await keys.createRsaKey("backup");
  await keys.createKey("backup", "EC");
  const deleted = await (await keys.beginDeleteKey("backup")).pollUntilDone();
  expect(deleted.properties.recoveryId).toBe("https://kv-keys.vault.azure.net/deletedkeys/backup");
  await expect(keys.getKey("backup")).rejects.toMatchObject({ statusCode: 404 });
  await expect(keys.createRsaKey("backup")).rejects.toMatchObject({ statusCode: 409, code: "Conflict" });
  await expect(keys.purgeDeletedKey("backup")).rejects.toMatchObject({ statusCode: 403, code: "Forbidden" });
  expect(await all(keys.listDeletedKeys())).toMatchObject([{ name: "backup" }]);
  await (await keys.beginRecoverDeletedKey("backup")).pollUntilDone();
  expect(await all(keys.listPropertiesOfKeyVersions("backup"))).toHaveLength(2);
});

test("without purge protection a deleted key is purged", async () => {
  const { vaultUri } = azure.createKeyVault("rg-payroll", "kv-loose", { enablePurgeProtection: undefined }).properties;
  const loose = clientOf(vaultUri);
  await loose.createKey("backup", "EC");
  await (await loose.beginDeleteKey("backup")).pollUntilDone();
  await loose.purgeDeletedKey("backup");
  await expect(loose.getDeletedKey("backup")).rejects.toMatchObject({ statusCode: 404 });
  expect((await loose.createKey("backup", "EC")).properties.recoveryLevel).toBe("Recoverable+Purgeable");
});

test("an imported key is the one that was made elsewhere", async () => {
  const { privateKey, publicKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
  const parts = Object.entries(privateKey.export({ format: "jwk" })).map(([name, value]) => [
    name,
    name === "kty" ? value : Buffer.from(String(value), "base64url"),
  ]);
  const jwk: JsonWebKey = { ...Object.fromEntries(parts), keyOps: ["wrapKey", "unwrapKey"] };
  const imported = await keys.importKey("elsewhere", jwk, { hardwareProtected: true });
  expect(imported.keyType).toBe("RSA-HSM");
  expect(Buffer.from(imported.key?.n ?? []).toString("base64url")).toBe(publicKey.export({ format: "jwk" }).n);
  await expect(keys.getCryptographyClient("elsewhere").decrypt("RSA-OAEP", Buffer.alloc(256))).rejects.toThrow(
    /not permitted|not supported/,
  );
  await expect(keys.importKey("public", { kty: "RSA", n: jwk.n, e: jwk.e })).rejects.toMatchObject({
    code: "BadParameter",
  });
});

test("keys come in pages", async () => {
  const { id, properties } = azure.createKeyVault("rg-payroll", "kv-many");
  for (let count = 0; count < 30; count += 1) azure.createKey(id, `key-${count}`);
  const many = clientOf(properties.vaultUri);
  expect(await all(many.listPropertiesOfKeys())).toHaveLength(30);
  const pages = await all(many.listPropertiesOfKeys().byPage({ maxPageSize: 20 }));
  expect(pages.map((page) => page.length)).toEqual([20, 10]);
});

test("a Managed HSM's keys are in hardware, under its own name", async () => {
  const hsm = clientOf(azure.createManagedHsm("rg-payroll", "hsm-keys").properties.hsmUri);
  const created = await hsm.createRsaKey("backup", { hsm: true });
  expect(created).toMatchObject({ keyType: "RSA-HSM" });
  expect(created.id).toMatch(/^https:\/\/hsm-keys\.managedhsm\.azure\.net\/keys\/backup\//);
  await expect(hsm.createRsaKey("soft")).rejects.toMatchObject({ code: "BadParameter" });
  const crypto = hsm.getCryptographyClient("backup");
  const { result } = await crypto.wrapKey("RSA-OAEP-256", Buffer.from("data"));
  expect(Buffer.from((await crypto.unwrapKey("RSA-OAEP-256", result)).result).toString()).toBe("data");
});

test("with the emulator as their proxy, clients reach its key vaults by their names in Azure", async () => {
  // No word about the emulator besides: what is verified in Azure is verified here.
  const proxyOptions = { host: "https://127.0.0.1", port: Number(new URL(azure.url).port) };
  const named = new KeyClient("https://kv-keys.vault.azure.net", credential, { proxyOptions });
  const created = await named.createRsaKey("backup");
  const crypto = new CryptographyClient(created.id ?? "", credential, { proxyOptions });
  const { result } = await crypto.wrapKey("RSA-OAEP-256", Buffer.from("data"));
  expect(Buffer.from((await crypto.unwrapKey("RSA-OAEP-256", result)).result).toString()).toBe("data");
  expect(azure.journal({ path: "https://kv-keys.vault.azure.net/keys/backup/create" })).toHaveLength(2);

  const options = { proxyOptions, retryOptions: { maxRetries: 0 } };
  const stranger = new KeyClient("https://kv-nowhere.vault.azure.net", credential, options);
  await expect(stranger.getKey("backup")).rejects.toThrow();
});
