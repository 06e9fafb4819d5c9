import { type Emulator, startEmulator } from "../../../emulator/index.js";
import { newStack, type Run, type Stack } from "../../support/stack.js";
import { vaultBlocks } from "../../support/vaultBlocks.js";

let azure: Emulator;
let stack: Stack;
let keyVault: string;
let payroll: Identity;
let sales: Identity;

interface Identity {
  id: string;
  properties: { principalId: string };
}

const backup = "https://kv-payroll.vault.azure.net/keys/backup";
const other = "https://kv-payroll.vault.azure.net/keys/other";
const soon = "https://kv-payroll.vault.azure.net/keys/soon";

const vault = (name: string, more: object = {}) =>
  `const vault = new BackupVault("${name}", ${JSON.stringify({
    vaultName: `bv-${name}`,
    resourceGroupName: "rg-payroll",
    location: "westeurope",
    redundancy: "GeoRedundant",
    softDelete: { state: "On", retentionDurationInDays: 30 },
    ...more,
  })});`;

const assign = (name: string, variable: string, identity: string) =>
  `const ${variable} = new IdentityAssignment("${name}-${variable}", { vault, identity: "${identity}" });`;

const encrypt = (name: string, keyUri: string, identity: string, more: object = {}) =>
  `new EncryptionSettings("${name}", { vault, keyUri: "${keyUri}", identity: ${identity}, ...${JSON.stringify(more)} });`;

/** A vault with an identity, and with a key. */
const assigned = (name: string, more: object = {}) => vault(name, more) + assign(name, "one", payroll.id);
const encrypted = (name: string, keyUri = backup, more: object = {}) =>
  assigned(name, more) + encrypt(name, keyUri, "one");

/** Both are on the vault, whichever its key needs. */
const bothIdentities = () => assigned("changing") + assign("changing", "two", sales.id);

/** What the program says of each vault, as it was last deployed. */
let vaults: Record<string, string>;

const imports = ["BackupVault", "EncryptionSettings", "IdentityAssignment"];
const program = (changes?: Record<string, string>) => vaultBlocks(stack, imports, vaults).program(changes);
const up = (changes?: Record<string, string>) => vaultBlocks(stack, imports, vaults).up(changes);

const idOf = (name: string) =>
  `/subscriptions/${azure.env.ARM_SUBSCRIPTION_ID}/resourceGroups/rg-payroll/providers/Microsoft.DataProtection/backupVaults/bv-${name}`;

const settings = (name: string) => azure.vault(idOf(name))?.properties.securitySettings.encryptionSettings;

function setSettings(name: string, encryptionSettings: object): void {
  azure.setVault(idOf(name), { properties: { securitySettings: { encryptionSettings } } });
}

const identitiesOf = (name: string) => Object.keys(azure.vault(idOf(name))?.identity.userAssignedIdentities);

const recordedOf = async (name: string) =>
  (await stack.resources()).filter(({ id }) => id.toLowerCase().startsWith(idOf(name).toLowerCase()));

const writesTo = (name: string) => azure.writes().filter(({ path }) => path.includes(`/bv-${name}?`));

let first: string;

beforeAll(async () => {
  azure = await startEmulator();
  azure.createResourceGroup("rg-payroll");
  payroll = azure.createUserAssignedIdentity("rg-payroll", "id-payroll") as Identity;
  sales = azure.createUserAssignedIdentity("rg-payroll", "id-sales") as Identity;
  keyVault = azure.createKeyVault("rg-payroll", "kv-payroll").id;
  for (const key of ["backup", "other", "soon"]) azure.createKey(keyVault, key);
  azure.setKey(soon, { exp: Math.floor(Date.now() / 1000) + 10 * 86_400 });
  for (const { properties } of [payroll, sales]) azure.grant(keyVault, properties.principalId);
  stack = await newStack(azure.env);
  vaults = {
    payroll: encrypted("payroll"),
    changing: encrypted("changing"),
    bare: encrypted("bare"),
    lonely: encrypted("lonely"),
    wrong: assigned("wrong"),
    soon: encrypted("soon", soon),
    portal: encrypted("portal"),
    inconsistent: assigned("inconsistent"),
    others: encrypted("others"),
    taken: assigned("taken"),
    moved: encrypted("moved"),
  };
  first = await up();
});

afterAll(async () => {
  stack.remove();
  await azure.close();
});

test("vaults, their identities and their keys come up in one run, and stay without a diff", async () => {
  expect(settings("payroll")).toMatchObject({
    state: "Enabled",
    keyVaultProperties: { keyUri: backup },
    kekIdentity: { identityType: "UserAssigned", identityId: payroll.id },
  });

  const calls = azure.journal().length;
  expect(await stack.preview("--expect-no-changes")).toMatchObject({ code: 0 });
  expect(azure.journal()).toHaveLength(calls);
});

test("a key that expires soon is allowed, and announced", () => {
  expect(first).toContain("its key expires on");
  expect(settings("soon").keyVaultProperties.keyUri).toBe(soon);
});

test("what is wrong with key and key vault is said at preview, all at once, and nothing is sent", async () => {
  const bad = azure.createKeyVault("rg-payroll", "kv-bad", {
    enablePurgeProtection: undefined,
    networkAcls: { defaultAction: "Deny" },
  }).id;
  const keyUri = azure.createKey(bad, "curve", { kty: "EC" });
  azure.setKey(keyUri, { enabled: false });
  const writes = azure.writes().length;

  const { code, output } = await program({ wrong: encrypted("wrong", keyUri) }).preview();

  expect(code).not.toBe(0);
  for (const rule of [
    "cmk-key-type",
    "cmk-key-unusable",
    "key-vault-purge-protection-off",
    "cmk-user-identity-restricted-key-vault",
  ]) {
    expect(output).toContain(rule);
  }
  expect(output).toContain("`keyUri` includes a key version");
  expect(azure.writes()).toHaveLength(writes);
});

test("a refresh shows what somebody else changed, and no more: another key, or settings left Inconsistent", async () => {
  // A new version of the key is none.
  azure.createKey(keyVault, "backup");
  setSettings("portal", { keyVaultProperties: { keyUri: other } });
  setSettings("others", { state: "Inconsistent" });
  const refreshed: Run = await stack.refresh();
  expect(refreshed).toMatchObject({ code: 0 });
  expect(refreshed.output).toContain("keyUri");
  expect(refreshed.output).toContain("~ 2 updated");
  expect((await recordedOf("others")).find(({ type }) => type.endsWith("EncryptionSettings"))?.outputs.state).toBe(
    "Inconsistent",
  );
});

describe("one up", () => {
  let output: string;
  let writesToTaken: number;

  beforeAll(async () => {
    // As somebody has set it in the portal.
    setSettings("taken", {
      state: "Enabled",
      keyVaultProperties: { keyUri: backup },
      kekIdentity: { identityType: "UserAssigned", identityId: payroll.id },
    });
    writesToTaken = writesTo("taken").length;
    azure.faults.add({ method: "PATCH", path: "backupVaults/bv-inconsistent?", kind: "inconsistent", times: 2 });
    output = await up({
      inconsistent: encrypted("inconsistent"),
      taken: encrypted("taken"),
      moved: encrypted("moved", backup, { location: "northeurope" }),
      changing: bothIdentities() + encrypt("changing", other, "one"),
    });
  });

  test("puts a key back that was changed in the portal", () => {
    expect(settings("portal").keyVaultProperties.keyUri).toBe(backup);
  });

  test("makes again what somebody else's update left Inconsistent", () => {
    expect(settings("others").state).toBe("Enabled");
  });

  test("makes its own update again at once when Azure leaves it Inconsistent", () => {
    expect(output).toContain("Inconsistent");
    expect(settings("inconsistent")).toMatchObject({ state: "Enabled", keyVaultProperties: { keyUri: backup } });
  });

  test("takes over what the portal has set, and does not write it", () => {
    expect(writesTo("taken")).toHaveLength(writesToTaken);
  });

  test("encrypts a vault that is replaced again", () => {
    expect(azure.vault(idOf("moved"))?.location).toBe("northeurope");
    expect(settings("moved")).toMatchObject({ state: "Enabled", keyVaultProperties: { keyUri: backup } });
  });
});

test("the identity of the key changes after the key, and together they are refused at preview", async () => {
  expect(settings("changing").keyVaultProperties.keyUri).toBe(other);

  const together = await program({ changing: bothIdentities() + encrypt("changing", backup, "two") }).preview();
  expect(together.code).not.toBe(0);
  expect(together.output).toContain("key-and-identity-together");

  await up({
    changing: vault("changing") + assign("changing", "two", sales.id) + encrypt("changing", other, "two"),
  });
  expect(settings("changing")).toMatchObject({
    keyVaultProperties: { keyUri: other },
    kekIdentity: { identityId: sales.id },
  });
  expect(identitiesOf("changing")).toEqual([sales.id]);
});

test("neither do the settings go without their vault, nor the identity of the key", async () => {
  const lonely = vault("lonely") + encrypt("lonely", backup, JSON.stringify(payroll.id));
  // So that each is refused by itself.
  const { code, output } = await program({ bare: assigned("bare"), lonely }).up("--continue-on-error");
  expect(code).not.toBe(0);
  expect(output).toContain("cmk-removed");
  expect(output).toContain("pulumi state delete");
  expect(settings("bare").state).toBe("Enabled");
  expect(await recordedOf("bare")).toHaveLength(3);
  expect(output).toContain("kek-identity-removed");
  expect(identitiesOf("lonely")).toEqual([payroll.id]);
});

test("vaults, their identities and their keys go in one run", async () => {
  expect(await stack.destroy()).toMatchObject({ code: 0 });
  for (const name of Object.keys(vaults)) expect(azure.vault(idOf(name))).toBeUndefined();
});

test("rights given a moment ago are waited for, and missing ones are named", async () => {
  const late = await startEmulator({ permissionDelayMs: 4_000 });
  try {
    late.createResourceGroup("rg-payroll");
    const identity = late.createUserAssignedIdentity("rg-payroll", "id-payroll") as Identity;
    const store = late.createKeyVault("rg-payroll", "kv-payroll").id;
    late.createKey(store, "backup");
    Object.assign(stack.env, late.env);
    const text = vault("payroll") + assign("payroll", "one", identity.id) + encrypt("payroll", backup, "one");
    vaults = { payroll: text };

    const missing = await program().up();
    expect(missing.code).not.toBe(0);
    expect(missing.output).toContain("cmk-access-missing");
    expect(missing.output).toContain("Key Vault Crypto Service Encryption User");

    late.grant(store, identity.properties.principalId);
    await up();
    const id = idOf("payroll").replace(azure.env.ARM_SUBSCRIPTION_ID, late.env.ARM_SUBSCRIPTION_ID);
    expect(late.vault(id)?.properties.securitySettings.encryptionSettings.state).toBe("Enabled");
  } finally {
    await late.close();
  }
});
