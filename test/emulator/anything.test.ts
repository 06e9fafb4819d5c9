import fc from "fast-check";
import { type Emulator, startEmulator } from "../../emulator/index.js";
import { group, vaultId } from "./client.js";

let azure: Emulator;
beforeAll(async () => {
  azure = await startEmulator();
});
afterAll(() => azure.close());

const identityId = () => `${group(azure)}/providers/Microsoft.ManagedIdentity/userAssignedIdentities/id-payroll`;
const guardId = () => `${group(azure)}/providers/Microsoft.DataProtection/resourceGuards/guard`;
const instance = () => ({
  objectType: "BackupInstance",
  dataSourceInfo: { resourceID: "/a/b", datasourceType: "Microsoft.Compute/disks" },
  policyInfo: { policyId: `${vaultId(azure)}/backupPolicies/daily` },
});

const policy = { backupManagementType: "AzureIaasVM", retentionPolicy: { dailySchedule: { retentionDuration: {} } } };

function recoveryServices(): [path: string, body: object][] {
  const id = `${group(azure)}/providers/Microsoft.RecoveryServices/vaults/rsv-payroll`;
  const container = `${id}/backupFabrics/Azure/protectionContainers/c`;
  const item = { protectedItemType: "Microsoft.Compute/virtualMachines", policyId: `${id}/backupPolicies/daily` };
  return [
    [
      id,
      {
        location: "westeurope",
        identity: { type: "SystemAssigned,UserAssigned", userAssignedIdentities: { [identityId()]: {} } },
        properties: {
          encryption: {
            keyVaultProperties: { keyUri: "https://kv-payroll.vault.azure.net/keys/k" },
            kekIdentity: { userAssignedIdentity: identityId() },
          },
          redundancySettings: { standardTierStorageRedundancy: "GeoRedundant", crossRegionRestore: "Enabled" },
          securitySettings: {
            immutabilitySettings: { state: "Unlocked" },
            softDeleteSettings: { softDeleteState: "AlwaysON", softDeleteRetentionPeriodInDays: 14 },
          },
        },
      },
    ],
    [id, { location: "westeurope", properties: {} }],
    [`${id}/backupstorageconfig/vaultstorageconfig`, { properties: { storageModelType: "ZoneRedundant" } }],
    [`${id}/backupconfig/vaultconfig`, { properties: { softDeleteRetentionPeriodInDays: 20 } }],
    [
      `${id}/backupEncryptionConfigs/backupResourceEncryptionConfig`,
      { properties: { encryptionAtRestType: "CustomerManaged", keyUri: "https://kv-payroll.vault.azure.net/keys/k" } },
    ],
    [`${id}/backupPolicies/daily`, { properties: policy }],
    [container, { properties: { containerType: "StorageContainer", backupManagementType: "AzureStorage" } }],
    [`${container}/protectedItems/i`, { properties: { ...item, sourceResourceId: "/a/b" } }],
    [`${container}/protectedItems/i`, { properties: { ...item, isRehydrate: true } }],
    [`${container}/protectedItems/i/backup`, { properties: { objectType: "IaasVMBackupRequest" } }],
    [`${id}/backupResourceGuardProxies/p`, { properties: { resourceGuardResourceId: guardId() } }],
    [`${id}/backupResourceGuardProxies/p/unlockDelete`, { resourceGuardOperationRequests: [`${guardId()}/a`] }],
    [`${id}/extendedInformation/vaultExtendedInfo`, { properties: { algorithm: "None" } }],
  ];
}

/** A good body for each path that takes one. */
const bodies = (): [path: string, body: object][] => [
  [group(azure), { location: "westeurope", tags: { a: "b" } }],
  [
    vaultId(azure),
    {
      location: "westeurope",
      tags: { a: "b" },
      identity: { type: "SystemAssigned,UserAssigned", userAssignedIdentities: { [identityId()]: {} } },
      properties: {
        storageSettings: [{ datastoreType: "VaultStore", type: "GeoRedundant" }],
        securitySettings: {
          softDeleteSettings: { state: "AlwaysOn", retentionDurationInDays: 14 },
          immutabilitySettings: { state: "Unlocked" },
          encryptionSettings: {
            state: "Enabled",
            keyVaultProperties: { keyUri: "https://kv-payroll.vault.azure.net/keys/k" },
            kekIdentity: { identityType: "UserAssigned", identityId: identityId() },
            infrastructureEncryption: "Disabled",
          },
        },
        featureSettings: { crossRegionRestoreSettings: { state: "Enabled" } },
        resourceGuardOperationRequests: ["a"],
      },
    },
  ],
  [
    `${vaultId(azure)}/backupPolicies/daily`,
    { properties: { objectType: "BackupPolicy", datasourceTypes: [], policyRules: [] } },
  ],
  [`${vaultId(azure)}/backupInstances/orders`, { properties: instance(), tags: {} }],
  [
    `${vaultId(azure)}/backupInstances/orders/stopProtection`,
    { resourceGuardOperationRequests: [`${guardId()}/dppDisableStopProtectionRequests/default`] },
  ],
  [
    `${vaultId(azure)}/backupInstances/orders/backup`,
    { backupRuleOptions: { ruleName: "daily", triggerOption: { retentionTagOverride: "yearly" } } },
  ],
  [`${vaultId(azure)}/backupInstances/orders/sync`, { syncType: "Default" }],
  [`${vaultId(azure)}/backupInstances/orders/validateForModifyBackup`, { backupInstance: instance() }],
  [
    `${vaultId(azure)}/backupInstances/orders/validateRestore`,
    { restoreRequestObject: { objectType: "o", sourceDataStoreType: "VaultStore", restoreTargetInfo: { a: "b" } } },
  ],
  [`${vaultId(azure)}/backupJobs`, {}],
  [`${vaultId(azure)}/providers/Microsoft.DataProtection/backupInstances`, {}],
  [
    `/subscriptions/${azure.env.ARM_SUBSCRIPTION_ID}/providers/Microsoft.DataProtection/locations/westus/checkFeatureSupport`,
    { objectType: "FeatureValidationRequest", featureType: "DataSourceType", featureName: "Microsoft.Compute/disks" },
  ],
  [
    `${group(azure)}/providers/Microsoft.DataProtection/locations/westeurope/checkNameAvailability`,
    { name: "bv-payroll", type: "Microsoft.DataProtection/backupVaults" },
  ],
  [`${vaultId(azure)}/validateForBackup`, { backupInstance: instance() }],
  [`${vaultId(azure)}/deletedBackupInstances/orders/undelete`, {}],
  [`${vaultId(azure)}/backupResourceGuardProxies/p`, { properties: { resourceGuardResourceId: guardId() } }],
  [
    `${vaultId(azure)}/backupResourceGuardProxies/p/unlockDelete`,
    {
      resourceGuardOperationRequests: [`${guardId()}/deleteBackupInstanceRequests/default`],
      resourceToBeDeleted: `${vaultId(azure)}/backupInstances/orders`,
    },
  ],
  ...recoveryServices(),
  [guardId(), { location: "westeurope", properties: { vaultCriticalOperationExclusionList: ["a"] } }],
  [identityId(), { location: "westeurope", tags: {}, properties: { isolationScope: "None" } }],
  [
    `${group(azure)}/providers/Microsoft.KeyVault/vaults/kv-payroll`,
    {
      location: "westeurope",
      properties: { accessPolicies: [{ objectId: "o", permissions: { keys: ["get"] } }], networkAcls: {}, sku: {} },
    },
  ],
  [
    `${group(azure)}/providers/Microsoft.KeyVault/vaults/kv-payroll/accessPolicies/add`,
    { properties: { accessPolicies: [{ objectId: "o", permissions: { keys: ["get"] } }] } },
  ],
  [
    `${group(azure)}/providers/Microsoft.KeyVault/vaults/kv-payroll/keys/k`,
    { properties: { kty: "RSA", keySize: 2048, keyOps: ["wrapKey"], attributes: { enabled: true } } },
  ],
  [
    `${vaultId(azure)}/providers/Microsoft.Authorization/roleAssignments/0f6b1a52-4e0c-4d3a-9f43-2b1f6a1f6a10`,
    {
      properties: { principalId: "p", principalType: "User", roleDefinitionId: "e147488a-f6f5-4113-8e2d-b22465e65bf6" },
    },
  ],
];

const wrong = fc.constantFrom<unknown>(
  null,
  undefined,
  0,
  1.5,
  true,
  "",
  "Locked",
  "Disabled",
  [],
  [null],
  {},
  { a: null },
);

/** The body with the value at one of its paths replaced, or as it is. */
function spoilt(body: unknown, at: number[], by: unknown): unknown {
  const [index, ...rest] = at;
  if (typeof body !== "object" || body === null || index === undefined) return by;
  const keys = Object.keys(body);
  const key = keys[index % keys.length];
  if (key === undefined) return by;
  const copy = structuredClone(body) as Record<string, unknown>;
  copy[key] = spoilt(copy[key], rest, by);
  return copy;
}

const request = fc.record({
  method: fc.constantFrom("PUT", "PUT", "PUT", "PATCH", "POST", "DELETE", "GET"),
  path: fc.nat(),
  at: fc.array(fc.nat({ max: 20 }), { minLength: 1, maxLength: 6 }),
  by: wrong,
  good: fc.boolean(),
});

test("no content makes the emulator fail, and every operation ends", () => {
  const statuses = new Set<number>();
  const property = fc.property(fc.array(request, { maxLength: 40 }), (requests) => {
    azure.reset();
    azure.createResourceGroup("rg-payroll");
    azure.createUserAssignedIdentity("rg-payroll", "id-payroll");
    azure.createKeyVault("rg-payroll", "kv-payroll");
    for (const { method, path, at, by, good } of requests) {
      const all = bodies();
      const [target, body] = all[path % all.length] as [string, object];
      const sent = good ? body : spoilt(body, at, by);
      const reply = azure.arm(method, target, sent as object);
      statuses.add(reply.status);
      const failed =
        reply.status === 500 && `${method} ${target} ${JSON.stringify(sent)}\n${JSON.stringify(reply.body)}`;
      expect(failed).toBe(false);
    }
    const vault = azure.vault(vaultId(azure));
    if (vault) expect(["Succeeded", "Failed"]).toContain(vault.properties.provisioningState);
  });
  fc.assert(property, { numRuns: 400 });
  expect([...statuses].sort()).toEqual(expect.arrayContaining([200, 201, 202, 204, 400, 404]));
});
