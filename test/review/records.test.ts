import { judge } from "../../provider/rules/index.js";
import { type ProviderRecord, type Report, review } from "../../review/index.js";
import { preview, type StepOf, vaultId } from "./previews.js";

const type = "pulumi-nodejs:dynamic/azure-backup:BackupVault";
const secret = "https://hush-hush.vault.azure.net/keys/first";
const inputs = {
  vaultName: "payroll",
  resourceGroupName: "backups",
  location: "westeurope",
  redundancy: "GeoRedundant",
};

/** What the provider writes about a locked vault that shall be unlocked. */
const record: ProviderRecord = {
  handler: "backupVault",
  inputs: { vaultId: vaultId() },
  judged: {
    vault: vaultId(),
    verdicts: judge({
      resource: "BackupVault",
      before: { immutability: "Locked", encryption: { state: "Enabled", keyUri: secret } },
      after: { immutability: "Unlocked" },
      apiVersion: "2026-06-01",
      when: "plan",
      now: 1_800_000_000,
    }),
    notes: [`Backup vault "payroll" is encrypted with the key ${secret} already.`],
  },
};
const step: StepOf = {
  op: "update",
  type,
  name: "payroll",
  old: { ...inputs, vaultId: vaultId(), immutability: "Locked" },
  new: { ...inputs, vaultId: vaultId(), immutability: "Unlocked" },
};

const refused = ({ resources }: Report) =>
  resources.flatMap(({ urn, verdicts }) => verdicts.map(({ code }) => `${urn ? "step" : "no step"} ${code}`));

test.each([type, "azure-backup:index:BackupVault"])(
  "what the provider has judged with Azure before it stands for its resource %s",
  async (each) => {
    const report = await review(preview({ ...step, type: each }), { records: [record] });
    expect(refused(report)).toEqual(["step immutability-locked", "step cmk-removed"]);
    expect(report.resources[0]?.notes).toEqual(record.judged?.notes);
  },
);

test("a resource that is checked twice, as in a replacement, says a thing once", async () => {
  const report = await review(preview(step), { records: [record, record, { ...record, judged: undefined }] });
  expect(refused(report)).toEqual(["step immutability-locked", "step cmk-removed"]);
});

test("a refusal is not lost where the preview ended before its resource", async () => {
  const report = await review(preview(), { records: [record] });
  expect(refused(report)).toEqual(["no step immutability-locked", "no step cmk-removed"]);
  expect(report.resources[0]).toMatchObject({ name: "payroll", vaultId: vaultId() });
  // Nobody knows here what is secret.
  expect(JSON.stringify(report)).not.toContain("hush-hush");
});

test("a secret that the provider was given in clear is in no report", async () => {
  const marked = { ...inputs, vaultId: vaultId(), encryption: { keyUri: "[secret]", identity: "SystemAssigned" } };
  const report = await review(preview({ ...step, old: marked, new: marked }), { records: [record] });
  expect(refused(report)).toContain("step cmk-removed");
  expect(JSON.stringify(report)).not.toContain("hush-hush");
});

test("what the provider has not checked is judged from the preview", async () => {
  expect(refused(await review(preview(step), { records: [] }))).toEqual(["step immutability-locked"]);
});

const ours = "pulumi-nodejs:dynamic/azure-backup:";
const hush = { keyUri: secret, identity: "SystemAssigned" };

/** An Azure that knows the key in clear, as every vault tells it. */
const live = {
  vault: async () => ({
    body: {
      location: "westeurope",
      identity: { type: "SystemAssigned" },
      properties: {
        securitySettings: {
          encryptionSettings: {
            state: "Enabled",
            keyVaultProperties: { keyUri: secret },
            kekIdentity: { identityType: "SystemAssigned" },
          },
        },
      },
    },
  }),
  facts: async () => ({}),
};

test.each<[name: string, step: StepOf]>([
  [
    "an azure-native vault's key",
    {
      ...step,
      type: "azure-native:dataprotection:BackupVault",
      old: { ...inputs, properties: { securitySettings: { encryptionSettings: { keyVaultProperties: "[secret]" } } } },
      new: inputs,
    },
  ],
  [
    "the key of settings of their own that leave",
    {
      op: "delete",
      type: `${ours}EncryptionSettings`,
      name: "key",
      old: { vault: vaultId(), ...hush, keyUri: "[secret]" },
    },
  ],
  [
    "the key of settings of their own that change",
    {
      op: "update",
      type: `${ours}EncryptionSettings`,
      name: "key",
      old: { vault: vaultId(), ...hush, keyUri: "[secret]" },
      new: { vault: vaultId(), keyUri: "https://other.vault.azure.net/keys/second", identity: "SystemAssigned" },
    },
  ],
])("%s is in no report where the live vault tells it", async (_, secretStep) => {
  const report = await review(preview(secretStep), { live });
  expect(report.resources.flatMap(({ verdicts }) => verdicts)).not.toHaveLength(0);
  expect(JSON.stringify(report)).not.toContain("hush-hush");
});

test("a vault's name that is secret is in no report that ended before its resource", async () => {
  const hidden = { ...record, inputs: { vaultId: vaultId("[secret]") } };
  const report = await review(preview(), { records: [hidden] });
  expect(refused(report)).toEqual(["no step immutability-locked", "no step cmk-removed"]);
  expect(JSON.stringify(report)).not.toContain("payroll");
});

test("an id with a secret resource group in it is in no report", async () => {
  const marked = { ...step.old, resourceGroupName: "[secret]", vaultId: "[secret]" };
  const report = await review(
    preview({ ...step, old: marked, new: { ...step.new, ...marked, immutability: "Unlocked" } }),
  );
  expect(refused(report)).toContain("step immutability-locked");
  expect(JSON.stringify(report)).not.toContain("/backups/");
});
