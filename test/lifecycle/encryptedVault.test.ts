import { type Emulator, startEmulator } from "../../emulator/index.js";
import { signIn } from "../emulator/client.js";
import { created, oneRun } from "../support/oneRun.js";

let azure: Emulator;
let identity: { id: string; properties: { principalId: string } };
let keyVault: { id: string; properties: { vaultUri: string } };
let vault: string;

const keyUri = "https://kv-payroll.vault.azure.net/keys/backup";
const other = "https://kv-payroll.vault.azure.net/keys/other";
let worlds = 0;

/** A vault that is encrypted by a user-assigned identity, each part by a resource of its own. */
async function encrypted() {
  const run = oneRun(azure);
  const made = await created(run.backupVault, vaultArgs());
  const assignment = await created(run.identityAssignment, { vault, identity: identity.id });
  const settings = await created(run.encryptionSettings, { vault, keyUri, identity: identity.id });
  return { made, assignment, settings };
}

const vaultArgs = (more: object = {}) => ({
  vaultName: vault.slice(vault.lastIndexOf("/") + 1),
  resourceGroupName: "rg-payroll",
  location: "westeurope",
  redundancy: "LocallyRedundant",
  softDelete: { state: "On", retentionDurationInDays: 30 },
  ...more,
});

beforeEach(async () => {
  azure = await startEmulator({ trust: true });
  azure.createResourceGroup("rg-payroll");
  identity = azure.createUserAssignedIdentity("rg-payroll", "id-payroll") as typeof identity;
  keyVault = azure.createKeyVault("rg-payroll", "kv-payroll") as typeof keyVault;
  for (const name of ["backup", "other"]) azure.createKey(keyVault.id, name);
  azure.grant(keyVault.id, identity.properties.principalId);
  worlds += 1;
  vault = `/subscriptions/${azure.env.ARM_SUBSCRIPTION_ID}/resourceGroups/rg-payroll/providers/Microsoft.DataProtection/backupVaults/bv-encrypted-${worlds}`;
});

afterEach(() => azure.close());

const encryption = () => azure.vault(vault)?.properties.securitySettings.encryptionSettings;

/** As its owner does it. */
async function recoverKey(): Promise<void> {
  const { access_token } = (await signIn(azure, { scope: "https://vault.azure.net/.default" })).body;
  const { oid } = JSON.parse(Buffer.from(access_token.split(".")[1], "base64url").toString());
  azure.grant(keyVault.id, oid, "14b46e9e-c2b7-41b4-b07b-48a6ebf60603");
  const recovered = await fetch(`${keyVault.properties.vaultUri}deletedkeys/backup/recover?api-version=7.4`, {
    method: "POST",
    headers: { authorization: `Bearer ${access_token}` },
  });
  if (!recovered.ok) throw new Error(await recovered.text());
}

test("while its key is deleted a vault neither takes another key nor goes, and both again when the key is recovered", async () => {
  const { made, settings } = await encrypted();
  azure.setKey(keyUri, undefined);
  const change = { vault, keyUri: other, identity: identity.id };
  const refused = await oneRun(azure).encryptionSettings.check(settings.inputs, change);
  expect(refused.failures.map(({ reason }) => reason).join()).toContain("old-key-unreachable");
  await expect(oneRun(azure).backupVault.delete(made.id, made.outs)).rejects.toThrow("delete-cmk-broken");
  expect(azure.vault(vault)).toBeDefined();

  await recoverKey();
  const run = oneRun(azure);
  const { inputs, failures } = await run.encryptionSettings.check(settings.inputs, change);
  expect(failures).toEqual([]);
  await run.encryptionSettings.update(settings.id, settings.outs, inputs);
  expect(encryption().keyVaultProperties.keyUri).toBe(other);
  await run.backupVault.delete(made.id, made.outs);
  expect(azure.vault(vault)).toBeUndefined();
});

test("a vault goes on to a new key in a new key vault", async () => {
  const { settings } = await encrypted();
  const store = azure.createKeyVault("rg-payroll", "kv-new").id;
  azure.createKey(store, "backup");
  azure.grant(store, identity.properties.principalId);
  const run = oneRun(azure);
  const change = { vault, keyUri: "https://kv-new.vault.azure.net/keys/backup", identity: identity.id };
  const { inputs, failures } = await run.encryptionSettings.check(settings.inputs, change);
  expect(failures).toEqual([]);
  await run.encryptionSettings.update(settings.id, settings.outs, inputs);
  expect(encryption()).toMatchObject({ state: "Enabled", keyVaultProperties: { keyUri: change.keyUri } });
});

test("an identity that somebody took off an encrypted vault is drift, and comes back", async () => {
  const { assignment, settings } = await encrypted();
  azure.setVault(vault, { identity: undefined });
  const run = oneRun(azure);
  expect(await run.identityAssignment.read(assignment.id, assignment.outs)).toEqual({});
  expect(await run.encryptionSettings.read(settings.id, settings.outs)).toMatchObject({ id: settings.id });

  await created(run.identityAssignment, { vault, identity: identity.id });
  expect(Object.keys(azure.vault(vault)?.identity.userAssignedIdentities)).toEqual([identity.id]);
  expect(encryption().state).toBe("Enabled");
});

test.each([
  ["disabled", { enabled: false }],
  ["expired", { exp: 1_600_000_000 }],
])(
  "a key that is %s is refused to a vault that would take it, and does not stand against other changes",
  async (_, attributes) => {
    const { made, settings } = await encrypted();
    azure.setKey(other, attributes);
    const refused = await oneRun(azure).encryptionSettings.check(settings.inputs, {
      vault,
      keyUri: other,
      identity: identity.id,
    });
    expect(refused.failures.map(({ reason }) => reason).join()).toContain("cmk-key-unusable");

    azure.setKey(keyUri, attributes);
    const run = oneRun(azure);
    const { inputs, failures } = await run.backupVault.check(made.inputs, vaultArgs({ tags: { owner: "payroll" } }));
    expect(failures).toEqual([]);
    await run.backupVault.update(made.id, made.outs, inputs);
    expect(azure.vault(vault)?.tags).toEqual({ owner: "payroll" });
    expect(encryption().state).toBe("Enabled");
  },
);

test("a key that is rotated is no change for a vault that names it without a version", async () => {
  const { settings } = await encrypted();
  azure.createKey(keyVault.id, "backup");
  const run = oneRun(azure);
  const found = await run.encryptionSettings.read(settings.id, settings.outs);
  expect(found).toMatchObject({ inputs: settings.inputs });
  const { changes } = await run.encryptionSettings.diff(settings.id, settings.outs, settings.inputs);
  expect(changes).toBe(false);
});
