import { readFileSync } from "node:fs";
import { join } from "node:path";
import { liveAzure } from "../../cli/liveAzure.js";
import { type Emulator, startEmulator } from "../../emulator/index.js";
import { type Report, review } from "../../review/index.js";

// Plans that Terraform and azurerm really made: plans/README.md.
const plan = (name: string) => readFileSync(join(__dirname, "plans", `${name}.json`), "utf8");

/** The most severe findings of each vault or part of one. */
const found = ({ resources }: Report): Record<string, string[]> =>
  Object.fromEntries(
    resources.map(({ name, type, planned, verdicts }) => [
      `${planned} ${name}${type.endsWith("_customer_managed_key") ? ", key" : ""}`,
      verdicts.filter(({ decision }) => decision === "refuse").map(({ code }) => code),
    ]),
  );

test("the first plan of a configuration, with vaults whose IDs are not known, is not refused", async () => {
  const report = await review(plan("created"));
  expect(report.counts).toMatchObject({ refused: 0, unchecked: 0, resources: 16, others: 2 });
  expect(report.resources.every(({ planned }) => planned === "create")).toBe(true);
  expect(report.resources.map(({ address }) => address)).toContain(
    'module.regional["westeurope"].azurerm_data_protection_backup_vault.main[0]',
  );
});

test("a plan right after the apply has no change to a vault", async () => {
  expect(await review(plan("unchanged"))).toMatchObject({ decision: "clear", counts: { resources: 0, others: 2 } });
});

test("a plan with -target is not complete, so not everything was checked", async () => {
  expect((await review(plan("targeted"))).decision).toBe("unchecked");
});

test("without Azure, what a plan alone forbids is refused, and what depends on the vaults' contents is undecided", async () => {
  const report = await review(plan("changed"));
  const refused = Object.entries(found(report)).filter(([, codes]) => codes.length > 0);
  expect(Object.fromEntries(refused)).toEqual({
    "delete bv-keyed, key": ["cmk-removed"],
    "update rsv-encrypted": ["rsv-cmk-removed"],
  });
  const replaced = report.resources.filter(({ planned }) => planned === "replace" || planned === "delete");
  for (const { name, verdicts } of replaced.filter(({ name }) => name !== "bv-forgotten")) {
    expect([name, verdicts.map(({ decision }) => decision)]).toEqual([name, expect.arrayContaining(["undecided"])]);
  }
});

test("without Azure, policies that keep backups for 7 days instead of 30 are judged in the vault that the plan shows", async () => {
  const { resources } = await review(plan("policies"));
  const said = resources.map(({ address = "", verdicts }) => [
    address.replace("azurerm_", ""),
    verdicts.map(({ decision, code }) => `${decision} ${code}`).join(),
  ]);
  const newOnes = "undecided policy-in-use-deleted,warn policy-retention-shorter";
  expect(Object.fromEntries(said)).toEqual({
    "backup_policy_file_share.snapshots": "warn rsv-policy-retention-shorter",
    "backup_policy_file_share.vaulted": "warn rsv-policy-retention-shorter",
    "backup_policy_vm.enhanced": "warn rsv-policy-retention-shorter",
    "backup_policy_vm.open": "undecided rsv-policy-retention-shorter",
    "backup_policy_vm.standard": "refuse rsv-policy-retention-shorter",
    "backup_policy_vm_workload.databases": "refuse rsv-policy-retention-shorter",
    "data_protection_backup_policy_blob_storage.blobs": newOnes,
    "data_protection_backup_policy_disk.disks": newOnes,
    "data_protection_backup_policy_kubernetes_cluster.clusters": newOnes,
    "data_protection_backup_policy_postgresql_flexible_server.servers": newOnes,
  });
});

test("a vault that the configuration only renames or forgets is not deleted", async () => {
  const report = await review(plan("changed"));
  expect(Object.keys(found(report)).filter((each) => /moved|unchanged/.test(each))).toEqual([]);
  const forgotten = report.resources.find(({ name }) => name === "bv-forgotten");
  expect(forgotten).toMatchObject({ verdicts: [] });
  expect(forgotten).not.toHaveProperty("destroys");
});

describe("with the live vaults", () => {
  let azure: Emulator;
  const at = (path: string) =>
    `/subscriptions/${azure.env.ARM_SUBSCRIPTION_ID}/resourceGroups/rg-plans/providers/${path}`;
  const vault = (name: string) => at(`Microsoft.DataProtection/backupVaults/${name}`);

  beforeAll(async () => {
    azure = await startEmulator();
    azure.trust();
    azure.createResourceGroup("rg-plans");
    const redundancy = { storageSettings: [{ datastoreType: "VaultStore", type: "GeoRedundant" }] };
    for (const name of ["bv-redundancy", "bv-always-on", "bv-destroyed", "bv-cross-region"]) {
      azure.arm("PUT", vault(name), { location: "westeurope", properties: redundancy });
    }
    for (const name of ["bv-redundancy", "bv-destroyed"]) azure.protect(vault(name), { name: `blobs-of-${name}` });
    azure.arm("PUT", at("Microsoft.RecoveryServices/vaults/rsv-cross-region"), {
      location: "westeurope",
      sku: { name: "Standard" },
      properties: {},
    });
  });
  afterAll(() => azure.close());

  test("azurerm's replacement for another redundancy is refused where the vault holds backups", async () => {
    const report = await review(plan("changed"), { live: liveAzure(azure.env) });
    expect(found(report)).toMatchObject({
      "replace bv-redundancy": expect.arrayContaining(["vault-replaced"]),
      "delete bv-destroyed": expect.arrayContaining(["delete-with-instances"]),
      // Nothing uses the policy.
      "replace azurerm_data_protection_backup_policy_disk.daily": [],
      // It is empty, so it is only a warning that the vault would be another one.
      "replace bv-cross-region": [],
    });
    expect(JSON.stringify(report)).not.toMatch(/\bpulumi (up|state)|retainOnDelete|outside Pulumi/);
  });

  test("a plan for the destruction of everything is refused for the vaults that hold backups, and only for them", async () => {
    const report = await review(plan("destroyed"), { live: liveAzure(azure.env) });
    const refused = Object.entries(found(report)).filter(([, codes]) => codes.includes("delete-with-instances"));
    expect(refused.map(([name]) => name)).toEqual(["delete bv-destroyed", "delete bv-redundancy"]);
  });
});
