import { done, group, vault, vaultId } from "./client.js";
import { arm, azure, emulatorForAll } from "./emulatorForAll.js";

emulatorForAll({ pageSize: 2 });

const clusterId = () => `${group(azure)}/providers/Microsoft.ContainerService/managedClusters/aks`;
const extensionId = () => `${clusterId()}/providers/Microsoft.KubernetesConfiguration/extensions/azure-aks-backup`;
const bindingId = (name = "backup") => `${clusterId()}/trustedAccessRoleBindings/${name}`;
const account = () => `${group(azure)}/providers/Microsoft.Storage/storageAccounts/backups`;
const instanceId = () => `${vaultId(azure)}/backupInstances/aks`;
const binding = () => ({
  properties: { sourceResourceId: vaultId(azure), roles: ["Microsoft.DataProtection/backupVaults/backup-operator"] },
});
const reader = "acdd72a7-3385-48ef-bd42-f606fba81ae7";

beforeEach(async () => {
  azure.reset();
  azure.createResourceGroup("rg-payroll");
});

test("a cluster has an identity of its own, an extension another one, and both go with the cluster", async () => {
  const body = { location: "West Europe", identity: { type: "SystemAssigned" }, properties: { dnsPrefix: "aks" } };
  const created = await arm("PUT", clusterId(), body);
  expect(created).toMatchObject({
    status: 201,
    body: {
      location: "westeurope",
      identity: { type: "SystemAssigned", principalId: expect.any(String) },
      properties: {
        dnsPrefix: "aks",
        provisioningState: "Succeeded",
        nodeResourceGroup: "MC_rg-payroll_aks_westeurope",
      },
    },
  });
  const properties = {
    extensionType: "microsoft.dataprotection.kubernetes",
    configurationProtectedSettings: { a: "b" },
  };
  const installed = await arm("PUT", extensionId(), { properties });
  expect(installed).toMatchObject({ status: 201, body: { properties: { provisioningState: "Succeeded" } } });
  expect(installed.body.properties).not.toHaveProperty("configurationProtectedSettings");
  expect((await arm("PUT", extensionId(), { properties })).body.properties.aksAssignedIdentity).toEqual(
    installed.body.properties.aksAssignedIdentity,
  );
  expect((await arm("GET", extensionId())).status).toBe(200);
  expect((await arm("PUT", bindingId(), binding())).status).toBe(201);
  const clusters = group(azure).replace(/\/resourceGroups.*/, "");
  for (const path of [group(azure), clusters])
    expect((await arm("GET", `${path}/providers/Microsoft.ContainerService/managedClusters`)).body.value).toHaveLength(
      1,
    );
  expect((await arm("DELETE", clusterId())).status).toBe(204);
  expect((await arm("GET", extensionId())).body.error.code).toBe("ResourceNotFound");
  await arm("PUT", clusterId(), body);
  expect((await arm("GET", `${clusterId()}/trustedAccessRoleBindings`)).body.value).toEqual([]);
  expect((await arm("GET", extensionId())).status).toBe(404);
});

test.each([
  ["a-name-that-is-longer-than-24-letters", () => binding().properties],
  ["backup", () => ({ sourceResourceId: vaultId(azure) })],
])("a trusted access role binding %s is refused where it is wrong", async (name, properties) => {
  azure.createManagedCluster("rg-payroll", "aks");
  const answer = await arm("PUT", bindingId(name), { properties: properties() });
  expect(answer.body.error.code).toBe("EmulatorUnverifiedTrustedAccessRoleBindingInvalid");
});

const instance = (configuration: object = {}, more: object = {}) => ({
  properties: {
    objectType: "BackupInstance",
    dataSourceInfo: { datasourceType: "Microsoft.ContainerService/managedClusters", resourceID: clusterId() },
    policyInfo: {
      policyId: `${vaultId(azure)}/backupPolicies/daily`,
      policyParameters: {
        dataStoreParametersList: [{ dataStoreType: "OperationalStore", resourceGroupId: group(azure) }],
        backupDatasourceParametersList: [
          { snapshotVolumes: true, includeClusterScopeResources: true, ...configuration },
        ],
      },
    },
    ...more,
  },
});

/** Everything that Azure looks at. Each step can be left out, in the order in which it is looked at. */
const steps: [code: string, step: () => unknown][] = [
  ["EmulatorUnverifiedAksClusterNotFound", () => azure.createManagedCluster("rg-payroll", "aks")],
  ["KubernetesBackupListExtensionsError", () => azure.grant(clusterId(), principal(vaultId(azure)), reader)],
  ["UserErrorKubernetesBackupExtensionNotFoundError", () => azure.installBackupExtension(clusterId(), account())],
  ["EmulatorUnverifiedAksTrustedAccess", () => azure.arm("PUT", bindingId(), binding())],
  ["EmulatorUnverifiedAksMissingPermission", () => azure.grant(group(azure), principal(vaultId(azure)), reader)],
  [
    "EmulatorUnverifiedAksMissingPermission",
    () => azure.grant(group(azure), principal(clusterId()), "b24988ac-6180-42a0-ab88-20f7382dd24c"),
  ],
  [
    "UserErrorExtensionMSIMissingPermissionsOnBackupStorageLocation",
    () => azure.grant(account(), extensionPrincipal(), "ba92f5b4-2d11-453d-a403-e96b0029c9fe"),
  ],
];

type Body = {
  body: { identity: { principalId: string }; properties: { aksAssignedIdentity: { principalId: string } } };
};
const principal = (id: string) => (azure.arm("GET", id) as unknown as Body).body.identity.principalId;
const extensionPrincipal = () =>
  (azure.arm("GET", extensionId()) as unknown as Body).body.properties.aksAssignedIdentity.principalId;

async function prepared(upTo = steps.length, policyRules: object[] = []) {
  await arm("PUT", vaultId(azure), { ...vault(), identity: { type: "SystemAssigned" } });
  const policy = { objectType: "BackupPolicy", datasourceTypes: [], policyRules };
  await arm("PUT", `${vaultId(azure)}/backupPolicies/daily`, { properties: policy });
  for (const [, step] of steps.slice(0, upTo)) step();
}

/** The code with which an operation fails. Undefined: it succeeds. */
async function failure(begin: Promise<{ headers: Record<string, string> }>): Promise<string | undefined> {
  const { headers } = await begin;
  return (await arm("GET", headers["azure-asyncoperation"] ?? "")).body.error?.code;
}

test.each(steps.map(([code], index) => [index, code] as const))(
  "after %i preparations, the validation and the instance fail with %s",
  async (index, code) => {
    await prepared(index);
    const { properties: backupInstance } = instance();
    expect(await failure(arm("POST", `${vaultId(azure)}/validateForBackup`, { backupInstance }))).toBe(code);
    expect(await failure(arm("PUT", instanceId(), instance()))).toBe(code);
    expect((await arm("GET", instanceId())).body.properties).toMatchObject({
      currentProtectionState: "ConfiguringProtectionFailed",
      protectionErrorDetails: { code },
    });
  },
);

test("a cluster that is prepared is protected, and its configuration changes in place", async () => {
  await prepared();
  await done(arm, await arm("PUT", instanceId(), instance()));
  expect((await arm("GET", instanceId())).body.properties.currentProtectionState).toBe("ProtectionConfigured");
  expect(await failure(arm("PUT", instanceId(), instance({ includedNamespaces: ["payroll"] })))).toBeUndefined();
  const { policyInfo } = (await arm("GET", instanceId())).body.properties;
  expect(policyInfo.policyParameters.backupDatasourceParametersList).toMatchObject([
    { includedNamespaces: ["payroll"] },
  ]);
});

test("an instance with a user-assigned identity needs the roles of that one, and not of the system-assigned one", async () => {
  await prepared();
  const { id, properties } = azure.createUserAssignedIdentity("rg-payroll", "id-backup");
  const identityDetails = { useSystemAssignedIdentity: false, userAssignedIdentityArmUrl: id };
  const create = () => arm("PUT", instanceId(), instance({}, { identityDetails }));
  expect((await create()).body.error.code).toBe("EmulatorUnverifiedInstanceIdentity");
  const identity = { type: "SystemAssigned,UserAssigned", userAssignedIdentities: { [id]: {} } };
  await done(arm, await arm("PATCH", vaultId(azure), { identity }));
  expect(await failure(create())).toBe("KubernetesBackupListExtensionsError");
  azure.grant(clusterId(), properties.principalId, reader);
  expect(await failure(create())).toBe("EmulatorUnverifiedAksMissingPermission");
  azure.grant(group(azure), properties.principalId, reader);
  expect(await failure(create())).toBeUndefined();
  expect((await arm("GET", instanceId())).body.properties).toMatchObject({
    identityDetails,
    currentProtectionState: "ProtectionConfigured",
  });
});

test("backups that are copied into the vault need more", async () => {
  await prepared(steps.length, [
    { name: "Copy", objectType: "AzureRetentionRule", lifecycles: lifecycles("VaultStore") },
  ]);
  const create = () => failure(arm("PUT", instanceId(), instance()));
  expect(await create()).toBe("EmulatorUnverifiedAksMissingPermission");
  for (const [scope, role] of [
    [group(azure), "7efff54f-a5b4-42b5-a1c5-5411624893ce"],
    [group(azure), "959f8984-c045-4866-89c7-12bf9737be2e"],
  ] as const) {
    azure.grant(scope, principal(vaultId(azure)), role);
    expect(await create()).toBe("EmulatorUnverifiedAksMissingPermission");
  }
  azure.grant(account(), principal(vaultId(azure)), "2a2b9908-6ea1-4ae2-8e65-a410df84e7d1");
  expect(await create()).toBeUndefined();
});

const lifecycles = (dataStoreType: string) => [
  {
    deleteAfter: { objectType: "AbsoluteDeleteOption", duration: "P30D" },
    sourceDataStore: { dataStoreType, objectType: "DataStoreInfoBase" },
  },
];

test.each([
  ["aks-namespace", () => instance({ includedNamespaces: ["kube-system"] })],
  ["aks-configuration", () => instance({ snapshotVolumes: undefined })],
  ["too-many-namespaces", () => instance({ includedNamespaces: Array.from({ length: 801 }, (_, each) => `n${each}`) })],
])("what breaks the rule %s is refused at once", async (rule, body) => {
  await prepared();
  const { status, body: answer } = await arm("PUT", instanceId(), body());
  expect(status).toBe(400);
  expect(answer.error.code.toLowerCase()).toBe(`emulatorunverified${rule.replaceAll("-", "")}`);
});
