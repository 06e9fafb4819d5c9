import { type Emulator, startEmulator } from "../../emulator/index.js";
import { type DataSourceName, dataSourceOf } from "../../provider/policies/dataSources.js";
import { holdRequests } from "../support/heldRequests.js";
import { created, oneRun } from "../support/oneRun.js";

/*
 * Backup instances that Azure was seen to take, as their clients send them: az (recorded in azure-cli-extensions,
 * test_dataprotection_backup_instance_create_and_delete_* and _uami_create_update, 2026-08), the acceptance tests of azurerm
 * (data_protection_backup_instance_*, 2026-08), and the examples of Microsoft's specification (PutBackupInstance*, 2026-06-01). And
 * instances that Azure was seen to show, to Az.DataProtection (Azure/azure-powershell, Get-AzDataProtectionBackupInstance, 2026-08).
 */

let azure: Emulator;
let vault: string;
let identity: string;
let worlds = 0;

const group = () => `/subscriptions/${azure.env.ARM_SUBSCRIPTION_ID}/resourceGroups/rg-${worlds}`;
const inGroup = (path: string) => `${group()}/providers/${path}`;

beforeAll(async () => {
  azure = await startEmulator({ trust: true });
});
holdRequests(() => azure);
afterAll(() => azure.close());

beforeEach(() => {
  worlds += 1;
  azure.createResourceGroup(`rg-${worlds}`);
  identity = azure.createUserAssignedIdentity(`rg-${worlds}`, "id-backup").id;
  vault = inGroup("Microsoft.DataProtection/backupVaults/bv");
  azure.arm("PUT", `${vault}?api-version=2025-07-01`, {
    location: "westeurope",
    identity: { type: "SystemAssigned,UserAssigned", userAssignedIdentities: { [identity]: {} } },
    properties: { storageSettings: [{ datastoreType: "VaultStore", type: "LocallyRedundant" }] },
  });
});

interface Seen {
  dataSource: DataSourceName;
  /** What its client sends besides `dataSourceInfo`, given that; `policyInfo` without the policy's ID. */
  sends: (source: object) => Record<string, unknown>;
  /** Members of `dataSourceInfo` that it spells in its own way. */
  spelled?: object;
  tags?: Record<string, string>;
  apiVersion?: string;
  /** What a program says to have the same. */
  args: () => object;
}

const snapshotsIn = (resourceGroupId: string) => ({
  dataStoreParametersList: [
    { dataStoreType: "OperationalStore", objectType: "AzureOperationalStoreParameters", resourceGroupId },
  ],
});
const backedUp = (objectType: string, members: object) => ({
  backupDatasourceParametersList: [{ objectType, ...members }],
});
const policyInfo = (policyParameters: object) => ({ policyInfo: { policyParameters } });
const inSet = (source: object, more: object = {}) => ({
  dataSourceSetInfo: { ...source, objectType: "DatasourceSet", ...more },
});

const rule = (pattern: string) => ({ mode: "Exclude", type: "Prefix", pattern });
const rules = [rule("temp-"), rule("test-")];
const allContainers = (objectType: string) =>
  policyInfo(
    backedUp(objectType, {
      autoProtectionSettings: {
        objectType: "BlobBackupRuleBasedAutoProtectionSettings",
        enabled: true,
        rules: rules.map((each) => ({ objectType: "BlobBackupAutoProtectionRule", ...each })),
      },
    }),
  );

const tags = { Owner: "dppclitest", Purpose: "Testing" };
const asIdentity = () => ({
  identityDetails: { useSystemAssignedIdentity: false, userAssignedIdentityArmUrl: identity },
});
const ofDisk = () => ({ snapshotResourceGroupId: group() });

const seen: [string, Seen][] = [
  [
    "az's disk",
    {
      dataSource: "AzureDisk",
      spelled: { resourceUri: "" },
      sends: () => ({ friendlyName: "source", ...policyInfo(snapshotsIn(group())) }),
      tags,
      args: () => ({ ...ofDisk(), friendlyName: "source", tags }),
    },
  ],
  [
    "az's disk with a user-assigned identity",
    {
      dataSource: "AzureDisk",
      sends: () => ({ friendlyName: "source", ...asIdentity(), ...policyInfo(snapshotsIn(group())) }),
      args: () => ({ ...ofDisk(), friendlyName: "source", ...asIdentity() }),
    },
  ],
  [
    "azurerm's disk",
    {
      dataSource: "AzureDisk",
      sends: () => ({ friendlyName: "instance", ...policyInfo(snapshotsIn(group())) }),
      args: () => ({ ...ofDisk(), friendlyName: "instance" }),
    },
  ],
  [
    "the specification's shallow validation",
    {
      dataSource: "AzureDisk",
      spelled: { resourceLocation: "", resourceUri: "" },
      sends: () => ({
        friendlyName: "source",
        validationType: "ShallowValidation",
        ...asIdentity(),
        ...policyInfo(snapshotsIn(group())),
      }),
      args: () => ({ ...ofDisk(), friendlyName: "source", ...asIdentity() }),
    },
  ],
  [
    "az's blobs",
    {
      dataSource: "AzureBlob",
      sends: (source) => ({
        ...inSet(source),
        friendlyName: "source",
        ...policyInfo(backedUp("BlobBackupDatasourceParameters", { containersList: ["invoices", "orders"] })),
      }),
      args: () => ({ containers: ["orders", "invoices"], friendlyName: "source" }),
    },
  ],
  [
    "azurerm's blobs in their own account",
    {
      dataSource: "AzureBlob",
      sends: () => ({ friendlyName: "instance", objectType: "", policyInfo: {} }),
      args: () => ({ friendlyName: "instance" }),
    },
  ],
  [
    "azurerm's blobs in the vault",
    {
      dataSource: "AzureBlob",
      sends: () => ({
        friendlyName: "instance",
        objectType: "",
        ...policyInfo(backedUp("BlobBackupDatasourceParameters", { containersList: ["invoices"] })),
      }),
      args: () => ({ containers: ["invoices"], friendlyName: "instance" }),
    },
  ],
  [
    "the specification's blobs of all containers",
    {
      dataSource: "AzureBlob",
      spelled: { resourceType: "microsoft.storage/storageAccounts" },
      sends: (source) => ({
        ...inSet(source),
        friendlyName: "source\\blobbackupinstance",
        ...allContainers("BlobBackupDatasourceParametersForAutoProtection"),
      }),
      apiVersion: "2026-06-01",
      args: () => ({
        autoProtectionSettings: { enabled: true, rules },
        friendlyName: "source\\blobbackupinstance",
      }),
    },
  ],
  [
    "azurerm's Data Lake Storage",
    {
      dataSource: "AzureDataLakeStorage",
      sends: (source) => ({
        ...inSet(source, { datasourceType: "Microsoft.Storage/storageAccounts" }),
        friendlyName: "instance",
        objectType: "",
        ...policyInfo(backedUp("AdlsBlobBackupDatasourceParameters", { containersList: ["lake"] })),
      }),
      args: () => ({ containers: ["lake"], friendlyName: "instance" }),
    },
  ],
  [
    "the specification's Data Lake Storage of all containers",
    {
      dataSource: "AzureDataLakeStorage",
      sends: (source) => ({
        ...inSet(source),
        friendlyName: "source\\adlsbackupinstance",
        ...allContainers("AdlsBlobBackupDatasourceParametersForAutoProtection"),
      }),
      apiVersion: "2026-06-01",
      args: () => ({
        autoProtectionSettings: { enabled: true, rules },
        friendlyName: "source\\adlsbackupinstance",
      }),
    },
  ],
  [
    "azurerm's basic AKS cluster",
    {
      dataSource: "AzureKubernetesService",
      sends: (source) => ({ ...inSet(source), friendlyName: "instance", ...policyInfo(snapshotsIn(group())) }),
      args: () => ({ ...ofDisk(), friendlyName: "instance" }),
    },
  ],
  [
    "azurerm's complete AKS cluster",
    {
      dataSource: "AzureKubernetesService",
      sends: (source) => ({
        ...inSet(source),
        friendlyName: "instance",
        ...policyInfo({
          ...snapshotsIn(group()),
          ...backedUp("KubernetesClusterBackupDatasourceParameters", {
            excludedNamespaces: ["test-excluded-namespaces"],
            excludedResourceTypes: ["exvolumesnapshotcontents.snapshot.storage.k8s.io"],
            includeClusterScopeResources: true,
            includedNamespaces: ["test-included-namespaces"],
            includedResourceTypes: ["involumesnapshotcontents.snapshot.storage.k8s.io"],
            labelSelectors: ["kubernetes.io/metadata.name:test"],
            snapshotVolumes: false,
          }),
        }),
      }),
      args: () => ({
        ...ofDisk(),
        friendlyName: "instance",
        backupConfiguration: {
          excludedNamespaces: ["test-excluded-namespaces"],
          excludedResourceTypes: ["exvolumesnapshotcontents.snapshot.storage.k8s.io"],
          includeClusterScopeResources: true,
          includedNamespaces: ["test-included-namespaces"],
          includedResourceTypes: ["involumesnapshotcontents.snapshot.storage.k8s.io"],
          labelSelectors: ["kubernetes.io/metadata.name:test"],
          snapshotVolumes: false,
        },
      }),
    },
  ],
  [
    "the specification's AKS cluster",
    {
      dataSource: "AzureKubernetesService",
      spelled: {
        datasourceType: "Microsoft.ContainerService/managedclusters",
        resourceType: "Microsoft.ContainerService/managedclusters",
      },
      sends: (source) => ({
        ...inSet(source),
        friendlyName: "aksbi",
        ...policyInfo({
          ...snapshotsIn(group()),
          ...backedUp("KubernetesClusterBackupDatasourceParameters", {
            excludedNamespaces: ["kube-system"],
            excludedResourceTypes: ["v1/Secret"],
            includeClusterScopeResources: true,
            includedNamespaces: ["test"],
            includedResourceTypes: [],
            includedVolumeTypes: ["AzureDisk", "AzureFileShareSMB"],
            labelSelectors: [],
            snapshotVolumes: true,
          }),
        }),
      }),
      args: () => ({
        ...ofDisk(),
        friendlyName: "aksbi",
        backupConfiguration: {
          excludedNamespaces: ["kube-system"],
          excludedResourceTypes: ["v1/Secret"],
          includedNamespaces: ["test"],
          includedVolumeTypes: ["AzureDisk", "AzureFileShareSMB"],
        },
      }),
    },
  ],
  ...(["AzureDatabaseForPostgreSQLFlexibleServer", "AzureDatabaseForMySQL"] as const).map(
    (dataSource): [string, Seen] => [
      `azurerm's ${dataSource}`,
      {
        dataSource,
        sends: (source) => ({ ...inSet(source), friendlyName: "instance", objectType: "", policyInfo: {} }),
        args: () => ({ friendlyName: "instance" }),
      },
    ],
  ),
];

/** Seen in answers. Of the requests nothing is known. */
const shown: [string, Seen][] = [
  [
    "Az.DataProtection's blobs in their own account",
    {
      dataSource: "AzureBlob",
      sends: (source) => ({
        ...inSet(source),
        friendlyName: "source",
        ...policyInfo(backedUp("BlobBackupDatasourceParameters", { containersList: [] })),
        identityDetails: { useSystemAssignedIdentity: true },
      }),
      args: () => ({ friendlyName: "source" }),
    },
  ],
  [
    "Az.DataProtection's AKS cluster with a user-assigned identity",
    {
      dataSource: "AzureKubernetesService",
      sends: (source) => ({
        ...inSet(source),
        friendlyName: "source\\uami01",
        ...policyInfo({
          ...snapshotsIn(group()),
          ...backedUp("KubernetesClusterBackupDatasourceParameters", {
            excludedResourceTypes: ["secrets"],
            snapshotVolumes: true,
            includeClusterScopeResources: true,
          }),
        }),
        ...asIdentity(),
      }),
      args: () => ({
        ...ofDisk(),
        friendlyName: "source\\uami01",
        backupConfiguration: { excludedResourceTypes: ["secrets"] },
        ...asIdentity(),
      }),
    },
  ],
];

const resourceTypes: Record<DataSourceName, string> = {
  AzureDisk: "Microsoft.Compute/disks",
  AzureBlob: "Microsoft.Storage/storageAccounts",
  AzureDataLakeStorage: "Microsoft.Storage/storageAccounts",
  AzureKubernetesService: "Microsoft.ContainerService/managedClusters",
  AzureDatabaseForPostgreSQLFlexibleServer: "Microsoft.DBforPostgreSQL/flexibleServers",
  AzureDatabaseForMySQL: "Microsoft.DBforMySQL/flexibleServers",
};

const instance = () => `${vault}/backupInstances/instance`;
const sourceOf = (dataSource: DataSourceName) => inGroup(`${resourceTypes[dataSource]}/source`);

/** Two policies, and for an AKS cluster all that Azure looks at. */
async function prepare({ dataSource, args }: Seen) {
  const blobsOnly = dataSource === "AzureBlob" && Object.keys(args()).length === 1;
  const { every } = dataSourceOf(dataSource).scheduled;
  const at = every.some((each) => each === "P1D")
    ? { every: "P1D", at: "02:00" }
    : { every: "P1W", at: "02:00", on: ["Sunday"] };
  for (const [policyName, keep] of [
    ["first", "P7D"],
    ["second", "P30D"],
  ])
    await created(oneRun(azure).backupPolicy, {
      vault,
      policyName,
      dataSource,
      ...(!blobsOnly && { schedule: at }),
      retention: [{ keep }],
    });
  if (dataSource !== "AzureKubernetesService") return;
  const account = inGroup("Microsoft.Storage/storageAccounts/backups");
  const { id, identity: ofCluster } = azure.createManagedCluster(`rg-${worlds}`, "source");
  const { properties } = azure.installBackupExtension(id, account);
  azure.grant(account, properties.aksAssignedIdentity.principalId, "ba92f5b4-2d11-453d-a403-e96b0029c9fe");
  const { principalId, userAssignedIdentities = {} } = azure.vault(vault)?.identity ?? {};
  const ofVault = "identityDetails" in args() ? userAssignedIdentities[identity]?.principalId : principalId;
  for (const scope of [id, group()]) azure.grant(scope, ofVault, "acdd72a7-3385-48ef-bd42-f606fba81ae7");
  azure.grant(group(), ofCluster?.principalId, "b24988ac-6180-42a0-ab88-20f7382dd24c");
  azure.arm("PUT", `${id}/trustedAccessRoleBindings/backup`, {
    properties: { sourceResourceId: vault, roles: ["Microsoft.DataProtection/backupVaults/backup-operator"] },
  });
}

const argsOf = ({ dataSource, args }: Seen, policy = "first"): Record<string, unknown> => ({
  vault,
  instanceName: "instance",
  dataSource,
  dataSourceId: sourceOf(dataSource),
  policyId: `${vault}/backupPolicies/${policy}`,
  grantRoles: true,
  ...args(),
});

function bodyOf({ dataSource, spelled, sends, tags: given }: Seen, policy = "first") {
  const id = sourceOf(dataSource);
  const source = {
    datasourceType: dataSourceOf(dataSource).armType,
    resourceID: id,
    resourceLocation: "westeurope",
    resourceName: "source",
    resourceType: resourceTypes[dataSource],
    resourceUri: id,
    ...spelled,
  };
  const { policyInfo: parameters, ...others } = sends(source);
  return {
    ...(given && { tags: given }),
    properties: {
      objectType: "BackupInstance",
      dataSourceInfo: { ...source, objectType: "Datasource" },
      ...others,
      policyInfo: { policyId: `${vault}/backupPolicies/${policy}`, ...(parameters as object) },
    },
  };
}

type Sent = ReturnType<typeof bodyOf>;
const lastSent = () => azure.journal({ path: instance(), method: "PUT" }).at(-1)?.requestBody as Sent;

async function failuresOf(olds: object, news: object) {
  const run = oneRun(azure);
  const { inputs, failures } = await run.backupInstance.check(olds as never, news as never);
  return { run, inputs, reasons: failures.map(({ reason }) => reason) };
}

test.each(seen)("%s is created with the same parameters", async (_, row) => {
  await prepare(row);
  await created(oneRun(azure).backupInstance, argsOf(row));
  const [ours, theirs] = [lastSent(), bodyOf(row)] as { tags?: object; properties: Record<string, unknown> }[];
  const { friendlyName, identityDetails, policyInfo: info } = theirs?.properties ?? {};
  expect(ours?.tags).toEqual(theirs?.tags);
  expect(ours?.properties).toMatchObject({ friendlyName, ...(identityDetails ? { identityDetails } : {}) });
  expect(unordered(ours?.properties.policyInfo)).toMatchObject(unordered(info));
});

test.each([...seen, ...shown])(
  "%s is imported, previewed and adopted without a change, and loses nothing when its policy changes",
  async (_, row) => {
    await prepare(row);
    const theirs = bodyOf(row);
    const put = azure.arm("PUT", `${instance()}?api-version=${row.apiVersion ?? "2025-07-01"}`, theirs);
    expect(put.status).toBeLessThan(300);
    const { inputs: imported = {}, props = {} } = await oneRun(azure).backupInstance.read(instance(), {});
    expect(unordered(imported)).toMatchObject(unordered(row.args()));
    const again = await failuresOf(imported, imported);
    expect(again.reasons).toEqual([]);
    expect(await again.run.backupInstance.diff(instance(), props, again.inputs)).toMatchObject({ changes: false });
    expect(again.run.warnings).toEqual([]);

    const puts = azure.journal({ path: instance(), method: "PUT" }).length;
    const { outs, inputs } = await created(oneRun(azure).backupInstance, { ...argsOf(row), adopt: true });
    expect(azure.journal({ path: instance(), method: "PUT" })).toHaveLength(puts);

    const changed = await failuresOf(inputs, { ...argsOf(row, "second"), adopt: true });
    expect(changed.reasons).toEqual([]);
    await changed.run.backupInstance.update(instance(), outs, changed.inputs);
    expect(lastSent()).toEqual(bodyOf(row, "second"));
  },
);

/** These lists have no order, and an empty one means the same as none. What az sends by default may be sent, too. */
function unordered(value: unknown): object {
  const entries = Object.entries(value as object).filter(([, each]) => !Array.isArray(each) || each.length > 0);
  return Object.fromEntries(
    entries.map(([name, each]) => {
      if (typeof each !== "object") return [name, each];
      if (!Array.isArray(each)) return [name, unordered(each)];
      return [name, typeof each[0] === "string" ? [...each].sort() : each.map(unordered)];
    }),
  );
}
