import { group, vault, vaultId } from "./client.js";
import { arm, azure, emulatorForAll } from "./emulatorForAll.js";

emulatorForAll();

/** The names in it are the client's own. */
const maps = ["tags", "userAssignedIdentities"];

/** The same request, as a client would write it that does not look at the case of names. */
function shouted(value: unknown, isMap = false): unknown {
  if (Array.isArray(value)) return value.map((item) => shouted(item));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, member]) => [
      isMap ? name : name.toUpperCase(),
      shouted(member, maps.includes(name)),
    ]),
  );
}

interface Row {
  what: string;
  id: string;
  body: object;
  apiVersion?: string;
}

let rows: Row[];

beforeAll(async () => {
  azure.createResourceGroup("rg-payroll");
  const identity = azure.createUserAssignedIdentity("rg-payroll", "id-Payroll");
  const keyVault = azure.createKeyVault("rg-payroll", "kv-payroll");
  const keyUri = azure.createKey(keyVault.id, "backup");
  azure.grant(keyVault.id, identity.properties.principalId);
  const at = (type: string, name: string) => `${group(azure)}/providers/${type}/${name}`;
  const identities = { type: "UserAssigned", userAssignedIdentities: { [identity.id]: {} } };
  const tags = { Owner: "Payroll", stage: "test" };
  await arm("PUT", vaultId(azure, "bv-parent"), vault({}, { identity: identities }));
  const recoveryParent = at("Microsoft.RecoveryServices/vaults", "rsv-parent");
  await arm("PUT", recoveryParent, { location: "westeurope", sku: { name: "RS0" }, properties: {} });
  const guard = at("Microsoft.DataProtection/resourceGuards", "guard");
  const excluded = "Microsoft.DataProtection/backupVaults/backupInstances/delete";
  const policyId = `${vaultId(azure, "bv-parent")}/backupPolicies/daily`;
  const source = { resourceID: at("Microsoft.Compute/disks", "orders"), datasourceType: "Microsoft.Compute/disks" };
  const permissions = { keys: ["get", "wrapKey", "unwrapKey"] };
  const tenantId = azure.env.ARM_TENANT_ID;
  rows = [
    {
      what: "a resource group",
      id: `${group(azure)}-too`,
      body: { location: "westeurope", tags },
    },
    {
      what: "a Backup vault",
      id: vaultId(azure),
      body: vault(
        {
          storageSettings: [{ datastoreType: "VaultStore", type: "GeoRedundant" }],
          securitySettings: {
            softDeleteSettings: { state: "AlwaysOn", retentionDurationInDays: 30 },
            immutabilitySettings: { state: "Unlocked" },
            encryptionSettings: {
              state: "Enabled",
              keyVaultProperties: { keyUri },
              kekIdentity: { identityType: "UserAssigned", identityId: identity.id },
              infrastructureEncryption: "Enabled",
            },
          },
          featureSettings: {
            crossSubscriptionRestoreSettings: { state: "Disabled" },
            crossRegionRestoreSettings: { state: "Enabled" },
          },
          monitoringSettings: { azureMonitorAlertSettings: { alertsForAllJobFailures: "Enabled" } },
          costManagementSettings: { granularityLevel: "VaultLevel" },
        },
        { identity: identities, tags },
      ),
    },
    {
      what: "a backup policy",
      id: policyId,
      body: {
        properties: { objectType: "BackupPolicy", datasourceTypes: ["Microsoft.Compute/disks"], policyRules: [] },
      },
    },
    {
      what: "a backup instance",
      id: `${vaultId(azure, "bv-parent")}/backupInstances/orders`,
      body: {
        tags,
        properties: {
          objectType: "BackupInstance",
          friendlyName: "orders",
          dataSourceInfo: { objectType: "Datasource", resourceName: "orders", ...source },
          dataSourceSetInfo: { objectType: "DatasourceSet", ...source },
          policyInfo: { policyId, policyParameters: { dataStoreParametersList: [] } },
          identityDetails: { useSystemAssignedIdentity: false, userAssignedIdentityArmUrl: identity.id },
          validationType: "ShallowValidation",
        },
      },
    },
    {
      what: "a resource guard",
      id: guard,
      body: { location: "westeurope", tags, properties: { vaultCriticalOperationExclusionList: [excluded] } },
    },
    {
      what: "a vault's resource guard",
      id: `${vaultId(azure, "bv-parent")}/backupResourceGuardProxies/DppResourceGuardProxy`,
      body: { properties: { resourceGuardResourceId: guard } },
    },
    {
      what: "a Recovery Services vault",
      id: at("Microsoft.RecoveryServices/vaults", "rsv-payroll"),
      body: {
        location: "westeurope",
        tags,
        sku: { name: "RS0" },
        identity: { type: "SystemAssigned" },
        properties: {
          publicNetworkAccess: "Disabled",
          redundancySettings: { standardTierStorageRedundancy: "GeoRedundant", crossRegionRestore: "Enabled" },
          securitySettings: {
            immutabilitySettings: { state: "Unlocked" },
            softDeleteSettings: {
              softDeleteState: "AlwaysON",
              enhancedSecurityState: "AlwaysON",
              softDeleteRetentionPeriodInDays: 30,
            },
          },
          monitoringSettings: {
            azureMonitorAlertSettings: {
              alertsForAllJobFailures: "Disabled",
              alertsForAllReplicationIssues: "Disabled",
              alertsForAllFailoverIssues: "Disabled",
            },
          },
          restoreSettings: { crossSubscriptionRestoreSettings: { crossSubscriptionRestoreState: "Disabled" } },
        },
      },
    },
    {
      what: "a Recovery Services policy",
      id: `${recoveryParent}/backupPolicies/daily`,
      body: {
        properties: {
          backupManagementType: "AzureIaasVM",
          retentionPolicy: {
            retentionPolicyType: "LongTermRetentionPolicy",
            dailySchedule: { retentionDuration: { count: 30, durationType: "Days" } },
          },
        },
      },
    },
    {
      what: "a user-assigned identity",
      id: at("Microsoft.ManagedIdentity/userAssignedIdentities", "id-too"),
      body: { location: "westeurope", tags, properties: { isolationScope: "Regional" } },
      apiVersion: "2024-11-30",
    },
    {
      what: "a federated credential",
      id: `${identity.id}/federatedIdentityCredentials/pipeline`,
      body: { properties: { issuer: "https://issuer.example", subject: "main", audiences: ["api"] } },
      apiVersion: "2024-11-30",
    },
    {
      what: "a key vault",
      id: at("Microsoft.KeyVault/vaults", "kv-too"),
      body: {
        location: "westeurope",
        tags,
        properties: {
          tenantId,
          sku: { family: "A", name: "premium" },
          accessPolicies: [{ tenantId, objectId: identity.properties.principalId, permissions }],
          enableRbacAuthorization: false,
          enablePurgeProtection: true,
          softDeleteRetentionInDays: 30,
          networkAcls: { bypass: "None", defaultAction: "Allow", ipRules: [], virtualNetworkRules: [] },
          publicNetworkAccess: "Enabled",
        },
      },
      apiVersion: "2024-11-01",
    },
    {
      what: "a key",
      id: `${keyVault.id}/keys/red`,
      body: { properties: { kty: "RSA", keySize: 3072, attributes: { enabled: false }, keyOps: ["wrapKey"] } },
      apiVersion: "2024-11-01",
    },
    {
      what: "a role assignment",
      id: `${keyVault.id}/providers/Microsoft.Authorization/roleAssignments/00000000-0000-4000-8000-000000000001`,
      body: {
        properties: {
          principalId: identity.properties.principalId,
          principalType: "ServicePrincipal",
          description: "for the backup",
          roleDefinitionId: `${group(azure).split("/resourceGroups")[0]}/providers/Microsoft.Authorization/roleDefinitions/14b46e9e-c2b7-41b4-b07b-48a6ebf60603`,
        },
      },
      apiVersion: "2022-04-01",
    },
    {
      what: "a custom role",
      id: `${group(azure)}/providers/Microsoft.Authorization/roleDefinitions/00000000-0000-4000-8000-000000000002`,
      body: {
        properties: {
          roleName: "Key reader",
          description: "reads keys",
          assignableScopes: [group(azure)],
          permissions: [
            { actions: ["Microsoft.KeyVault/vaults/read"], notActions: [], dataActions: [], notDataActions: [] },
          ],
        },
      },
      apiVersion: "2022-04-01",
    },
  ];
});

test("names of members are read in any case, by every service, and names in maps stay as they are", async () => {
  for (const { what, id, body, apiVersion } of rows) {
    const path = apiVersion === undefined ? id : `${id}?api-version=${apiVersion}`;
    const answer = await arm("PUT", path, shouted(body));
    expect({ what, status: answer.status, error: answer.body?.error }).toMatchObject({ what, error: undefined });
    await arm("GET", answer.headers["azure-asyncoperation"] ?? group(azure));
    expect({ what, body: (await arm("GET", path)).body }).toMatchObject({ what, body });
  }
});

test("of two names that differ in case only, the last one counts", async () => {
  const body = '{"location":"westeurope","tags":{"a":"1"},"TAGS":{"b":"2","B":"3"}}';
  const answer = await arm("PUT", `${group(azure)}-last`, body);
  expect(answer.body.tags).toEqual({ b: "2", B: "3" });
});

test("az asks whether a backup is possible with a resourceId where the specification has a resourceID", async () => {
  const dataSourceInfo = { resourceId: `${group(azure)}/providers/Microsoft.Compute/disks/stock` };
  const asked = { backupInstance: { objectType: "BackupInstance", dataSourceInfo } };
  expect((await arm("POST", `${vaultId(azure, "bv-parent")}/validateForBackup`, asked)).status).toBe(202);
});

test("a name of another type is refused in any case", async () => {
  const answer = await arm("PUT", vaultId(azure, "bv-other"), { LOCATION: 5 });
  expect(answer).toMatchObject({ status: 400, body: { error: { code: "InvalidRequestContent" } } });
  expect(answer.body.error.message).toContain("Path 'LOCATION'");
});
