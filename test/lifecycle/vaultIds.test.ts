import { azure, emulatorForAll } from "../emulator/emulatorForAll.js";
import { oneRun } from "../support/oneRun.js";

emulatorForAll({ trust: true });
beforeAll(() => azure.createResourceGroup("rg-payroll"));

const at = (path: string) =>
  `/subscriptions/${azure.env.ARM_SUBSCRIPTION_ID}/resourceGroups/rg-payroll/providers/${path}`;
const backup = () => at("Microsoft.DataProtection/backupVaults/bv-payroll");
const recovery = () => at("Microsoft.RecoveryServices/vaults/rsv-payroll");
const keyUri = "https://kv-payroll.vault.azure.net/keys/backup";

const sentences = (failures: { reason: string }[]) => failures.map(({ reason }) => reason).join("\n");

test.each<[string, () => string]>([
  ["a key vault", () => at("Microsoft.KeyVault/vaults/kv-payroll")],
  ["a vault of a provider that has none", () => at("Microsoft.Backup/backupVaults/bv-payroll")],
  ["what lies in a vault", () => `${backup()}/backupInstances/payroll`],
  ["a resource group", () => backup().split("/providers/")[0] ?? ""],
  ["a name", () => "bv-payroll"],
])("the id of %s is taken for no vault, and Azure is not asked", async (_, id) => {
  const before = azure.journal().length;
  const run = oneRun(azure);
  const parts = { identity: "SystemAssigned", vault: id() };
  for (const { failures } of [
    await run.identityAssignment.check({}, parts),
    await run.encryptionSettings.check({}, { ...parts, keyUri }),
  ]) {
    expect(sentences(failures)).toContain("vault must be an ARM ID of the form");
  }
  await expect(run.backupVault.read(id(), {})).rejects.toThrow("is not the ARM ID of a Backup vault");
  await expect(run.recoveryServicesVault.read(id(), {})).rejects.toThrow(
    "is not the ARM ID of a Recovery Services vault",
  );
  expect(azure.journal()).toHaveLength(before);
});

test("a vault of the other kind is not read as one of this", async () => {
  const before = azure.journal().length;
  const run = oneRun(azure);
  await expect(run.backupVault.read(recovery(), {})).rejects.toThrow("is not the ARM ID of a Backup vault");
  await expect(run.recoveryServicesVault.read(backup(), {})).rejects.toThrow(
    "is not the ARM ID of a Recovery Services",
  );
  expect(azure.journal()).toHaveLength(before);
});

test.each<[string, () => string, string]>([
  ["Backup vault", backup, 'Backup vault "bv-payroll" has two EncryptionSettings'],
  ["Recovery Services vault", recovery, 'Recovery Services vault "rsv-payroll" has two EncryptionSettings'],
])("two keys for one %s are refused by its name", async (_, id, expected) => {
  const { encryptionSettings } = oneRun(azure);
  const settings = { vault: id(), identity: "SystemAssigned", keyUri };
  await encryptionSettings.check({}, settings);
  const { failures } = await encryptionSettings.check({}, { ...settings, keyUri: `${keyUri}-other` });
  expect(sentences(failures)).toContain(expected);
});

test("access that a Recovery Services vault needs is not taken away, and the vault is called what it is", async () => {
  const identity = azure.createUserAssignedIdentity("rg-payroll", "id-payroll");
  azure.createKey(azure.createKeyVault("rg-payroll", "kv-payroll").id, "backup");
  const run = oneRun(azure);
  const access = { keyUri, principalId: identity.properties.principalId };
  const { inputs } = await run.keyAccess.check({}, access);
  const { id, outs } = await run.keyAccess.create(inputs);
  const vault = await run.recoveryServicesVault.check(
    {},
    {
      vaultName: "rsv-payroll",
      resourceGroupName: "rg-payroll",
      location: "westeurope",
      identity: { type: "UserAssigned", userAssignedIdentities: [identity.id] },
      encryption: { keyUri, identity: identity.id },
    },
  );
  expect(vault.failures).toEqual([]);
  await run.recoveryServicesVault.create(vault.inputs);
  await expect(run.keyAccess.delete(id, outs)).rejects.toThrow(
    'while the key encrypts Recovery Services vault "rsv-payroll"',
  );
});
