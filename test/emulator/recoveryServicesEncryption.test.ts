import { type Arm, done } from "./client.js";
import { arm, azure, emulatorForAll } from "./emulatorForAll.js";
import { recoveryVault as vault, recoveryVaultId as vaultId } from "./recoveryServices.js";

emulatorForAll();

let keyVault: string;
let keyUri: string;
let identity: { id: string; principalId: string };

beforeEach(async () => {
  azure.reset();
  azure.createResourceGroup("rg-payroll");
  keyVault = azure.createKeyVault("rg-payroll", "kv-payroll").id;
  keyUri = azure.createKey(keyVault, "backup");
  const { id, properties } = azure.createUserAssignedIdentity("rg-payroll", "id-payroll");
  identity = { id, principalId: properties.principalId };
  azure.grant(keyVault, identity.principalId);
  await arm("PUT", vaultId(azure), vault());
  await arm("PATCH", vaultId(azure), userAssigned());
});

const userAssigned = () => ({
  identity: { type: "SystemAssigned, UserAssigned", userAssignedIdentities: { [identity.id]: {} } },
});
const byUser = () => ({ userAssignedIdentity: identity.id });
const bySystem = { useSystemAssignedIdentity: true };
const encryption = (uri: string, kekIdentity: object = byUser(), more: object = {}) => ({
  encryption: { keyVaultProperties: { keyUri: uri }, kekIdentity, ...more },
});
const shown = () => azure.vault(vaultId(azure))?.properties.encryption;
const systemPrincipal = () => azure.vault(vaultId(azure))?.identity.principalId;

/** PATCH, followed to its end: "Succeeded", or the code of the refusal or the failure. */
async function patch(properties: object, more: object = {}): Promise<string> {
  return end(await arm("PATCH", vaultId(azure), { properties, ...more }));
}

async function put(properties: object): Promise<string> {
  return end(await arm("PUT", vaultId(azure), vault(properties, userAssigned())));
}

async function end(answer: Awaited<ReturnType<Arm>>): Promise<string> {
  if (answer.status >= 300) return answer.body.error.code;
  const { body } = await done(arm, answer);
  return body.error?.code ?? body.status;
}

const noPermission = "UserErrorCMKKeyVaultAuthFailure";

test("an emulator that takes any key looks at none, whichever API sets it", async () => {
  azure.set({ uncheckedKeys: true });
  try {
    azure.setKey(keyUri, { enabled: false });
    const config = `${vaultId(azure)}/backupEncryptionConfigs/backupResourceEncryptionConfig`;
    const properties = { encryptionAtRestType: "CustomerManaged", keyUri };
    expect((await arm("PUT", config, { properties })).status).toBe(200);
    expect(azure.vault(vaultId(azure))?.properties.backupStorageVersion).toBe("V2");
    expect(await patch(encryption(`${keyUri}x`))).toBe("Succeeded");
  } finally {
    azure.set({ uncheckedKeys: false });
  }
});

test("a vault gets a key, which its configuration of encryption shows", async () => {
  const config = `${vaultId(azure)}/backupEncryptionConfigs/backupResourceEncryptionConfig`;
  expect((await arm("GET", config)).body.properties).toEqual({
    useSystemAssignedIdentity: false,
    encryptionAtRestType: "MicrosoftManaged",
    lastUpdateStatus: "NotEnabled",
    infrastructureEncryptionState: "Disabled",
  });
  const answer = await arm("PATCH", vaultId(azure), { properties: encryption(keyUri) });
  expect(await end(answer)).toBe("Succeeded");
  expect(shown()).toEqual({ ...encryption(keyUri).encryption, infrastructureEncryption: "Disabled" });
  expect(azure.vault(vaultId(azure))?.properties.backupStorageVersion).toBe("V2");
  expect((await arm("GET", config)).body).toEqual({
    id: config,
    name: "backupResourceEncryptionConfig",
    type: "Microsoft.RecoveryServices/vaults/backupEncryptionConfigs",
    properties: {
      userAssignedIdentity: identity.id,
      useSystemAssignedIdentity: false,
      encryptionAtRestType: "CustomerManaged",
      keyUri,
      subscriptionId: "",
      lastUpdateStatus: "Succeeded",
      infrastructureEncryptionState: "Disabled",
    },
  });
});

test("identity and key come in one PATCH", async () => {
  await arm("PUT", vaultId(azure, "rsv-other"), vault());
  const both = { ...userAssigned(), properties: encryption(keyUri) };
  expect(await end(await arm("PATCH", vaultId(azure, "rsv-other"), both))).toBe("Succeeded");
});

test("without the right the operation fails and changes nothing, and succeeds once it is granted", async () => {
  expect(await patch(encryption(keyUri, bySystem))).toBe(noPermission);
  expect(shown()).toBeUndefined();
  azure.grant(`${keyVault}/keys/backup`, systemPrincipal());
  expect(await patch(encryption(keyUri, bySystem))).toBe("Succeeded");
});

test.each([
  [["Get", "List", "WrapKey", "UnwrapKey"], "Succeeded"],
  [["All"], "Succeeded"],
  [["List", "WrapKey", "UnwrapKey"], noPermission],
  [["Get", "WrapKey", "UnwrapKey"], noPermission],
  [["Get", "List", "UnwrapKey"], noPermission],
  [["Get", "List", "WrapKey"], noPermission],
])("an access policy with %s", async (keys, code) => {
  const policy = { tenantId: azure.env.ARM_TENANT_ID, objectId: identity.principalId, permissions: { keys } };
  const { id } = azure.createKeyVault("rg-payroll", "kv-policies", {
    enableRbacAuthorization: false,
    accessPolicies: [policy],
  });
  expect(await patch(encryption(azure.createKey(id, "backup")))).toBe(code);
});

test.each([
  [
    "a key that is not there",
    () => keyUri.replace("/keys/backup", "/keys/nothing"),
    "EmulatorUnverifiedRsvCmkKeyMissing",
  ],
  [
    "a key vault that is not there",
    () => keyUri.replace("kv-payroll", "kv-nowhere"),
    "EmulatorUnverifiedRsvCmkKeyMissing",
  ],
  ["an elliptic key", () => azure.createKey(keyVault, "curve", { kty: "EC" }), "EmulatorUnverifiedRsvCmkKeyType"],
  ["a small key", () => azure.createKey(keyVault, "small", { keySize: 1024 }), "EmulatorUnverifiedRsvCmkKeyType"],
  ["a large key", () => azure.createKey(keyVault, "large", { keySize: 4096 }), "Succeeded"],
  ["a disabled key", () => changed({ enabled: false }), "EmulatorUnverifiedRsvCmkKeyUnusable"],
  ["an expired key", () => changed({ exp: 1_000_000_000 }), "EmulatorUnverifiedRsvCmkKeyUnusable"],
  ["a key without its version", () => keyUri.slice(0, keyUri.lastIndexOf("/")), "Succeeded"],
  ["what is no key's identifier", () => "https://kv-payroll.vault.azure.net/secrets/a", "InvalidRestApiParameter"],
])("%s", async (_what, uri, code) => {
  expect(await patch(encryption(uri()))).toBe(code);
});

function changed(attributes: object): string {
  azure.setKey(keyUri, attributes);
  return keyUri;
}

test.each([
  ["purge protection off", { enablePurgeProtection: undefined }, "EmulatorUnverifiedRsvKeyVaultPurgeProtectionOff"],
  ["soft delete off", { enableSoftDelete: false }, "EmulatorUnverifiedRsvKeyVaultSoftDeleteOff"],
  ["a firewall", { networkAcls: { defaultAction: "Deny" } }, "EmulatorUnverifiedRsvCmkUserIdentityRestrictedKeyVault"],
])("a key vault with %s", async (_what, properties, code) => {
  const { id } = azure.createKeyVault("rg-payroll", "kv-other", properties);
  azure.grant(id, identity.principalId);
  expect(await patch(encryption(azure.createKey(id, "backup")))).toBe(code);
});

test("a key vault in another region", async () => {
  const elsewhere = vaultId(azure, "rsv-north");
  await arm("PUT", elsewhere, vault({}, { location: "northeurope" }));
  const both = { ...userAssigned(), properties: encryption(keyUri) };
  expect(await end(await arm("PATCH", elsewhere, both))).toBe("EmulatorUnverifiedRsvCmkKeyVaultRegion");
});

test.each([
  ["no identity", {}],
  ["identities of both kinds", () => ({ ...byUser(), ...bySystem })],
  ["an identity that is not on the vault", () => ({ userAssignedIdentity: `${identity.id}x` })],
])("encryption with %s is refused", async (_what, kekIdentity) => {
  const kek = typeof kekIdentity === "function" ? kekIdentity() : kekIdentity;
  expect(await patch(encryption(keyUri, kek))).toBe("InvalidRestApiParameter");
});

describe("a vault that is created with a key", () => {
  const id = () => vaultId(azure, "rsv-new");
  const create = async (kekIdentity: object, more: object = {}) =>
    end(await arm("PUT", id(), vault(encryption(keyUri, kekIdentity), more)));
  const systemAssigned = { identity: { type: "SystemAssigned" } };

  // So azurerm creates it, and its tests of that run on Azure.
  test("may get its user-assigned identity later", async () => {
    expect(await create(byUser(), { identity: { type: "None" } })).toBe("Succeeded");
    expect(azure.vault(id())).not.toHaveProperty("identity");
    const identities = { type: "UserAssigned", userAssignedIdentities: { [identity.id]: {} } };
    expect((await arm("PATCH", id(), { identity: identities })).status).toBe(200);
    expect(azure.vault(id())).toMatchObject({ identity: { type: "UserAssigned" }, properties: encryption(keyUri) });
    const second = azure.createKey(keyVault, "second");
    expect(await end(await arm("PATCH", id(), { properties: encryption(second) }))).toBe("Succeeded");
  });

  test.each<[string, () => object, string]>([
    ["an identity without the right", () => ({ userAssignedIdentity: unauthorized() }), noPermission],
    ["an identity that is not there", () => ({ userAssignedIdentity: `${identity.id}x` }), noPermission],
    ["identities of both kinds", () => ({ ...byUser(), ...bySystem }), "InvalidRestApiParameter"],
    ["its own identity, and has none", () => bySystem, "InvalidRestApiParameter"],
  ])("does not work with %s", async (_what, kekIdentity, code) => {
    expect(await create(kekIdentity())).toBe(code);
  });

  test("does not work with its own identity, which nobody can have given rights", async () => {
    expect(await create(bySystem, systemAssigned)).toBe(noPermission);
  });

  const unauthorized = () => azure.createUserAssignedIdentity("rg-payroll", "id-other").id;
});

test("the key comes before anything was registered, or attempted to be, or not at all", async () => {
  azure.register(vaultId(azure), "stpayroll");
  expect(await patch(encryption(keyUri))).toBe("EmulatorUnverifiedRsvCmkAfterRegistration");
  const containers = "backupFabrics/Azure/protectionContainers";
  await arm("DELETE", `${vaultId(azure)}/${containers}/StorageContainer;Storage;sources;stpayroll`);
  expect(await patch(encryption(keyUri))).toBe("EmulatorUnverifiedRsvCmkAfterRegistration");
});

test("a key that came in time changes also after something was registered", async () => {
  await patch(encryption(keyUri));
  azure.protectVm(vaultId(azure), { name: "vm-payroll" });
  const second = azure.createKey(keyVault, "second");
  expect(await patch(encryption(second))).toBe("Succeeded");
  azure.grant(keyVault, systemPrincipal());
  expect(await patch(encryption(second, bySystem))).toBe("Succeeded");
  expect(shown().kekIdentity).toEqual(bySystem);
});

test("there is no way back from a key, and every PUT has to carry it", async () => {
  await patch(encryption(keyUri));
  expect(await put({})).toBe("EmulatorUnverifiedRsvCmkRemoved");
  expect(await put(encryption(keyUri))).toBe("Succeeded");
  expect(await patch({})).toBe("Succeeded");
  expect(shown().keyVaultProperties).toEqual({ keyUri });
  const config = `${vaultId(azure)}/backupEncryptionConfigs/backupResourceEncryptionConfig`;
  const back = await arm("PUT", config, { properties: { encryptionAtRestType: "MicrosoftManaged" } });
  expect(back.body.error.code).toBe("EmulatorUnverifiedRsvCmkRemoved");
});

test.each([
  ["Enabled", "Enabled", "Succeeded"],
  ["Enabled", "Disabled", "EmulatorUnverifiedRsvInfrastructureEncryptionFixed"],
  ["Disabled", "Disabled", "Succeeded"],
  ["Disabled", "Enabled", "EmulatorUnverifiedRsvInfrastructureEncryptionFixed"],
])("infrastructure encryption %s to %s", async (from, to, code) => {
  expect(await patch(encryption(keyUri, byUser(), { infrastructureEncryption: from }))).toBe("Succeeded");
  expect(await patch({ encryption: { infrastructureEncryption: to } })).toBe(code);
});

test("while its key changes, a vault shows the old one", async () => {
  await patch(encryption(keyUri));
  const second = azure.createKey(keyVault, "second");
  const answer = await arm("PUT", vaultId(azure), vault(encryption(second), userAssigned()));
  expect(answer.body.properties.encryption.keyVaultProperties.keyUri).toBe(keyUri);
  expect(await end(answer)).toBe("Succeeded");
  expect(shown().keyVaultProperties.keyUri).toBe(second);
});

test("a key is not changed when the old one cannot be used any more", async () => {
  await patch(encryption(keyUri));
  const second = azure.createKey(keyVault, "second");
  azure.setKey(keyUri, { enabled: false });
  expect(await patch(encryption(second))).toBe("EmulatorUnverifiedRsvOldKeyUnreachable");
  expect(shown().keyVaultProperties.keyUri).toBe(keyUri);
});

test("the identity that holds the key may leave, and the next change of the key fails", async () => {
  await patch(encryption(keyUri));
  const left = { identity: { type: "SystemAssigned", userAssignedIdentities: { [identity.id]: null } } };
  expect(await patch({}, left)).toBe("Succeeded");
  expect(await patch(encryption(azure.createKey(keyVault, "second")))).toBe(noPermission);
});

test("a user-assigned identity takes no key where there are private endpoints, a system-assigned one does", async () => {
  azure.addPrivateEndpoint(vaultId(azure), "pe-payroll");
  expect(await patch(encryption(keyUri))).toBe("EmulatorUnverifiedRsvCmkUserIdentityPrivateEndpoint");
  azure.grant(keyVault, systemPrincipal());
  expect(await patch(encryption(keyUri, bySystem))).toBe("Succeeded");
});

test("the older configuration of encryption uses the vault's own identity", async () => {
  const config = `${vaultId(azure)}/backupEncryptionConfigs/backupResourceEncryptionConfig`;
  const wanted = { properties: { encryptionAtRestType: "CustomerManaged", keyUri } };
  expect((await arm("PUT", config, wanted)).body.error.code).toBe(noPermission);
  azure.grant(keyVault, systemPrincipal());
  expect(await arm("PUT", config, wanted)).toMatchObject({ status: 200, body: undefined });
  expect(shown()).toEqual({ ...encryption(keyUri, bySystem).encryption, infrastructureEncryption: "Disabled" });
});

test("with a guard, the key changes by a request that the guard allows", async () => {
  await patch(encryption(keyUri));
  const guard = `${vaultId(azure).split("/providers")[0]}/providers/Microsoft.DataProtection/resourceGuards/rg-guard`;
  await arm("PUT", guard, { location: "westeurope", properties: {} });
  await arm("PUT", `${vaultId(azure)}/backupResourceGuardProxies/VaultProxy`, {
    properties: { resourceGuardResourceId: guard },
  });
  const second = encryption(azure.createKey(keyVault, "second"));
  expect(await patch(second)).toBe("EmulatorUnverifiedRsvResourceGuardRequired");
  const requests = { resourceGuardOperationRequests: [`${guard}/modifyEncryptionSettings/default`] };
  expect(await patch({ ...second, ...requests })).toBe("Succeeded");
});
