import { liveAzure } from "../../cli/liveAzure.js";
import { type Emulator, startEmulator } from "../../emulator/index.js";
import { backupRoles } from "../../provider/policies/backupRoles.js";
import { unknownSentinel } from "../../provider/vaults/unknowns.js";
import { review } from "../../review/index.js";
import { clusterExtension, diskInstance, type Form, formsOf, step, type Thing } from "./forms.js";
import { type ResourceChange, terraformPlan, whatIf } from "./planDocuments.js";
import { preview, type StepOf } from "./previews.js";
import { said } from "./said.js";

// The role assignments by which Azure Backup backs up, and the bindings by which it gets into AKS clusters.

const removed = "backup-role-removed";
const [warning, undecided] = [`warn ${removed}`, `undecided ${removed}`];

let azure: Emulator;
const group = (name: string) => `/subscriptions/${azure.env.ARM_SUBSCRIPTION_ID}/resourceGroups/${name}`;
const at = (name: string, path: string) => `${group(name)}/providers/${path}`;
const vault = (name = "bv") => at("rg-vaults", `Microsoft.DataProtection/backupVaults/${name}`);
const disk = (name = "disk") => at("rg-app", `Microsoft.Compute/disks/${name}`);
const account = (name: string) => at("rg-app", `Microsoft.Storage/storageAccounts/${name}`);
const cluster = (name = "aks") => at("rg-app", `Microsoft.ContainerService/managedClusters/${name}`);
const server = () => at("rg-data", "Microsoft.DBforPostgreSQL/flexibleServers/psql");
const userAssigned = () => at("rg-vaults", "Microsoft.ManagedIdentity/userAssignedIdentities/id-backup");
const policy = (name: string) => `${vault()}/backupPolicies/${name}`;
const servers = "Microsoft.DBforPostgreSQL/flexibleServers";
const clusters = "Microsoft.ContainerService/managedClusters";

const retention = (dataStoreType: string) => ({
  ...{ objectType: "AzureRetentionRule", name: "Default", isDefault: true },
  lifecycles: [
    {
      deleteAfter: { objectType: "AbsoluteDeleteOption", duration: "P30D" },
      sourceDataStore: { objectType: "DataStoreInfoBase", dataStoreType },
    },
  ],
});
interface More {
  snapshots?: string;
  identity?: string;
  policy?: string;
}
const instanceBody = (type: string, id: string, more: More = {}) => ({
  properties: {
    ...{ objectType: "BackupInstance", friendlyName: id.split("/").at(-1) },
    dataSourceInfo: {
      ...{ objectType: "Datasource", datasourceType: type, resourceID: id, resourceName: id.split("/").at(-1) },
      resourceType: type.split("/").slice(0, 2).join("/"),
    },
    ...(more.identity && {
      identityDetails: { useSystemAssignedIdentity: false, userAssignedIdentityArmUrl: more.identity },
    }),
    policyInfo: {
      policyId: policy(more.policy ?? type.replaceAll(/\W/g, "")),
      ...(more.snapshots && {
        policyParameters: {
          dataStoreParametersList: [
            {
              ...{ objectType: "AzureOperationalStoreParameters", dataStoreType: "OperationalStore" },
              resourceGroupId: group(more.snapshots),
            },
          ],
        },
      }),
    },
  },
});
const diskBody = () => instanceBody("Microsoft.Compute/disks", disk(), { snapshots: "rg-snapshots" });
const clusterBody = () => instanceBody(clusters, cluster(), { snapshots: "rg-snapshots" });

const who = { system: "", user: "", cluster: "", extension: "", nobody: "99999999-9999-9999-9999-999999999999" };

beforeAll(async () => {
  azure = await startEmulator({ trust: true });
  for (const name of ["rg-vaults", "rg-app", "rg-data", "rg-snapshots", "rg-vaulted", "rg-other"])
    azure.createResourceGroup(name);
  const user = azure.createUserAssignedIdentity("rg-vaults", "id-backup");
  const storageSettings = [{ datastoreType: "VaultStore", type: "LocallyRedundant" }];
  const identity = { type: "SystemAssigned,UserAssigned", userAssignedIdentities: { [userAssigned()]: {} } };
  azure.arm("PUT", vault(), { location: "westeurope", identity, properties: { storageSettings } });
  const aks = azure.createManagedCluster("rg-app", "aks");
  azure.createManagedCluster("rg-app", "vaulted");
  azure.installBackupExtension(cluster("vaulted"), account("stvaulted"));
  const extension = azure.installBackupExtension(cluster(), account("staks"));
  for (const id of [disk(), account("staks"), account("stvaulted"), account("stblobs"), account("stuser"), server()])
    azure.createDataSource(id);
  const blobs = "Microsoft.Storage/storageAccounts/blobServices";
  for (const type of ["Microsoft.Compute/disks", blobs, clusters, servers]) {
    const properties = { objectType: "BackupPolicy", datasourceTypes: [type], policyRules: [] };
    const policyRules = type === clusters ? [retention("OperationalStore")] : [];
    azure.arm("PUT", policy(type.replaceAll(/\W/g, "")), { properties: { ...properties, policyRules } });
  }
  const vaulted = { objectType: "BackupPolicy", datasourceTypes: [clusters], policyRules: [retention("VaultStore")] };
  azure.arm("PUT", policy("vaulted"), { properties: vaulted });
  const bodies = {
    disk: diskBody(),
    blobs: instanceBody(blobs, account("stblobs")),
    user: instanceBody(blobs, account("stuser"), { identity: userAssigned() }),
    aks: clusterBody(),
    vaulted: instanceBody(clusters, cluster("vaulted"), { snapshots: "rg-vaulted", policy: "vaulted" }),
    psql: instanceBody(servers, server()),
  };
  for (const [name, body] of Object.entries(bodies)) azure.arm("PUT", `${vault()}/backupInstances/${name}`, body);
  const principal = (of: unknown, ...path: string[]) =>
    String(path.reduce<unknown>((found, name) => (found as Record<string, unknown> | undefined)?.[name], of));
  who.system = principal(azure.vault(vault()), "identity", "principalId");
  who.user = principal(user, "properties", "principalId");
  who.cluster = principal(aks, "identity", "principalId");
  who.extension = principal(extension, "properties", "aksAssignedIdentity", "principalId");
});
afterAll(() => azure.close());

const live = () => ({ live: liveAzure(azure.env) });
const withAzure = async (...steps: StepOf[]) => said(await review(preview(...steps), live()));
const withoutAzure = async (...steps: StepOf[]) => said(await review(preview(...steps)));
const planned = async (...changes: ResourceChange[]) => said(await review(terraformPlan(changes), live()));

const isAzapi = ({ type }: Form) => type.startsWith("azapi:");

type Role = keyof typeof backupRoles;

const assignment = (role: Role, scope: string, principalId: string, name = "r"): Thing => {
  const roleDefinitionId = `/subscriptions/${azure.env.ARM_SUBSCRIPTION_ID}/providers/Microsoft.Authorization/roleDefinitions/${backupRoles[role].id}`;
  return {
    id: `${scope}/providers/Microsoft.Authorization/roleAssignments/${name}`,
    arm: "Microsoft.Authorization/roleAssignments",
    native: "authorization:RoleAssignment",
    classic: ["azure:authorization/assignment:Assignment", "azurerm_role_assignment"],
    body: { properties: { principalId, roleDefinitionId, scope } },
    arguments: { scope, principalId, roleDefinitionName: backupRoles[role].name },
  };
};
const formOf = (thing: Thing) => formsOf(thing)[0] as Form;
const gone = (...of: Parameters<typeof assignment>): StepOf => step("delete", formOf(assignment(...of)));

const state = (role: Role, scope: string, principal_id: string) => ({
  id: `${scope}/providers/Microsoft.Authorization/roleAssignments/r`,
  ...{ scope, principal_id, role_definition_name: backupRoles[role].name },
});
const named = (role_definition_name: string, scope: string, principal: string) => ({
  ...state("reader", scope, principal),
  role_definition_name,
});
const change = (actions: string[], before: object | undefined, after?: object, name = "main"): ResourceChange => ({
  ...{ type: "azurerm_role_assignment", address: `azurerm_role_assignment.${name}`, actions },
  ...(before && { before }),
  ...(after && { after }),
});

const instance = (name = "disk"): Thing => ({
  id: `${vault()}/backupInstances/${name}`,
  ...diskInstance,
  body: diskBody(),
  arguments: {
    vaultId: vault(),
    diskId: disk(),
    snapshotResourceGroupName: "rg-snapshots",
    backupPolicyId: policy("p"),
  },
  own: {
    ...{ vault: vault(), dataSource: "AzureDisk", dataSourceId: disk(), policyId: policy("p") },
    ...{ snapshotResourceGroupId: group("rg-snapshots"), onDelete: "delete" },
  },
});

/** A vault of azure-native, with the identity that Azure has for it. */
const shownVault = (identity: object | undefined, op = "same", id = vault()): StepOf => {
  const inputs = {
    ...{ vaultName: "bv", resourceGroupName: "rg-vaults", location: "westeurope" },
    properties: { storageSettings: [{ datastoreType: "VaultStore", type: "LocallyRedundant" }] },
  };
  const old = { ...inputs, ...(identity && { identity }) };
  return {
    ...{ op, type: "azure-native:dataprotection:BackupVault", name: "vault", id, old },
    ...(op !== "delete" && { new: old }),
  };
};

describe("with Azure, a role that an instance needs is not removed without a warning:", () => {
  test.each<[string, Role, () => string, () => string]>([
    ["of a disk", "diskBackupReader", disk, () => who.system],
    ["of the disk's group", "diskBackupReader", () => group("rg-app"), () => who.system],
    ["of the group with its snapshots", "diskSnapshotContributor", () => group("rg-snapshots"), () => who.system],
    ["of all above", "diskSnapshotContributor", () => group("rg").split("/resourceGroups")[0] ?? "", () => who.system],
    ["of a storage account", "storageAccountBackupContributor", () => account("stblobs"), () => who.system],
    ["of a user-assigned identity", "storageAccountBackupContributor", () => account("stuser"), () => who.user],
    ["of a server", "postgreSqlLongTermRetention", server, () => who.system],
    ["of the server's group", "reader", () => group("rg-data"), () => who.system],
    ["of a cluster", "reader", cluster, () => who.system],
    ["for backup into the vault", "dataOperatorForManagedDisks", () => group("rg-vaulted"), () => who.system],
    ["to read blobs for that", "storageBlobDataReader", () => account("stvaulted"), () => who.system],
    ["of the group with the cluster's snapshots", "reader", () => group("rg-snapshots"), () => who.system],
    ["of the cluster there", "contributor", () => group("rg-snapshots"), () => who.cluster],
    ["of its extension", "storageBlobDataContributor", () => account("staks"), () => who.extension],
    [
      "of its extension on the container",
      "storageBlobDataContributor",
      () => `${account("staks")}/blobServices/default/containers/backups`,
      () => who.extension,
    ],
  ])("that %s", async (_, role, scope, principal) => {
    expect(await withAzure(gone(role, scope(), principal()))).toEqual([warning]);
  });

  test("in each provider's form", async () => {
    const forms = formsOf(assignment("diskSnapshotContributor", group("rg-snapshots"), who.system));
    const found = await Promise.all(forms.map(async (it) => [it.type, ...(await withAzure(step("delete", it)))]));
    expect(found).toEqual(forms.map(({ type }) => [type, warning]));
  });

  test("in a what-if result, also by an update", async () => {
    const { id, body } = assignment("diskBackupReader", disk(), who.system);
    const before = { id, ...body };
    const after = { id, properties: { ...(body.properties as object), principalId: who.nobody } };
    const delta = [{ path: "properties.principalId", propertyChangeType: "Modify" }];
    const update = { resourceId: id, changeType: "Modify", before, after, delta };
    expect(said(await review(whatIf({ ...update, changeType: "Delete", after: null }), live()))).toEqual([warning]);
    expect(said(await review(whatIf(update), live()))).toEqual([warning]);
    expect(said(await review(whatIf({ ...update, after: before, delta: [] }), live()))).toEqual([]);
  });

  test("with its name, and Microsoft's page on what is backed up", async () => {
    const report = await review(preview(gone("reader", group("rg-data"), who.system)), live());
    expect(report.resources[0]?.verdicts[0]).toMatchObject({
      reason: expect.stringContaining('the next backups of psql in Backup vault "bv" fail'),
      source: expect.stringContaining("postgresql-flex"),
    });
  });
});

describe("with Azure, nothing is said of a role", () => {
  test.each<[string, Role, () => string, () => string]>([
    ["of another principal", "diskBackupReader", disk, () => who.nobody],
    ["of another identity of the vault", "diskBackupReader", disk, () => who.user],
    ["on another disk", "diskBackupReader", () => disk("other"), () => who.system],
    ["on a group with nothing that is backed up", "diskSnapshotContributor", () => group("rg-other"), () => who.system],
    ["that is for something else", "reader", () => at("rg-app", "Microsoft.KeyVault/vaults/kv"), () => who.system],
    [
      "that only backup into the vault needs",
      "dataOperatorForManagedDisks",
      () => group("rg-snapshots"),
      () => who.system,
    ],
    ["to read blobs, as only that needs it", "storageBlobDataReader", () => account("staks"), () => who.system],
    ["that others need", "contributor", () => group("rg-snapshots"), () => who.nobody],
    ["that permits nothing that is needed there", "contributor", () => group("rg-other"), () => who.system],
    [
      "on another container",
      "storageBlobDataContributor",
      () => `${account("staks")}/blobServices/default/containers/other`,
      () => who.extension,
    ],
    ["on other blobs", "storageBlobDataContributor", () => account("stblobs"), () => who.extension],
  ])("%s", async (_, role, scope, principal) => {
    expect(await withAzure(gone(role, scope(), principal()))).toEqual([]);
  });

  test("that permits nothing that a backup needs, or that Pulumi only forgets", async () => {
    expect(await planned(change(["delete"], named("AcrPull", group("rg-app"), who.system)))).toEqual([]);
    expect(await withAzure({ ...gone("diskBackupReader", disk(), who.system), retainOnDelete: true })).toEqual([]);
  });

  test("that a vault had which the run deletes", async () => {
    const found = await withAzure(
      shownVault({ type: "SystemAssigned" }, "delete"),
      gone("diskBackupReader", disk(), who.system),
    );
    expect(found.filter((each) => each.includes(removed))).toEqual([]);
  });

  test("of a source whose backup the run deletes, or stops, in each provider's form", async () => {
    const role = gone("diskBackupReader", disk(), who.system);
    for (const it of formsOf(instance())) {
      const found = await withAzure(step("delete", it, {}, "backup"), role);
      expect([it.type, ...found.filter((each) => each.includes(removed))]).toEqual([it.type]);
    }
    const ours = formsOf(instance()).at(-1) as Form;
    const stopped = { ...ours, inputs: { ...ours.inputs, onDelete: "stopProtectionRetainData" } };
    expect(await withAzure(step("delete", stopped, {}, "backup"), role)).not.toContain(warning);
    const suspended = { ...ours, inputs: { ...ours.inputs, onDelete: "suspend" } };
    expect(await withAzure(step("delete", suspended, {}, "backup"), role)).toContain(warning);
  });

  test("of a source whose backup is stopped already", async () => {
    const stopped = account("ststopped");
    azure.createDataSource(stopped);
    azure.protect(vault(), { name: "ststopped", state: "ProtectionStopped" });
    const scope = `${group("sources")}/providers/Microsoft.Storage/storageAccounts/ststopped`;
    const role = gone("storageAccountBackupContributor", scope, who.system);
    expect(await withAzure(role)).toEqual([]);
    // The run lets it go on.
    const ours = formsOf(instance("ststopped")).at(-1) as Form;
    const of = (protection: string | undefined) => ({
      ...{ ...ours.inputs, dataSource: "AzureBlob", dataSourceId: stopped, policyId: policy("p") },
      ...(protection && { protection }),
    });
    const before = { ...ours, inputs: of("stopProtectionRetainData") };
    expect(await withAzure(step("update", before, of(undefined), "backup"), role)).toContain(warning);
    expect(await withAzure(step("update", before, of("stopProtectionRetainData"), "backup"), role)).toEqual([]);
  });
});

describe("with Azure, of the vault's identity,", () => {
  test("a wider role is one that its instances need", async () => {
    expect(await planned(change(["delete"], named("Contributor", group("rg-app"), who.system)))).toEqual([warning]);
    expect(await planned(change(["delete"], named("Owner", disk(), who.system)))).toEqual([warning]);
    // It writes no locks.
    expect(await planned(change(["delete"], named("Contributor", account("stblobs"), who.system)))).toEqual([]);
    expect(await planned(change(["delete"], named("Contributor", group("rg-app"), who.nobody)))).toEqual([]);
  });

  test("a custom or a hidden role may be one that its instances need", async () => {
    const custom = named("Backs up disks", group("rg-app"), who.system);
    expect(await planned(change(["delete"], custom))).toEqual([undecided]);
    expect(await planned(change(["delete"], { ...custom, principal_id: who.nobody }))).toEqual([]);
    const { id, type, inputs } = formOf(assignment("diskBackupReader", disk(), who.system));
    const properties = { ...(inputs.properties as object), roleDefinitionId: "[secret]" };
    expect(await withAzure(step("delete", { id, type, inputs: { properties } }))).toEqual([undecided]);
  });

  test("a role may be that of a group that it is in, if it is only for backup", async () => {
    const ofGroup = (name: string) => ({ ...named(name, disk(), who.nobody), principal_type: "Group" });
    expect(await planned(change(["delete"], ofGroup("Disk Backup Reader")))).toEqual([undecided]);
    const foreign = { ...ofGroup("Disk Backup Reader"), principal_type: "ForeignGroup" };
    expect(await planned(change(["delete"], foreign))).toEqual([undecided]);
    expect(await planned(change(["delete"], ofGroup("Contributor")))).toEqual([]);
    expect(await planned(change(["delete"], { ...ofGroup("Disk Backup Reader"), principal_type: "User" }))).toEqual([]);
  });
});

test("an assignment of which all is hidden may be for the backup of the resource that it is on", async () => {
  const hidden = (scope: string): StepOf => {
    const { id, arm } = assignment("diskBackupReader", scope, who.nobody);
    const inputs = { type: `${arm}@2022-04-01`, name: "r", parentId: scope };
    return step("delete", { type: "azapi:index/resource:Resource", id, inputs });
  };
  expect(await withAzure(hidden(disk()))).toEqual([undecided]);
  for (const scope of [disk("other"), group("rg-app")]) expect(await withAzure(hidden(scope))).toEqual([]);
});

test("a condition on a role for data in blobs is undecided, because it may exclude the backups of a cluster", async () => {
  const condition = "@Resource[Microsoft.Storage/storageAccounts/blobServices/containers:name] StringEquals 'other'";
  const [form] = formsOf(assignment("storageBlobDataContributor", account("staks"), who.extension));
  const of = (more: object): Form => ({ ...(form as Form), inputs: { ...form?.inputs, ...more } });
  const update = (before: object, after: object) => withAzure(step("update", of(before), of(after).inputs));
  expect(form?.type).toBe("azure-native:authorization:RoleAssignment");
  expect(await update({}, { condition })).toEqual([undecided]);
  expect(await update({ condition }, { condition: condition.replace("other", "some") })).toEqual([undecided]);
  for (const after of [{ condition, description: "d" }, {}]) expect(await update({ condition }, after)).toEqual([]);
  expect(await withAzure(step("delete", of({ condition })))).toEqual([undecided]);
  const [reader] = formsOf(assignment("reader", cluster(), who.system));
  expect(await withAzure(step("update", reader as Form, { ...reader?.inputs, condition }))).toEqual([]);
});

describe("an assignment that the run gives again", () => {
  const onDisk = () => state("diskBackupReader", disk(), who.system);
  const onGroup = () => ({ ...state("diskBackupReader", group("rg-app"), who.system), id: "other" });
  const reasons = async (...changes: ResourceChange[]) =>
    (await review(terraformPlan(changes), live())).resources.flatMap(({ verdicts }) =>
      verdicts.map(({ reason }) => reason),
    );

  test("at a wider scope, and that is there, replaces it", async () => {
    const lost = change(["delete"], onDisk());
    expect(await planned(lost, change(["no-op"], onGroup(), onGroup(), "wider"))).toEqual([]);
    expect(await planned(lost, change(["no-op"], { ...onGroup(), scope: group("rg-other") }, undefined, "w"))).toEqual([
      warning,
    ]);
    const another = { ...onGroup(), role_definition_name: "Disk Snapshot Contributor" };
    expect(await planned(lost, change(["no-op"], another, another, "wider"))).toEqual([warning]);
    const foreign = { ...onGroup(), principal_id: who.nobody };
    expect(await planned(lost, change(["no-op"], foreign, foreign, "wider"))).toEqual([warning]);
  });

  test("by another role counts if that permits the same", async () => {
    const left = (role: Role, scope: string, principal: string, other: string, isKept = true) => {
      const stays = { ...state(role, scope, principal), id: "other", role_definition_name: other };
      return planned(
        change(["delete"], state(role, scope, principal)),
        isKept ? change(["no-op"], stays, stays, "stays") : change(["create"], undefined, stays, "stays"),
      );
    };
    const { system, extension } = who;
    expect(await left("diskBackupReader", disk(), system, "Contributor")).toEqual([]);
    for (const other of ["Owner", "Monitoring Reader", "Log Analytics Contributor", "User Access Administrator"])
      expect(await left("reader", cluster(), system, other)).toEqual([]);
    expect(await left("storageBlobDataContributor", account("staks"), extension, "Storage Blob Data Owner")).toEqual(
      [],
    );
    expect(await left("diskBackupReader", disk(), system, "Contributor", false)).toEqual([warning]);
    // It also writes locks.
    expect(await left("storageAccountBackupContributor", account("stblobs"), system, "Contributor")).toEqual([warning]);
    expect(await left("storageAccountBackupContributor", account("stblobs"), system, "Owner")).toEqual([]);
    // These have no data actions.
    for (const other of ["Owner", "Contributor", "Storage Blob Data Reader"])
      expect(await left("storageBlobDataContributor", account("staks"), extension, other)).toEqual([warning]);
    expect(await left("dataOperatorForManagedDisks", group("rg-vaulted"), system, "Owner")).toEqual([warning]);
  });

  test("perhaps only afterwards is a warning that says so", async () => {
    const lost = change(["delete"], onDisk());
    const again = "The run grants it again";
    expect(await reasons(lost, change(["create"], undefined, onGroup(), "wider"))).toEqual([
      expect.stringContaining(again),
    ]);
    expect(await reasons(lost, change(["create"], undefined, onDisk(), "same"))).toEqual([
      expect.stringContaining(again),
    ]);
    const described = { ...onGroup(), description: "for backup" };
    expect(await reasons(lost, change(["update"], onGroup(), described, "wider"))).toEqual([]);
    const moved = { ...onGroup(), principal_id: who.nobody };
    expect(await reasons(lost, change(["update"], moved, onGroup(), "wider"))).toEqual([
      expect.stringContaining(again),
    ]);
    const both = await reasons(lost, change(["delete", "create"], onGroup(), described, "wider"));
    expect(both).toEqual([expect.stringContaining(again), expect.stringContaining(again)]);
    const replaced = change(["delete", "create"], onDisk(), { ...onDisk(), description: "for backup" });
    expect(await reasons(replaced)).toEqual([expect.stringContaining(again)]);
  });

  test("at a wider scope, and that the program only stops to manage, stays", async () => {
    const lost = change(["delete"], onDisk());
    expect(await planned(lost, change(["forget"], onGroup(), undefined, "wider"))).toEqual([]);
    expect(await planned(lost, change(["delete"], onGroup(), undefined, "wider"))).toEqual([warning, warning]);
  });

  test("as the same one of Azure's goes with it", async () => {
    expect(await planned(change(["delete"], onDisk()), change(["no-op"], onDisk(), onDisk(), "same"))).toEqual([
      warning,
    ]);
    expect(await planned(change(["create", "delete"], onDisk(), { ...onDisk(), description: "d" }))).toEqual([warning]);
    expect(await planned(change(["create", "delete"], onDisk(), onGroup()))).toEqual([]);
  });

  test("to a principal that is not known yet is undecided", async () => {
    const { principal_id: _, ...after } = onDisk();
    const replaced = { ...change(["delete", "create"], onDisk(), after), after_unknown: { principal_id: true } };
    expect(await planned(replaced)).toEqual([undecided]);
  });
});

test("what of a vault in Azure cannot be read is undecided, but only for roles that are for backup or are the vault's", async () => {
  azure.faults.add({
    ...{ kind: "status", status: 403, code: "AuthorizationFailed", times: "always" },
    path: `${vault()}/backupInstances`,
  });
  expect(await withAzure(gone("diskBackupReader", disk(), who.system))).toEqual([undecided]);
  expect(await withAzure(gone("reader", cluster(), who.system))).toEqual([undecided]);
  expect(await withAzure(gone("diskBackupReader", disk(), who.nobody))).toEqual([]);
  expect(await withAzure(gone("reader", cluster(), who.nobody))).toEqual([]);
  azure.faults.clear();
});

describe("without access to Azure,", () => {
  const mine = "11111111-1111-1111-1111-111111111111";
  const inAzure = { type: "SystemAssigned", principalId: mine };
  const role = (principalId = mine, name: Role = "diskBackupReader", scope = disk()) => gone(name, scope, principalId);

  test("a role alone says nothing, and one beside a vault only if it may be the vault's", async () => {
    expect(await withoutAzure(role())).toEqual([]);
    expect(await withoutAzure(role(), shownVault({ type: "SystemAssigned" }))).toEqual([undecided]);
    expect(await withoutAzure(role(), shownVault(inAzure))).toEqual([undecided]);
    expect(await withoutAzure(role(who.nobody), shownVault(inAzure))).toEqual([]);
    expect(await withoutAzure(role(unknownSentinel), shownVault(inAzure))).toEqual([undecided]);
    expect(await withoutAzure(role(), shownVault(inAzure, "delete"))).not.toContain(undecided);
  });

  test("one that the vault has at a wider scope as well, and keeps there, is no finding", async () => {
    const vaults = shownVault(inAzure);
    const kept = (scope: string, principalId = mine, name: Role = "diskBackupReader") =>
      step("same", formOf(assignment(name, scope, principalId, "kept")), undefined, "kept");
    const everything = group("rg").split("/resourceGroups")[0] ?? "";
    for (const scope of [group("rg-app"), everything]) {
      expect(await withoutAzure(role(), vaults, kept(scope))).toEqual([]);
      expect(await withoutAzure(role(), vaults, kept(scope, mine, "contributor"))).toEqual([]);
      expect(await withoutAzure(role(), vaults, kept(scope, who.nobody))).toEqual([undecided]);
      expect(await withoutAzure(role(), vaults, kept(scope, mine, "reader"))).toEqual([undecided]);
    }
    for (const scope of [disk(), disk("other"), group("rg-other")])
      expect(await withoutAzure(role(), vaults, kept(scope))).toEqual([undecided]);
    // Pulumi creates first, Terraform may not.
    const made = step("create", formOf(assignment("diskBackupReader", everything, mine)), undefined, "made");
    expect(await withoutAzure(role(), vaults, { ...made, old: undefined })).toEqual([]);
  });

  test("a general role counts only if it is known to be the vault's", async () => {
    expect(await withoutAzure(role(mine, "reader"), shownVault({ type: "SystemAssigned" }))).toEqual([]);
    expect(await withoutAzure(role(mine, "reader", group("rg-app")), shownVault(inAzure))).toEqual([undecided]);
    expect(await withoutAzure(role(mine, "reader", account("stblobs")), shownVault(inAzure))).toEqual([]);
    expect(await withoutAzure(role(who.nobody, "reader", cluster()), shownVault(inAzure))).toEqual([]);
  });

  test("an instance in the preview is named, in each provider's form", async () => {
    for (const it of formsOf(instance())) {
      for (const lost of [role(), role(mine, "diskSnapshotContributor", group("rg-snapshots"))])
        expect([
          it.type,
          ...(await withoutAzure(step("same", it, it.inputs, "backup"), lost, shownVault(inAzure))),
        ]).toEqual([it.type, warning]);
      expect(await withoutAzure(step("same", it, it.inputs, "backup"), role())).toEqual([undecided]);
    }
    const classic = formsOf(instance()).find(({ type }) => type.startsWith("azure:"));
    const stopped = { ...classic, inputs: { ...classic?.inputs, protectionState: "ProtectionStopped" } } as Form;
    expect(await withoutAzure(step("same", stopped, stopped.inputs, "backup"), role(), shownVault(inAzure))).toEqual([
      undecided,
    ]);
  });

  test("the backup extension of a cluster is that of the preview, in each provider's form", async () => {
    const location = "configuration.backupStorageLocation.config";
    const configurationSettings = { [`${location}.storageAccount`]: "staks", [`${location}.resourceGroup`]: "rg-app" };
    const extensionType = "Microsoft.DataProtection.Kubernetes";
    const aksAssignedIdentity = { type: "UserAssigned", principalId: mine };
    const shown = { extensionType, configurationSettings };
    const extension: Thing = {
      id: `${cluster()}/providers/Microsoft.KubernetesConfiguration/extensions/azure-aks-backup`,
      ...clusterExtension,
      body: { properties: { ...shown, aksAssignedIdentity } },
      arguments: { clusterId: cluster(), ...shown, aksAssignedIdentities: [aksAssignedIdentity] },
    };
    const backup: Form = {
      ...{ type: "azure-native:dataprotection:BackupInstance", id: `${vault()}/backupInstances/aks` },
      inputs: clusterBody(),
    };
    for (const it of formsOf(extension)) {
      const lost = (principalId: string) =>
        withoutAzure(
          ...[step("same", backup, backup.inputs, "backup"), step("same", it, it.inputs, "extension")],
          role(principalId, "storageBlobDataContributor", account("staks")),
        );
      expect([it.type, ...(await lost(mine))]).toEqual([it.type, warning]);
      expect(await lost(who.nobody)).toEqual([]);
    }
    const backedUp = step("same", backup, backup.inputs, "backup");
    // The program has the extension as azapi does, and its principal only in the answer of Azure.
    const azapi = step("same", formsOf({ ...extension, body: { properties: shown } }).find(isAzapi) as Form);
    const answered = { ...azapi, outputs: { output: { properties: { aksAssignedIdentity } } } };
    const lost = role(mine, "storageBlobDataContributor", account("staks"));
    expect(await withoutAzure(backedUp, answered, lost)).toEqual([warning]);
    // Nothing shows the principals of the cluster.
    const ofSnapshots = (scope: string) => withoutAzure(backedUp, role(mine, "contributor", scope));
    expect(await ofSnapshots(group("rg-snapshots"))).toEqual([undecided]);
    for (const scope of [group("rg-app"), group("rg-other")]) expect(await ofSnapshots(scope)).toEqual([]);
  });

  test("the principal of a user-assigned identity is that of the vault's outputs", async () => {
    const identity = { type: "UserAssigned", userAssignedIdentities: { [userAssigned()]: { principalId: mine } } };
    const vaultWith = { ...shownVault({ type: "UserAssigned" }), outputs: { identity } };
    const body = instanceBody("Microsoft.Compute/disks", disk(), { identity: userAssigned() });
    const it: Form = { type: "azure-native:dataprotection:BackupInstance", id: instance().id, inputs: body };
    const lost = (principalId: string) =>
      withoutAzure(step("same", it, it.inputs, "backup"), vaultWith, role(principalId, "contributor"));
    expect(await lost(mine)).toEqual([warning]);
    expect(await lost(who.nobody)).toEqual([]);
  });

  test("Terraform's plan shows the vault's principal, and what is backed up", async () => {
    const vaultState = { id: vault(), name: "bv", identity: [{ type: "SystemAssigned", principal_id: mine }] };
    const noOp = (type: string, of: object): ResourceChange => ({ type, actions: ["no-op"], before: of, after: of });
    const all = [noOp("azurerm_data_protection_backup_vault", vaultState)];
    const lost = (principal_id: string) => change(["delete"], state("diskBackupReader", disk(), principal_id));
    const found = async (...changes: ResourceChange[]) => said(await review(terraformPlan([...all, ...changes])));
    expect(await found(lost(mine))).toEqual([undecided]);
    expect(await found(lost(who.nobody))).toEqual([]);
    const backup = { id: `${vault()}/backupInstances/disk`, vault_id: vault(), disk_id: disk() };
    expect(await found(lost(mine), noOp("azurerm_data_protection_backup_instance_disk", backup))).toEqual([warning]);
  });

  test("the principal of this package's IdentityAssignment is that of the vault", async () => {
    const inputs = { vault: vault(), identity: "SystemAssigned" };
    const assigned: StepOf = {
      ...{
        op: "same",
        type: "azure-backup:index:IdentityAssignment",
        name: "identity",
        id: `${vault()}#SystemAssigned`,
      },
      ...{ old: inputs, outputs: { ...inputs, principalId: mine }, new: inputs },
    };
    const ours: StepOf = {
      ...{ op: "same", type: "azure-backup:index:BackupVault", name: "vault", id: vault() },
      ...{
        old: { vaultName: "bv", resourceGroupName: "rg-vaults" },
        new: { vaultName: "bv", resourceGroupName: "rg-vaults" },
      },
    };
    expect(await withoutAzure(assigned, ours, role())).toEqual([undecided]);
    expect(await withoutAzure(assigned, ours, role(who.nobody))).toEqual([]);
  });
});

describe("the binding by which a cluster lets a vault in", () => {
  const operator = "Microsoft.DataProtection/backupVaults/backup-operator";
  const binding = (sourceResourceId = vault(), of = cluster(), roles = [operator], name = "backup"): Thing => ({
    id: `${of}/trustedAccessRoleBindings/${name}`,
    arm: "Microsoft.ContainerService/managedClusters/trustedAccessRoleBindings",
    native: "containerservice:TrustedAccessRoleBinding",
    classic: [
      "azure:containerservice/clusterTrustedAccessRoleBinding:ClusterTrustedAccessRoleBinding",
      "azurerm_kubernetes_cluster_trusted_access_role_binding",
    ],
    body: { properties: { sourceResourceId, roles } },
    arguments: { kubernetesClusterId: of, sourceResourceId, roles },
  });
  const lost = (...of: Parameters<typeof binding>) => step("delete", formOf(binding(...of)));

  test("is not deleted without a warning, in each provider's form", async () => {
    const forms = formsOf(binding());
    const found = await Promise.all(forms.map(async (it) => [it.type, ...(await withAzure(step("delete", it)))]));
    expect(found).toEqual(forms.map(({ type }) => [type, warning]));
    const { id, body } = binding();
    const deleted = whatIf({ resourceId: id, changeType: "Delete", before: { id, ...body }, after: null });
    expect(said(await review(deleted, live()))).toEqual([warning]);
    const report = await review(deleted, live());
    expect(report.resources[0]?.verdicts[0]?.source).toMatch(/azure-kubernetes-service-cluster-backup-concept$/);
  });

  test("is nothing for backups if it is for another service, another cluster, or a vault without backups of it", async () => {
    const workspace = at("rg-app", "Microsoft.MachineLearningServices/workspaces/ml");
    expect(await withAzure(lost(workspace))).toEqual([]);
    expect(await withAzure(lost(vault(), cluster("other")))).toEqual([]);
    expect(await withAzure(lost(vault("gone")))).toEqual([]);
    expect(await withoutAzure(lost(workspace))).toEqual([]);
    expect(await withAzure({ ...lost(), retainOnDelete: true })).toEqual([]);
  });

  test("may go with the vault or the backup, or if another one lets the vault in", async () => {
    const aks = {
      ...instance("aks"),
      own: { ...instance().own, dataSource: "AzureKubernetesService", dataSourceId: cluster() },
    };
    const found = [
      ...(await withAzure(shownVault({ type: "SystemAssigned" }, "delete"), lost())),
      ...(await withAzure(step("delete", formsOf(aks).at(-1) as Form, {}, "backup"), lost())),
      ...(await withAzure(
        lost(),
        step("same", formOf(binding(vault(), cluster(), [operator], "second")), undefined, "second"),
      )),
    ];
    expect(found.filter((each) => each.includes(removed))).toEqual([]);
    const second = formOf(binding(vault(), cluster(), [operator], "second"));
    expect(await withAzure(lost(), { ...step("delete", second, {}, "second"), retainOnDelete: true })).toEqual([]);
    const [first] = formsOf(binding());
    const replaced = await review(preview(step("replace", first as Form)), live());
    expect(replaced.resources[0]?.verdicts[0]?.reason).toContain("The run grants it again");
  });

  test("that two resources are is taken from both, unless one writes it again later", async () => {
    const form = formOf(binding());
    expect(await withAzure(lost(), step("same", form, undefined, "second"))).toEqual([warning]);
    const of = (id: string) => ({
      id,
      kubernetes_cluster_id: cluster(),
      source_resource_id: vault(),
      roles: [operator],
    });
    const type = "azurerm_kubernetes_cluster_trusted_access_role_binding";
    const made: ResourceChange = {
      type,
      address: "made",
      actions: ["create"],
      after: { ...of(form.id), id: undefined },
    };
    const report = await review(terraformPlan([{ type, actions: ["delete"], before: of(form.id) }, made]), live());
    expect(report.resources.flatMap(({ verdicts }) => verdicts)).toMatchObject([
      { decision: "warn", reason: expect.stringContaining("The run grants it again") },
    ]);
  });

  test("is the same as deleted if an update gives it to another vault, or takes its role", async () => {
    const becomes = (wanted: Thing) => withAzure(step("update", formOf(binding()), formOf(wanted).inputs));
    expect(await becomes(binding(vault("other")))).toEqual([warning]);
    expect(await becomes(binding(vault(), cluster(), ["Microsoft.Other/things/reader"]))).toEqual([warning]);
    expect(await becomes(binding(unknownSentinel))).toEqual([undecided]);
    expect(await becomes(binding(vault().toUpperCase()))).toEqual([]);
  });

  test("is undecided if the preview hides which vault it lets in, and a vault backs up the cluster", async () => {
    const secret = { "4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270" };
    const { id } = binding();
    const native = (sourceResourceId: unknown, roles: unknown = [operator], of = cluster()): Form => ({
      ...{ type: "azure-native:containerservice:TrustedAccessRoleBinding", id: id.replace(cluster(), of) },
      inputs: { resourceGroupName: "rg-app", resourceName: "aks", sourceResourceId, roles },
    });
    const unread: Form = {
      ...{ type: "azapi:index/resource:Resource", id },
      inputs: { type: `${binding().arm}@2024-05-01`, name: "backup", parentId: cluster() },
    };
    for (const form of [native(secret), native(secret, secret), native(vault(), secret), unread])
      expect(await withAzure(step("delete", form))).toEqual([undecided]);
    expect(await withoutAzure(step("delete", native(secret)))).toEqual([undecided]);
    for (const form of [
      native(secret, ["Microsoft.Other/things/reader"]),
      native(secret, [operator], cluster("other")),
    ])
      expect(await withAzure(step("delete", form))).toEqual([]);
    const update = (after: Form, differs: string[]) =>
      withAzure({ ...step("update", native(secret), after.inputs), differs });
    expect(await update(native(secret), ["tags"])).toEqual([]);
    expect(await update(native(secret), ["sourceResourceId"])).toEqual([undecided]);
    expect(await update(native(vault("other")), ["sourceResourceId"])).toEqual([undecided]);
    expect(await update(native(vault()), ["sourceResourceId"])).toEqual([]);
  });

  test("without access to Azure is undecided, unless the preview shows the backup of the cluster", async () => {
    const inputs = clusterBody();
    const backup: StepOf = {
      ...{ op: "same", type: "azure-native:dataprotection:BackupInstance", name: "aks" },
      ...{ id: `${vault()}/backupInstances/aks`, old: inputs, new: inputs },
    };
    expect(await withoutAzure(lost())).toEqual([undecided]);
    expect(await withoutAzure(lost(), backup)).toEqual([warning]);
    expect(await withoutAzure(lost(vault(), cluster("other")), backup)).toEqual([undecided]);
  });

  test("in a template that this version cannot check counts only if it is for a cluster that is backed up", async () => {
    const template = { resources: [{ type: "Microsoft.ContainerService/managedClusters/trustedAccessRoleBindings" }] };
    const deployment: StepOf = {
      ...{ op: "create", type: "azure-native:resources:Deployment", name: "template" },
      new: { properties: { mode: "Incremental", template } },
    };
    expect((await review(preview(deployment))).decision).toBe("clear");
  });
});
