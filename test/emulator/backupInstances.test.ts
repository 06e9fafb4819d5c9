import { done, group, vault, vaultId } from "./client.js";
import { arm, azure, emulatorForAll } from "./emulatorForAll.js";

emulatorForAll();
beforeEach(async () => {
  azure.reset();
  azure.createResourceGroup("rg-payroll");
  await arm("PUT", vaultId(azure), vault());
  await arm("PUT", `${vaultId(azure)}/backupPolicies/daily`, policy);
});

const policy = { properties: { objectType: "BackupPolicy", datasourceTypes: [], policyRules: [] } };
const instance = (name = "orders", datasourceType = "Microsoft.DBforPostgreSQL/flexibleServers") => ({
  properties: {
    objectType: "BackupInstance",
    friendlyName: name,
    dataSourceInfo: { objectType: "Datasource", datasourceType, resourceID: `${group(azure)}/providers/x/y/${name}` },
    policyInfo: { policyId: `${vaultId(azure)}/backupPolicies/daily` },
  },
});
const instanceId = (name = "orders") => `${vaultId(azure)}/backupInstances/${name}`;

test("an instance is protected when its operation has ended", async () => {
  const created = await arm("PUT", instanceId(), instance());
  expect(created).toMatchObject({
    status: 201,
    body: { properties: { currentProtectionState: "ConfiguringProtection" } },
  });
  expect(created.headers["azure-asyncoperation"]).toContain(`${vaultId(azure)}/operationStatus/`);
  expect(created.headers).not.toHaveProperty("location");
  expect(created.body.properties.policyInfo).toEqual(instance().properties.policyInfo);
  await done(arm, created);
  expect((await arm("GET", instanceId())).body.properties).toMatchObject({
    currentProtectionState: "ProtectionConfigured",
    protectionStatus: { status: "ProtectionConfigured" },
    provisioningState: "Succeeded",
  });
  expect((await arm("GET", `${vaultId(azure)}/backupInstances`)).body.value).toHaveLength(1);
});

// azurerm leaves it empty for disks and blobs.
test.each([
  ["", 201, undefined],
  [undefined, 400, "BMSUserErrorInvalidInput"],
  ["BackupPolicy", 400, "BMSUserErrorInvalidInput"],
])("an instance whose objectType is %p is answered with %i", async (objectType, status, code) => {
  const { properties } = instance();
  const answer = await arm("PUT", instanceId(), { properties: { ...properties, objectType } });
  expect(answer.status).toBe(status);
  expect(answer.body.error?.code).toBe(code);
  if (status !== 201) return;
  await done(arm, answer);
  const { body } = await arm("GET", instanceId());
  expect(body.properties.currentProtectionState).toBe("ProtectionConfigured");
});

test("an update answers 201 too, and shows the old policy until it has ended", async () => {
  await done(arm, await arm("PUT", instanceId(), instance()));
  await arm("PUT", `${vaultId(azure)}/backupPolicies/weekly`, policy);
  const changed = instance();
  changed.properties.policyInfo.policyId = `${vaultId(azure)}/backupPolicies/weekly`;
  const updated = await arm("PUT", instanceId(), changed);
  expect(updated).toMatchObject({
    status: 201,
    body: {
      properties: {
        policyInfo: instance().properties.policyInfo,
        provisioningState: "Succeeded",
        currentProtectionState: "UpdatingProtection",
        protectionStatus: { status: "UpdatingProtection" },
      },
    },
  });
  await done(arm, updated);
  expect((await arm("GET", instanceId())).body.properties).toMatchObject({
    policyInfo: changed.properties.policyInfo,
    currentProtectionState: "ProtectionConfigured",
  });
});

test("instances in storage accounts are accepted without a body from version 2025-07-01 on", async () => {
  const type = "Microsoft.Storage/storageAccounts";
  for (const service of ["blobServices", "adlsBlobServices"]) {
    const wanted = instance(service, `${type}/${service}`);
    const old = await arm("PUT", `${instanceId(service)}?api-version=2024-04-01`, wanted);
    expect(old).toMatchObject({ status: 201, body: { id: instanceId(service) } });
    await done(arm, old);
    const accepted = await arm("PUT", `${instanceId(service)}?api-version=2025-07-01`, wanted);
    expect(accepted).toMatchObject({ status: 202, body: undefined });
    expect(accepted.headers["azure-asyncoperation"]).toContain(`${vaultId(azure)}/operationStatus/`);
    expect(accepted.headers.location).toContain(`${instanceId(service)}/operationResults/`);
    await done(arm, accepted);
    expect((await arm("GET", accepted.headers.location ?? "")).body).toMatchObject({ id: instanceId(service) });
  }
});

test("stopping and resuming what is so already begins no operation", async () => {
  await arm("PUT", instanceId(), instance());
  const again = async (action: string) => {
    await done(arm, await arm("POST", `${instanceId()}/${action}`));
    const second = await arm("POST", `${instanceId()}/${action}`);
    expect(second).toMatchObject({ status: 200, body: undefined });
    expect(second.headers).not.toHaveProperty("azure-asyncoperation");
  };
  expect((await arm("POST", `${instanceId()}/resumeProtection`)).status).toBe(200);
  for (const action of ["stopProtection", "resumeProtection", "suspendBackups", "resumeBackups"]) await again(action);
});

test("every operation on an instance is followed below its vault", async () => {
  await arm("PUT", instanceId(), instance());
  const wanted = { backupInstance: instance("stock").properties };
  const restore = { restoreRequestObject: { objectType: "x", restoreTargetInfo: {} } };
  const asked: [string, string, unknown?][] = [
    ["POST", `${vaultId(azure)}/validateForBackup`, wanted],
    ["POST", `${instanceId()}/validateForModifyBackup`, { backupInstance: instance().properties }],
    ["POST", `${instanceId()}/validateRestore`, restore],
    ["POST", `${instanceId()}/backup`, { backupRuleOptions: { ruleName: "daily" } }],
    ["POST", `${instanceId()}/sync`, {}],
    ["POST", `${instanceId()}/suspendBackups`],
    ["DELETE", instanceId()],
  ];
  for (const [method, path, body] of asked) {
    const begun = await arm(method, path, body);
    expect(begun).toMatchObject({ status: 202, body: undefined });
    expect(begun.headers["azure-asyncoperation"]).toContain(`${vaultId(azure)}/operationStatus/`);
    expect(begun.headers.location).toContain("/locations/westeurope/operationResults/");
    await done(arm, begun);
  }
});

test("protection is stopped, suspended and resumed", async () => {
  await arm("PUT", instanceId(), instance());
  const state = async (action: string) => {
    await done(arm, await arm("POST", `${instanceId()}/${action}`, {}));
    return (await arm("GET", instanceId())).body.properties.currentProtectionState;
  };
  expect(await state("stopProtection")).toBe("ProtectionStopped");
  expect(await state("resumeProtection")).toBe("ProtectionConfigured");
  expect(await state("suspendBackups")).toBe("BackupsSuspended");
  expect(await state("resumeBackups")).toBe("ProtectionConfigured");
});

test("a deleted instance is soft-deleted and comes back with its protection stopped", async () => {
  await arm("PUT", instanceId(), instance());
  await done(arm, await arm("DELETE", instanceId()));
  expect((await arm("GET", instanceId())).status).toBe(404);
  const deleted = `${vaultId(azure)}/deletedBackupInstances`;
  expect((await arm("GET", deleted)).body.value).toMatchObject([
    {
      id: `${deleted}/orders`,
      properties: {
        objectType: "DeletedBackupInstance",
        currentProtectionState: "SoftDeleted",
        deletionInfo: { deletionTime: expect.any(String), scheduledPurgeTime: expect.any(String) },
      },
    },
  ]);
  const back = await arm("POST", `${deleted}/orders/undelete`);
  expect(back).toMatchObject({ status: 200, body: undefined });
  expect(back.headers).not.toHaveProperty("azure-asyncoperation");
  expect((await arm("GET", `${deleted}/orders`)).status).toBe(404);
  expect(await arm("POST", `${deleted}/orders/undelete`)).toMatchObject({
    status: 404,
    body: {
      error: {
        code: "UserErrorGenericResourceNotFound",
        message: expect.stringContaining("Azure resource does not exist."),
        target: null,
        details: null,
      },
    },
  });
  const { properties } = (await arm("GET", instanceId())).body;
  expect(properties).toMatchObject({ objectType: "BackupInstance", currentProtectionState: "ProtectionStopped" });
  expect(properties).not.toHaveProperty("deletionInfo");
});

test("without soft delete an old client deletes for good", async () => {
  azure.setVault(vaultId(azure), { properties: { securitySettings: { softDeleteSettings: { state: "Off" } } } });
  await arm("PUT", instanceId(), instance());
  await done(arm, await arm("DELETE", `${instanceId()}?api-version=2024-04-01`));
  expect((await arm("GET", `${vaultId(azure)}/deletedBackupInstances`)).body.value).toEqual([]);
});

test("a data source is protected once", async () => {
  await arm("PUT", instanceId(), instance());
  const second = await arm("PUT", instanceId("again"), instance());
  expect(second).toMatchObject({ status: 400, body: { error: { code: "UserErrorDppDatasourceAlreadyProtected" } } });
  expect(second.body.error.additionalInfo[0].info.recommendedAction[0]).toContain("Delete the backup instance orders");
});

test("data in an immutable vault is not deleted, but operational backups may be", async () => {
  await arm("PUT", instanceId(), instance());
  await arm("PUT", instanceId("disk"), instance("disk", "Microsoft.Compute/disks"));
  await arm("PATCH", vaultId(azure), {
    properties: { securitySettings: { immutabilitySettings: { state: "Unlocked" } } },
  });
  expect((await arm("DELETE", instanceId())).body.error.code).toBe("EmulatorUnverifiedDeleteImmutableInstance");
  expect((await arm("DELETE", instanceId("disk"))).status).toBe(202);
});

test("a policy that instances use stays", async () => {
  await arm("PUT", instanceId(), instance());
  const id = `${vaultId(azure)}/backupPolicies/daily`;
  const { status, body } = await arm("DELETE", id);
  expect({ status, code: body.error.code }).toEqual({ status: 400, code: "UserErrorDppPolicyObjectInUse" });
  await arm("DELETE", instanceId());
  expect((await arm("DELETE", id)).status).toBe(200);
  expect((await arm("GET", id)).status).toBe(404);
});

test("a deleted vault is listed with its past and comes back with its data", async () => {
  await arm("PUT", instanceId(), instance());
  azure.softDelete(vaultId(azure), "orders");
  await done(arm, await arm("DELETE", vaultId(azure)));
  const location = `/subscriptions/${azure.env.ARM_SUBSCRIPTION_ID}/providers/Microsoft.DataProtection/locations/westeurope`;
  const { body } = await arm("GET", `${location}/deletedVaults`);
  expect(body.value).toHaveLength(1);
  const [deleted] = body.value;
  expect(deleted).toMatchObject({
    type: "Microsoft.DataProtection/locations/deletedVaults",
    properties: {
      originalBackupVaultName: "bv-payroll",
      originalBackupVaultResourcePath: vaultId(azure),
      resourceDeletionInfo: { deleteActivityID: expect.any(String) },
    },
  });
  expect((await arm("GET", deleted.id)).body.name).toBe(deleted.name);
  const back = await arm(
    "PUT",
    vaultId(azure),
    { location: "westeurope", identity: { type: "SystemAssigned" } },
    { "x-ms-deleted-vault-id": deleted.id },
  );
  expect(back.status).toBe(201);
  await done(arm, back);
  expect((await arm("GET", `${vaultId(azure)}/deletedBackupInstances`)).body.value).toHaveLength(1);
  expect((await arm("GET", `${location}/deletedVaults`)).body.value).toEqual([]);
});

test("a deleted instance does not come back over another one", async () => {
  await arm("PUT", instanceId(), instance());
  await arm("DELETE", instanceId());
  await arm("PUT", instanceId(), instance());
  const answer = await arm("POST", `${vaultId(azure)}/deletedBackupInstances/orders/undelete`);
  expect(answer).toMatchObject({ status: 409, body: { error: { code: "EmulatorUnverifiedUndeleteNameTaken" } } });
});

test("a deleted instance comes back while another one protects its data source, and stays stopped", async () => {
  await arm("PUT", instanceId(), instance());
  await arm("DELETE", instanceId());
  const other = `${vaultId(azure, "bv-other")}/backupInstances/again`;
  await arm("PUT", vaultId(azure, "bv-other"), vault());
  await arm("PUT", `${vaultId(azure, "bv-other")}/backupPolicies/daily`, policy);
  const wanted = instance();
  wanted.properties.policyInfo.policyId = `${vaultId(azure, "bv-other")}/backupPolicies/daily`;
  await done(arm, await arm("PUT", other, wanted));
  expect((await arm("POST", `${vaultId(azure)}/deletedBackupInstances/orders/undelete`)).status).toBe(200);
  expect((await arm("GET", instanceId())).body.properties.currentProtectionState).toBe("ProtectionStopped");
  const refused = await arm("POST", `${instanceId()}/resumeProtection`);
  const code = "UserErrorDppDatasourceAlreadyHasBackupInstance";
  expect(refused).toMatchObject({ status: 400, body: { error: { code } } });
  const { info } = refused.body.error.additionalInfo[0];
  expect(info.message).toContain(`${vaultId(azure, "bv-other")} with the protection status as ProtectionConfigured.`);
  expect(info.recommendedAction).toEqual([expect.stringContaining("Delete the backup instance orders")]);
  await done(arm, await arm("DELETE", other));
  await done(arm, await arm("POST", `${instanceId()}/resumeProtection`));
  const { dataSourceInfo } = instance().properties;
  const found = await arm("GET", `${dataSourceInfo.resourceID}/providers/Microsoft.DataProtection/backupInstances`);
  expect(found.body.value).toMatchObject([{ id: instanceId() }]);
});

test("an instance takes one operation at a time, and its vault on the way out takes none", async () => {
  await arm("PUT", instanceId(), instance());
  azure.faults.add({ kind: "operationNeverEnds", times: "always" });
  expect((await arm("POST", `${instanceId()}/suspendBackups`)).status).toBe(202);
  const second = await arm("DELETE", instanceId());
  expect(second).toMatchObject({ status: 409, body: { error: { code: "EmulatorUnverifiedOperationInProgress" } } });
  azure.faults.clear();
  azure.softDelete(vaultId(azure), "orders");
  azure.faults.add({ kind: "operationNeverEnds" });
  expect((await arm("DELETE", vaultId(azure))).status).toBe(202);
  expect((await arm("PUT", instanceId("new"), instance("new"))).status).toBe(409);
});

test("an instance whose protection failed is repaired by synchronising it", async () => {
  azure.faults.add({ kind: "operationFails", method: "PUT", path: "/backupInstances/" });
  await done(arm, await arm("PUT", instanceId(), instance()));
  expect((await arm("GET", instanceId())).body.properties).toMatchObject({
    provisioningState: "Failed",
    currentProtectionState: "ConfiguringProtectionFailed",
    protectionErrorDetails: { code: "EmulatorFault" },
  });
  await done(arm, await arm("POST", `${instanceId()}/sync`, { syncType: "Default" }));
  const { properties } = (await arm("GET", instanceId())).body;
  expect(properties).toMatchObject({
    provisioningState: "Succeeded",
    currentProtectionState: "ProtectionConfigured",
  });
  expect(properties).not.toHaveProperty("protectionErrorDetails");
});

test("backup, its change and its restore can be validated", async () => {
  const wanted = { backupInstance: instance().properties };
  await done(arm, await arm("POST", `${vaultId(azure)}/validateForBackup`, wanted));
  await arm("PUT", instanceId(), instance());
  const again = await arm("POST", `${vaultId(azure)}/validateForBackup`, wanted);
  expect(again).toMatchObject({ status: 400, body: { error: { code: "UserErrorDppDatasourceAlreadyProtected" } } });
  await done(arm, await arm("POST", `${instanceId()}/validateForModifyBackup`, wanted));
  const restore = { objectType: "AzureBackupRecoveryPointBasedRestoreRequest", restoreTargetInfo: {} };
  await done(arm, await arm("POST", `${instanceId()}/validateRestore`, { restoreRequestObject: restore }));
  expect((await arm("POST", `${instanceId()}/validateRestore`, {})).status).toBe(400);
});

test("an instance of more than 100 containers is refused, also by a validation", async () => {
  const wanted = (count: number) => {
    const { properties } = instance("stpayroll", "Microsoft.Storage/storageAccounts/blobServices");
    const containersList = Array.from({ length: count }, (_, each) => `container-${each}`);
    const list = [{ objectType: "BlobBackupDatasourceParameters", containersList }];
    const policyInfo = { ...properties.policyInfo, policyParameters: { backupDatasourceParametersList: list } };
    return { ...properties, policyInfo };
  };
  const refused = { status: 400, body: { error: { code: "EmulatorUnverifiedTooManyContainers" } } };
  const validation = { backupInstance: wanted(101) };
  expect(await arm("POST", `${vaultId(azure)}/validateForBackup`, validation)).toMatchObject(refused);
  expect(await arm("PUT", instanceId(), { properties: wanted(101) })).toMatchObject(refused);
  await done(arm, await arm("PUT", instanceId(), { properties: wanted(100) }));
});

test("an instance is found from its data source, and as the result of its operation", async () => {
  const created = await arm("PUT", instanceId(), instance());
  const { dataSourceInfo } = instance().properties;
  const found = await arm("GET", `${dataSourceInfo.resourceID}/providers/Microsoft.DataProtection/backupInstances`);
  expect(found.body.value).toMatchObject([{ id: instanceId() }]);
  const operation = new URL(created.headers["azure-asyncoperation"] ?? "").pathname.split("/").at(-1);
  expect((await arm("GET", `${instanceId()}/operationResults/${operation}`)).body.id).toBe(instanceId());
});

test("deleted vaults, and their return, came with version 2025-09-01", async () => {
  await done(arm, await arm("DELETE", vaultId(azure)));
  const list = `/subscriptions/${azure.env.ARM_SUBSCRIPTION_ID}/providers/Microsoft.DataProtection/locations/westeurope/deletedVaults`;
  const old = await arm("GET", `${list}?api-version=2025-07-01`);
  expect(old).toMatchObject({ status: 400, body: { error: { code: "NoRegisteredProviderFound" } } });
  expect(old.body.error.message).toContain("for type 'locations/deletedVaults'");
  expect(old.body.error.message).not.toContain("2025-07-01,");
  const [deleted] = (await arm("GET", list)).body.value;
  const header = { "x-ms-deleted-vault-id": deleted.id };
  expect((await arm("PUT", `${vaultId(azure)}?api-version=2025-07-01`, vault(), header)).status).toBe(201);
  expect((await arm("GET", list)).body.value).toHaveLength(1);
});

test("what data sources are supported can be asked", async () => {
  const path = `/subscriptions/${azure.env.ARM_SUBSCRIPTION_ID}/providers/Microsoft.DataProtection/locations/westus/checkFeatureSupport`;
  const asked = {
    objectType: "FeatureValidationRequest",
    featureType: "DataSourceType",
    featureName: "microsoft.compute/disks",
  };
  expect((await arm("POST", path, asked)).body).toEqual({
    objectType: "FeatureValidationResponse",
    featureType: "DataSourceType",
    features: [
      {
        featureName: "Microsoft.Compute/disks",
        supportStatus: "GenerallyAvailable",
        exposureControlledFeatures: [],
      },
    ],
  });
});
