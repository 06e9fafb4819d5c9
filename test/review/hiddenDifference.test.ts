import { type Report, review } from "../../review/index.js";
import { azureWith } from "./azureWith.js";
import { events, preview, type StepOf, subscription, vaultId } from "./previews.js";
import { said } from "./said.js";

// A preview of Pulumi hides secrets before and after a change. The engine says whether they differ.

const hidden = "[secret]";
const keyVault = `/subscriptions/${subscription}/resourceGroups/keys/providers/Microsoft.KeyVault/vaults/kv`;
const account = `/subscriptions/${subscription}/resourceGroups/app/providers/Microsoft.Storage/storageAccounts/data`;
const live = azureWith({ keyUri: "https://kv.vault.azure.net/keys/first", identity: "SystemAssigned" }, "p", []);
const instance = (properties: object): Pick<StepOf, "type" | "id" | "old"> => ({
  type: "azure-native:dataprotection:BackupInstance",
  id: `${vaultId()}/backupInstances/blobs`,
  old: { properties: { policyInfo: { policyId: "p" }, dataSourceInfo: { resourceID: account }, ...properties } },
});
const rsv = `/subscriptions/${subscription}/resourceGroups/app/providers/Microsoft.RecoveryServices/vaults/rsv`;
const item = (properties: object): Pick<StepOf, "type" | "id" | "old"> => ({
  type: "azure-native:recoveryservices:ProtectedItem",
  id: `${rsv}/backupFabrics/Azure/protectionContainers/c/protectedItems/i`,
  old: { properties: { policyId: `${rsv}/backupPolicies/daily`, ...properties } },
});
const blobs: StepOf = { op: "same", name: "blobs", ...instance({}), new: instance({}).old };

/** What is secret of it, where the engine has that, and what is found if it differs. */
const changes: [what: string, step: Pick<StepOf, "type" | "id" | "old">, path: string, verdict: string][] = [
  [
    "the firewall of a key vault",
    { type: "azure:keyvault/keyVault:KeyVault", id: keyVault, old: { networkAcls: { defaultAction: hidden } } },
    "networkAcls.defaultAction",
    "undecided key-vault-in-use-restricted",
  ],
  [
    "the permission model of a key vault",
    {
      type: "azure-native:keyvault:Vault",
      id: keyVault,
      old: { properties: { enableRbacAuthorization: hidden, sku: { name: "standard" } } },
    },
    "properties.enableRbacAuthorization",
    "undecided key-vault-permission-model-changed",
  ],
  [
    "the tenant of a key vault",
    {
      type: "azure-native:keyvault:Vault",
      id: keyVault,
      old: { properties: { tenantId: hidden, sku: { name: "standard" } } },
    },
    "properties.tenantId",
    "undecided key-vault-tenant-changed",
  ],
  [
    "the access policies of a key vault",
    {
      type: "azure-native:keyvault:Vault",
      id: keyVault,
      old: { properties: { accessPolicies: hidden, sku: { name: "standard" } } },
    },
    "properties.accessPolicies",
    "undecided key-access-in-use-removed",
  ],
  [
    "the principal of one of them",
    {
      type: "azure:keyvault/keyVault:KeyVault",
      id: keyVault,
      old: {
        accessPolicies: [{ objectId: "o" }, { objectId: hidden, keyPermissions: ["Get", "WrapKey", "UnwrapKey"] }],
      },
    },
    "accessPolicies[1].objectId",
    "undecided key-access-in-use-removed",
  ],
  [
    "the permissions of an access policy",
    {
      type: "azure:keyvault/accessPolicy:AccessPolicy",
      id: `${keyVault}/objectId/p`,
      old: { keyVaultId: keyVault, objectId: "p", keyPermissions: [hidden, "WrapKey", "UnwrapKey"] },
    },
    "keyPermissions[0]",
    "undecided key-access-in-use-removed",
  ],
  [
    "the principal of a role assignment",
    {
      type: "azure:authorization/assignment:Assignment",
      id: `${keyVault}/providers/Microsoft.Authorization/roleAssignments/r`,
      old: { scope: keyVault, roleDefinitionName: "Key Vault Crypto User", principalId: hidden },
    },
    "principalId",
    "undecided key-access-in-use-removed",
  ],
  [
    "the expiry of a key",
    {
      type: "azure:keyvault/key:Key",
      id: "https://kv.vault.azure.net/keys/first/1",
      old: { name: "first", keyVaultId: keyVault, keyOpts: ["wrapKey", "unwrapKey"], expirationDate: hidden },
    },
    "expirationDate",
    "undecided key-in-use-disabled",
  ],
  [
    "the versions of blobs",
    {
      type: "azure:storage/account:Account",
      id: account,
      old: { name: "data", blobProperties: { versioningEnabled: hidden, changeFeedEnabled: true } },
    },
    "blobProperties.versioningEnabled",
    "warn backup-source-weakened",
  ],
  [
    "a lifecycle rule",
    {
      type: "azure-native:storage:ManagementPolicy",
      id: `${account}/managementPolicies/default`,
      old: {
        accountName: "data",
        policy: {
          rules: [{ definition: { actions: { version: { delete: { daysAfterCreationGreaterThan: hidden } } } } }],
        },
      },
    },
    "policy.rules[0].definition.actions.version.delete.daysAfterCreationGreaterThan",
    "warn backup-source-weakened",
  ],
  [
    "the key of a vault",
    {
      type: "azure:dataprotection/backupVaultCustomerManagedKey:BackupVaultCustomerManagedKey",
      id: vaultId(),
      old: { dataProtectionBackupVaultId: vaultId(), keyVaultKeyId: hidden },
    },
    "keyVaultKeyId",
    "undecided key-and-identity-together, undecided kek-identity-not-attached, undecided cmk-key-missing",
  ],
  [
    "the key of a vault, in the vault itself",
    {
      type: "azure-native:dataprotection:BackupVault",
      id: vaultId(),
      old: {
        vaultName: "bv",
        properties: {
          securitySettings: {
            encryptionSettings: {
              ...{ state: "Enabled", kekIdentity: { identityType: "SystemAssigned" } },
              keyVaultProperties: { keyUri: hidden },
            },
          },
        },
      },
    },
    "properties.securitySettings.encryptionSettings.keyVaultProperties.keyUri",
    "undecided old-key-unreachable, undecided kek-identity-not-attached, undecided cmk-key-missing",
  ],
  [
    "the immutability of a vault, in the vault itself",
    {
      type: "azure-native:dataprotection:BackupVault",
      id: vaultId(),
      old: {
        vaultName: "bv",
        properties: {
          securitySettings: { immutabilitySettings: { state: hidden }, softDeleteSettings: { state: "On" } },
        },
      },
    },
    "properties.securitySettings.immutabilitySettings.state",
    "undecided immutability-locked, warn one-way-change",
  ],
  [
    "the soft delete of a vault",
    {
      type: "azapi:index/resource:Resource",
      id: `${rsv}/backupconfig/vaultconfig`,
      old: {
        ...{ type: "Microsoft.RecoveryServices/vaults/backupconfig@2025-02-01", name: "vaultconfig", parentId: rsv },
        body: { properties: { softDeleteFeatureState: hidden } },
      },
    },
    "body.properties.softDeleteFeatureState",
    "undecided rsv-soft-delete-off, warn rsv-one-way-change",
  ],
  [
    "the policy of an instance",
    instance({ policyInfo: { policyId: hidden } }),
    "properties.policyInfo.policyId",
    "warn policy-retention-shorter",
  ],
  ["the policy of an item", item({ policyId: hidden }), "properties.policyId", "undecided rsv-item-policy-shorter"],
  [
    "the state of an item",
    item({ protectionState: hidden }),
    "properties.protectionState",
    "undecided rsv-protected-item-stopped",
  ],
  [
    "the retention in a policy",
    {
      type: "azure-native:recoveryservices:ProtectionPolicy",
      id: `${rsv}/backupPolicies/daily`,
      old: { properties: { backupManagementType: "AzureIaasVM", retentionPolicy: hidden } },
    },
    "properties.retentionPolicy",
    "undecided rsv-policy-retention-shorter",
  ],
  [
    "the schedule of a policy",
    {
      type: "azure:backup/policyVM:PolicyVM",
      id: `${rsv}/backupPolicies/daily`,
      old: { backup: { frequency: hidden, time: "23:00" }, retentionDaily: { count: 30 } },
    },
    "backup.frequency",
    "undecided rsv-backup-less-frequent",
  ],
  [
    "the containers of an instance",
    instance({
      policyInfo: {
        policyId: "p",
        policyParameters: { backupDatasourceParametersList: [{ containersList: [hidden, "b"] }] },
      },
    }),
    'properties.policyInfo.policyParameters["backupDatasourceParametersList"][0].containersList[0]',
    "warn backup-instance-narrowed",
  ],
  [
    "the data source of an instance",
    instance({ dataSourceInfo: { resourceID: hidden } }),
    "properties.dataSourceInfo.resourceID",
    "undecided backup-instance-replaced",
  ],
  [
    "the level of a lock",
    {
      type: "azure-native:authorization:ManagementLockByScope",
      id: `${vaultId()}/providers/Microsoft.Authorization/locks/keep`,
      old: { scope: vaultId(), lockName: "keep", level: hidden },
    },
    "level",
    "warn lock-removed",
  ],
];

describe.each(changes)("%s", (_, { old, ...what }, path, verdict) => {
  const reviewed = async (more: Partial<StepOf>): Promise<Report[]> => {
    const step: StepOf = { op: "update", name: "it", ...what, old, new: { ...old, location: "westeurope" }, ...more };
    return Promise.all([preview, events].map((document) => review(document(blobs, step), { live })));
  };
  const [name = ""] = path.split(/[.[]/);
  const update = { kind: "update", inputDiff: true };

  test.each<[how: string, Partial<StepOf>]>([
    ["its path is among the differences", { differs: [name], detailedDiff: { [path]: update } }],
    ["the whole input is", { differs: [name], detailedDiff: { [name]: update } }],
    ["only the name of the input is known", { differs: ["location", name] }],
    ["nothing says what differs", {}],
  ])("that is secret may be another one: %s", async (_how, more) => {
    for (const report of await reviewed(more)) expect(said(report)).toEqual(verdict.split(", "));
  });

  test("that is secret stays as it is if only something else differs", async () => {
    for (const more of [{ differs: ["location"] }, { differs: ["location"], detailedDiff: { location: update } }]) {
      for (const { decision } of await reviewed(more)) expect(decision).toBe("clear");
    }
  });
});
