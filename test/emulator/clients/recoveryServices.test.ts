import { RecoveryServicesClient } from "@azure/arm-recoveryservices";
import { RecoveryServicesBackupClient } from "@azure/arm-recoveryservicesbackup";
import { ResourceManagementClient } from "@azure/arm-resources";
import { SubscriptionClient } from "@azure/arm-resources-subscriptions";
import { type Emulator, startEmulator } from "../../../emulator/index.js";
import { group } from "../client.js";
import { all, credential } from "./javascript.js";

let azure: Emulator;
let vaults: RecoveryServicesClient;
let backup: RecoveryServicesBackupClient;
let resources: ResourceManagementClient;

beforeAll(async () => {
  azure = await startEmulator({ trust: true });
  const signIn = credential(azure);
  const subscription = azure.env.ARM_SUBSCRIPTION_ID;
  const endpoint = { endpoint: azure.url, credentials: { scopes: [`${azure.url}/.default`] } };
  vaults = new RecoveryServicesClient(signIn, subscription, endpoint);
  resources = new ResourceManagementClient(signIn, subscription, endpoint);
  backup = new RecoveryServicesBackupClient(signIn, subscription, {
    endpoint: azure.url,
    credentialScopes: [`${azure.url}/.default`],
  });
});
afterAll(() => azure.close());

const quick = { updateIntervalInMs: 1 };
const rg = "rg-payroll";
const name = "rsv-payroll";

test("the client of subscriptions finds the subscription, its regions and its tenant", async () => {
  const options = { endpoint: azure.url, credentials: { scopes: [`${azure.url}/.default`] } };
  const client = new SubscriptionClient(credential(azure), options);
  const [subscription] = await all(client.subscriptions.list());
  expect(subscription).toMatchObject({ subscriptionId: azure.env.ARM_SUBSCRIPTION_ID, state: "Enabled" });
  expect((await client.subscriptions.get(azure.env.ARM_SUBSCRIPTION_ID)).tenantId).toBe(azure.env.ARM_TENANT_ID);
  const regions = await all(client.subscriptions.listLocations(azure.env.ARM_SUBSCRIPTION_ID));
  expect(regions.map((region) => region.name)).toContain("westeurope");
  expect(await all(client.tenants.list())).toMatchObject([{ tenantId: azure.env.ARM_TENANT_ID }]);
});

test("the clients of both services live a vault's whole life", async () => {
  await resources.resourceGroups.createOrUpdate(rg, { location: "westeurope", tags: { team: "payroll" } });
  const key = { name, type: "Microsoft.RecoveryServices/vaults" };
  expect(await vaults.recoveryServices.checkNameAvailability(rg, "westeurope", key)).toMatchObject({
    nameAvailable: true,
  });

  const created = await vaults.vaults.createOrUpdate(
    rg,
    name,
    { location: "westeurope", sku: { name: "Standard" }, properties: { publicNetworkAccess: "Enabled" } },
    quick,
  );
  expect(created).toMatchObject({ name, properties: { provisioningState: "Succeeded" }, sku: { name: "Standard" } });
  expect(created.properties?.securitySettings?.softDeleteSettings?.softDeleteState).toBe("AlwaysON");

  const identity = azure.createUserAssignedIdentity(rg, "id-payroll");
  const given = await vaults.vaults.update(
    rg,
    name,
    {
      identity: { type: "SystemAssigned, UserAssigned", userAssignedIdentities: { [identity.id]: {} } },
      tags: { stage: "test" },
    },
    quick,
  );
  expect(given).toMatchObject({ identity: { type: "SystemAssigned, UserAssigned" }, tags: { stage: "test" } });

  const { id: keyVault } = azure.createKeyVault(rg, "kv-payroll");
  const keyUri = azure.createKey(keyVault, "backup");
  const encryption = { keyVaultProperties: { keyUri }, kekIdentity: { userAssignedIdentity: identity.id } };
  const patch = { properties: { encryption } };
  await expect(vaults.vaults.update(rg, name, patch, quick)).rejects.toThrow(
    /lacks one of get, list, wrapKey, unwrapKey on the key backup/,
  );
  azure.grant(keyVault, identity.properties.principalId);
  const encrypted = await vaults.vaults.update(rg, name, patch, quick);
  expect(encrypted.properties?.encryption?.keyVaultProperties?.keyUri).toBe(keyUri);
  const config = await backup.backupResourceEncryptionConfigs.get(name, rg);
  expect(config.properties).toMatchObject({ encryptionAtRestType: "CustomerManaged", lastUpdateStatus: "Succeeded" });

  expect((await backup.backupResourceStorageConfigsNonCRR.get(name, rg)).properties?.storageTypeState).toBe("Unlocked");
  const account = "StorageContainer;Storage;sources;stpayroll";
  const registered = await backup.protectionContainers.beginRegisterAndWait(
    name,
    rg,
    "Azure",
    account,
    {
      properties: {
        containerType: "StorageContainer",
        backupManagementType: "AzureStorage",
        friendlyName: "stpayroll",
        sourceResourceId: `${group(azure, "sources")}/providers/Microsoft.Storage/storageAccounts/stpayroll`,
      },
    },
    quick,
  );
  expect(registered.properties).toMatchObject({ registrationStatus: "Registered" });
  expect((await backup.backupResourceStorageConfigsNonCRR.get(name, rg)).properties?.storageTypeState).toBe("Locked");
  const redundancySettings = { standardTierStorageRedundancy: "ZoneRedundant" };
  await expect(vaults.vaults.update(rg, name, { properties: { redundancySettings } }, quick)).rejects.toMatchObject({
    code: "StorageModelModifyError",
    statusCode: 400,
  });

  const machine = "iaasvmcontainerv2;sources;vm-payroll";
  const container = `IaasVMContainer;${machine}`;
  const policy = await backup.protectionPolicies.createOrUpdate(name, rg, "daily", {
    properties: {
      backupManagementType: "AzureIaasVM",
      schedulePolicy: { schedulePolicyType: "SimpleSchedulePolicy", scheduleRunFrequency: "Daily" },
      retentionPolicy: {
        retentionPolicyType: "LongTermRetentionPolicy",
        dailySchedule: { retentionDuration: { count: 30, durationType: "Days" } },
      },
    },
  });
  expect(policy.name).toBe("daily");
  await backup.protectedItems.createOrUpdate(name, rg, "Azure", container, `VM;${machine}`, {
    properties: {
      protectedItemType: "Microsoft.Compute/virtualMachines",
      sourceResourceId: `${group(azure, "sources")}/providers/Microsoft.Compute/virtualMachines/vm-payroll`,
      policyId: policy.id,
    },
  });
  const filter = "backupManagementType eq 'AzureIaasVM' and itemType eq 'VM'";
  const items = await all(backup.backupProtectedItems.list(name, rg, { filter }));
  expect(items).toMatchObject([{ properties: { friendlyName: "vm-payroll", protectionState: "IRPending" } }]);
  const jobs = await all(backup.backupJobs.list(name, rg));
  expect(jobs).toMatchObject([{ properties: { operation: "ConfigureBackup", status: "Completed" } }]);
  const usages = await all(vaults.usages.listByVaults(rg, name));
  expect(usages.find((usage) => usage.name?.value === "ProtectedItemCount")?.currentValue).toBe(1);

  await expect(vaults.vaults.delete(rg, name, quick)).rejects.toMatchObject({
    code: "BMSUserErrorVaultDeletionNotAllowed",
  });
  await expect(resources.resourceGroups.delete(rg, quick)).rejects.toThrow(/ResourceGroupDeletionBlocked|could not be/);
  expect(await resources.resourceGroups.checkExistence(rg)).toMatchObject({ body: true });

  await backup.protectedItems.delete(name, rg, "Azure", container, `VM;${machine}`);
  const [deletedItem] = await all(backup.backupProtectedItems.list(name, rg));
  expect(deletedItem?.properties?.isScheduledForDeferredDelete).toBe(true);
  await expect(vaults.vaults.delete(rg, name, quick)).rejects.toMatchObject({
    code: "ServiceResourceNotEmptyWithContainerDetails",
  });
  await backup.protectionContainers.unregister(name, rg, "Azure", account);
  expect(await all(backup.backupProtectionContainers.list(name, rg))).toEqual([]);
  await vaults.vaults.delete(rg, name, quick);
  await expect(vaults.vaults.get(rg, name)).rejects.toMatchObject({ statusCode: 404, code: "ResourceNotFound" });

  const [deleted] = await all(vaults.deletedVaults.listBySubscriptionId("westeurope"));
  const recoveryResourceGroupId = group(azure, rg);
  await vaults.deletedVaults.undelete(
    "westeurope",
    deleted?.name ?? "",
    { properties: { recoveryResourceGroupId } },
    quick,
  );
  expect((await vaults.vaults.get(rg, name)).properties?.provisioningState).toBe("Succeeded");
  const found = await all(resources.resources.listByResourceGroup(rg, { filter: `resourceType eq '${key.type}'` }));
  expect(found.map((resource) => resource.name)).toEqual([name]);
  await resources.resourceGroups.delete(rg, quick);
  expect(await resources.resourceGroups.checkExistence(rg)).toMatchObject({ body: false });
});

test("the client of configurations meets the vault's own API", async () => {
  await resources.resourceGroups.createOrUpdate("rg-config", { location: "westeurope" });
  const body = { location: "westeurope", properties: {} };
  await vaults.vaults.createOrUpdate("rg-config", "rsv-config", body, quick);
  const zones = { properties: { storageModelType: "ZoneRedundant" } };
  const written = await backup.backupResourceStorageConfigsNonCRR.update("rsv-config", "rg-config", zones);
  expect(written.properties?.storageType).toBe("ZoneRedundant");
  await backup.backupResourceStorageConfigsNonCRR.patch("rsv-config", "rg-config", zones);
  const redundancySettings = { standardTierStorageRedundancy: "GeoRedundant", crossRegionRestore: "Enabled" };
  await vaults.vaults.update("rg-config", "rsv-config", { properties: { redundancySettings } }, quick);
  await expect(
    backup.backupResourceStorageConfigsNonCRR.update("rsv-config", "rg-config", zones),
  ).rejects.toMatchObject({ code: "BMSUserErrorRedundancySettingsUseVaultApi" });
  const off = { properties: { softDeleteFeatureState: "Disabled" } };
  await expect(backup.backupResourceVaultConfigs.update("rsv-config", "rg-config", off)).rejects.toMatchObject({
    code: "BMSUserErrorDisablingSoftDeleteStateNotAllowed",
  });
  const info = { properties: { algorithm: "None", integrityKey: "a2V5" } };
  expect((await vaults.vaultExtendedInfo.createOrUpdate("rg-config", "rsv-config", info)).properties).toEqual(
    info.properties,
  );
});

/** Where something stands in an answer: "properties.encryption.keyVaultProperties.keyUri". */
function members(value: unknown, path = ""): string[] {
  if (value === undefined || value === null) return [];
  if (typeof value !== "object" || value instanceof Date) return [path];
  return Object.entries(value).flatMap(([name, member]) => members(member, path === "" ? name : `${path}.${name}`));
}

test("Microsoft's models of vaults have every member of what the emulator answers", async () => {
  await resources.resourceGroups.createOrUpdate("rg-models", { location: "westeurope" });
  const id = `${group(azure, "rg-models")}/providers/Microsoft.RecoveryServices/vaults/rsv-models`;
  const identity = azure.createUserAssignedIdentity("rg-models", "id-models");
  const keyVault = azure.createKeyVault("rg-models", "kv-models");
  azure.grant(keyVault.id, identity.properties.principalId);
  const alerts = { alertsForAllJobFailures: "Enabled", alertsForAllReplicationIssues: "Disabled" };
  azure.arm("PUT", id, {
    location: "westeurope",
    tags: { a: "b" },
    properties: {
      redundancySettings: { standardTierStorageRedundancy: "GeoRedundant", crossRegionRestore: "Enabled" },
      securitySettings: { immutabilitySettings: { state: "Unlocked", configuration: { type: "AsPerPolicy" } } },
      monitoringSettings: { azureMonitorAlertSettings: alerts },
      costManagementSettings: { granularityLevel: "VaultLevel" },
    },
  });
  azure.arm("PATCH", id, {
    identity: { type: "SystemAssigned,UserAssigned", userAssignedIdentities: { [identity.id]: {} } },
    properties: {
      encryption: {
        keyVaultProperties: { keyUri: azure.createKey(keyVault.id, "backup") },
        kekIdentity: { userAssignedIdentity: identity.id },
      },
    },
  });
  azure.addPrivateEndpoint(id, "pe-models");
  const raw = async (path: string) => azure.arm("GET", `${id}${path}`).body as { value: unknown[] };
  const vault = await raw("");
  expect(members(vault).length).toBeGreaterThan(30);
  const unknown = (answered: unknown, model: unknown) => {
    const known = members(model);
    return members(answered).filter((member) => !known.includes(member));
  };
  expect(unknown(vault, await vaults.vaults.get("rg-models", "rsv-models"))).toEqual([]);
  const usages = await all(vaults.usages.listByVaults("rg-models", "rsv-models"));
  expect(unknown((await raw("/usages")).value, usages)).toEqual([]);
  const replication = await all(vaults.replicationUsages.list("rg-models", "rsv-models"));
  expect(unknown((await raw("/replicationUsages")).value, replication)).toEqual([]);
  azure.arm("DELETE", `${id}/privateEndpointConnections/pe-models`);
  azure.arm("DELETE", id);
  const list = `/subscriptions/${azure.env.ARM_SUBSCRIPTION_ID}/providers/Microsoft.RecoveryServices/locations/westeurope/deletedVaults`;
  const deleted = await all(vaults.deletedVaults.listBySubscriptionId("westeurope"));
  expect(deleted).not.toEqual([]);
  // Recorded, and in no specification.
  expect(unknown((azure.arm("GET", list).body as { value: unknown[] }).value, deleted)).toEqual(
    deleted.map((_vault, index) => `${index}.location`),
  );
});
