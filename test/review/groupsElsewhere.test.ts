import { liveAzure } from "../../cli/liveAzure.js";
import { type Emulator, startEmulator } from "../../emulator/index.js";
import { review } from "../../review/index.js";
import { diskInstance, type Form, formsOf, type Thing } from "./forms.js";
import { whatIf } from "./planDocuments.js";
import { preview, type StepOf } from "./previews.js";
import { said } from "./said.js";

let azure: Emulator;
const groupOf = (name: string) => `/subscriptions/${azure.env.ARM_SUBSCRIPTION_ID}/resourceGroups/${name}`;
const at = (group: string, path: string) => `${groupOf(group)}/providers/${path}`;
const vault = () => at("rg-vaults", "Microsoft.DataProtection/backupVaults/bv-disks");
const instanceId = () => `${vault()}/backupInstances/disk`;
const guard = () => at("rg-guards", "Microsoft.DataProtection/resourceGuards/guard");

const disks = "Microsoft.Compute/disks";
const parametersOf = (resourceGroupId: string) => ({
  dataStoreParametersList: [
    { objectType: "AzureOperationalStoreParameters", dataStoreType: "OperationalStore", resourceGroupId },
  ],
});

function encrypt(name: string, keyUri: string): void {
  const id = at("rg-vaults", `Microsoft.DataProtection/backupVaults/${name}`);
  const storageSettings = [{ datastoreType: "VaultStore", type: "GeoRedundant" }];
  const identity = { type: "SystemAssigned" };
  azure.arm("PUT", id, { location: "westeurope", identity, properties: { storageSettings } });
  const encryptionSettings = {
    state: "Enabled",
    keyVaultProperties: { keyUri },
    kekIdentity: { identityType: "SystemAssigned" },
  };
  azure.setVault(id, { properties: { securitySettings: { encryptionSettings } } });
}

beforeAll(async () => {
  azure = await startEmulator({ trust: true });
  for (const name of ["vaults", "snapshots", "machines", "keys", "hsms", "guards", "others"])
    azure.createResourceGroup(`rg-${name}`);
  azure.createKeyVault("rg-keys", "kv-elsewhere");
  azure.createManagedHsm("rg-hsms", "hsm-elsewhere");
  encrypt("bv-keyed", "https://kv-elsewhere.vault.azure.net/keys/first");
  encrypt("bv-hsm", "https://hsm-elsewhere.managedhsm.azure.net/keys/first");
  encrypt("bv-disks", "https://kv-third.vault.azure.net/keys/first");
  const policyId = `${vault()}/backupPolicies/daily`;
  azure.arm("PUT", policyId, {
    properties: { objectType: "BackupPolicy", datasourceTypes: [disks], policyRules: [] },
  });
  azure.arm("PUT", instanceId(), {
    properties: {
      objectType: "BackupInstance",
      friendlyName: "disk",
      dataSourceInfo: {
        ...{ objectType: "Datasource", datasourceType: disks, resourceType: disks, resourceName: "disk" },
        resourceID: at("rg-others", `${disks}/disk`),
      },
      policyInfo: { policyId, policyParameters: parametersOf(groupOf("rg-snapshots")) },
    },
  });
  azure.createDataSource(at("rg-snapshots", "Microsoft.Compute/snapshots/first"));
  azure.createDataSource(at("rg-machines", "Microsoft.Compute/restorePointCollections/AzureBackup_vm_1"));
  azure.createDataSource(at("rg-others", "Microsoft.Compute/restorePointCollections/mine"));
  azure.createDataSource(at("rg-others", `${disks}/disk`));
  azure.arm("PUT", guard(), { location: "westeurope", properties: {} });
  azure.arm("PUT", `${vault()}/backupResourceGuardProxies/DppResourceGuardProxy`, {
    properties: { resourceGuardResourceId: guard() },
  });
});
afterAll(() => azure.close());

/** It, and whether the run deletes it or leaves it. */
const step = (op: string, { type, id, inputs }: Form, name = "it"): StepOf => ({
  ...{ op, type, name, id, old: inputs },
  ...(op !== "delete" && { new: inputs }),
});
const groups = (name: string): Form[] =>
  formsOf({
    id: groupOf(name),
    arm: "Microsoft.Resources/resourceGroups",
    native: "resources:ResourceGroup",
    classic: ["azure:core/resourceGroup:ResourceGroup", "azurerm_resource_group"],
    body: { location: "westeurope" },
    arguments: { location: "westeurope" },
  });
const gone = (name: string): StepOf => step("delete", groups(name)[0] as Form, "group");

const disk = (group = "rg-snapshots"): Thing => ({
  id: instanceId(),
  ...diskInstance,
  body: { properties: { policyInfo: { policyParameters: parametersOf(groupOf(group)) } } },
  arguments: { vaultId: vault(), snapshotResourceGroupName: group },
  own: { vault: vault(), snapshotResourceGroupId: groupOf(group), onDelete: "delete" },
});

const withAzure = async (...steps: StepOf[]) => said(await review(preview(...steps), { live: liveAzure(azure.env) }));
const withoutAzure = async (...steps: StepOf[]) => said(await review(preview(...steps)));

const lost = "refuse snapshot-resource-group-deleted";

describe("the resource group with the snapshots of a backup instance", () => {
  test("is not deleted or replaced, whoever manages it: the instances in Azure say it", async () => {
    const reviewed = groups("rg-snapshots").flatMap((it) =>
      ["delete", "replace"].map(async (op) => ({ type: it.type, found: await withAzure(step(op, it)) })),
    );
    const found = await Promise.all(reviewed);
    expect(found.filter((each) => each.found.join() !== lost)).toEqual([]);
  });

  test("is not deleted where the program shows the instance, whoever manages it", async () => {
    const reviewed = formsOf(disk()).map(async (it) => ({
      type: it.type,
      found: await withoutAzure(step("same", it), gone("rg-snapshots")),
    }));
    const found = await Promise.all(reviewed);
    expect(found.filter((each) => !each.found.includes(lost))).toEqual([]);
  });

  test("may go with the instances that the run deletes", async () => {
    const reviewed = formsOf(disk()).map(async (it) => ({
      type: it.type,
      found: await withAzure(step("delete", it), gone("rg-snapshots")),
    }));
    const found = await Promise.all(reviewed);
    expect(found.filter((each) => each.found.some((verdict) => /snapshot/.test(verdict)))).toEqual([]);
  });

  test("stays with an instance that this package only stops", async () => {
    const stopped = formsOf({ ...disk(), own: { ...disk().own, onDelete: "suspend" } }).filter(({ type }) =>
      type.includes("azure-backup"),
    );
    for (const it of stopped) expect(await withAzure(step("delete", it), gone("rg-snapshots"))).toContain(lost);
  });

  test("is another one than a group of a similar name", async () => {
    const reviewed = formsOf(disk("rg-snapshots-2")).map((it) => withoutAzure(step("same", it), gone("rg-snapshots")));
    expect((await Promise.all(reviewed)).flat().filter((verdict) => /snapshot/.test(verdict))).toEqual([]);
  });

  test("is undecided where the program keeps it secret, or azurerm's subscription may be another one", async () => {
    const secret = { "4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270", ciphertext: "" };
    const [ours] = formsOf({ ...disk(), own: { ...disk().own, snapshotResourceGroupId: secret } }).filter(({ type }) =>
      type.includes("azure-backup"),
    );
    const undecided = lost.replace("refuse", "undecided");
    expect(await withoutAzure(step("same", ours as Form), gone("rg-snapshots"))).toContain(undecided);
    const classic = (subscription: string | undefined, of: string) =>
      formsOf({
        ...disk(),
        id: instanceId().replace(azure.env.ARM_SUBSCRIPTION_ID ?? "", of),
        arguments: { snapshotResourceGroupName: "rg-snapshots", snapshotSubscriptionId: subscription },
      }).find(({ type }) => type.startsWith("azure:")) as Form;
    const other = "00000000-0000-0000-0000-00000000000f";
    const judged = (it: Form) => withoutAzure(step("same", it), gone("rg-snapshots"));
    expect(await judged(classic(undefined, other))).toContain(undecided);
    expect(await judged(classic(azure.env.ARM_SUBSCRIPTION_ID, other))).toContain(lost);
    expect((await judged(classic(other, other))).filter((verdict) => /snapshot/.test(verdict))).toEqual([]);
  });
});

describe("the resource group with the instant restore points of virtual machines", () => {
  const warned = "warn snapshot-resource-group-deleted";

  test("is a warning by what Azure lists in it", async () => {
    for (const it of groups("rg-machines")) expect(await withAzure(step("delete", it))).toEqual([warned]);
  });

  const policy = (prefix: string, suffix?: string): Thing => ({
    id: at("rg-vaults", "Microsoft.RecoveryServices/vaults/rsv/backupPolicies/machines"),
    arm: "Microsoft.RecoveryServices/vaults/backupPolicies",
    native: "recoveryservices:ProtectionPolicy",
    classic: ["azure:backup/policyVM:PolicyVM", "azurerm_backup_policy_vm"],
    ours: "RecoveryServicesBackupPolicy",
    body: {
      properties: { instantRPDetails: { azureBackupRGNamePrefix: prefix, azureBackupRGNameSuffix: suffix } },
    },
    arguments: { instantRestoreResourceGroup: { prefix, suffix } },
    own: { instantRPDetails: { azureBackupRGNamePrefix: prefix, azureBackupRGNameSuffix: suffix } },
  });

  test.each<[group: string, prefix: string, suffix: string | undefined, isFound: boolean]>([
    ["AzureBackupRG_westeurope_1", "other-", undefined, true],
    ["points-1", "points-", undefined, true],
    ["Points-12-prod", "points-", "-prod", true],
    ["points-1-test", "points-", "-prod", false],
    ["points-app", "points-", undefined, false],
  ])(
    "without access to Azure, %s is judged by its name and the policy's %s%s",
    async (group, prefix, suffix, isFound) => {
      for (const it of formsOf(policy(prefix, suffix))) {
        const found = await withoutAzure(step("same", it), gone(group));
        expect([it.type, found.includes(warned)]).toEqual([it.type, isFound]);
      }
    },
  );
});

describe("a snapshot or restore point whose deletion is a warning only if it may be a backup:", () => {
  const warned = ["warn backup-snapshot-deleted"];
  const snapshot = (name: string, group: string): Thing => ({
    id: at(group, `Microsoft.Compute/snapshots/${name}`),
    arm: "Microsoft.Compute/snapshots",
    native: "compute:Snapshot",
    classic: ["azure:compute/snapshot:Snapshot", "azurerm_snapshot"],
    body: { location: "westeurope" },
    arguments: { name },
  });
  const points = (path: string): Thing => ({
    id: at("rg-any", `Microsoft.Compute/restorePointCollections/${path}`),
    arm: "Microsoft.Compute/restorePointCollections",
    native: "compute:RestorePointCollection",
    classic: [
      "azure:compute/restorePointCollection:RestorePointCollection",
      "azurerm_virtual_machine_restore_point_collection",
    ],
    body: { location: "westeurope" },
    arguments: { name: path },
  });
  const kept = () => step("same", formsOf(disk())[0] as Form, "disk");

  test.each<[what: string, thing: () => Thing, blind: string[], live: string[]]>([
    ["one in the group of an instance's snapshots", () => snapshot("s", "rg-snapshots"), warned, warned],
    ["one in another group", () => snapshot("s", "rg-others"), [], []],
    ["one in another group, with a name of Azure Backup", () => snapshot("AzureBackup_1", "rg-others"), warned, warned],
    ["restore points with a name of Azure Backup", () => points("AzureBackup_vm1_123"), warned, warned],
    ["other restore points", () => points("mine"), [], []],
  ])("%s", async (_, thing, blind, live) => {
    for (const it of formsOf(thing())) {
      for (const op of ["delete", "replace"]) {
        const found = [await withoutAzure(kept(), step(op, it)), await withAzure(step(op, it))];
        expect([it.type, op, ...found]).toEqual([it.type, op, blind, live]);
      }
      expect(await withoutAzure(kept(), step("update", it))).toEqual([]);
    }
  });

  test("one of an instance that the run deletes is none any more", async () => {
    const [it] = formsOf(snapshot("s", "rg-snapshots"));
    for (const gone of formsOf(disk())) {
      const found = await withAzure(step("delete", gone, "disk"), step("delete", it as Form));
      expect(found.filter((each) => each === warned[0])).toEqual([]);
    }
  });

  test("one of which it is not known, because a vault cannot be read", async () => {
    const path = `${vault()}/backupInstances`;
    azure.faults.add({ kind: "status", status: 403, code: "AuthorizationFailed", path, times: "always" });
    const [it] = formsOf(snapshot("s", "rg-others"));
    expect(await withAzure(step("delete", it as Form))).toEqual(warned);
    azure.faults.clear();
  });

  test("what-if's complete mode deletes what the template does not have", async () => {
    const gone = [snapshot("AzureBackup_1", "rg-others"), points("AzureBackup_vm1_123"), points("mine")].map(
      ({ id, arm: type }) => ({ resourceId: id, changeType: "Delete", before: { id, type, properties: {} } }),
    );
    expect(said(await review(whatIf(...gone)))).toEqual([...warned, ...warned]);
  });
});

describe("the resource group of what the program does not have", () => {
  test.each([
    ["a key vault", "rg-keys", ["refuse key-vault-in-use-deleted"]],
    ["a Managed HSM", "rg-hsms", ["refuse key-vault-in-use-deleted"]],
    ["a resource guard", "rg-guards", ["warn resource-guard-deleted"]],
    ["nothing that a vault needs", "rg-others", []],
    ["nothing, because it is gone", "rg-gone", []],
  ])("with %s is judged by what Azure lists in it", async (_, group, verdicts) => {
    expect(await withAzure(gone(group))).toEqual(verdicts);
  });

  test("without access to Azure, is undecided as any other", async () => {
    expect(await withoutAzure(gone("rg-keys"))).toEqual(["undecided resource-group-deleted"]);
  });

  test("is undecided if Azure does not list what is in it", async () => {
    const path = "/resourceGroups/rg-keys/resources";
    azure.faults.add({ kind: "status", status: 403, code: "AuthorizationFailed", path, times: "always" });
    expect(await withAzure(gone("rg-keys"))).toEqual([
      "undecided snapshot-resource-group-deleted",
      "undecided key-vault-in-use-deleted",
    ]);
    azure.faults.clear();
  });

  test("costs one request where it contains nothing that a vault needs", async () => {
    const before = azure.journal().length;
    await withAzure(gone("rg-others"));
    const asked = azure.journal().slice(before);
    expect(asked.map(({ path }) => path).filter((path) => /rg-others|backupInstances/i.test(path))).toHaveLength(1);
  });
});
