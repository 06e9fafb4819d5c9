import { type Emulator, startEmulator } from "../../emulator/index.js";
import { type DataSourceName, dataSourceNames } from "../../provider/policies/dataSources.js";
import { holdRequests } from "../support/heldRequests.js";
import { created, oneRun } from "../support/oneRun.js";

let azure: Emulator;
let vault: string;
let principalId: string;
let worlds = 0;

const inGroup = (path: string) => `/subscriptions/${azure.env.ARM_SUBSCRIPTION_ID}/resourceGroups/rg-${worlds}${path}`;

beforeAll(async () => {
  azure = await startEmulator({ trust: true });
});
holdRequests(() => azure);
afterAll(() => azure.close());

beforeEach(async () => {
  azure.faults.clear();
  worlds += 1;
  azure.createResourceGroup(`rg-${worlds}`);
  const made = await created(oneRun(azure).backupVault, {
    vaultName: `bv-${worlds}`,
    resourceGroupName: `rg-${worlds}`,
    location: "westeurope",
    redundancy: "LocallyRedundant",
    identity: { type: "SystemAssigned" },
  });
  vault = made.id;
  principalId = azure.vault(vault)?.identity?.principalId;
});

const weekly = { schedule: { every: "P1W", at: "02:00", on: ["Sunday"] }, retention: [{ keep: "P30D" }] };

interface Row {
  /** What its policies have. */
  policy: object;
  type: string;
  parameters: () => object;
  /** Azure's form of them. */
  policyParameters?: () => object;
  isSet: boolean;
  /** What must be there before, where Azure looks at it. */
  prepare?: () => void;
  roles: () => string[];
}

const storage = "Microsoft.Storage/storageAccounts";
const backupContributor = () => `e5e2a7ff-d759-4cd2-bb51-3152d37e2eb1 ${source(storage)}`;
const readerAt = (scope: string) => `acdd72a7-3385-48ef-bd42-f606fba81ae7 ${scope}`;
const reader = () => readerAt(inGroup(""));
const source = (type: string) => inGroup(`/providers/${type}/source`);

const rows: Record<DataSourceName, Row> = {
  AzureDisk: {
    policy: { schedule: { every: "P1D", at: "02:00" }, retention: [{ keep: "P7D" }] },
    type: "Microsoft.Compute/disks",
    parameters: () => ({ snapshotResourceGroupId: inGroup("") }),
    policyParameters: () => ({
      dataStoreParametersList: [
        {
          objectType: "AzureOperationalStoreParameters",
          dataStoreType: "OperationalStore",
          resourceGroupId: inGroup(""),
        },
      ],
    }),
    isSet: false,
    roles: () => [
      `3e5e47e6-65f7-47ef-90b5-e5dd4d455f24 ${source("Microsoft.Compute/disks")}`,
      `7efff54f-a5b4-42b5-a1c5-5411624893ce ${inGroup("")}`,
    ],
  },
  AzureBlob: {
    policy: weekly,
    type: storage,
    parameters: () => ({ containers: ["invoices", "$web"] }),
    policyParameters: () => ({
      backupDatasourceParametersList: [
        { objectType: "BlobBackupDatasourceParameters", containersList: ["invoices", "$web"] },
      ],
    }),
    isSet: true,
    roles: () => [backupContributor()],
  },
  AzureDataLakeStorage: {
    policy: weekly,
    type: storage,
    parameters: () => ({ containers: ["lake"] }),
    policyParameters: () => ({
      backupDatasourceParametersList: [{ objectType: "AdlsBlobBackupDatasourceParameters", containersList: ["lake"] }],
    }),
    isSet: true,
    roles: () => [backupContributor()],
  },
  AzureKubernetesService: {
    policy: { schedule: { every: "PT4H", at: "02:00" }, retention: [{ keep: "P7D" }] },
    type: "Microsoft.ContainerService/managedClusters",
    parameters: () => ({
      snapshotResourceGroupId: inGroup(""),
      backupConfiguration: {
        // Upper case was recorded of Azure, which keeps it: test_dataprotection_backup_instance_update_aks_configuration.
        includedNamespaces: ["payroll", "nsA"],
        excludedResourceTypes: ["v1/Secret"],
        snapshotVolumes: true,
        includeClusterScopeResources: false,
        backupHookReferences: [{ name: "flush", namespace: "payroll" }],
      },
    }),
    policyParameters: () => ({
      dataStoreParametersList: [
        {
          objectType: "AzureOperationalStoreParameters",
          dataStoreType: "OperationalStore",
          resourceGroupId: inGroup(""),
        },
      ],
      backupDatasourceParametersList: [
        {
          objectType: "KubernetesClusterBackupDatasourceParameters",
          includedNamespaces: ["payroll", "nsA"],
          excludedResourceTypes: ["v1/Secret"],
          snapshotVolumes: true,
          includeClusterScopeResources: false,
          backupHookReferences: [{ name: "flush", namespace: "payroll" }],
        },
      ],
    }),
    isSet: true,
    prepare: () => {
      const account = source("Microsoft.Storage/storageAccounts");
      const { id } = azure.createManagedCluster(`rg-${worlds}`, "source");
      const extension = azure.installBackupExtension(id, account);
      const { principalId: ofExtension } = extension.properties.aksAssignedIdentity;
      azure.grant(account, ofExtension, "ba92f5b4-2d11-453d-a403-e96b0029c9fe");
    },
    roles: () => [readerAt(source("Microsoft.ContainerService/managedClusters")), reader()],
  },
  AzureDatabaseForPostgreSQLFlexibleServer: {
    policy: weekly,
    type: "Microsoft.DBforPostgreSQL/flexibleServers",
    parameters: () => ({}),
    isSet: false,
    roles: () => [
      reader(),
      `c088a766-074b-43ba-90d4-1fb21feae531 ${source("Microsoft.DBforPostgreSQL/flexibleServers")}`,
    ],
  },
  AzureDatabaseForMySQL: {
    policy: weekly,
    type: "Microsoft.DBforMySQL/flexibleServers",
    parameters: () => ({}),
    isSet: false,
    roles: () => [reader(), `d18ad5f3-1baf-4119-b49b-d944edb1f9d0 ${source("Microsoft.DBforMySQL/flexibleServers")}`],
  },
};

async function argsOf(dataSource: DataSourceName, more: object = {}): Promise<Record<string, unknown>> {
  const { policy, type, parameters, prepare } = rows[dataSource];
  prepare?.();
  const made = await created(oneRun(azure).backupPolicy, { vault, policyName: "policy", dataSource, ...policy });
  const named = { vault, instanceName: "instance", dataSource, dataSourceId: source(type), policyId: made.id };
  return { ...named, ...parameters(), grantRoles: true, ...more };
}

type Live = { body: { properties: Record<string, unknown> } };
const live = () => (azure.arm("GET", `${vault}/backupInstances/instance`) as Live).body.properties;

describe.each(dataSourceNames)("%s", (dataSource) => {
  const { type, isSet, policyParameters, roles } = rows[dataSource];

  test("is protected with its parameters in Azure's own form", async () => {
    const args = await argsOf(dataSource);
    const { outs } = await created(oneRun(azure).backupInstance, args);
    expect(outs).toMatchObject({ protectionState: "ProtectionConfigured" });
    const { dataSourceInfo, dataSourceSetInfo, policyInfo } = live();
    expect(dataSourceInfo).toMatchObject({ objectType: "Datasource", resourceID: source(type), resourceType: type });
    expect(dataSourceSetInfo).toEqual(
      isSet ? { ...(dataSourceInfo as object), objectType: "DatasourceSet" } : undefined,
    );
    expect(policyInfo).toEqual({
      policyId: args.policyId,
      ...(policyParameters && { policyParameters: policyParameters() }),
    });
  });

  test("is granted its roles at the smallest scopes, and they go with it", async () => {
    const { id, outs } = await created(oneRun(azure).backupInstance, await argsOf(dataSource, { onDelete: "delete" }));
    expect(assignments()).toEqual(roles().sort());
    await oneRun(azure).backupInstance.delete(id, outs);
    expect(assignments()).toEqual([]);
  });

  test("is imported with the arguments that it was created with", async () => {
    const { grantRoles: _, ...args } = await argsOf(dataSource, { friendlyName: "the source" });
    const { id, inputs } = await created(oneRun(azure).backupInstance, { ...args, grantRoles: true });
    const found = await oneRun(azure).backupInstance.read(id, {});
    expect(found.inputs).toEqual({ ...args, instanceId: inputs.instanceId });
  });

  test("is without a change when the program is run again, and after a refresh", async () => {
    const args = await argsOf(dataSource);
    const { id, outs } = await created(oneRun(azure).backupInstance, args);
    const read = await oneRun(azure).backupInstance.read(id, outs);
    const run = oneRun(azure).backupInstance;
    const requests = azure.journal().length;
    const { inputs } = await run.check(read.inputs as never, args);
    expect(await run.diff(id, read.props as never, inputs)).toMatchObject({ changes: false, replaces: [] });
    expect(azure.journal()).toHaveLength(requests);
  });
});

type Assignment = { properties: { scope: string; principalId: string; roleDefinitionId: string } };
const assignments = () =>
  (
    azure.arm("GET", `${inGroup("")}/providers/Microsoft.Authorization/roleAssignments?api-version=2022-04-01`)
      .body as { value: Assignment[] }
  ).value
    .filter(({ properties }) => properties.principalId === principalId)
    .map(({ properties }) => `${properties.roleDefinitionId.split("/").at(-1)} ${properties.scope}`)
    .sort();

test("other containers are updated in place, and the same ones in another order are no change", async () => {
  const args = await argsOf("AzureBlob");
  const first = await created(oneRun(azure).backupInstance, args);
  const run = oneRun(azure).backupInstance;
  const { inputs } = await run.check(first.inputs, { ...args, containers: ["invoices", "orders"] });
  expect(await run.diff(first.id, first.outs, inputs)).toMatchObject({ changes: true, replaces: [] });
  const { outs } = await run.update(first.id, first.outs, inputs);
  expect(live()).toMatchObject({
    policyInfo: { policyParameters: { backupDatasourceParametersList: [{ containersList: ["invoices", "orders"] }] } },
  });
  const writes = azure.writes().length;
  const { inputs: same } = await run.check(inputs, { ...args, containers: ["orders", "invoices"] });
  await run.update(first.id, outs, same);
  expect(azure.writes()).toHaveLength(writes);
});

describe.each([
  ["AzureBlob", "BlobBackupDatasourceParametersForAutoProtection"],
  ["AzureDataLakeStorage", "AdlsBlobBackupDatasourceParametersForAutoProtection"],
] as const)("all containers of %s", (dataSource, objectType) => {
  const excluded = (pattern: string) => ({ mode: "Exclude", type: "Prefix", pattern });
  const settings = { enabled: true, rules: [excluded("temp-"), excluded("test-")] };
  const ofAll = async () => {
    const { containers: _, ...args } = await argsOf(dataSource);
    return { ...args, autoProtectionSettings: settings };
  };
  const parameters = () =>
    (live().policyInfo as { policyParameters: { backupDatasourceParametersList: object[] } }).policyParameters
      .backupDatasourceParametersList;

  // The specification's example of 2026-06-01, PutBackupInstance_BlobBackupAutoProtection.
  test("are protected in Azure's own form, imported, and without a change after a refresh", async () => {
    const args = await ofAll();
    const { id, outs } = await created(oneRun(azure).backupInstance, args);
    const rules = settings.rules.map((rule) => ({ objectType: "BlobBackupAutoProtectionRule", ...rule }));
    const autoProtectionSettings = { objectType: "BlobBackupRuleBasedAutoProtectionSettings", enabled: true, rules };
    expect(parameters()).toEqual([{ objectType, autoProtectionSettings }]);
    expect((await oneRun(azure).backupInstance.read(id, {})).inputs).toMatchObject({
      autoProtectionSettings: settings,
    });
    const read = await oneRun(azure).backupInstance.read(id, outs);
    const run = oneRun(azure).backupInstance;
    const { inputs } = await run.check(read.inputs as never, args);
    expect(await run.diff(id, read.props as never, inputs)).toMatchObject({ changes: false });
  });

  test("take the place of named ones in place, and the other way round", async () => {
    const all = await ofAll();
    const { autoProtectionSettings: _, ...rest } = all;
    const named = { ...rest, containers: ["lake"] };
    const first = await created(oneRun(azure).backupInstance, named);
    const changed = async (olds: Record<string, unknown>, outs: Record<string, unknown>, args: object) => {
      const run = oneRun(azure);
      const { inputs, failures } = await run.backupInstance.check(olds, args as Record<string, unknown>);
      expect(failures).toEqual([]);
      expect(await run.backupInstance.diff(first.id, outs, inputs)).toMatchObject({ changes: true, replaces: [] });
      const written = await run.backupInstance.update(first.id, outs, inputs);
      expect(run.warnings.join()).not.toContain("Azure still shows");
      return { inputs, outs: written.outs };
    };
    const second = await changed(first.inputs, first.outs, all);
    expect(parameters()).toMatchObject([{ objectType }]);
    const reversed = { ...settings, rules: [...settings.rules].reverse() };
    const third = await changed(second.inputs, second.outs, { ...all, autoProtectionSettings: reversed });
    expect(parameters()).toMatchObject([{ autoProtectionSettings: { rules: reversed.rules } }]);
    await changed(third.inputs, third.outs, named);
    expect(parameters()).toEqual([
      { objectType: objectType.replace("ForAutoProtection", ""), containersList: ["lake"] },
    ]);
  });
});

test("continuous backup of blobs has no containers, and is deleted also from an immutable vault", async () => {
  const policy = { vault, policyName: "continuous", dataSource: "AzureBlob", retention: [{ keep: "P30D" }] };
  const { id: policyId } = await created(oneRun(azure).backupPolicy, policy);
  const { containers: _, ...args } = await argsOf("AzureBlob", { onDelete: "delete" });
  const { id, outs } = await created(oneRun(azure).backupInstance, { ...args, policyId });
  azure.setVault(vault, { properties: { securitySettings: { immutabilitySettings: { state: "Unlocked" } } } });
  await oneRun(azure).backupInstance.delete(id, outs);
  expect(azure.arm("GET", id).status).toBe(404);
});

test("continuous backup of blobs is not stopped: the preview of a new instance and its removal say what to do", async () => {
  const policy = { vault, policyName: "continuous", dataSource: "AzureBlob", retention: [{ keep: "P30D" }] };
  const { id: policyId } = await created(oneRun(azure).backupPolicy, policy);
  const { containers: _, ...args } = await argsOf("AzureBlob");
  const run = oneRun(azure);
  const { id, inputs, outs } = await created(run.backupInstance, { ...args, policyId });
  expect(run.warnings.join("\n")).toContain(
    'Backup instance "instance" of Backup vault "bv-' +
      `${worlds}" cannot be removed from the program later as it is: Azure does not stop`,
  );
  const writes = azure.writes().length;
  await expect(oneRun(azure).backupInstance.delete(id, outs)).rejects.toThrow(
    /^Backup instance "instance" of Backup vault "bv-\d+" cannot be stopped: .* set `onDelete: "delete"` and run `pulumi up` before/,
  );
  const stopped = { ...args, policyId, protection: "stopProtectionRetainData" };
  const { failures } = await oneRun(azure).backupInstance.check({ ...inputs, ...outs }, stopped);
  expect(failures.map(({ reason }) => reason).join()).toMatch(/cannot be stopped: .*Remove `protection`/);
  expect(azure.writes()).toHaveLength(writes);
  const { status, body } = azure.arm("POST", `${id}/stopProtection`) as { status: number; body: object };
  expect({ status, body }).toMatchObject({
    status: 400,
    body: { error: { code: "UserErrorStopProtectionNotSupportedForBlobOperationalBackup" } },
  });

  const next = oneRun(azure);
  const given = await next.backupInstance.check(inputs, { ...args, policyId, onDelete: "delete" });
  const { outs: changed = {} } = await next.backupInstance.update(id, outs, given.inputs);
  expect(next.warnings.join()).not.toContain("cannot be removed");
  await oneRun(azure).backupInstance.delete(id, changed);
  expect(azure.arm("GET", id).status).toBe(404);
});

test("of backups in the vault, a deletion says until when they are kept", async () => {
  const { id, outs } = await created(oneRun(azure).backupInstance, await argsOf("AzureBlob", { onDelete: "delete" }));
  const run = oneRun(azure);
  await run.backupInstance.delete(id, outs);
  expect(run.warnings.join()).toMatch(/Its backups are soft-deleted, and can be recovered until \d{4}-[^.]* UTC\.$/);
});

test("backups in an immutable vault are not deleted", async () => {
  const { id, outs } = await created(oneRun(azure).backupInstance, await argsOf("AzureBlob", { onDelete: "delete" }));
  azure.setVault(vault, { properties: { securitySettings: { immutabilitySettings: { state: "Locked" } } } });
  const writes = azure.writes().length;
  await expect(oneRun(azure).backupInstance.delete(id, outs)).rejects.toThrow(
    /^backup-instance-deleted: .*immutability of Backup vault .* is Locked/,
  );
  expect(azure.writes()).toHaveLength(writes);
});

const containers = (count: number) => Array.from({ length: count }, (_, each) => `container-${each}`);
const longest = `a${"-a".repeat(31)}`;

test.each(
  (["AzureBlob", "AzureDataLakeStorage"] as const).flatMap((dataSource) => [
    [dataSource, "the shortest names and the longest", ["a-b", "x-1", "abc", longest, "a".repeat(63), "$web", "$root"]],
    [dataSource, "as many as Azure backs up", containers(100)],
  ]) as [DataSourceName, string, string[]][],
)("containers of %s: %s are taken by preview and by Azure", async (dataSource, _, names) => {
  const { outs } = await created(oneRun(azure).backupInstance, await argsOf(dataSource, { containers: names }));
  expect(outs).toMatchObject({ containers: names, protectionState: "ProtectionConfigured" });
});

test.each([
  ["AzureDatabaseForMySQL", { containers: ["a-container"] }, "containers is no argument for MySQL flexible servers"],
  [
    "AzureBlob",
    { snapshotResourceGroupId: "/subscriptions/s/resourceGroups/g" },
    "snapshotResourceGroupId is no argument for blobs",
  ],
  ["AzureDataLakeStorage", { containers: undefined }, "containers is missing. Backup of Data Lake Storage needs it"],
  ["AzureDataLakeStorage", { containers: undefined }, "or `autoProtectionSettings`"],
  [
    "AzureBlob",
    { autoProtectionSettings: { enabled: true } },
    "autoProtectionSettings and `containers` exclude each other: keep one of them",
  ],
  [
    "AzureBlob",
    { containers: undefined, autoProtectionSettings: { enabled: false } },
    "autoProtectionSettings.enabled must be true. To back up certain containers only, name them in `containers`",
  ],
  [
    "AzureBlob",
    {
      containers: undefined,
      autoProtectionSettings: { enabled: true, rules: [{ mode: "Include", type: "Prefix", pattern: "logs-*" }] },
    },
    "autoProtectionSettings.rules[0].pattern must be the beginning of a container's name",
  ],
  [
    "AzureDisk",
    { autoProtectionSettings: { enabled: true } },
    "autoProtectionSettings is no argument for managed disks",
  ],
  ["AzureBlob", { containers: [] }, "containers must name at least one container"],
  ...["Invoices", "ab", "a--b", "-ab", "ab-", `${longest}-a`, "a-".repeat(40), "a".repeat(64), "$logs"].map(
    (name) => ["AzureBlob", { containers: [name] }, "containers[0] must be the name of a container: 3 to 63"] as const,
  ),
  ["AzureBlob", { containers: containers(101) }, "containers must name at most 100 containers; it names 101"],
  ["AzureDataLakeStorage", { containers: containers(101) }, "containers must name at most 100 containers"],
] as const)("of %s, %j is refused at preview", async (dataSource, more, expected) => {
  const { failures } = await oneRun(azure).backupInstance.check({}, await argsOf(dataSource, more));
  expect(failures.map(({ reason }) => reason).join()).toContain(expected);
});
