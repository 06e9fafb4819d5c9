import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Ajv2020 } from "ajv/dist/2020.js";
import { exitCode } from "../../cli/review.js";
import { type Live, markdown, type Report, review, sarif, text } from "../../review/index.js";
import { root } from "../../scripts/lib/root.mjs";
import { terraformPlan } from "./planDocuments.js";
import { preview, type StepOf, vaultId } from "./previews.js";

const ours = "pulumi-nodejs:dynamic/azure-backup:";
const recoveryServices = "azure-native:recoveryservices:Vault";
const secret = { "4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270", ciphertext: "hidden" };

const backupVault = (name: string, more: object) => ({
  subscriptionId: "00000000-0000-0000-0000-000000000001",
  resourceGroupName: "backups",
  vaultName: name,
  location: "westeurope",
  vaultId: vaultId(name),
  ...more,
});
const step = (op: string, name: string, old: object | undefined, wanted = old): StepOf => ({
  op,
  type: `${ours}BackupVault`,
  name,
  id: vaultId(name),
  ...(old && { old: backupVault(name, old) }),
  ...(wanted && { new: backupVault(name, wanted) }),
});

const weak = {
  softDelete: { state: "On" },
  immutability: "Unlocked",
  crossRegionRestore: "Disabled",
  crossSubscriptionRestore: "Enabled",
};
const strong = {
  softDelete: { state: "AlwaysOn" },
  immutability: "Locked",
  crossRegionRestore: "Enabled",
  crossSubscriptionRestore: "Disabled",
};

const of = (steps: StepOf[], live?: Live): Promise<Report> =>
  review(preview(...steps), { posture: true, now: 1_800_000_000, ...(live && { live }) });
const found = ({ posture = [] }: Report) =>
  posture.flatMap(({ name, findings }) =>
    findings.map(({ property, value, controls }) => `${name} ${property} ${value}: ${controls.map(({ id }) => id)}`),
  );
const undetermined = ({ posture = [] }: Report) => posture.map((vault) => vault.undetermined);

const showing = (body: object): Live => ({ vault: async () => ({ body }), facts: async () => ({}) });

test("an unchanged vault is compared with the controls, and each finding names those that it does not satisfy", async () => {
  const report = await of([step("same", "payroll", weak)]);
  expect(report.resources).toEqual([]);
  expect(found(report)).toEqual([
    // The CIS control asks only for soft delete and immutability that are enabled.
    "payroll softDelete.state On: 9798d31d-6028-4dee-8643-46102185c016",
    "payroll immutability Unlocked: 2514263b-bc0d-4b06-ac3e-f262c0979018",
    "payroll crossRegionRestore Disabled: 5.1.5",
    "payroll crossSubscriptionRestore Enabled: 5.1.6,4d479a11-f2b5-4f0a-bb1e-d2332aa95cda",
  ]);
  // A state that is not refreshed may not have them.
  expect(undetermined(report)).toEqual([["resourceGuard", "encryption", "encryption.infrastructureEncryption"]]);
});

test("without the option, there is no posture", async () => {
  const report = await review(preview(step("same", "payroll", weak)));
  expect(report).not.toHaveProperty("posture");
  expect(markdown(report) + text(report)).not.toContain("Weaker than");
});

test("a changed vault is compared as the run leaves it, and one that goes is not", async () => {
  expect(found(await of([step("update", "payroll", weak, strong)]))).toEqual([]);
  const weakened = await of([step("update", "payroll", strong, { ...strong, crossRegionRestore: "Disabled" })]);
  expect(found(weakened)).toEqual(["payroll crossRegionRestore Disabled: 5.1.5"]);
  expect((await of([{ ...step("delete", "payroll", weak), new: undefined }])).posture).toEqual([]);
});

test("a new vault has Azure's defaults for what the program leaves out, and the key of a resource of its own", async () => {
  const settings = { op: "create", type: `${ours}EncryptionSettings`, name: "key" };
  const key = { keyUri: "https://kv.vault.azure.net/keys/first", identity: "SystemAssigned" };
  const created = step("create", "payroll", undefined, { immutability: "Locked" });
  const without = found(await of([created]));
  expect(without).toContainEqual(expect.stringMatching(/^payroll encryption platform-managed keys: 5.1.3,/));
  expect(without).toContainEqual(expect.stringMatching(/^payroll resourceGuard Disabled: /));
  const withKey = await of([created, { ...settings, new: { ...key, vault: vaultId("payroll") } }]);
  expect(found(withKey)).not.toContainEqual(expect.stringContaining("encryption platform-managed keys"));
  // The resource may be about this vault.
  const unknownVault = { ...key, vault: "04da6b54-80e4-46f7-96ec-b56ff0331ba9" };
  const [open] = undetermined(await of([created, { ...settings, new: unknownVault }]));
  expect(open).toEqual(["softDelete.state", "encryption", "encryption.infrastructureEncryption"]);
});

test("the live vault counts, with the changes of the program", async () => {
  const live = showing({
    properties: {
      isVaultProtectedByResourceGuard: true,
      securitySettings: { immutabilitySettings: { state: "Locked" }, softDeleteSettings: { state: "AlwaysOn" } },
      featureSettings: { crossSubscriptionRestoreSettings: { state: "Enabled" } },
    },
  });
  const report = await of([step("update", "payroll", {}, { crossSubscriptionRestore: "Disabled" })], live);
  expect(found(report).map((each) => each.split(":")[0])).toEqual([
    "payroll encryption platform-managed keys",
    "payroll encryption.infrastructureEncryption Disabled",
    "payroll crossRegionRestore Disabled",
  ]);
  expect(undetermined(report)).toEqual([[]]);
});

test("what the preview hides stays hidden, whatever the live vault shows, and an unrecognized value is no finding", async () => {
  const live = showing({ properties: { securitySettings: { immutabilitySettings: { state: "Disabled" } } } });
  const hidden = await of([step("same", "payroll", { immutability: secret })], live);
  expect(found(hidden)).not.toContainEqual(expect.stringContaining("immutability"));
  const newer = await of([step("same", "payroll", { ...strong, immutability: "Sealed" })]);
  expect(found(newer)).toEqual([]);
  expect(undetermined(newer)[0]).toContain("immutability");
});

test("a vault of Terraform that does not change is compared, too", async () => {
  const before = { name: "payroll", public_network_access_enabled: true, immutability: "Locked" };
  const change = { type: "azurerm_recovery_services_vault", actions: ["no-op"], before, after: before };
  const report = await review(terraformPlan([change]), { posture: true });
  expect(found(report)).toEqual(["payroll publicNetworkAccess Enabled: 5.2.5,9ebbbba3-4d65-4da9-bb67-b22cfaaff090"]);
});

test("a Recovery Services vault has its own controls and its own spelling", async () => {
  const properties = {
    publicNetworkAccess: "Enabled",
    securitySettings: {
      softDeleteSettings: { softDeleteState: "AlwaysON" },
      immutabilitySettings: { state: "Disabled" },
    },
  };
  const vault = { vaultName: "rsv", resourceGroupName: "backups", properties };
  const report = await of([{ op: "same", type: recoveryServices, name: "rsv", id: "rsv", old: vault, new: vault }]);
  expect(found(report)).toEqual([
    "rsv immutability Disabled: 5.2.2,d6f6f560-14b7-49a4-9fc8-d2c3a9807868",
    "rsv publicNetworkAccess Enabled: 5.2.5,9ebbbba3-4d65-4da9-bb67-b22cfaaff090",
  ]);
});

test("the findings stand last on the page, one for all vaults in which a setting is the same", async () => {
  const immutability = { immutability: "Unlocked" };
  const report = await of([step("same", "payroll", immutability), step("same", "sales", immutability)]);
  const page = markdown(report);
  expect(page.indexOf("What was checked")).toBeLessThan(page.indexOf("Weaker than benchmarks and policies ask (2)"));
  expect(page).toContain("- immutability: Unlocked, **payroll**, **sales**<br>Asked for: Locked (");
  expect(page).toContain(
    "Compared 2 vaults with the controls. 12 settings could not be determined: softDelete.state, ",
  );
  expect(text(report)).toContain("  immutability: Unlocked, payroll, sales\n    Asked for: Locked (Azure Policy: ");
});

test("in SARIF, the findings are notes with the controls", async () => {
  const log = JSON.parse(JSON.stringify(sarif(await of([step("same", "payroll", weak)]))));
  const [run] = log.runs;
  expect(run.results.map(({ ruleId, level }: { ruleId: string; level: string }) => `${level} ${ruleId}`)).toEqual([
    "note posture-soft-delete-state",
    "note posture-immutability",
    "note posture-cross-region-restore",
    "note posture-cross-subscription-restore",
  ]);
  const ids = run.tool.driver.rules.map(({ id }: { id: string }) => id);
  for (const { ruleId, taxa } of run.results) {
    expect(ids).toContain(ruleId);
    for (const { id, index, toolComponent } of taxa)
      expect(run.taxonomies[toolComponent.index].taxa[index]).toMatchObject({ id });
  }
});

test("the JSON fits its schema, and only --fail-on warn makes a finding fail", async () => {
  const report = await of([step("same", "payroll", weak)]);
  const schema = JSON.parse(readFileSync(join(root, "docs/review.schema.json"), "utf8"));
  const validate = new Ajv2020({ strict: false }).compile(schema);
  validate(JSON.parse(JSON.stringify(report)));
  expect(validate.errors).toBeNull();
  const failOn = ["refuse", "undecided", "warn", "never"] as const;
  expect(failOn.map((each) => exitCode(report, each))).toEqual([0, 0, 3, 0]);
  expect(exitCode(await of([step("same", "payroll", strong)]), "warn")).toBe(0);
});
