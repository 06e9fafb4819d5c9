import { setTimeout } from "node:timers/promises";
import { startEmulator } from "../../emulator/index.js";
import { armClient, done, group, vault, vaultId } from "./client.js";
import { arm, azure, emulatorForAll } from "./emulatorForAll.js";

emulatorForAll();

let keyVault: string;
let keyUri: string;
let identity: { id: string; principalId: string };

beforeEach(() => {
  azure.reset();
  azure.createResourceGroup("rg-payroll");
  keyVault = azure.createKeyVault("rg-payroll", "kv-payroll").id;
  keyUri = azure.createKey(keyVault, "backup");
  const { id, properties } = azure.createUserAssignedIdentity("rg-payroll", "id-payroll");
  identity = { id, principalId: properties.principalId };
});

const userAssigned = (...ids: string[]) => ({
  identity: { type: "UserAssigned", userAssignedIdentities: Object.fromEntries(ids.map((id) => [id, {}])) },
});
const encryption = (uri: string, more: object = {}) => ({
  securitySettings: {
    encryptionSettings: {
      state: "Enabled",
      keyVaultProperties: { keyUri: uri },
      kekIdentity: { identityType: "UserAssigned", identityId: identity.id },
      ...more,
    },
  },
});

/** PUT, followed to its end: "Succeeded", or the code of the refusal or the failure. */
async function put(properties: object, more: object = userAssigned(identity.id)): Promise<string> {
  const answer = await arm("PUT", vaultId(azure), vault(properties, more));
  if (answer.status !== 201) return answer.body.error.code;
  const { body } = await done(arm, answer);
  return body.error?.code ?? body.status;
}

const missing = "UserErrorCMKMissingMangedIdentityPermissionOnKeyVault";

test("a vault is created with a key that its user-assigned identity may use", async () => {
  azure.grant(`${keyVault}/keys/backup`, identity.principalId);
  const created = await arm("PUT", vaultId(azure), vault(encryption(keyUri), userAssigned(identity.id)));
  expect(created.body.identity).toEqual({
    type: "UserAssigned",
    tenantId: azure.env.ARM_TENANT_ID,
    userAssignedIdentities: { [identity.id]: {} },
  });
  expect((await done(arm, created)).body.status).toBe("Succeeded");
  const { body } = await arm("GET", vaultId(azure));
  expect(body.identity.userAssignedIdentities[identity.id]).toEqual({
    principalId: identity.principalId,
    clientId: expect.any(String),
  });
  expect(body.properties.securitySettings.encryptionSettings).toMatchObject({ state: "Enabled" });
});

test("without the right the operation fails, and the same request succeeds once it is granted", async () => {
  const wanted = encryption(keyUri, { infrastructureEncryption: "Enabled" });
  expect(await put(wanted)).toBe(missing);
  expect(azure.vault(vaultId(azure))?.properties.provisioningState).toBe("Failed");
  azure.grant(group(azure), identity.principalId);
  expect(await put(wanted)).toBe("Succeeded");
});

test("access policies grant what they list, and count only without role-based access", async () => {
  const policies = (keys: string[]) =>
    arm("PUT", `${keyVault}/accessPolicies/replace?api-version=2023-07-01`, {
      properties: { accessPolicies: [{ tenantId: "t", objectId: identity.principalId, permissions: { keys } }] },
    });
  expect((await policies(["Get", "WrapKey", "UnwrapKey"])).status).toBe(200);
  expect(await put(encryption(keyUri))).toBe(missing);
  await arm("PATCH", `${keyVault}?api-version=2023-07-01`, { properties: { enableRbacAuthorization: false } });
  await policies(["Get", "WrapKey"]);
  expect(await put(encryption(keyUri))).toBe(missing);
  await policies(["Get", "WrapKey", "UnwrapKey"]);
  expect(await put(encryption(keyUri))).toBe("Succeeded");
});

test("a grant takes effect after its delay", async () => {
  const slow = await startEmulator({ permissionDelayMs: 3_600_000 });
  try {
    slow.createResourceGroup("rg-payroll");
    const { id } = slow.createKeyVault("rg-payroll", "kv-payroll");
    const uri = slow.createKey(id, "backup");
    const assigned = slow.createUserAssignedIdentity("rg-payroll", "id-payroll");
    slow.grant(id, assigned.properties.principalId);
    identity = { id: assigned.id, principalId: assigned.properties.principalId };
    const client = await armClient(slow);
    const body = vault(encryption(uri), userAssigned(assigned.id));
    const first = await done(client, await client("PUT", vaultId(slow), body));
    expect(first.body.error.code).toBe(missing);
    slow.set({ permissionDelayMs: 500 });
    slow.grant(`${id}/keys/backup`, identity.principalId);
    const outcome = async () => (await done(client, await client("PUT", vaultId(slow), body))).body.status;
    while ((await outcome()) !== "Succeeded") await setTimeout(20);
  } finally {
    await slow.close();
  }
});

test.each([
  [
    "a key that is not there",
    () => `${keyUri.replace("/keys/backup", "/keys/nothing")}`,
    "UserErrorCMKKeyVaultAuthFailure",
  ],
  ["a version that is not there", () => keyUri.replace(/[^/]+$/, "0".repeat(32)), "UserErrorCMKKeyVaultAuthFailure"],
  [
    "a key vault that is not there",
    () => keyUri.replace("kv-payroll", "kv-nowhere"),
    "UserErrorCMKKeyVaultAuthFailure",
  ],
  ["an elliptic key", () => azure.createKey(keyVault, "curve", { kty: "EC" }), missing],
  ["a small key", () => azure.createKey(keyVault, "small", { keySize: 1024 }), "EmulatorUnverifiedCmkKeyType"],
  ["a disabled key", () => changed({ enabled: false }), "EmulatorUnverifiedCmkKeyUnusable"],
  ["an expired key", () => changed({ exp: 1_000_000_000 }), "EmulatorUnverifiedCmkKeyUnusable"],
  ["a key without its version", () => keyUri.slice(0, keyUri.lastIndexOf("/")), "Succeeded"],
  [
    "a key in a managed HSM that is not there",
    () => "https://hsm-nowhere.managedhsm.azure.net/keys/backup",
    "UserErrorCMKKeyVaultAuthFailure",
  ],
])("%s", async (_what, uri, code) => {
  azure.grant(keyVault, identity.principalId);
  expect(await put(encryption(uri()))).toBe(code);
});

function changed(attributes: object): string {
  azure.setKey(keyUri, attributes);
  return keyUri;
}

test.each([
  ["purge protection off", { enablePurgeProtection: undefined }, "UserErrorCMKPurgeProtectionNotEnabledOnKeyVault"],
  ["soft delete off", { enableSoftDelete: false }, "UserErrorCMKSoftDeleteNotEnabledOnKeyVault"],
  ["a firewall", { networkAcls: { defaultAction: "Deny" } }, "EmulatorUnverifiedCmkUserIdentityRestrictedKeyVault"],
])("a key vault with %s", async (_what, properties, code) => {
  const { id } = azure.createKeyVault("rg-payroll", "kv-other", properties);
  azure.grant(id, identity.principalId);
  expect(await put(encryption(azure.createKey(id, "backup")))).toBe(code);
});

test("while its key changes, a vault shows the old one", async () => {
  azure.grant(keyVault, identity.principalId);
  await put(encryption(keyUri));
  const second = azure.createKey(keyVault, "second");
  const answer = await arm("PUT", vaultId(azure), vault(encryption(second), userAssigned(identity.id)));
  const shown = answer.body.properties.securitySettings.encryptionSettings.keyVaultProperties.keyUri;
  expect(shown).toBe(keyUri);
  await done(arm, answer);
  const settings = azure.vault(vaultId(azure))?.properties.securitySettings.encryptionSettings;
  expect(settings.keyVaultProperties.keyUri).toBe(second);
});

test("a key is not changed when the old one cannot be used any more", async () => {
  azure.grant(keyVault, identity.principalId);
  await put(encryption(keyUri));
  const second = azure.createKey(keyVault, "second");
  azure.setKey(keyUri, { enabled: false });
  expect(await put(encryption(second))).toBe("EmulatorUnverifiedOldKeyUnreachable");
  const settings = azure.vault(vaultId(azure))?.properties.securitySettings.encryptionSettings;
  expect(settings.keyVaultProperties.keyUri).toBe(keyUri);
});

test("encryption stays when a PUT leaves it out, and is missed by a strict emulator", async () => {
  azure.grant(keyVault, identity.principalId);
  await put(encryption(keyUri));
  const left = await arm("PUT", vaultId(azure), vault({}, { ...userAssigned(identity.id), tags: { a: "b" } }));
  expect((await done(arm, left)).body.status).toBe("Succeeded");
  expect(azure.vault(vaultId(azure))?.properties.securitySettings.encryptionSettings.state).toBe("Enabled");
  const strict = await startEmulator({ strictEncryption: true });
  try {
    strict.createResourceGroup("rg-payroll");
    const assigned = strict.createUserAssignedIdentity("rg-payroll", "id-payroll");
    identity = { id: assigned.id, principalId: assigned.properties.principalId };
    const { id } = strict.createKeyVault("rg-payroll", "kv-payroll");
    strict.grant(id, identity.principalId);
    const client = await armClient(strict);
    const body = vault(encryption(strict.createKey(id, "backup")), userAssigned(identity.id));
    await done(client, await client("PUT", vaultId(strict), body));
    const refused = await client("PUT", vaultId(strict), vault({}, userAssigned(identity.id)));
    expect(refused.body.error.code).toBe("EmulatorUnverifiedCmkRemoved");
  } finally {
    await strict.close();
  }
});

test("an emulator that takes any key looks at none, at a deletion neither", async () => {
  azure.set({ uncheckedKeys: true });
  try {
    azure.setKey(keyUri, { enabled: false });
    expect(await put(encryption(keyUri))).toBe("Succeeded");
    expect(await put(encryption(`${keyUri}x`))).toBe("Succeeded");
    azure.setKey(keyUri, undefined);
    expect((await done(arm, await arm("DELETE", vaultId(azure)))).body.status).toBe("Succeeded");
  } finally {
    azure.set({ uncheckedKeys: false });
  }
});

test.each([
  ["disabling it", () => encryption(keyUri, { state: "Disabled" }), "EmulatorUnverifiedCmkDisabled"],
  [
    "encrypting the infrastructure later",
    () => encryption(keyUri, { infrastructureEncryption: "Enabled" }),
    "EmulatorUnverifiedInfrastructureEncryptionFixed",
  ],
  [
    "another identity that is not on the vault",
    () => encryption(keyUri, { kekIdentity: { identityType: "SystemAssigned" } }),
    "EmulatorUnverifiedKekIdentityNotAttached",
  ],
  [
    "an identity of no kind",
    () => encryption(keyUri, { kekIdentity: { identityType: "UserAssigned" } }),
    "EmulatorUnverifiedKekIdentityShape",
  ],
  [
    "an identity of both kinds",
    () => encryption(keyUri, { kekIdentity: { identityType: "SystemAssigned", identityId: identity.id } }),
    "EmulatorUnverifiedKekIdentityShape",
  ],
])("a vault with a key refuses %s", async (_what, properties, code) => {
  azure.grant(keyVault, identity.principalId);
  expect(await put(encryption(keyUri))).toBe("Succeeded");
  expect(await put(properties())).toBe(code);
});

test("key and identity change one after the other", async () => {
  azure.grant(keyVault, identity.principalId);
  await put(encryption(keyUri));
  const second = azure.createKey(keyVault, "second");
  const both = { identity: { type: "SystemAssigned,UserAssigned", userAssignedIdentities: { [identity.id]: {} } } };
  expect(await put(encryption(second), both)).toBe("EmulatorUnverifiedKeyAndIdentityTogether");
  expect(await put(encryption(keyUri), both)).toBe("Succeeded");
  azure.grant(keyVault, azure.vault(vaultId(azure))?.identity.principalId);
  const bySystem = { kekIdentity: { identityType: "SystemAssigned" } };
  expect(await put(encryption(second, bySystem), both)).toBe("EmulatorUnverifiedKeyAndIdentityTogether");
  expect(await put(encryption(keyUri, bySystem), both)).toBe("Succeeded");
  expect(await put(encryption(second, bySystem), both)).toBe("Succeeded");
});

test("a system-assigned identity holds the key only of a vault that is there already", async () => {
  const system = { identity: { type: "SystemAssigned" } };
  const bySystem = encryption(keyUri, { kekIdentity: { identityType: "SystemAssigned" } });
  expect(await put(bySystem, system)).toBe("EmulatorUnverifiedCmkSystemIdentityAtCreate");
  expect(await put({}, system)).toBe("Succeeded");
  azure.grant(keyVault, azure.vault(vaultId(azure))?.identity.principalId);
  expect(await put(bySystem, system)).toBe("Succeeded");
});

test("infrastructure encryption needs a key", async () => {
  const alone = { securitySettings: { encryptionSettings: { infrastructureEncryption: "Enabled" } } };
  expect(await put(alone, {})).toBe("EmulatorUnverifiedInfrastructureEncryptionNeedsCmk");
});

test("the identity that holds the key may leave, and everything fails afterwards", async () => {
  azure.grant(keyVault, identity.principalId);
  await put(encryption(keyUri));
  const left = await arm("PATCH", vaultId(azure), {
    identity: { type: "SystemAssigned", userAssignedIdentities: { [identity.id]: null } },
  });
  expect((await done(arm, left)).body.status).toBe("Succeeded");
  const second = azure.createKey(keyVault, "second");
  const changed = await arm("PATCH", vaultId(azure), { properties: encryption(second) });
  expect((await done(arm, changed)).body.error.code).toBe(missing);
  const deleted = await done(arm, await arm("DELETE", vaultId(azure)));
  expect(deleted.body.error.code).toBe("CloudServiceRetryableError");
  expect(azure.vault(vaultId(azure))).toBeDefined();
});

test("a vault whose key is gone is not deleted", async () => {
  azure.grant(keyVault, identity.principalId);
  await put(encryption(keyUri));
  azure.setKey(keyUri, undefined);
  expect((await done(arm, await arm("DELETE", vaultId(azure)))).body.error.code).toBe("CloudServiceRetryableError");
});

test("a failed update leaves encryption inconsistent until it is tried again", async () => {
  azure.grant(keyVault, identity.principalId);
  await put(encryption(keyUri));
  const second = azure.createKey(keyVault, "second");
  azure.faults.add({ kind: "inconsistent", method: "PUT", path: "backupVaults" });
  expect(await put(encryption(second))).toBe("EmulatorFault");
  const state = () => azure.vault(vaultId(azure))?.properties.securitySettings.encryptionSettings.state;
  expect(state()).toBe("Inconsistent");
  expect(await put(encryption(second))).toBe("Succeeded");
  expect(state()).toBe("Enabled");
});
