import { type Arm, done, group } from "./client.js";
import { arm, azure, emulatorForAll } from "./emulatorForAll.js";
import {
  immutability,
  redundancy,
  softDelete,
  recoveryVault as vault,
  recoveryVaultId as vaultId,
} from "./recoveryServices.js";

emulatorForAll();
beforeEach(async () => {
  azure.reset();
  azure.createResourceGroup("rg-payroll");
  await arm("PUT", vaultId(azure), vault());
});

const storageConfig = () => `${vaultId(azure)}/backupstorageconfig/vaultstorageconfig`;
const vaultConfig = () => `${vaultId(azure)}/backupconfig/vaultconfig`;
const machine = "iaasvmcontainerv2;sources;vm-payroll";
const item = () =>
  `${vaultId(azure)}/backupFabrics/Azure/protectionContainers/IaasVMContainer;${machine}/protectedItems/VM;${machine}`;
const code = async (answer: ReturnType<Arm>) => (await answer).body?.error?.code;
const patch = (properties: object) => arm("PATCH", vaultId(azure), { properties });
const storageTypeState = async () => (await arm("GET", storageConfig())).body.properties.storageTypeState;

test("the storage configuration shows the vault's redundancy and writes it, until the vault's own API has", async () => {
  expect((await arm("GET", storageConfig())).body).toEqual({
    id: storageConfig(),
    name: "vaultstorageconfig",
    type: "Microsoft.RecoveryServices/vaults/backupstorageconfig",
    properties: {
      storageModelType: "GeoRedundant",
      storageType: "GeoRedundant",
      storageTypeState: "Unlocked",
      crossRegionRestoreFlag: false,
      dedupState: "Disabled",
      xcoolState: "Disabled",
    },
  });
  const zones = { properties: { storageModelType: "ZoneRedundant" } };
  expect((await arm("PUT", storageConfig(), zones)).body.properties.storageType).toBe("ZoneRedundant");
  expect(azure.vault(vaultId(azure))?.properties.redundancySettings).toEqual(
    redundancy("ZoneRedundant").redundancySettings,
  );
  const restore = { properties: { crossRegionRestoreFlag: true } };
  expect(await code(arm("PATCH", storageConfig(), restore))).toBe("EmulatorUnverifiedRsvCrrNeedsGeo");
  const geo = { properties: { storageType: "GeoRedundant", crossRegionRestoreFlag: true } };
  expect(await arm("PATCH", storageConfig(), geo)).toMatchObject({ status: 204, body: undefined });
  await patch(redundancy("GeoRedundant", "Enabled"));
  expect(await code(arm("PUT", storageConfig(), geo))).toBe("BMSUserErrorRedundancySettingsUseVaultApi");
  expect(await code(arm("PATCH", storageConfig(), geo))).toBe("BMSUserErrorRedundancySettingsUseVaultApi");
});

test("the vault configuration shows the vault's soft delete and writes it, until the vault's own API has", async () => {
  expect((await arm("GET", vaultConfig())).body.properties).toEqual({
    storageModelType: "GeoRedundant",
    storageType: "GeoRedundant",
    storageTypeState: "Unlocked",
    enhancedSecurityState: "AlwaysON",
    softDeleteFeatureState: "AlwaysON",
    softDeleteRetentionPeriodInDays: 14,
    isSoftDeleteFeatureStateEditable: false,
  });
  const longer = { properties: { softDeleteFeatureState: "AlwaysON", softDeleteRetentionPeriodInDays: 30 } };
  expect((await arm("PUT", vaultConfig(), longer)).body.properties.softDeleteRetentionPeriodInDays).toBe(30);
  const enabled = { properties: { softDeleteFeatureState: "Enabled", enhancedSecurityState: "Enabled" } };
  expect((await arm("PUT", vaultConfig(), enabled)).body.properties).toMatchObject({
    softDeleteFeatureState: "AlwaysON",
    enhancedSecurityState: "AlwaysON",
  });
  const off = { properties: { softDeleteFeatureState: "Disabled" } };
  expect(await code(arm("PATCH", vaultConfig(), off))).toBe("BMSUserErrorDisablingSoftDeleteStateNotAllowed");
  const endless = { properties: { softDeleteRetentionPeriodInDays: 400 } };
  expect(await code(arm("PATCH", vaultConfig(), endless))).toBe("EmulatorUnverifiedRsvRetentionOutOfRange");
  await patch(softDelete("AlwaysON", 30));
  expect(await code(arm("PATCH", vaultConfig(), longer))).toBe("BMSUserErrorSoftDeleteUseVaultApi");
  expect(await code(arm("PUT", vaultConfig(), longer))).toBe("BMSUserErrorSoftDeleteUseVaultApi");
});

const redundancies = ["LocallyRedundant", "ZoneRedundant", "GeoRedundant"];

test.each(redundancies.flatMap((from) => redundancies.map((to) => [from, to])))(
  "once something was registered, redundancy %s to %s",
  async (from = "", to = "") => {
    const id = vaultId(azure, "rsv-locked");
    await arm("PUT", id, vault());
    const config = `${id}/backupstorageconfig/vaultstorageconfig`;
    await arm("PUT", config, { properties: { storageModelType: from } });
    azure.register(id, "stpayroll");
    expect((await arm("GET", config)).body.properties.storageTypeState).toBe("Locked");
    const expected = from === to ? undefined : "StorageModelModifyError";
    expect(await code(arm("PUT", config, { properties: { storageModelType: to } }))).toBe(expected);
    expect(await code(arm("PATCH", id, { properties: redundancy(to) }))).toBe(expected);
    expect(await code(arm("PUT", id, vault(redundancy(to))))).toBe(expected);
    expect(await code(arm("PUT", id, vault()))).toBeUndefined();
    expect(azure.vault(id)?.properties.redundancySettings.standardTierStorageRedundancy).toBe(from);
  },
);

test("redundancy stays locked after everything is gone, and after an attempt to register that failed", async () => {
  azure.register(vaultId(azure), "stpayroll");
  const container = `${vaultId(azure)}/backupFabrics/Azure/protectionContainers/StorageContainer;Storage;sources;stpayroll`;
  expect((await arm("GET", container)).body.properties.registrationStatus).toBe("Registered");
  const gone = await arm("DELETE", container);
  expect((await done(arm, gone)).body.status).toBe("Succeeded");
  expect((await arm("GET", gone.headers.location as string)).status).toBe(204);
  expect((await arm("DELETE", container)).status).toBe(204);
  expect(await storageTypeState()).toBe("Locked");

  await arm("PUT", vaultId(azure, "rsv-other"), vault());
  azure.faults.add({ kind: "operationFails", method: "PUT", path: "protectionContainers" });
  const other = container.replace("rsv-payroll", "rsv-other");
  const properties = { containerType: "StorageContainer", backupManagementType: "AzureStorage" };
  expect((await done(arm, await arm("PUT", other, { properties }))).body.status).toBe("Failed");
  expect((await arm("GET", other)).status).toBe(404);
  expect((await arm("GET", storageConfig().replace("rsv-payroll", "rsv-other"))).body.properties.storageTypeState).toBe(
    "Locked",
  );
});

const held: Record<string, () => void> = {
  nothing: () => {},
  "a registered account": () => azure.register(vaultId(azure), "stpayroll"),
  "a protected machine": () => azure.protectVm(vaultId(azure), { name: "vm-payroll" }),
  "a soft-deleted machine": () => {
    azure.protectVm(vaultId(azure), { name: "vm-payroll" });
    azure.softDelete(vaultId(azure), "vm-payroll");
  },
};
const restoreMoves = Object.keys(held).flatMap((what) =>
  ["Enabled", "Disabled"].flatMap((from) => ["Enabled", "Disabled"].map((to) => [what, from, to])),
);

test.each(restoreMoves)("in a vault with %s, cross-region restore %s to %s", async (what = "", from = "", to = "") => {
  await patch(redundancy("GeoRedundant", from));
  held[what]?.();
  const isFixed = from === "Enabled" && to === "Disabled" && what.endsWith("machine");
  const expected = isFixed ? "EmulatorUnverifiedRsvCrrAfterProtection" : undefined;
  expect(await code(patch(redundancy("GeoRedundant", to)))).toBe(expected);
  expect(await code(arm("PUT", vaultId(azure), vault(redundancy("GeoRedundant", to))))).toBe(expected);
  const now = isFixed ? from : to;
  expect(await code(arm("PUT", vaultId(azure), vault()))).toBeUndefined();
  expect(azure.vault(vaultId(azure))?.properties.redundancySettings.crossRegionRestore).toBe(now);
});

const retention = (count: number) => ({
  retentionPolicyType: "LongTermRetentionPolicy",
  dailySchedule: { retentionDuration: { count, durationType: "Days" } },
});
const policyId = () => `${vaultId(azure)}/backupPolicies/daily`;
const policy = (days: number) => ({
  properties: { backupManagementType: "AzureIaasVM", retentionPolicy: retention(days) },
});
const protection = (more: object = {}) => ({
  properties: {
    protectedItemType: "Microsoft.Compute/virtualMachines",
    sourceResourceId: `${group(azure, "sources")}/providers/Microsoft.Compute/virtualMachines/vm-payroll`,
    policyId: policyId(),
    ...more,
  },
});

test("every vault has policies from the start", async () => {
  const { value } = (await arm("GET", `${vaultId(azure)}/backupPolicies`)).body;
  expect(value.map(({ name }: { name: string }) => name)).toEqual([
    "DefaultPolicy",
    "EnhancedPolicy",
    "HourlyLogBackup",
  ]);
  const filter = "backupManagementType eq 'AzureWorkload'";
  const workload = await arm("GET", `${vaultId(azure)}/backupPolicies?$filter=${filter}`);
  expect(workload.body.value).toMatchObject([{ name: "HourlyLogBackup" }]);
  const byDefault = protection({ policyId: `${vaultId(azure)}/backupPolicies/DefaultPolicy` });
  expect((await done(arm, await arm("PUT", item(), byDefault))).body.status).toBe("Succeeded");
});

test("a machine is protected, stopped, deleted, brought back, and each of it is a job", async () => {
  await arm("PUT", policyId(), policy(30));
  const begun = await arm("PUT", item(), protection());
  expect(begun).toMatchObject({ status: 202, body: undefined });
  expect(begun.headers.location).toContain("/operationResults/");
  const ended = await done(arm, begun);
  expect(ended.body).toMatchObject({
    status: "Succeeded",
    properties: { objectType: "OperationStatusJobExtendedInfo" },
  });
  const { jobId } = ended.body.properties;
  expect((await arm("GET", `${vaultId(azure)}/backupJobs/${jobId}`)).body.properties).toMatchObject({
    jobType: "AzureIaaSVMJob",
    entityFriendlyName: "vm-payroll",
    operation: "ConfigureBackup",
    status: "Completed",
  });
  const shown = await arm("GET", begun.headers.location as string);
  expect(shown.body).toEqual((await arm("GET", item())).body);
  expect(shown.body.properties).toMatchObject({
    protectionState: "IRPending",
    policyName: "daily",
    workloadType: "VM",
  });
  expect((await arm("GET", `${policyId()}`)).body.properties.protectedItemsCount).toBe(1);
  expect(await code(arm("DELETE", policyId()))).toBe("BMSUserErrorPolicyObjectInUse");

  await done(arm, await arm("PUT", item(), protection({ protectionState: "ProtectionStopped" })));
  const state = async () => (await arm("GET", item())).body.properties;
  expect(await state()).toMatchObject({ protectionState: "ProtectionStopped", policyId: expect.any(String) });
  expect(await state()).not.toHaveProperty("isScheduledForDeferredDelete");
  await done(arm, await arm("DELETE", item()));
  expect(await state()).not.toHaveProperty("policyId");
  expect(await state()).not.toHaveProperty("policyName");
  expect(await state()).toMatchObject({
    protectionState: "ProtectionStopped",
    isScheduledForDeferredDelete: true,
    deferredDeleteTimeInUTC: expect.any(String),
    softDeleteRetentionPeriod: 14,
  });
  expect((await arm("GET", `${vaultId(azure)}/backupProtectionContainers`)).body.value).toEqual([]);
  expect(await code(arm("PUT", item(), protection()))).toBe("EmulatorUnverifiedItemSoftDeleted");
  await done(arm, await arm("PUT", item(), protection({ isRehydrate: true, policyId: "" })));
  expect(await state()).not.toHaveProperty("isScheduledForDeferredDelete");
  expect(await state()).not.toHaveProperty("deferredDeleteTimeInUTC");
  const jobs = (await arm("GET", `${vaultId(azure)}/backupJobs`)).body.value;
  expect(jobs.map(({ properties }: { properties: { operation: string } }) => properties.operation).sort()).toEqual([
    "ConfigureBackup",
    "DeleteBackupData",
    "DisableBackup",
    "Undelete",
  ]);
  expect((await arm("DELETE", policyId())).status).toBe(200);
});

test.each([
  ["no policy", protection, "InvalidRestApiParameter"],
  ["a type that is none", () => protection({ protectedItemType: "Toaster" }), "InvalidRestApiParameter"],
  [
    "a share of an account that is not registered",
    () => protection({ protectedItemType: "AzureFileShareProtectedItem" }),
    "EmulatorUnverifiedContainerNotRegistered",
  ],
])("protection with %s is refused", async (_what, body, expected) => {
  expect(await code(arm("PUT", item(), body()))).toBe(expected);
  expect((await arm("GET", item())).status).toBe(404);
});

test("a share is protected in a registered account, which does not go before it", async () => {
  await arm("PUT", policyId(), { properties: { backupManagementType: "AzureStorage" } });
  const { id } = azure.register(vaultId(azure), "stpayroll");
  const share = `${id}/protectedItems/AzureFileShare;salaries`;
  await done(arm, await arm("PUT", share, protection({ protectedItemType: "AzureFileShareProtectedItem" })));
  expect(await code(arm("DELETE", id))).toBe("BMSUserErrorContainerHasDatasources");
  await done(arm, await arm("DELETE", share));
  await done(arm, await arm("DELETE", id));
  expect((await done(arm, await arm("DELETE", vaultId(azure)))).body.status).toBe("Succeeded");
});

test("a registered account is asked for its shares, and those that are not protected are listed", async () => {
  const { id, properties } = azure.register(vaultId(azure), "stpayroll");
  const { sourceResourceId } = properties;
  azure.createResourceGroup("sources");
  const shares = `${sourceResourceId}/fileServices/default/shares`;
  expect((await arm("PUT", `${shares}/salaries?api-version=2023-05-01`)).status).toBe(201);
  expect((await arm("PUT", `${shares}/salaries?api-version=2023-05-01`, { properties: {} })).status).toBe(200);
  await done(arm, await arm("POST", `${id}/inquire`));
  const filter = encodeURIComponent("backupManagementType eq 'AzureStorage'");
  const list = async () => (await arm("GET", `${vaultId(azure)}/backupProtectableItems?$filter=${filter}`)).body.value;
  const [found] = await list();
  expect(found.properties).toMatchObject({ friendlyName: "salaries", parentContainerFabricId: sourceResourceId });
  await arm("PUT", policyId(), { properties: { backupManagementType: "AzureStorage" } });
  const share = `${id}/protectedItems/${found.name}`;
  const wanted = protection({ protectedItemType: "AzureFileShareProtectedItem", sourceResourceId });
  await done(arm, await arm("PUT", share, wanted));
  expect((await arm("GET", share)).body.properties.friendlyName).toBe("salaries");
  expect(await list()).toEqual([]);
  expect((await arm("DELETE", `${shares}/salaries?api-version=2023-05-01`)).status).toBe(200);
  expect((await arm("GET", `${shares}/salaries?api-version=2023-05-01`)).status).toBe(404);
});

const retentionAt = (time: string) => ({
  ...retention(30),
  dailySchedule: { ...retention(30).dailySchedule, retentionTimes: [`2024-01-07T${time}:00Z`] },
});
const scheduleAt = (time: string) => ({
  schedulePolicyType: "SimpleSchedulePolicy",
  scheduleRunFrequency: "Daily",
  scheduleRunTimes: [`2020-01-01T${time}:00Z`],
});

test.each([
  [
    "a time zone that Windows does not have",
    { ...policy(30).properties, timeZone: "Europe/Berlin" },
    "UserErrorInvalidRequestParameter",
  ],
  [
    "a time zone of databases that Windows does not have",
    { backupManagementType: "AzureWorkload", settings: { timeZone: "Foo/Bar" } },
    "UserErrorInvalidRequestParameter",
  ],
  [
    "a retention at another time than its schedule",
    { backupManagementType: "AzureIaasVM", schedulePolicy: scheduleAt("02:30"), retentionPolicy: retentionAt("02:00") },
    "BMSUserErrorInvalidPolicyInput",
  ],
])("a policy with %s is refused, and nothing is created", async (_, properties, expected) => {
  expect(await code(arm("PUT", policyId(), { properties }))).toBe(expected);
  expect((await arm("GET", policyId())).status).toBe(404);
});

test("of hourly backups of file shares, the last of a day has the time of retention, whatever the schedule says", async () => {
  const hourlySchedule = { interval: 4, scheduleWindowStartTime: "2021-09-29T08:00:00Z", scheduleWindowDuration: 12 };
  const schedulePolicy = {
    ...scheduleAt("08:00"),
    scheduleRunFrequency: "Hourly",
    scheduleRunTimes: null,
    hourlySchedule,
  };
  const properties = { backupManagementType: "AzureStorage", schedulePolicy, retentionPolicy: retention(5) };
  await arm("PUT", policyId(), { properties });
  const { dailySchedule } = (await arm("GET", policyId())).body.properties.retentionPolicy;
  expect(dailySchedule.retentionTimes).toEqual(["2021-09-29T20:00:00.000Z"]);
});

test.each(["Unlocked", "Locked"])("a vault whose immutability is %s keeps data and its retention", async (state) => {
  await arm("PUT", policyId(), policy(30));
  await done(arm, await arm("PUT", item(), protection()));
  await patch(immutability("Unlocked"));
  await patch(immutability(state));
  const denied = "UserErrorOperationDeniedOnImmutableItem";
  expect(await code(arm("DELETE", item()))).toBe(denied);
  expect(await code(arm("PUT", policyId(), policy(29)))).toBe(denied);
  await done(arm, await arm("PUT", policyId(), policy(31)));
  expect((await arm("GET", policyId())).body.properties.retentionPolicy).toEqual(retention(31));
  await arm("PUT", `${vaultId(azure)}/backupPolicies/short`, policy(7));
  const shorter = protection({ policyId: `${vaultId(azure)}/backupPolicies/short` });
  expect(await code(arm("PUT", item(), shorter))).toBe(denied);
  await done(arm, await arm("PUT", item(), protection({ protectionState: "BackupsSuspended" })));
  expect((await arm("GET", item())).body.properties.protectionState).toBe("BackupsSuspended");
});

test.each([
  [
    "a protected machine",
    () => azure.protectVm(vaultId(azure), { name: "vm-payroll" }),
    "BMSUserErrorVaultDeletionNotAllowed",
    "vm-payroll",
  ],
  [
    "a registered account",
    () => azure.register(vaultId(azure), "stpayroll"),
    "ServiceResourceNotEmptyWithContainerDetails",
    "stpayroll",
  ],
  [
    "a replicated item",
    () => azure.addReplicatedItem(vaultId(azure), "vm-copy"),
    "EmulatorUnverifiedRsvDeleteNotEmpty",
    "vm-copy",
  ],
  [
    "a private endpoint",
    () => azure.addPrivateEndpoint(vaultId(azure), "pe-payroll"),
    "EmulatorUnverifiedRsvDeleteNotEmpty",
    "pe-payroll",
  ],
])("a vault with %s is not deleted, nor is its group", async (_what, put, expected, name) => {
  put();
  const refused = await arm("DELETE", vaultId(azure));
  expect(refused).toMatchObject({ status: 400, body: { error: { code: expected } } });
  expect(refused.body.error.message).toMatch(
    /^Vault cannot be deleted as there are existing resources within the vault/,
  );
  expect(refused.body.error.message).toContain(name);
  const blocked = await arm("DELETE", group(azure));
  expect((await arm("GET", blocked.headers.location as string)).status).toBe(409);
  expect(azure.vault(vaultId(azure))).toBeDefined();
});

test("what is soft-deleted does not stand against a deletion", async () => {
  azure.protectVm(vaultId(azure), { name: "vm-payroll" });
  azure.softDelete(vaultId(azure), "vm-payroll");
  expect((await done(arm, await arm("DELETE", vaultId(azure)))).body.status).toBe("Succeeded");
});

test("replicated items are shown, and purged", async () => {
  azure.addReplicatedItem(vaultId(azure), "vm-copy");
  const [copy] = (await arm("GET", `${vaultId(azure)}/replicationProtectedItems`)).body.value;
  expect((await arm("GET", copy.id)).body).toEqual(copy);
  expect((await arm("DELETE", copy.id)).status).toBe(204);
  expect((await arm("GET", copy.id)).status).toBe(404);
  expect((await done(arm, await arm("DELETE", vaultId(azure)))).body.status).toBe("Succeeded");
});

test("private endpoints are shown, and taken away", async () => {
  azure.addPrivateEndpoint(vaultId(azure), "pe-payroll");
  const connection = `${vaultId(azure)}/privateEndpointConnections/pe-payroll`;
  const { properties } = (await arm("GET", vaultId(azure))).body;
  expect(properties).toMatchObject({ privateEndpointStateForBackup: "Enabled" });
  expect((await arm("GET", connection)).body).toEqual(properties.privateEndpointConnections[0]);
  await done(arm, await arm("PATCH", vaultId(azure), { tags: { a: "b" } }));
  expect((await arm("GET", connection)).status).toBe(200);
  expect((await arm("DELETE", connection)).status).toBe(200);
  expect((await arm("GET", connection)).status).toBe(404);
  expect((await arm("DELETE", connection)).status).toBe(204);
});

test("lists are filtered", async () => {
  azure.protectVm(vaultId(azure), { name: "vm-one" });
  azure.protectVm(vaultId(azure), { name: "vm-two", state: "ProtectionError" });
  azure.register(vaultId(azure), "stpayroll");
  azure.addJob(vaultId(azure), { status: "Failed", startTime: new Date("2026-01-05T10:00:00Z") });
  azure.addJob(vaultId(azure), { status: "Completed", startTime: new Date("2026-01-06T22:00:00Z") });
  const names = async (list: string, filter: string) => {
    const { body } = await arm("GET", `${vaultId(azure)}/${list}?$filter=${encodeURIComponent(filter)}`);
    return (
      body.value?.map(
        ({ properties }: { properties: Record<string, string> }) => properties.friendlyName ?? properties.status,
      ) ?? body.error.code
    );
  };
  expect(await names("backupProtectedItems", "backupManagementType eq 'AzureIaasVM' and itemType eq 'VM'")).toEqual([
    "vm-one",
    "vm-two",
  ]);
  expect(await names("backupProtectedItems", "backupManagementType eq 'AzureStorage'")).toEqual([]);
  expect(
    await names("backupProtectionContainers", "backupManagementType eq 'AzureStorage' and status eq 'Registered'"),
  ).toEqual(["stpayroll"]);
  const days = "startTime eq '2026-01-05 09:00:00 AM' and endTime eq '2026-01-06 10:30:00 PM'";
  expect(await names("backupJobs", days)).toEqual(["Completed", "Failed"]);
  expect(await names("backupJobs", `${days} and status eq 'Failed'`)).toEqual(["Failed"]);
  expect(await names("backupJobs", "status eq 'Completed' and operation eq 'ConfigureBackup'")).toHaveLength(2);
  expect(await names("backupJobs", "colour eq 'red'")).toBe("InvalidFilterInQueryString");
});

test("a guarded vault is weakened only by a request that the guard allows", async () => {
  await patch(immutability("Unlocked"));
  azure.protectVm(vaultId(azure), { name: "vm-payroll" });
  const guard = `${group(azure)}/providers/Microsoft.DataProtection/resourceGuards/rg-guard`;
  await arm("PUT", guard, { location: "westeurope", properties: {} });
  const proxy = `${vaultId(azure)}/backupResourceGuardProxies/VaultProxy`;
  expect(await code(arm("PUT", proxy, { properties: { resourceGuardResourceId: `${guard}x` } }))).toBe(
    "InvalidRestApiParameter",
  );
  expect((await arm("PUT", proxy, { properties: { resourceGuardResourceId: guard } })).status).toBe(200);
  const authorization = () => azure.vault(vaultId(azure))?.properties.securitySettings.multiUserAuthorization;
  expect(authorization()).toBe("Enabled");
  const [listed] = (await arm("GET", `${vaultId(azure)}/backupResourceGuardProxies`)).body.value;
  expect(listed.id).toBe(proxy);
  const details: { vaultCriticalOperation: string }[] = listed.properties.resourceGuardOperationDetails;
  expect(details).toContainEqual({
    vaultCriticalOperation: "Microsoft.RecoveryServices/vaults/write#reduceImmutabilityState",
    defaultResourceRequest: `${guard}/reduceImmutabilityStateRequests/default`,
  });
  // Recorded: 18 proxies list none for encryption, nor of the other kind of vaults.
  const others = details.filter(({ vaultCriticalOperation: name }) => !name.startsWith("Microsoft.RecoveryServices/"));
  expect(others).toEqual([]);
  expect(details.map(({ vaultCriticalOperation: name }) => name).join()).not.toContain("modifyEncryptionSettings");
  expect(await patch(immutability("Disabled"))).toMatchObject({
    status: 403,
    body: { error: { code: "EmulatorUnverifiedRsvResourceGuardRequired" } },
  });
  const requests = { resourceGuardOperationRequests: [`${guard}/reduceImmutabilityStateRequests/default`] };
  expect((await patch({ ...immutability("Disabled"), ...requests })).status).toBe(202);
  const asking = (name: string) => ({ resourceGuardOperationRequests: [`${guard}/${name}/default`] });
  const unlock = (body: object) => arm("POST", `${proxy}/unlockDelete`, body);
  expect((await arm("DELETE", item())).status).toBe(403);
  expect((await arm("DELETE", proxy)).status).toBe(403);
  expect((await unlock(requests)).status).toBe(403);
  expect((await unlock(asking("deleteResourceGuardProxyRequests"))).body.unlockDeleteExpiryTime).toEqual(
    expect.any(String),
  );
  expect((await arm("DELETE", item())).status).toBe(403);
  expect((await unlock({ ...asking("deleteProtectedItemRequests"), resourceToBeDeleted: item() })).status).toBe(200);
  expect((await arm("DELETE", item())).status).toBe(202);
  expect((await arm("DELETE", proxy)).status).toBe(200);
  expect(authorization()).toBe("Disabled");
});

test("usages count what is in the vault", async () => {
  azure.protectVm(vaultId(azure), { name: "vm-payroll" });
  azure.addJob(vaultId(azure), { status: "InProgress" });
  azure.addReplicatedItem(vaultId(azure), "vm-copy");
  const { value } = (await arm("GET", `${vaultId(azure)}/usages`)).body;
  const counts = Object.fromEntries(
    value.map(({ name, currentValue }: { name: { value: string }; currentValue: number }) => [
      name.value,
      currentValue,
    ]),
  );
  expect(counts).toMatchObject({
    ProtectedItemCount: 1,
    IaaSVMProtectedItemCount: 1,
    InProgressJobsCount: 1,
    FailedJobsCount: 0,
  });
  expect((await arm("GET", `${vaultId(azure)}/replicationUsages`)).body.value).toMatchObject([
    { protectedItemCount: 1 },
  ]);
  expect((await arm("GET", `${vaultId(azure)}/replicationProtectedItems`)).body.value).toHaveLength(1);
});

test("what is protected and registered is counted by kind", async () => {
  azure.protectVm(vaultId(azure), { name: "vm-payroll" });
  azure.register(vaultId(azure), "stpayroll");
  const counts = async (type: string) => {
    const { body } = await arm("GET", `${vaultId(azure)}/backupUsageSummaries?$filter=type eq '${type}'`);
    return body.value?.map(({ name, currentValue }: { name: { value: string }; currentValue: number }) => [
      name.value,
      currentValue,
    ]);
  };
  expect(await counts("BackupProtectedItemCountSummary")).toEqual([["AzureIaasVM", 1]]);
  expect(await counts("BackupProtectionContainerCountSummary")).toEqual([
    ["AzureIaasVM", 1],
    ["AzureStorage", 1],
  ]);
  expect(await counts("Toast")).toBeUndefined();
});

test("a backup on request is a job, and makes the first recovery point", async () => {
  await arm("PUT", policyId(), policy(30));
  expect((await arm("POST", `${item()}/backup`, {})).status).toBe(404);
  await done(arm, await arm("PUT", item(), protection()));
  const begun = await arm("POST", `${item()}/backup`, { properties: { objectType: "IaasVMBackupRequest" } });
  expect((await done(arm, begun)).body.status).toBe("Succeeded");
  expect((await arm("GET", item())).body.properties).toMatchObject({
    protectionState: "Protected",
    lastBackupStatus: "Completed",
    lastRecoveryPoint: expect.any(String),
  });
  const jobs = `${vaultId(azure)}/backupJobs?$filter=operation eq 'Backup'`;
  expect((await arm("GET", jobs)).body.value).toMatchObject([{ properties: { status: "Completed" } }]);
  await done(arm, await arm("DELETE", item()));
  expect(await code(arm("POST", `${item()}/backup`, {}))).toBe("EmulatorUnverifiedItemSoftDeleted");
});

test("extended info, capabilities, private links and names are answered", async () => {
  const info = `${vaultId(azure)}/extendedInformation/vaultExtendedInfo`;
  await arm("PUT", info, { properties: { algorithm: "None", integrityKey: "a" } });
  await arm("PATCH", info, { properties: { integrityKey: "b" } });
  expect((await arm("GET", info)).body.properties).toEqual({ algorithm: "None", integrityKey: "b" });
  const provider = "providers/Microsoft.RecoveryServices/locations/westeurope";
  const subscription = `/subscriptions/${azure.env.ARM_SUBSCRIPTION_ID}`;
  const asked = {
    type: "Microsoft.RecoveryServices/vaults",
    properties: { dnsZones: [{ subResource: "AzureBackup" }] },
  };
  const zones = await arm("POST", `${subscription}/${provider}/capabilities`, asked);
  expect(zones.body.properties.dnsZones[0].requiredZoneNames).toContain(
    "privatelink.westeurope.backup.windowsazure.com",
  );
  expect((await arm("GET", `${vaultId(azure)}/privateLinkResources`)).body).toEqual({ value: [] });
  const available = async (name: string) =>
    (
      await arm("POST", `${group(azure)}/${provider}/checkNameAvailability`, {
        name,
        type: "Microsoft.RecoveryServices/Vaults",
      })
    ).body.nameAvailable;
  expect([await available("rsv-payroll"), await available("rsv-new")]).toEqual([false, true]);
});

test("a deleted vault leaves its name free, is listed, and comes back with what it had", async () => {
  azure.protectVm(vaultId(azure), { name: "vm-payroll" });
  azure.softDelete(vaultId(azure), "vm-payroll");
  const softDeleted = (await arm("GET", item())).body.properties;
  await done(arm, await arm("DELETE", vaultId(azure)));
  const list = `/subscriptions/${azure.env.ARM_SUBSCRIPTION_ID}/providers/Microsoft.RecoveryServices/locations/West Europe/deletedVaults`;
  const [deleted] = (await arm("GET", list)).body.value;
  // Recorded: the group's name first, and the retention of what is in it.
  expect(deleted.name).toMatch(/^rg-payroll_[0-9a-f-]{36}$/);
  expect(deleted.location).toBe("westeurope");
  expect(deleted.properties).toEqual({
    vaultId: vaultId(azure),
    vaultDeletionTime: expect.any(String),
    purgeAt: new Date(Date.parse(softDeleted.deferredDeleteTimeInUTC) + 14 * 86_400_000).toISOString(),
  });
  expect((await arm("GET", list.replace("West Europe", "northeurope"))).body.value).toEqual([]);
  expect((await arm("GET", deleted.id)).body).toEqual(deleted);
  const back = { properties: { recoveryResourceGroupId: group(azure) } };
  await arm("PUT", vaultId(azure), vault());
  expect(await code(arm("POST", `${deleted.id}/undelete`, back))).toBe("EmulatorUnverifiedUndeleteNameTaken");
  azure.createResourceGroup("rg-recovered");
  const elsewhere = { properties: { recoveryResourceGroupId: group(azure, "rg-recovered") } };
  expect((await done(arm, await arm("POST", `${deleted.id}/undelete`, elsewhere))).body.status).toBe("Succeeded");
  const recovered = vaultId(azure).replace("rg-payroll", "rg-recovered");
  expect(azure.vault(recovered)?.properties.provisioningState).toBe("Succeeded");
  const [found] = (await arm("GET", `${recovered}/backupProtectedItems`)).body.value;
  expect((await arm("GET", found.id)).body.properties).toEqual({ ...softDeleted, vaultId: recovered });
  expect((await arm("GET", deleted.id)).status).toBe(404);
});

test("an empty vault is purged at once when it is deleted, and listed all the same", async () => {
  await done(arm, await arm("DELETE", vaultId(azure)));
  const list = `/subscriptions/${azure.env.ARM_SUBSCRIPTION_ID}/providers/Microsoft.RecoveryServices/locations/westeurope/deletedVaults`;
  const [{ properties }] = (await arm("GET", list)).body.value;
  expect(properties.purgeAt).toBe(properties.vaultDeletionTime);
});

test("Site Recovery's settings of a vault are read and written, under one name", async () => {
  const settings = `${vaultId(azure)}/replicationVaultSettings`;
  const own = {
    id: `${settings}/default`,
    name: "default",
    type: "Microsoft.RecoveryServices/vaults/replicationVaultSettings",
  };
  const version = "?api-version=2024-04-01";
  expect((await arm("GET", `${settings}/default${version}`)).body).toEqual({ ...own, properties: {} });
  const properties = { vmwareToAzureProviderType: "Vmware" };
  const put = await arm("PUT", `${settings}/default${version}`, { properties });
  expect(put).toMatchObject({ status: 200, body: { ...own, properties } });
  expect((await arm("GET", `${settings}/default${version}`)).body.properties).toEqual(properties);
  expect((await arm("GET", `${settings}${version}`)).body).toEqual({ value: [{ ...own, properties }] });
  expect((await arm("GET", `${settings}/other${version}`)).status).toBe(404);
  expect((await arm("PUT", `${settings}/other${version}`, { properties })).status).toBe(404);
});

test("a policy's times of day are points in time, as Azure reads them", async () => {
  const schedulePolicy = (time: string) => ({
    schedulePolicyType: "SimpleSchedulePolicyV2",
    scheduleRunFrequency: "Daily",
    dailySchedule: { scheduleRunTimes: [time] },
  });
  const put = (time: string) =>
    arm("PUT", policyId(), { properties: { ...policy(30).properties, schedulePolicy: schedulePolicy(time) } });
  const now = new Date().toISOString();
  expect((await put("23:00:00Z")).status).toBe(200);
  const [shown] = (await arm("GET", policyId())).body.properties.schedulePolicy.dailySchedule.scheduleRunTimes;
  expect(shown).toMatch(/^\d{4}-\d{2}-\d{2}T23:00:00Z$/);
  expect(Math.abs(Date.parse(shown) - Date.parse(now))).toBeLessThan(2 * 24 * 3600 * 1000);
  expect((await put("2020-01-01T08:00:00Z")).body.properties.schedulePolicy).toEqual(
    schedulePolicy("2020-01-01T08:00:00Z"),
  );
});

test("there are no soft-deleted containers", async () => {
  const list = (id: string) => arm("GET", `${id}/backupDeletedProtectionContainers`);
  expect((await list(vaultId(azure))).body).toEqual({ value: [] });
  expect((await list(vaultId(azure, "rsv-other"))).status).toBe(404);
});
