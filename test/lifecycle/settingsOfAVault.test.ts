import { azure, emulatorForAll } from "../emulator/emulatorForAll.js";
import { created, oneRun, oneRunOfPlugin } from "../support/oneRun.js";

// Identity and key of a vault, which a program sets on the vault itself or by resources of their own.

emulatorForAll({ trust: true });

const keyUri = "https://kv-settings.vault.azure.net/keys/backup";
let keyVault: string;
let identity: { id: string; properties: { principalId: string } };

beforeAll(() => {
  azure.createResourceGroup("rg-settings");
  identity = azure.createUserAssignedIdentity("rg-settings", "id-settings") as typeof identity;
  keyVault = azure.createKeyVault("rg-settings", "kv-settings").id;
  azure.createKey(keyVault, "backup");
  azure.createKey(keyVault, "other");
  azure.grant(keyVault, identity.properties.principalId);
});

afterEach(() => azure.faults.clear());

let count = 0;
const vault = (more: object = {}) => ({
  vaultName: `bv-settings-${++count}`,
  resourceGroupName: "rg-settings",
  location: "westeurope",
  redundancy: "GeoRedundant",
  ...more,
});
const idOf = ({ vaultName }: { vaultName: string }) =>
  `/subscriptions/${azure.env.ARM_SUBSCRIPTION_ID}/resourceGroups/rg-settings/providers/Microsoft.DataProtection/backupVaults/${vaultName}`;
const withIdentity = () => ({ identity: { type: "UserAssigned", userAssignedIdentities: [identity.id] } });

describe.each([
  ["dynamic", oneRun],
  ["plugin", oneRunOfPlugin],
] as const)("through the %s front", (_, begun) => {
  const reasons = ({ failures }: { failures: { reason: string }[] }) => failures.map(({ reason }) => reason).join("\n");

  test("an identity that is set inline and by an IdentityAssignment is refused at preview", async () => {
    const run = begun(azure);
    const args = vault({ identity: { type: "SystemAssigned" } });
    await run.backupVault.check({}, args);
    const checked = await run.identityAssignment.check({}, { vault: idOf(args), identity: identity.id });
    expect(reasons(checked)).toContain(
      "from the argument `identity` of its BackupVault, and from its IdentityAssignment",
    );
  });

  test("encryption that is set inline and by EncryptionSettings is refused at preview", async () => {
    const run = begun(azure);
    const encryption = { keyUri, identity: identity.id };
    const args = vault({ ...withIdentity(), encryption });
    await run.backupVault.check({}, args);
    const checked = await run.encryptionSettings.check({}, { vault: idOf(args), ...encryption });
    expect(reasons(checked)).toContain(
      "from the argument `encryption` of its BackupVault, and from its EncryptionSettings",
    );
  });

  test("infrastructure encryption is chosen at creation and not later", async () => {
    const { id } = await created(begun(azure).backupVault, vault(withIdentity()));
    const settings = { vault: id, keyUri, identity: identity.id, infrastructureEncryption: "Enabled" };
    expect(reasons(await begun(azure).encryptionSettings.check({}, settings))).toContain(
      "infrastructure-encryption-fixed",
    );
  });

  test("a change of the key of a vault that was encrypted in the portal is announced", async () => {
    const { id } = await created(begun(azure).backupVault, vault(withIdentity()));
    azure.setVault(id, {
      properties: {
        securitySettings: {
          encryptionSettings: {
            state: "Enabled",
            keyVaultProperties: { keyUri },
            kekIdentity: { identityType: "UserAssigned", identityId: identity.id },
          },
        },
      },
    });
    const run = begun(azure);
    const settings = { vault: id, keyUri: keyUri.replace("backup", "other"), identity: identity.id };
    expect((await run.encryptionSettings.check({}, settings)).failures).toEqual([]);
    expect(run.warnings.join("\n")).toContain("is already encrypted with a key that this program does not manage");
  });

  test("a vault under a lock is not waited for", async () => {
    const run = begun(azure);
    const { id, inputs, outs } = await created(run.backupVault, vault());
    const locked = { kind: "status", status: 409, code: "ScopeLocked", message: "The scope is locked." } as const;
    azure.faults.add({ ...locked, method: "PATCH", path: id, times: "always" });
    const before = azure.writes().length;
    await expect(run.backupVault.update(id, outs, { ...inputs, tags: { owner: "wages" } })).rejects.toThrow(
      "A resource lock forbids it",
    );
    expect(azure.writes().slice(before)).toHaveLength(1);
  });
});
