import { liveAzure } from "../../cli/liveAzure.js";
import { type Emulator, startEmulator } from "../../emulator/index.js";
import { unknownSentinel } from "../../provider/vaults/unknowns.js";
import { review } from "../../review/index.js";
import { clusterExtension, type Form, formsOf, step, type Thing } from "./forms.js";
import { terraformPlan } from "./planDocuments.js";
import { preview, type StepOf } from "./previews.js";
import { said } from "./said.js";

// Backups of an AKS cluster are in a container of blobs, which only the backup extension in the cluster names.

let azure: Emulator;
const group = (name: string) => `/subscriptions/${azure.env.ARM_SUBSCRIPTION_ID}/resourceGroups/${name}`;
const at = (name: string, path: string) => `${group(name)}/providers/${path}`;
const account = (name = "staks") => at("rg-backups", `Microsoft.Storage/storageAccounts/${name}`);
const vault = () => at("rg-vaults", "Microsoft.DataProtection/backupVaults/bv-aks");
const cluster = () => at("rg-app", "Microsoft.ContainerService/managedClusters/aks");
const policy = () => `${vault()}/backupPolicies/daily`;

const body = () => ({
  properties: {
    objectType: "BackupInstance",
    friendlyName: "aks",
    dataSourceInfo: {
      ...{ objectType: "Datasource", datasourceType: "Microsoft.ContainerService/managedClusters" },
      ...{ resourceType: "Microsoft.ContainerService/managedClusters", resourceID: cluster(), resourceName: "aks" },
    },
    policyInfo: {
      policyId: policy(),
      policyParameters: {
        dataStoreParametersList: [
          {
            objectType: "AzureOperationalStoreParameters",
            dataStoreType: "OperationalStore",
            resourceGroupId: group("rg-snapshots"),
          },
        ],
      },
    },
  },
});

beforeAll(async () => {
  azure = await startEmulator({ trust: true });
  for (const name of ["rg-vaults", "rg-app", "rg-backups", "rg-snapshots"]) azure.createResourceGroup(name);
  const storageSettings = [{ datastoreType: "VaultStore", type: "LocallyRedundant" }];
  azure.arm("PUT", vault(), { location: "westeurope", properties: { storageSettings } });
  azure.createManagedCluster("rg-app", "aks");
  azure.installBackupExtension(cluster(), account());
  azure.createDataSource(account());
  const policyOf = { objectType: "BackupPolicy", datasourceTypes: ["Microsoft.ContainerService/managedClusters"] };
  azure.arm("PUT", policy(), { properties: { ...policyOf, policyRules: [] } });
  azure.arm("PUT", `${vault()}/backupInstances/aks`, body());
});
afterAll(() => azure.close());

const withAzure = async (...steps: StepOf[]) => said(await review(preview(...steps), { live: liveAzure(azure.env) }));
const withoutAzure = async (...steps: StepOf[]) => said(await review(preview(...steps)));

const storageName = "configuration.backupStorageLocation.config.storageAccount";
const settings = (more: object = {}) => ({
  "configuration.backupStorageLocation.bucket": "backups",
  [storageName]: "staks",
  "configuration.backupStorageLocation.config.resourceGroup": "rg-backups",
  "configuration.backupStorageLocation.config.subscriptionId": String(azure.env.ARM_SUBSCRIPTION_ID),
  ...more,
});
const extension = (more: object = {}, extensionType = "Microsoft.DataProtection.Kubernetes"): Thing => ({
  id: `${cluster()}/providers/Microsoft.KubernetesConfiguration/extensions/azure-aks-backup`,
  ...clusterExtension,
  body: { properties: { extensionType, configurationSettings: settings(more) } },
  arguments: { clusterId: cluster(), extensionType, configurationSettings: settings(more) },
});
const instance = (): Thing => ({
  id: `${vault()}/backupInstances/aks`,
  arm: "Microsoft.DataProtection/backupVaults/backupInstances",
  native: "dataprotection:BackupInstance",
  classic: [
    "azure:dataprotection/backupInstanceKubernetesCluster:BackupInstanceKubernetesCluster",
    "azurerm_data_protection_backup_instance_kubernetes_cluster",
  ],
  ours: "BackupInstance",
  body: body(),
  arguments: { vaultId: vault(), kubernetesClusterId: cluster(), backupPolicyId: policy() },
  own: {
    ...{ vault: vault(), dataSource: "AzureKubernetesService", dataSourceId: cluster(), policyId: policy() },
    onDelete: "delete",
  },
});
const storageAccount = (name = "staks"): Form => ({
  type: "azure-native:storage:StorageAccount",
  id: account(name),
  inputs: { location: "westeurope" },
});
const container = (name: string): Form => ({
  type: "azure-native:storage:BlobContainer",
  id: `${account()}/blobServices/default/containers/${name}`,
  inputs: { accountName: "staks", containerName: name },
});

const deleted = "backup-storage-account-deleted";
const changed = "warn backup-extension-changed";

test("the storage account and the container of a cluster's backups are not deleted, by what Azure says", async () => {
  expect(await withAzure(step("delete", storageAccount()))).toEqual([`refuse ${deleted}`]);
  expect(await withAzure(step("replace", container("backups")))).toEqual([`refuse ${deleted}`]);
  const report = await review(preview(step("delete", storageAccount())), { live: liveAzure(azure.env) });
  expect(report.resources[0]?.verdicts[0]?.source).toMatch(/azure-kubernetes-service-cluster-backup-concept$/);
  expect(await withAzure(step("delete", storageAccount("stother")))).toEqual([]);
  expect(await withAzure(step("delete", container("other")))).toEqual([]);
  const wholeGroup: StepOf = step("delete", {
    ...{ type: "azure-native:resources:ResourceGroup", id: group("rg-backups"), inputs: { location: "westeurope" } },
  });
  expect(await withAzure(wholeGroup)).toEqual([`refuse ${deleted}`]);
});

test("without access to Azure, the instance and the extension in the preview say it, whoever manages them", async () => {
  const instances = formsOf(instance());
  const extensions = formsOf(extension());
  const all = instances.flatMap((each) => extensions.map((of) => [each, of] as const));
  const reviewed = all.map(async ([each, of]) => ({
    types: [each.type, of.type],
    found: await withoutAzure(step("same", each, {}, "backup"), step("same", of), step("delete", storageAccount())),
  }));
  const wrong = (await Promise.all(reviewed)).filter(({ found }) => found.join() !== `refuse ${deleted}`);
  expect(wrong).toEqual([]);
  expect(await withoutAzure(step("same", instances[0] as Form), step("delete", storageAccount()))).toEqual([]);
});

describe("of a cluster whose extension hides where its backups are, the deletion of", () => {
  const secret = { "4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270" };
  const location = (name: string) => `configuration.backupStorageLocation.${name}`;
  const hiding = (...names: string[]) =>
    Object.fromEntries(names.map((name) => [location(name), name === "config.subscriptionId" ? "[secret]" : secret]));
  const all = ["bucket", "config.resourceGroup", "config.storageAccount", "config.subscriptionId"];
  const [refused, open] = [[`refuse ${deleted}`], [`undecided ${deleted}`]];
  const resourceGroup = (name: string): Form => ({
    ...{ type: "azure-native:resources:ResourceGroup", id: group(name), inputs: { location: "westeurope" } },
  });

  test.each<[what: string, hidden: string[], blind: string[], live: string[], gone: () => Form]>([
    ["the storage account, if the container is hidden", ["bucket"], refused, refused, storageAccount],
    ["the storage account, if the group is hidden", ["config.resourceGroup"], refused, refused, storageAccount],
    ["the account, if the subscription is hidden", ["config.subscriptionId"], refused, refused, storageAccount],
    ["the storage account, if its name is hidden", ["config.storageAccount"], open, refused, storageAccount],
    ["the storage account, if all is hidden", all, open, refused, storageAccount],
    ["another account, if the group is hidden", ["config.resourceGroup"], [], [], () => storageAccount("stother")],
    ["another account, if its name is hidden", all, open, [], () => storageAccount("stother")],
    ["the container, if its name is hidden", ["bucket"], open, refused, () => container("backups")],
    ["another container, if its name is hidden", ["bucket"], open, [], () => container("other")],
    ["the container, if the group is hidden", ["config.resourceGroup"], refused, refused, () => container("backups")],
    ["the container, if the account is hidden", ["config.storageAccount"], open, refused, () => container("backups")],
    ["another container, if the account is hidden", ["config.storageAccount"], [], [], () => container("other")],
    ["a resource group, if the container is hidden", ["bucket"], refused, refused, () => resourceGroup("rg-backups")],
    ["a resource group, if it is hidden", ["config.resourceGroup"], open, refused, () => resourceGroup("rg-backups")],
    ["another group, if the container is hidden", ["bucket"], [], [], () => resourceGroup("rg-app")],
    ["another group, if the group is hidden", ["config.resourceGroup"], open, [], () => resourceGroup("rg-app")],
  ])("%s, which is %j: %j without access to Azure, and %j with it", async (_, hidden, blind, live, gone) => {
    for (const of of formsOf(extension(hiding(...hidden)))) {
      const steps = [
        ...[step("same", formsOf(instance())[0] as Form, {}, "backup"), step("same", of, of.inputs, "extension")],
        step("delete", gone()),
      ];
      // Without access to Azure, what else is in a resource group is not known, either.
      const found = (await withoutAzure(...steps)).filter((each) => each.includes(deleted));
      expect([of.type, found, await withAzure(...steps)]).toEqual([of.type, blind, live]);
    }
  });

  test("the storage account is undecided if all settings are secret at once", async () => {
    const native = formsOf(extension())[0] as Form;
    const inputs = { extensionType: "Microsoft.DataProtection.Kubernetes", configurationSettings: secret };
    const steps = [
      step("same", formsOf(instance())[0] as Form, {}, "backup"),
      step("same", { ...native, inputs }, inputs, "extension"),
    ];
    expect(await withoutAzure(...steps, step("delete", storageAccount()))).toEqual(open);
    const report = await review(preview(...steps, step("delete", storageAccount())));
    expect(report.resources.flatMap(({ verdicts }) => verdicts)[0]?.reason).toMatch(
      /^The preview hides where the backups of backup in Backup vault "bv-aks" are\. If they are in it, they would be/,
    );
    const instanceGone = step("delete", formsOf(instance())[0] as Form, {}, "backup");
    const gone = await withoutAzure(instanceGone, ...steps.slice(1), step("delete", storageAccount()));
    expect(gone.filter((each) => each.includes(deleted))).toEqual([]);
  });

  test("the storage account is refused if Terraform marks settings as sensitive, whose values decide", async () => {
    const [vaultIdOf, clusterId] = [vault(), cluster()];
    const before = {
      instance: { id: `${vaultIdOf}/backupInstances/aks`, vault_id: vaultIdOf, kubernetes_cluster_id: clusterId },
      extension: {
        ...{ id: extension().id, cluster_id: clusterId, extension_type: "Microsoft.DataProtection.Kubernetes" },
        configuration_settings: settings(),
      },
    };
    const plan = (sensitive: object | boolean) =>
      terraformPlan([
        {
          ...{ type: "azurerm_data_protection_backup_instance_kubernetes_cluster", actions: ["no-op"] },
          ...{ before: before.instance, after: before.instance },
        },
        {
          ...{ type: "azurerm_kubernetes_cluster_extension", actions: ["no-op"] },
          ...{ before: before.extension, after: before.extension },
          ...{ before_sensitive: { configuration_settings: sensitive } },
          ...{ after_sensitive: { configuration_settings: sensitive } },
        },
        {
          ...{ type: "azurerm_storage_account", actions: ["delete"], after: null },
          before: { id: account(), name: "staks" },
        },
      ]);
    for (const sensitive of [true, { [location("bucket")]: true }, { [storageName]: true }])
      expect(said(await review(plan(sensitive)))).toEqual(refused);
  });
});

test("after the instance, its storage may go", async () => {
  for (const each of formsOf(instance())) {
    const found = await withAzure(step("delete", each, {}, "backup"), step("delete", storageAccount()));
    expect(found.filter((verdict) => verdict.includes(deleted))).toEqual([]);
  }
});

test("the extension of a cluster that is backed up: its deletion, and another place for backups, are warnings", async () => {
  const found = async (op: string, wanted: Thing = extension()) => {
    const becomes = formsOf(wanted);
    const all = formsOf(extension()).map((it, index) => withAzure(step(op, it, becomes[index]?.inputs)));
    return [...new Set((await Promise.all(all)).map((each) => each.join()))];
  };
  expect(await found("delete")).toEqual([changed]);
  expect(await found("update", extension({ [storageName]: "stother" }))).toEqual([changed]);
  expect(await found("replace", extension({ "configuration.backupStorageLocation.bucket": "other" }))).toEqual([
    changed,
  ]);
  expect(await found("update", extension({ [storageName]: unknownSentinel }))).toEqual([changed]);
  expect(await found("update", extension({ "resources.limits.memory": "1Gi" }))).toEqual([""]);
  expect(await found("same")).toEqual([""]);
});

describe("the extension of a cluster that is backed up, replaced with the same storage,", () => {
  const principalId = "22222222-2222-2222-2222-222222222222";
  const assignment = (more: { role?: string; scope?: string; principalId?: string } = {}): Thing => {
    const { role = "ba92f5b4-2d11-453d-a403-e96b0029c9fe", scope = account() } = more;
    const roleDefinitionId = `/subscriptions/s/providers/Microsoft.Authorization/roleDefinitions/${role}`;
    const properties = { principalId: more.principalId ?? unknownSentinel, roleDefinitionId, scope };
    return {
      id: `${scope}/providers/Microsoft.Authorization/roleAssignments/r`,
      arm: "Microsoft.Authorization/roleAssignments",
      native: "authorization:RoleAssignment",
      classic: ["azure:authorization/assignment:Assignment", "azurerm_role_assignment"],
      body: { properties },
      arguments: properties,
    };
  };
  const created = ({ type, inputs }: Form): StepOf => ({ op: "create", type, name: "role", new: inputs });
  const replaced = (more: Partial<StepOf> = {}): StepOf => ({
    ...step("replace", formsOf(extension())[0] as Form),
    ...more,
  });
  const assigned = async (...steps: StepOf[]) =>
    (await withAzure(replaced(), ...steps)).filter((each) => each.includes("backup-extension-changed"));

  test("is a warning, whoever manages it", async () => {
    const reviewed = formsOf(extension()).map(async (it) => ({
      type: it.type,
      found: [
        ...(await withAzure(step("replace", it))),
        ...(await withoutAzure(step("replace", it), step("same", formsOf(instance())[0] as Form, {}, "backup"))),
      ],
    }));
    const found = await Promise.all(reviewed);
    expect(found.filter((each) => each.found.join() !== `${changed},${changed}`)).toEqual([]);
    const report = await review(preview(replaced()), { live: liveAzure(azure.env) });
    expect(report.resources[0]?.verdicts[0]?.reason).toContain("Contributor on the storage account staks.");
  });

  test("is no finding if the run assigns the role to an identity that is not known yet", async () => {
    const container = `${account()}/blobServices/default/containers/backups`;
    const all = [assignment(), assignment({ scope: container }), assignment({ scope: group("rg-backups") })];
    const found = await Promise.all(all.flatMap(formsOf).map((it) => assigned(created(it))));
    expect(found.flat()).toEqual([]);
    const replacedRole = formsOf(assignment({ principalId })).map((it, index) =>
      assigned(step("replace", it, formsOf(assignment())[index]?.inputs, "role")),
    );
    expect((await Promise.all(replacedRole)).flat()).toEqual([]);
  });

  test.each<[what: string, of: () => Parameters<typeof assignment>[0]]>([
    ["another role", () => ({ role: "2a2b9908-6ea1-4ae2-8e65-a410df84e7d1" })],
    ["the role on another account", () => ({ scope: account("stother") })],
    ["the role to an identity that is known", () => ({ principalId })],
  ])("is a warning if the run assigns %s", async (_, of) => {
    const found = await Promise.all(formsOf(assignment(of())).map((it) => assigned(created(it))));
    expect(new Set(found.map((each) => each.join()))).toEqual(new Set([changed]));
  });

  test("is a warning if the role of the old one only stays, also where the plan repeats its identity", async () => {
    const identity = { aksAssignedIdentity: { type: "SystemAssigned", principalId } };
    const { properties } = extension().body as { properties: object };
    const [it] = formsOf({ ...extension(), body: { properties: { ...properties, ...identity } } });
    const stays = step("same", formsOf(assignment({ principalId }))[0] as Form, undefined, "role");
    expect(await withAzure(step("replace", it as Form), stays)).toEqual([changed]);
    const known = created(formsOf(assignment({ principalId }))[0] as Form);
    expect(await withAzure(step("replace", formsOf(extension())[0] as Form, it?.inputs), known)).toEqual([]);
  });

  test("is no finding if the old one is retained, or if its cluster's backup goes in the same run", async () => {
    expect(await withAzure(replaced({ retainOnDelete: true }))).toEqual([]);
    for (const it of formsOf(instance())) expect(await assigned(step("delete", it, {}, "backup"))).toEqual([]);
  });
});

describe("an extension whose storage the preview does not show, of a cluster that is backed up,", () => {
  const secret = { "4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270" };
  const of = (
    configurationSettings: unknown,
    extensionType: unknown = "Microsoft.DataProtection.Kubernetes",
  ): Form => ({
    ...{ type: `azure-native:${clusterExtension.native}`, id: extension().id },
    inputs: { extensionType, configurationSettings, extensionName: "azure-aks-backup" },
  });
  const shown = () => step("same", formsOf(instance())[0] as Form, {}, "backup");
  const blind = async (of: StepOf) => withoutAzure(shown(), of);
  const differing = (before: Form, after: Form, differs = ["configurationSettings"]): StepOf => ({
    ...step("update", before, after.inputs),
    differs,
  });
  const undecided = "undecided backup-extension-changed";
  const bucket = "configuration.backupStorageLocation.bucket";

  test("is a warning if it is deleted, by the cluster in its ID", async () => {
    for (const each of [of(undefined), of(secret), of({ ...settings(), [bucket]: secret })]) {
      expect([await blind(step("delete", each)), await withAzure(step("delete", each))]).toEqual([
        [changed],
        [changed],
      ]);
    }
  });

  test("is undecided if it is given another one, unless Azure shows where its backups are", async () => {
    const moved = of(settings({ [storageName]: "stother" }));
    for (const each of [of(undefined), of(secret)]) {
      expect(await blind(differing(each, moved))).toEqual([undecided]);
      expect(await withAzure(differing(each, moved))).toEqual([changed]);
      expect(await withAzure(differing(each, of(settings())))).toEqual([]);
    }
  });

  test("is open if what is hidden may differ, and no finding if it does not", async () => {
    for (const each of [of(secret), of({ ...settings(), [bucket]: secret })]) {
      expect(await blind(differing(each, each))).toEqual([undecided]);
      expect(await withAzure(differing(each, each))).toEqual([changed]);
      expect(await blind(differing(each, each, ["autoUpgradeMinorVersion"]))).toEqual([]);
      expect(await withAzure(differing(each, each, ["autoUpgradeMinorVersion"]))).toEqual([]);
    }
  });

  test("is found to move by what is not hidden, also if the engine says that what is hidden stays", async () => {
    const [before, after] = ["backups", "other"].map((name) =>
      of({ ...settings({ [bucket]: name }), [storageName]: secret }),
    );
    const update: StepOf = {
      ...step("update", before as Form, after?.inputs),
      detailedDiff: { [`configurationSettings["${bucket}"]`]: { kind: "UPDATE", inputDiff: true } },
    };
    expect(await blind(update)).toEqual([undecided]);
    expect(await withAzure(update)).toEqual([changed]);
  });

  test("is undecided if the state has no body of it, so that it may be another extension", async () => {
    const unread = { type: `${clusterExtension.arm}@2024-05-01`, name: "azure-aks-backup", parent_id: cluster() };
    const form: Form = { type: "azapi:index/resource:Resource", id: extension().id, inputs: unread };
    expect(await blind(step("delete", form))).toEqual([undecided]);
    const body = (type: string) => ({
      ...unread,
      body: { properties: { extensionType: type, configurationSettings: {} } },
    });
    expect(await blind(step("update", form, body("microsoft.flux")))).toEqual([]);
    expect(await blind(step("update", form, body("Microsoft.DataProtection.Kubernetes")))).toEqual([undecided]);
    const elsewhere = { ...form, id: form.id.replace("managedClusters/aks", "managedClusters/other") };
    expect(await blind(step("delete", elsewhere))).toEqual([]);
  });
});

test("the backup extension of a cluster of which a vault cannot be read was not checked", async () => {
  const path = `${vault()}/backupInstances`;
  azure.faults.add({ kind: "status", status: 403, code: "AuthorizationFailed", path, times: "always" });
  expect(await withAzure(step("delete", formsOf(extension())[0] as Form))).toEqual([changed]);
  azure.faults.clear();
});

describe("what an azapi_update_resource sets for the first time", () => {
  const types = ["azapi_update_resource", "azapi:index/updateResource:UpdateResource"];
  const of = (id: string, type: string, properties: object | string) => ({
    ...{ type: `${type}@2024-05-01`, resource_id: id, resourceId: id },
    body: { properties },
  });
  const ofExtension = (properties: object | string, id = extension().id) => of(id, clusterExtension.arm, properties);
  const binding = (id = cluster()) =>
    of(`${id}/trustedAccessRoleBindings/b`, "Microsoft.ContainerService/managedClusters/trustedAccessRoleBindings", {
      roles: ["Microsoft.MachineLearningServices/workspaces/mlworkload"],
    });
  const moved = () => ofExtension({ configurationSettings: settings() });
  const elsewhere = (id: string) => id.replace("managedClusters/aks", "managedClusters/other");
  const shown = () => step("same", formsOf(instance())[0] as Form, {}, "backup");
  const decided = async (...steps: StepOf[]) => [
    (await review(preview(...steps), { live: liveAzure(azure.env) })).decision,
    (await review(preview(shown(), ...steps))).decision,
  ];

  test.each<[what: string, found: string, wanted: () => ReturnType<typeof of>]>([
    ["the storage location of a cluster's backup extension", "unchecked", moved],
    ["what is only known later", "unchecked", () => ofExtension(unknownSentinel)],
    ["another setting of an extension", "clear", () => ofExtension({ autoUpgradeMinorVersion: true })],
    ["the roles of a trusted access binding", "unchecked", binding],
    [
      "the extension of a cluster that is not backed up",
      "clear",
      () => ofExtension({ configurationSettings: { [storageName]: "stother" } }, elsewhere(extension().id)),
    ],
    ["the binding of a cluster that is not backed up", "clear", () => binding(elsewhere(cluster()))],
  ])("of %s is %s", async (_, found, wanted) => {
    for (const type of types) {
      const it = { type, name: "it", new: { ...wanted() } };
      expect(await decided({ ...it, op: "create" })).toEqual([found, found]);
      const { body: __, ...old } = it.new;
      expect(await decided({ ...it, op: "update", id: old.resourceId, old })).toEqual([found, found]);
    }
  });
});

test("another extension of a cluster concerns no backups", async () => {
  const all = formsOf(extension({}, "microsoft.flux")).map((it) => withAzure(step("delete", it)));
  expect((await Promise.all(all)).flat()).toEqual([]);
});

describe("what cannot be read is undecided, though Azure can be asked:", () => {
  test.each([
    ["the extensions of a cluster", () => `${cluster()}/providers/Microsoft.KubernetesConfiguration/extensions`],
    ["what a vault backs up", () => `${vault()}/backupInstances`],
  ])("%s", async (_, path) => {
    azure.faults.add({ kind: "status", status: 403, code: "AuthorizationFailed", path: path(), times: "always" });
    expect(await withAzure(step("delete", storageAccount("stother")))).toEqual([`undecided ${deleted}`]);
    azure.faults.clear();
  });
});
