import { type Emulator, startEmulator } from "../../emulator/index.js";
import { type Arm, armClient, group, vault, vaultId } from "./client.js";
import { checker, dataProtectionOperations } from "./schemas/checker.js";
import { backupVaultProperties } from "./schemas/dataProtection.js";
import { answers } from "./schemas/dataProtectionAnswers.js";
import type { Schema } from "./schemas/schema.js";

let azure: Emulator;
let plain: Arm;
let problems: string[];
const specification = checker();

beforeAll(async () => {
  azure = await startEmulator({ pageSize: 2 });
  plain = await armClient(azure);
});
afterAll(() => azure.close());
beforeEach(() => {
  azure.reset();
  azure.createResourceGroup("rg-payroll");
  problems = [];
});
afterEach(() => expect(problems).toEqual([]));

/** Each answer is held against the specification on its way. */
const arm: Arm = async (method, target, body, headers) => {
  const answer = await plain(method, target, body, headers);
  problems.push(...specification.problemsOf(method, new URL(target, azure.url).pathname, answer));
  return answer;
};

/** Asks while an operation goes on, and when it has ended. */
async function followed(begin: () => ReturnType<Arm>) {
  azure.faults.add({ kind: "operationNeverEnds" });
  const { headers } = await begin();
  const addresses = [headers["azure-asyncoperation"], headers.location].filter((address) => address !== undefined);
  expect(addresses.length).toBeGreaterThan(0);
  for (const address of addresses) await arm("GET", address);
  azure.faults.clear();
  for (const address of addresses) await arm("GET", address);
  return addresses;
}

const subscription = () => `/subscriptions/${azure.env.ARM_SUBSCRIPTION_ID}`;
const location = () => `${subscription()}/providers/Microsoft.DataProtection/locations/westeurope`;
const sourceId = (name: string) => `${group(azure)}/providers/Microsoft.Compute/disks/${name}`;
const policyId = () => `${vaultId(azure)}/backupPolicies/daily`;
const instanceId = (name = "orders") => `${vaultId(azure)}/backupInstances/${name}`;
const policy = {
  objectType: "BackupPolicy",
  datasourceTypes: ["Microsoft.Compute/disks"],
  policyRules: [{ name: "Default", objectType: "AzureRetentionRule", isDefault: true, lifecycles: [] }],
};
const instance = (name = "orders") => ({
  objectType: "BackupInstance",
  friendlyName: name,
  dataSourceInfo: {
    objectType: "Datasource",
    datasourceType: "Microsoft.Compute/disks",
    resourceID: sourceId(name),
    resourceName: name,
    resourceLocation: "westeurope",
  },
  policyInfo: { policyId: policyId() },
});

async function protectedVault(...names: string[]) {
  await arm("PUT", vaultId(azure), vault());
  await arm("PUT", policyId(), { properties: policy });
  for (const name of names) await arm("PUT", instanceId(name), { properties: instance(name), tags: { a: "b" } });
}

test.each(["2023-05-01", "2025-09-01", "2026-06-01"])(
  "vaults are answered as specified, by version %s",
  async (version) => {
    const at = (path: string) => `${path}?api-version=${version}`;
    const identity = azure.createUserAssignedIdentity("rg-payroll", "id-payroll");
    const keyVault = azure.createKeyVault("rg-payroll", "kv-payroll");
    const keyUri = azure.createKey(keyVault.id, "backup");
    azure.grant(keyVault.id, identity.properties.principalId);
    const everything = {
      identity: { type: "SystemAssigned,UserAssigned", userAssignedIdentities: { [identity.id]: {} } },
      tags: { team: "payroll" },
      ...vault(
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
        {},
      ),
    };
    await followed(() => arm("PUT", at(vaultId(azure)), everything));
    expect((await arm("GET", at(vaultId(azure)))).body.properties.provisioningState).toBe("Succeeded");
    for (const name of ["bv-one", "bv-two"]) await arm("PUT", at(vaultId(azure, name)), vault());
    await followed(() => arm("PATCH", at(vaultId(azure)), { tags: { team: "finance" } }));
    const inGroup = await arm("GET", at(vaultId(azure, "").replace(/\/$/, "")));
    expect((await arm("GET", inGroup.body.nextLink)).body.value).toHaveLength(1);
    await arm("GET", at(`${subscription()}/providers/Microsoft.DataProtection/backupVaults`));
    const check = `${group(azure)}/providers/Microsoft.DataProtection/locations/westeurope/checkNameAvailability`;
    for (const name of ["bv-one", "bv-free"]) {
      await arm("POST", at(check), { name, type: "Microsoft.DataProtection/BackupVaults" });
    }
    const gone = await followed(() => arm("DELETE", at(vaultId(azure, "bv-two"))));
    expect(gone).toHaveLength(2);
    expect((await arm("DELETE", at(vaultId(azure, "bv-two")))).status).toBe(204);
  },
);

test("deleted vaults are answered as specified", async () => {
  for (const name of ["bv-payroll", "bv-other"]) {
    await arm("PUT", vaultId(azure, name), vault({}, { tags: { a: "b" } }));
    await arm("DELETE", vaultId(azure, name));
  }
  const { value } = (await arm("GET", `${location()}/deletedVaults`)).body;
  await arm("GET", value[0].id);
  const back = { location: "westeurope", identity: { type: "SystemAssigned" } };
  expect((await arm("PUT", vaultId(azure), back, { "x-ms-deleted-vault-id": value[0].id })).status).toBe(201);
});

test("policies and instances are answered as specified, through all their states", async () => {
  await protectedVault("one", "two");
  await arm("GET", policyId());
  await arm("GET", `${vaultId(azure)}/backupPolicies`);
  await followed(() => arm("POST", `${vaultId(azure)}/validateForBackup`, { backupInstance: instance() }));
  await followed(() => arm("PUT", instanceId(), { properties: instance() }));
  await arm("PUT", instanceId(), { properties: instance() });
  await followed(() => arm("POST", `${instanceId()}/validateForModifyBackup`, { backupInstance: instance() }));
  for (const action of ["stopProtection", "resumeProtection", "suspendBackups", "resumeBackups", "sync"]) {
    const [address = ""] = await followed(() => arm("POST", `${instanceId()}/${action}`, {}));
    const id = new URL(address).pathname.split("/").at(-1);
    await arm("GET", `${instanceId()}/operationResults/${id}`);
    await arm("GET", instanceId());
  }
  const restoreRequestObject = { objectType: "AzureBackupRecoveryPointBasedRestoreRequest", restoreTargetInfo: {} };
  await followed(() => arm("POST", `${instanceId()}/validateRestore`, { restoreRequestObject }));
  const { body } = await arm("GET", `${vaultId(azure)}/backupInstances`);
  await arm("GET", body.nextLink);
  await arm("GET", `${sourceId("orders")}/providers/Microsoft.DataProtection/backupInstances`);
  await followed(() => arm("DELETE", instanceId()));
  await arm("GET", `${vaultId(azure)}/deletedBackupInstances`);
  await arm("GET", `${vaultId(azure)}/deletedBackupInstances/orders`);
  await arm("POST", `${vaultId(azure)}/deletedBackupInstances/orders/undelete`);
  expect((await arm("POST", `${instanceId()}/stopProtection`)).status).toBe(200);
  await arm("DELETE", instanceId("none"));
  await arm("PUT", `${vaultId(azure)}/backupPolicies/weekly`, { properties: policy });
  await arm("DELETE", `${vaultId(azure)}/backupPolicies/weekly`);
  await arm("DELETE", `${vaultId(azure)}/backupPolicies/weekly`);
});

test("jobs are answered as specified, whether they go on, have ended or have failed", async () => {
  await protectedVault("orders");
  const backup = { backupRuleOptions: { ruleName: "BackupDaily", triggerOption: {} } };
  await followed(() => arm("POST", `${instanceId()}/backup`, backup));
  azure.faults.add({ kind: "operationFails", method: "POST", code: "UserErrorDiskGone" });
  await arm("POST", `${instanceId()}/backup`, backup);
  azure.addJob(vaultId(azure), { status: "InProgress" });
  const jobs = `${vaultId(azure)}/backupJobs`;
  const first = (await arm("GET", jobs)).body;
  const second = (await arm("GET", first.nextLink)).body;
  for (const { id } of [...first.value, ...second.value]) await arm("GET", id);
});

test("resource guards and their proxies are answered as specified", async () => {
  const guards = `${group(azure)}/providers/Microsoft.DataProtection/resourceGuards`;
  const guardId = `${guards}/guard`;
  await arm("PUT", guardId, { location: "westeurope", tags: { a: "b" }, properties: {} });
  await arm("PATCH", guardId, { tags: {} });
  await arm("GET", guardId);
  await arm("GET", guards);
  await arm("GET", `${subscription()}/providers/Microsoft.DataProtection/resourceGuards`);
  await arm("GET", `${guardId}/disableSoftDeleteRequests`);
  await arm("GET", `${guardId}/disableSoftDeleteRequests/default`);
  await arm("PUT", vaultId(azure), vault());
  const proxyId = `${vaultId(azure)}/backupResourceGuardProxies/DppResourceGuardProxy`;
  await arm("PUT", proxyId, { properties: { resourceGuardResourceId: guardId } });
  await arm("GET", proxyId);
  await arm("GET", `${vaultId(azure)}/backupResourceGuardProxies`);
  await arm("DELETE", proxyId);
  const resourceGuardOperationRequests = [`${guardId}/deleteResourceGuardProxyRequests/default`];
  await arm("POST", `${proxyId}/unlockDelete`, { resourceGuardOperationRequests });
  await arm("DELETE", proxyId);
  await arm("DELETE", guardId);
  await arm("DELETE", guardId);
});

test("features, operations in every scope and refusals are answered as specified", async () => {
  const asked = { objectType: "FeatureValidationRequest", featureType: "DataSourceType" };
  await arm("POST", `${location()}/checkFeatureSupport`, asked);
  await protectedVault("orders");
  azure.faults.add({ kind: "operationFails", method: "PATCH" });
  const [address = ""] = await failedPatch();
  const id = new URL(address).pathname.split("/").at(-1);
  const inGroup = `${group(azure)}/providers/Microsoft.DataProtection`;
  for (const scope of [`${inGroup}/locations/westeurope`, inGroup, location(), vaultId(azure)]) {
    const { body } = await arm("GET", `${scope}/operationStatus/${id}`);
    expect(body).toMatchObject({ id: `${scope}/operationStatus/${id}`, name: id, status: "Failed" });
  }
  await arm("GET", `${location()}/operationResults/${id}`);
  expect((await arm("GET", `${location()}/operationStatus/none`)).status).toBe(404);
  expect((await arm("DELETE", vaultId(azure))).status).toBe(400);
  expect((await arm("PUT", instanceId("again"), { properties: instance() })).status).toBe(400);
  expect((await arm("GET", vaultId(azure, "bv-none"))).status).toBe(404);
});

async function failedPatch(): Promise<string[]> {
  const { headers } = await arm("PATCH", vaultId(azure), { tags: { a: "b" } });
  return [headers["azure-asyncoperation"] ?? "", headers.location ?? ""];
}

test("an address is the same in any case, and what it answers keeps the case of whoever made it", async () => {
  const made = vaultId(azure, "BV-Payroll");
  await arm("PUT", made, vault());
  await arm("PUT", `${made}/backupPolicies/Daily`, { properties: policy });
  await arm("PUT", `${made}/backupInstances/Orders`, {
    properties: { ...instance("Orders"), policyInfo: { policyId: `${made}/BACKUPPOLICIES/DAILY` } },
  });
  const [job] = (await arm("GET", `${made}/backupJobs`)).body.value;
  for (const id of [made, `${made}/backupPolicies/Daily`, `${made}/backupInstances/Orders`, job.id]) {
    const shouted = await arm("GET", `${id.toUpperCase()}?api-version=2026-06-01`);
    expect(shouted).toMatchObject({ status: 200, body: { id } });
    expect(shouted.body).toEqual((await arm("GET", `${id.toLowerCase()}?api-version=2026-06-01`)).body);
  }
});

test("what is read-only in a vault is not taken from a client", async () => {
  const { properties } = backupVaultProperties as { properties: Record<string, Schema> };
  const readOnly = Object.keys(properties).filter((name) => properties[name]?.readOnly);
  expect(readOnly).toContain("provisioningState");
  const forged = Object.fromEntries(readOnly.map((name) => [name, "forged"]));
  const answer = await arm("PUT", vaultId(azure), vault(forged));
  expect(answer.status).toBe(201);
  expect(JSON.stringify(azure.vault(vaultId(azure)))).not.toContain("forged");
});

test("every operation was asked, and every deviation from the specification was met", () => {
  expect(Object.keys(answers).sort()).toEqual([...new Set(dataProtectionOperations.map(({ name }) => name))].sort());
  expect(specification.unseen()).toEqual([]);
  expect(specification.unmet()).toEqual([]);
});
