import { review } from "../../review/index.js";
import { preview, type StepOf } from "./previews.js";

const settings = (state: string | undefined, tags?: object) => ({
  vaultName: "payroll",
  resourceGroupName: "backups",
  location: "westeurope",
  tags,
  properties: {
    storageSettings: [{ datastoreType: "VaultStore", type: "GeoRedundant" }],
    securitySettings: { softDeleteSettings: state && { state, retentionDurationInDays: 14 } },
  },
});

const classic = (tags?: object) => ({
  name: "payroll",
  resourceGroupName: "backups",
  location: "westeurope",
  datastoreType: "VaultStore",
  redundancy: "GeoRedundant",
  softDelete: "On",
  retentionDurationInDays: 14,
  tags,
});

const created = (type: string): StepOf => ({ op: "create", type, name: "payroll", new: settings("On") });

/** A change of tags, of a vault that its last write left with `state`. */
const tagged = (type: string, more: object = {}, state = "On"): StepOf => ({
  op: "update",
  type,
  name: "payroll",
  old: settings(state),
  new: settings(state, { owner: "payroll" }),
  ...more,
});

async function found(step: StepOf): Promise<string[]> {
  const { resources } = await review(preview(step), { now: 1_800_000_000 });
  return resources.flatMap(({ verdicts, unchecked }) => [
    ...verdicts.map(({ code, decision }) => `${decision} ${code}`),
    ...(unchecked ? [unchecked] : []),
  ]);
}

const refused = ["refuse soft-delete-not-always-on"];

// What another provider writes by an older version Azure takes, so there is nothing to say of it either.
test.each([
  ["azure-native:dataprotection:BackupVault", []],
  ["azure-native:dataprotection/v20250701:BackupVault", []],
  ["azure-native:dataprotection/v20250901:BackupVault", refused],
  ["azure-native:dataprotection/v20260831preview:BackupVault", refused],
  ["azure-native_dataprotection_v20250701:dataprotection:BackupVault", []],
  ["azure-native_dataprotection_v20250901:dataprotection:BackupVault", refused],
  ["azure-native_dataprotection_v20260831preview:dataprotection:BackupVault", refused],
])("a vault of %s is judged by the api-version that writes it", async (type, verdicts) => {
  expect(await found(created(type))).toEqual(verdicts);
  expect(await found(tagged(type))).toEqual(verdicts);
  expect(await found(tagged(type, {}, "AlwaysOn"))).toEqual([]);
});

test("a vault of the classic provider is written by an older api-version, and nothing is said of it", async () => {
  const type = "azure:dataprotection/backupVault:BackupVault";
  expect(await found({ op: "create", type, name: "payroll", new: classic() })).toEqual([]);
  const step: StepOf = { op: "update", type, name: "payroll", old: classic(), new: classic({ owner: "payroll" }) };
  expect(await found(step)).toEqual([]);
});

test("this package says that it writes a vault by an older api-version", async () => {
  const args = {
    vaultName: "payroll",
    resourceGroupName: "backups",
    location: "westeurope",
    redundancy: "GeoRedundant",
  };
  const softDelete = { state: "On", retentionDurationInDays: 14 };
  const type = "pulumi-nodejs:dynamic/azure-backup:BackupVault";
  expect(await found({ op: "create", type, name: "payroll", new: { ...args, softDelete } })).toEqual([
    "warn soft-delete-not-always-on",
  ]);
});

test("the api-version of the last write counts only where the type is still the same", async () => {
  const type = "azure-native:dataprotection:BackupVault";
  const outputs = { azureApiVersion: "2025-09-01" };
  expect(await found(tagged(type, { outputs }))).toEqual(refused);
  const oldType = "azure-native_dataprotection_v20250901:dataprotection:BackupVault";
  expect(await found(tagged(type, { outputs, oldType }))).toEqual([]);
});

test.each(["azure-native_recoveryservices_v20250801:recoveryservices:Vault", "azure-native:recoveryservices:Vault"])(
  "a vault of %s is judged as a Recovery Services vault",
  async (type) => {
    const vault = (state: string) => ({
      ...settings(undefined),
      properties: { securitySettings: { immutabilitySettings: { state } } },
    });
    const step: StepOf = { op: "update", type, name: "payroll", old: vault("Locked"), new: vault("Disabled") };
    expect(await found(step)).toEqual(["refuse rsv-immutability-locked"]);
  },
);
