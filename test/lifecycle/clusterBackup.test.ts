import { type Emulator, startEmulator } from "../../emulator/index.js";
import { unknownSentinel } from "../../provider/vaults/unknowns.js";
import { holdRequests } from "../support/heldRequests.js";
import { created, oneRun } from "../support/oneRun.js";

let azure: Emulator;
let vault: string;
let args: Record<string, unknown>;
let clusterId: string;
let account: string;
let worlds = 0;

const reader = "acdd72a7-3385-48ef-bd42-f606fba81ae7";
const contributor = "b24988ac-6180-42a0-ab88-20f7382dd24c";
const blobContributor = "ba92f5b4-2d11-453d-a403-e96b0029c9fe";
const blobReader = "2a2b9908-6ea1-4ae2-8e65-a410df84e7d1";

const group = () => `/subscriptions/${azure.env.ARM_SUBSCRIPTION_ID}/resourceGroups/rg-${worlds}`;
const snapshots = () => `${group()}-snapshots`;
const principals: Record<"vault" | "cluster" | "extension", string> = { vault: "", cluster: "", extension: "" };

beforeAll(async () => {
  azure = await startEmulator({ trust: true });
});
holdRequests(() => azure);
afterAll(() => azure.close());

beforeEach(async () => {
  azure.faults.clear();
  worlds += 1;
  for (const name of [`rg-${worlds}`, `rg-${worlds}-snapshots`]) azure.createResourceGroup(name);
  const made = await created(oneRun(azure).backupVault, {
    vaultName: `bv-${worlds}`,
    resourceGroupName: `rg-${worlds}`,
    location: "westeurope",
    redundancy: "LocallyRedundant",
    identity: { type: "SystemAssigned" },
  });
  vault = made.id;
  account = `${group()}/providers/Microsoft.Storage/storageAccounts/backups`;
  const cluster = readyCluster("aks");
  clusterId = cluster.id;
  principals.vault = azure.vault(vault)?.identity?.principalId;
  principals.cluster = cluster.identity?.principalId;
  args = await argsOf(clusterId);
});

/** With all that its owner installs. */
function readyCluster(name: string, more?: object) {
  const cluster = azure.createManagedCluster(`rg-${worlds}`, name, more);
  const extension = azure.installBackupExtension(cluster.id, account);
  principals.extension = extension.properties.aksAssignedIdentity.principalId;
  azure.grant(account, principals.extension, blobContributor);
  return cluster;
}

async function argsOf(dataSourceId: string, retention: object[] = [{ keep: "P7D" }]) {
  const schedule = { every: "P1D", at: "02:00" };
  const policyName = `policy-${retention.length}`;
  const policy = { vault, policyName, dataSource: "AzureKubernetesService", schedule, retention };
  const { id: policyId } = await created(oneRun(azure).backupPolicy, { ...policy, adopt: true });
  const name = dataSourceId.slice(dataSourceId.lastIndexOf("/") + 1);
  const named = { vault, instanceName: name, dataSource: "AzureKubernetesService", dataSourceId, policyId };
  return { ...named, snapshotResourceGroupId: snapshots(), grantRoles: true, onDelete: "delete" };
}

const vaulted = [{ keep: "P7D" }, { keep: "P30D", of: "FirstOfDay", store: "VaultStore" }];

const reasons = async (given: object) => {
  const { failures } = await oneRun(azure).backupInstance.check({}, given as Record<string, unknown>);
  return failures.map(({ reason }) => reason).join("\n");
};
const instanceWrites = () => azure.writes().filter(({ path }) => path.startsWith(`${vault}/backupInstances/`)).length;

type Listed = { value: { id: string; name: string; properties: Record<string, string> }[] };
const bindings = (of = clusterId) => (azure.arm("GET", `${of}/trustedAccessRoleBindings`).body as Listed).value;
const roles = (scope: string, principalId: string) =>
  (azure.arm("GET", `${scope}/providers/Microsoft.Authorization/roleAssignments`).body as Listed).value
    .filter(({ properties }) => properties.scope === scope && properties.principalId === principalId)
    .map(({ properties }) => properties.roleDefinitionId?.split("/").at(-1))
    .sort();

describe("what stands in the way of a backup is named at preview, and nothing is sent:", () => {
  const extensionId = () => `${clusterId}/providers/Microsoft.KubernetesConfiguration/extensions/azure-aks-backup`;
  const install = (settings: object) =>
    azure.arm("PUT", extensionId(), {
      properties: { extensionType: "microsoft.dataprotection.kubernetes", configurationSettings: settings },
    });

  test.each([
    ["no cluster", () => azure.arm("DELETE", clusterId), "does not exist, or the caller lacks the Reader role on it"],
    [
      "no backup extension",
      () => azure.arm("DELETE", extensionId()),
      "has no backup extension (microsoft.dataprotection.kubernetes). Install it with `az k8s-extension create",
    ],
    [
      "an extension whose installation failed",
      () => azure.installBackupExtension(clusterId, account, "Failed"),
      'backup extension "azure-aks-backup" is not ready: its provisioning state is Failed',
    ],
    ["an extension without a storage account", () => install({}), "shows no storage account for its backups"],
    [
      "a cluster with a service principal",
      () => azure.arm("PUT", clusterId, { location: "westeurope", properties: {} }),
      "the AKS cluster has no managed identity",
    ],
  ])("%s", async (_, arrange, expected) => {
    arrange();
    expect(await reasons(args)).toContain(expected);
    await expect(
      oneRun(azure).backupInstance.create({ ...args, instanceId: `${vault}/backupInstances/aks` }),
    ).rejects.toThrow(expected);
    expect(instanceWrites()).toBe(0);
  });

  test("a cluster in another region", async () => {
    const elsewhere = readyCluster("far", { location: "northeurope" });
    expect(await reasons({ ...args, dataSourceId: elsewhere.id })).toContain(
      "the AKS cluster is in northeurope, and the vault in westeurope",
    );
    azure.setVault(vault, { properties: { regionOfChoiceSettings: { status: "Enabled" } } });
    expect(await reasons({ ...args, dataSourceId: elsewhere.id })).not.toContain("northeurope");
  });

  test("not an extension that is ready, in whichever case Azure says so", async () => {
    azure.installBackupExtension(clusterId, account, "succeeded");
    expect(await reasons(args)).not.toContain("is not ready");
  });

  test("also where the policy is not known yet", async () => {
    azure.arm("DELETE", extensionId());
    expect(await reasons({ ...args, policyId: unknownSentinel })).toContain("has no backup extension");
  });

  test("a cluster that the program still creates is no reason to refuse", async () => {
    azure.arm("DELETE", clusterId);
    const run = oneRun(azure);
    const { failures } = await run.backupInstance.check({}, { ...args, __program: { waitsForNew: true } });
    expect(failures).toEqual([]);
    expect(run.warnings.join()).toContain("does not exist");
  });
});

describe("without `grantRoles`", () => {
  test("each missing role is named with its holder and its command, and so is the trusted access", async () => {
    const said = await reasons({ ...args, grantRoles: false });
    expect(said).toContain(
      `the vault's identity (principal ID ${principals.vault}) lacks roles that backup needs: "Reader" on ${clusterId} and ` +
        `"Reader" on ${snapshots()}. Nothing was sent.`,
    );
    expect(said).toContain(
      `the AKS cluster's identity (principal ID ${principals.cluster}) lacks a role that backup needs: "Contributor" on ${snapshots()}`,
    );
    expect(said).toContain(
      `\`az aks trustedaccess rolebinding create --subscription ${azure.env.ARM_SUBSCRIPTION_ID} --resource-group rg-${worlds} ` +
        "--cluster-name aks --name backup-",
    );
    expect(said).toContain(
      `--source-resource-id ${vault} --roles Microsoft.DataProtection/backupVaults/backup-operator\``,
    );
    expect(said).not.toContain("Storage Blob Data Contributor");
    expect(instanceWrites()).toBe(0);
  });

  test("what others have granted is enough, and stays after a deletion", async () => {
    azure.grant(clusterId, principals.vault, reader);
    azure.grant(snapshots(), principals.vault, reader);
    azure.grant(snapshots(), principals.cluster, contributor);
    const properties = { sourceResourceId: vault, roles: ["Microsoft.DataProtection/backupVaults/backup-operator"] };
    azure.arm("PUT", `${clusterId}/trustedAccessRoleBindings/by-hand`, { properties });
    const { id, outs } = await created(oneRun(azure).backupInstance, { ...args, grantRoles: false });
    expect(outs).toMatchObject({ protectionState: "ProtectionConfigured" });
    expect(outs).not.toHaveProperty("grantedRoles");
    await oneRun(azure).backupInstance.delete(id, outs);
    expect(bindings()).toMatchObject([{ name: "by-hand" }]);
    expect(roles(snapshots(), principals.cluster)).toEqual([contributor]);
  });
});

describe("with `grantRoles`", () => {
  test("roles and trusted access are granted, and go with the instance", async () => {
    const { id, outs } = await created(oneRun(azure).backupInstance, args);
    expect(outs).toMatchObject({ protectionState: "ProtectionConfigured" });
    expect(outs.grantedRoles).toHaveLength(4);
    expect(bindings()).toMatchObject([
      {
        name: expect.stringMatching(/^backup-[0-9a-f]{16}$/),
        properties: { sourceResourceId: vault, roles: ["Microsoft.DataProtection/backupVaults/backup-operator"] },
      },
    ]);
    await oneRun(azure).backupInstance.delete(id, outs);
    expect(bindings()).toEqual([]);
    for (const [scope, who] of [
      [clusterId, principals.vault],
      [snapshots(), principals.vault],
      [snapshots(), principals.cluster],
    ] as const)
      expect(roles(scope, who)).toEqual([]);
  });

  test("a role at the storage account of the extension is not granted, but named", async () => {
    const other = `${account}two`;
    azure.installBackupExtension(clusterId, other);
    const said = await reasons(args);
    expect(said).toContain(
      `the identity of the AKS cluster's backup extension (principal ID ${principals.extension}) lacks a role that backup needs: ` +
        `"Storage Blob Data Contributor" on ${other}. Nothing was sent. Assign it with \`az role assignment create`,
    );
    expect(said).not.toContain("Set `grantRoles: true`");
  });

  test("backups that are copied into the vault need more of the vault's identity", async () => {
    const more = await argsOf(clusterId, vaulted);
    expect(await reasons(more)).toContain(`"Storage Blob Data Reader" on ${account}`);
    azure.grant(account, principals.vault, blobReader);
    const { id, outs } = await created(oneRun(azure).backupInstance, more);
    expect(outs).toMatchObject({ protectionState: "ProtectionConfigured" });
    expect(roles(snapshots(), principals.vault)).toHaveLength(3);
    await oneRun(azure).backupInstance.delete(id, outs);
    expect(roles(snapshots(), principals.vault)).toEqual([]);
    expect(roles(account, principals.vault)).toEqual([blobReader]);
  });

  test("of two clusters with one group of snapshots, one keeps its roles when the other goes", async () => {
    const first = await created(oneRun(azure).backupInstance, args);
    const second = readyCluster("aks-two");
    await created(oneRun(azure).backupInstance, await argsOf(second.id));
    await oneRun(azure).backupInstance.delete(first.id, first.outs);
    expect(roles(snapshots(), principals.vault)).toEqual([reader]);
    expect(roles(snapshots(), principals.cluster)).toEqual([]);
    expect(roles(snapshots(), second.identity?.principalId)).toEqual([contributor]);
    expect(bindings()).toEqual([]);
    expect(bindings(second.id)).toHaveLength(1);
  });

  test("a run that was interrupted after granting is completed by the next one, which records all of it", async () => {
    azure.faults.add({
      kind: "status",
      method: "PUT",
      path: "/backupInstances/",
      status: 403,
      code: "AuthorizationFailed",
    });
    await expect(created(oneRun(azure).backupInstance, args)).rejects.toThrow("AuthorizationFailed");
    const { id, outs } = await created(oneRun(azure).backupInstance, args);
    expect(outs.grantedRoles).toHaveLength(4);
    expect(bindings()).toHaveLength(1);
    await oneRun(azure).backupInstance.delete(id, outs);
    expect(bindings()).toEqual([]);
  });

  test("whoever may not create the trusted access reads which permission that needs", async () => {
    azure.faults.add({
      kind: "status",
      method: "PUT",
      path: "trustedAccessRoleBindings",
      status: 403,
      code: "AuthorizationFailed",
    });
    await expect(created(oneRun(azure).backupInstance, args)).rejects.toThrow(
      "needs permission for Microsoft.ContainerService/managedClusters/trustedAccessRoleBindings/write on",
    );
    expect(instanceWrites()).toBe(0);
  });

  test("an instance whose cluster is gone can be deleted", async () => {
    const { id, outs } = await created(oneRun(azure).backupInstance, args);
    azure.arm("DELETE", clusterId);
    await oneRun(azure).backupInstance.delete(id, outs);
    expect(azure.arm("GET", id).status).toBe(404);
  });
});

describe("a user-assigned identity of the vault", () => {
  let identity: { id: string; principalId: string };
  let using: Record<string, unknown>;

  beforeEach(async () => {
    const { id, properties } = azure.createUserAssignedIdentity(`rg-${worlds}`, "id-backup");
    identity = { id, principalId: properties.principalId };
    await created(oneRun(azure).identityAssignment, { vault, identity: id });
    using = { ...args, identityDetails: { useSystemAssignedIdentity: false, userAssignedIdentityArmUrl: id } };
  });

  const ofUser = () => [roles(clusterId, identity.principalId), roles(snapshots(), identity.principalId)];
  const ofSystem = () => [roles(clusterId, principals.vault), roles(snapshots(), principals.vault)];

  test("needs the roles that the system-assigned one would need, and the cluster's own identity keeps its own", async () => {
    for (const scope of [clusterId, snapshots()]) azure.grant(scope, principals.vault, reader);
    const said = await reasons({ ...using, grantRoles: false });
    expect(said).toContain(
      `the user-assigned identity ${identity.id} (principal ID ${identity.principalId}) lacks roles that backup needs: "Reader" on`,
    );
    expect(said).toContain(`the AKS cluster's identity (principal ID ${principals.cluster}) lacks a role`);
    expect(said).toContain("the AKS cluster has no trusted access role binding that lets the vault in");
  });

  test("is granted its roles, and loses them with the instance", async () => {
    const { id, outs } = await created(oneRun(azure).backupInstance, using);
    expect(outs).toMatchObject({ protectionState: "ProtectionConfigured" });
    expect(ofUser()).toEqual([[reader], [reader]]);
    expect(ofSystem()).toEqual([[], []]);
    expect(roles(snapshots(), principals.cluster)).toEqual([contributor]);
    await oneRun(azure).backupInstance.delete(id, outs);
    expect([...ofUser(), bindings()]).toEqual([[], [], []]);
  });

  test("takes the place of the system-assigned one in place: only the roles of the vault's identity move", async () => {
    const first = await created(oneRun(azure).backupInstance, await argsOf(clusterId, vaulted.slice(0, 1)));
    const run = oneRun(azure).backupInstance;
    const { inputs, failures } = await run.check(first.inputs, using);
    expect(failures).toEqual([]);
    expect(await run.diff(first.id, first.outs, inputs)).toMatchObject({ changes: true, replaces: [] });
    const { outs } = await run.update(first.id, first.outs, inputs);
    expect([...ofUser(), ...ofSystem()]).toEqual([[reader], [reader], [], []]);
    expect(roles(snapshots(), principals.cluster)).toEqual([contributor]);
    expect(bindings()).toHaveLength(1);
    await oneRun(azure).backupInstance.delete(first.id, outs as typeof first.outs);
    expect([...ofUser(), roles(snapshots(), principals.cluster), bindings()]).toEqual([[], [], [], []]);
  });

  test("keeps the roles of backups in the vault when another policy copies none there any more", async () => {
    azure.grant(account, identity.principalId, blobReader);
    const inVault = await argsOf(clusterId, vaulted);
    const first = await created(oneRun(azure).backupInstance, { ...using, policyId: inVault.policyId });
    const before = ofUser();
    const run = oneRun(azure).backupInstance;
    const { inputs } = await run.check(first.inputs, using);
    await run.update(first.id, first.outs, inputs);
    expect(before[1]).toHaveLength(3);
    expect(ofUser()).toEqual(before);
  });
});

describe("what of a cluster is backed up", () => {
  const configuration = { includedNamespaces: ["payroll", "orders"], snapshotVolumes: true };

  test("is everything, if the program says nothing", async () => {
    const { id, outs, inputs } = await created(oneRun(azure).backupInstance, args);
    const { body } = azure.arm("GET", id) as { body: { properties: { policyInfo: object } } };
    expect(body.properties.policyInfo).toMatchObject({
      policyParameters: {
        backupDatasourceParametersList: [
          {
            objectType: "KubernetesClusterBackupDatasourceParameters",
            snapshotVolumes: true,
            includeClusterScopeResources: true,
          },
        ],
      },
    });
    const run = oneRun(azure).backupInstance;
    const same = { ...args, backupConfiguration: { includeClusterScopeResources: true, labelSelectors: [] } };
    const { inputs: again, failures } = await run.check(inputs, same);
    expect(failures).toEqual([]);
    expect(await run.diff(id, outs, again)).toMatchObject({ replaces: [] });
  });

  test("is the same in another order, and after a refresh", async () => {
    const given = { ...args, backupConfiguration: configuration };
    const { id, outs } = await created(oneRun(azure).backupInstance, given);
    const read = await oneRun(azure).backupInstance.read(id, outs);
    expect(read.inputs).toMatchObject({ backupConfiguration: configuration });
    const run = oneRun(azure).backupInstance;
    const turned = { snapshotVolumes: true, includedNamespaces: ["orders", "payroll"] };
    const { inputs, failures } = await run.check(read.inputs as never, { ...args, backupConfiguration: turned });
    expect(failures).toEqual([]);
    expect(await run.diff(id, read.props as never, inputs)).toMatchObject({ changes: false, replaces: [] });
  });

  const liveConfiguration = (id: string) => {
    const { body } = azure.arm("GET", id) as { body: { properties: { policyInfo: Record<string, Json> } } };
    return body.properties.policyInfo.policyParameters.backupDatasourceParametersList[0];
  };

  // https://github.com/Azure/azure-cli-extensions/pull/9452
  test("is changed in place, and everything is backed up again without it", async () => {
    const first = await created(oneRun(azure).backupInstance, { ...args, backupConfiguration: configuration });
    let { outs } = first;
    const become = async (given: object) => {
      azure.vault(vault);
      const run = oneRun(azure).backupInstance;
      const { inputs, failures } = await run.check(outs, given as Record<string, unknown>);
      expect(failures).toEqual([]);
      expect(await run.diff(first.id, outs, inputs)).toMatchObject({ changes: true, replaces: [] });
      outs = (await run.update(first.id, outs, inputs)).outs as typeof outs;
      return liveConfiguration(first.id);
    };
    const payroll = { ...args, backupConfiguration: { ...configuration, includedNamespaces: ["payroll"] } };
    expect(await become(payroll)).toMatchObject({ includedNamespaces: ["payroll"], snapshotVolumes: true });
    expect(instanceWrites()).toBe(2);
    expect(await become(args)).not.toHaveProperty("includedNamespaces");
    expect(outs).not.toHaveProperty("backupConfiguration");
    const { inputs } = await oneRun(azure).backupInstance.read(first.id, outs);
    expect(inputs).not.toHaveProperty("backupConfiguration");
  });

  test("stays as it is where the program says nothing of it, and an instance is adopted", async () => {
    const { id } = await created(oneRun(azure).backupInstance, { ...args, backupConfiguration: configuration });
    azure.vault(vault);
    const adopted = await created(oneRun(azure).backupInstance, { ...args, adopt: true });
    expect(instanceWrites()).toBe(1);
    expect(liveConfiguration(id)).toMatchObject(configuration);
    const run = oneRun(azure).backupInstance;
    const { inputs } = await run.read(id, adopted.outs);
    expect(inputs).not.toHaveProperty("backupConfiguration");
  });

  test("of which this version does not know all is not changed, so that nothing of it is lost", async () => {
    const { id, outs } = await created(oneRun(azure).backupInstance, args);
    const { properties } = azure.arm("GET", id).body as { properties: Record<string, Json> };
    const { policyInfo } = structuredClone(properties);
    Object.assign(policyInfo.policyParameters.backupDatasourceParametersList[0], { excludedVolumes: ["scratch"] });
    azure.vault(vault);
    azure.arm("PUT", id, { properties: { ...properties, policyInfo } });
    azure.vault(vault);
    const writes = instanceWrites();
    const run = oneRun(azure).backupInstance;
    const { inputs } = await run.check(outs, { ...args, friendlyName: "payroll" });
    await expect(run.update(id, outs, inputs)).rejects.toThrow("is not understood by this version");
    expect(instanceWrites()).toBe(writes);
  });

  test.each([
    [{ includedNamespaces: ["kube-system"] }, "includedNamespaces must not name kube-system"],
    [{ includedNamespaces: ["pay roll"] }, "includedNamespaces[0] must be the name of a namespace"],
    [{ includedNamespaces: Array.from({ length: 801 }, (_, each) => `n${each}`) }, "must name at most 800 namespaces"],
    [{ includedVolumeTypes: ["AzureBlob"] }, "includedVolumeTypes[0] must be AzureDisk or AzureFileShareSMB"],
    [{ backupHookReferences: [{ name: "flush" }] }, "backupHookReferences[0].namespace is missing"],
    [{ namespaces: ["payroll"] }, 'unknown argument "backupConfiguration.namespaces"'],
  ])("is refused where it is wrong: %#", async (wrong, expected) => {
    expect(await reasons({ ...args, backupConfiguration: wrong })).toContain(expected);
  });

  test("is no argument for other data sources", async () => {
    const disk = `${group()}/providers/Microsoft.Compute/disks/disk`;
    const given = { ...args, dataSource: "AzureDisk", dataSourceId: disk, backupConfiguration: configuration };
    expect(await reasons(given)).toContain("backupConfiguration is no argument for managed disks. Remove it");
  });
});

// biome-ignore lint/suspicious/noExplicitAny: Azure's JSON
type Json = any;
