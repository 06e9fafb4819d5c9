import { isDeepStrictEqual } from "node:util";
import { group, vault, vaultId } from "./client.js";
import { arm, azure, emulatorForAll } from "./emulatorForAll.js";

emulatorForAll();

let identity: string;

beforeEach(() => {
  azure.reset();
  azure.createResourceGroup("rg-payroll");
  identity = azure.createUserAssignedIdentity("rg-payroll", "id-payroll").id;
});

const store = (type: string) => ({ storageSettings: [{ datastoreType: "VaultStore", type }] });
const softDelete = (state: string, retentionDurationInDays = 14) => ({
  securitySettings: { softDeleteSettings: { state, retentionDurationInDays } },
});
const immutability = (state: string) => ({ securitySettings: { immutabilitySettings: { state } } });
const crossRegion = (state: string) => ({
  ...store("GeoRedundant"),
  featureSettings: { crossRegionRestoreSettings: { state } },
});
const crossSubscription = (state: string) => ({ featureSettings: { crossSubscriptionRestoreSettings: { state } } });

type Row = [what: string, before: object, after: object, code: string | undefined, apiVersion?: string];

/** The last one that takes soft delete in every state. */
const older = "2025-07-01";

/** PUT of `after` on a vault that is `before`; undefined: Azure takes it. */
async function put([, before, after, code, apiVersion]: Row, protect: boolean): Promise<void> {
  expect((await arm("PUT", `${vaultId(azure)}?api-version=2024-04-01`, vault(before))).status).toBe(201);
  if (protect) azure.protect(vaultId(azure), { name: "payroll-blobs" });
  const was = azure.vault(vaultId(azure));
  const answer = await arm("PUT", `${vaultId(azure)}?api-version=${apiVersion ?? "2026-06-01"}`, vault(after));
  const accepted = isDeepStrictEqual(before, after) ? 200 : 201;
  expect({ status: answer.status, code: answer.body?.error?.code }).toEqual(
    code === undefined ? { status: accepted, code: undefined } : { status: 400, code },
  );
  if (code !== undefined) {
    expect(azure.vault(vaultId(azure))).toEqual(was);
    const { error } = answer.body;
    const { info } = error.additionalInfo[0];
    expect(info).toMatchObject({ code, message: error.message, isRetryable: false });
    // What Azure is known to say comes with what it recommends.
    expect(info.recommendedAction.length > 0).toBe(!code.startsWith("EmulatorUnverified"));
  }
}

const unprotected: Row[] = [
  ["redundancy of an empty vault", store("LocallyRedundant"), store("ZoneRedundant"), undefined],
  [
    "a store that vaults do not have",
    {},
    { storageSettings: [{ datastoreType: "SnapshotStore", type: "LocallyRedundant" }] },
    "BMSUserErrorInvalidInput",
  ],
  [
    "an archive alone",
    {},
    { storageSettings: [{ datastoreType: "ArchiveStore", type: "LocallyRedundant" }] },
    "EmulatorUnverifiedDatastoreArchiveStoreAlone",
  ],
  [
    "an archive beside the vault's store",
    {},
    {
      storageSettings: ["VaultStore", "ArchiveStore"].map((datastoreType) => ({
        datastoreType,
        type: "LocallyRedundant",
      })),
    },
    undefined,
  ],
  [
    "cross-region restore without geo",
    {},
    { ...crossRegion("Enabled"), ...store("LocallyRedundant") },
    "EmulatorUnverifiedCrrNeedsGeo",
  ],
  [
    "cross-region restore on an empty vault",
    crossRegion("Enabled"),
    crossRegion("Disabled"),
    "UserErrorCrossRegionRestoreStateChangeNotAllowed",
  ],
  ["restore to other subscriptions", crossSubscription("Disabled"), crossSubscription("Enabled"), undefined],
  [
    "restore to other subscriptions, closed for good",
    crossSubscription("PermanentlyDisabled"),
    crossSubscription("Enabled"),
    "EmulatorUnverifiedCsrPermanentlyDisabled",
  ],
  ["the same, left out", crossSubscription("PermanentlyDisabled"), {}, "EmulatorUnverifiedCsrPermanentlyDisabled"],
  ["soft delete made permanent", softDelete("On"), softDelete("AlwaysOn"), undefined],
  ["permanent soft delete", softDelete("AlwaysOn"), softDelete("On"), "UserErrorDisableSoftDeleteNotAllowed"],
  ["permanent soft delete, left out", softDelete("AlwaysOn"), {}, "UserErrorDisableSoftDeleteNotAllowed", older],
  ["permanent soft delete in other words", softDelete("AlwaysOn"), softDelete("ALWAYSON", 30), undefined],
  ["soft delete off, by an old version", softDelete("On"), softDelete("Off"), undefined, older],
  ["soft delete that was off", softDelete("Off"), softDelete("Off"), undefined, older],
  ["13 days", {}, softDelete("On", 13), "BMSUserErrorInvalidInput"],
  ["181 days", {}, softDelete("On", 181), "BMSUserErrorInvalidInput"],
  ["14 days", softDelete("AlwaysOn", 180), softDelete("AlwaysOn", 14), undefined],
  ["locking", immutability("Unlocked"), immutability("Locked"), undefined],
  ["locking at once", {}, immutability("Locked"), undefined],
  ["unlocking", immutability("Locked"), immutability("Unlocked"), "UserErrorUnsupportedVaultImmutabilityStateChange"],
  [
    "a lock disabled",
    immutability("Locked"),
    immutability("Disabled"),
    "UserErrorUnsupportedVaultImmutabilityStateChange",
  ],
  ["a lock left out", immutability("Locked"), {}, "UserErrorUnsupportedVaultImmutabilityStateChange"],
  ["immutability that is not locked", immutability("Unlocked"), immutability("Disabled"), undefined],
  ["a value that Azure does not know", {}, immutability("Frozen"), "BMSUserErrorInvalidInput"],
];

test.each(unprotected)("an empty vault, %s", async (...row) => put(row, false));

const protectedVault: Row[] = [
  ["redundancy", store("LocallyRedundant"), store("ZoneRedundant"), "EmulatorUnverifiedRedundancyAfterProtection"],
  ["the same redundancy", store("LocallyRedundant"), store("LocallyRedundant"), undefined, older],
  [
    "cross-region restore",
    crossRegion("Enabled"),
    crossRegion("Disabled"),
    "UserErrorCrossRegionRestoreStateChangeNotAllowed",
  ],
  [
    "cross-region restore, left out",
    crossRegion("Enabled"),
    store("GeoRedundant"),
    "UserErrorCrossRegionRestoreStateChangeNotAllowed",
  ],
  ["cross-region restore, switched on", crossRegion("Disabled"), crossRegion("Enabled"), undefined],
];

test.each(protectedVault)("a vault with data, %s", async (...row) => put(row, true));

test("what is soft-deleted counts as data", async () => {
  await arm("PUT", vaultId(azure), vault());
  azure.protect(vaultId(azure), { name: "payroll-blobs" });
  azure.softDelete(vaultId(azure), "payroll-blobs");
  const answer = await arm("PUT", vaultId(azure), vault(store("ZoneRedundant")));
  expect(answer.body.error.code).toBe("EmulatorUnverifiedRedundancyAfterProtection");
});

test("soft delete cannot be off from the start where secure by default is generally available", async () => {
  const there = { ...vault(softDelete("Off")), location: "East Asia" };
  const answer = await arm("PUT", `${vaultId(azure)}?api-version=2024-04-01`, there);
  expect(answer.body.error.code).toBe("EmulatorUnverifiedSoftDeleteOffByApiVersion");
});

test.each(["a", "x".repeat(51), "bv_payroll"])("a vault cannot be called %s", async (name) => {
  const answer = await arm("PUT", vaultId(azure, name), vault());
  expect(answer).toMatchObject({ status: 400, body: { error: { code: "EmulatorUnverifiedVaultNameInvalid" } } });
});

test("a vault that is being moved takes no writes", async () => {
  await arm("PUT", vaultId(azure), vault());
  azure.setVault(vaultId(azure), { properties: { resourceMoveState: "InProgress" } });
  const answer = await arm("PATCH", vaultId(azure), { tags: {} });
  expect(answer.body.error.code).toBe("UserErrorBackupVaultResourceMoveInProgress");
});

test("a vault with active backups is not deleted, one with soft-deleted backups depends on the version", async () => {
  await arm("PUT", vaultId(azure), vault());
  azure.protect(vaultId(azure), { name: "payroll-blobs" });
  const active = await arm("DELETE", vaultId(azure));
  expect(active.body.error).toMatchObject({ code: "EmulatorUnverifiedDeleteWithInstances" });
  expect(active.body.error.message).toMatch(/^Cannot delete the Backup vault as there are existing backup instances/);
  azure.softDelete(vaultId(azure), "payroll-blobs");
  const old = await arm("DELETE", `${vaultId(azure)}?api-version=2025-07-01`);
  expect(old.body.error.code).toBe("EmulatorUnverifiedDeleteWithSoftDeleted");
  expect((await arm("DELETE", vaultId(azure))).status).toBe(202);
  expect(azure.vault(vaultId(azure))).toBeUndefined();
});

test("policies alone block no deletion, by old versions neither", async () => {
  await arm("PUT", vaultId(azure), vault());
  const properties = { objectType: "BackupPolicy", datasourceTypes: [], policyRules: [] };
  await arm("PUT", `${vaultId(azure)}/backupPolicies/daily`, { properties });
  expect((await arm("DELETE", `${vaultId(azure)}?api-version=2023-05-01`)).status).toBe(202);
});

test("a locked vault without data can be deleted", async () => {
  await arm("PUT", vaultId(azure), vault(immutability("Locked")));
  expect((await arm("DELETE", vaultId(azure))).status).toBe(202);
});

test("a vault with a resource guard is weakened only by a request that the guard allows", async () => {
  await arm("PUT", vaultId(azure), vault(immutability("Unlocked")));
  const guard = `${group(azure)}/providers/Microsoft.DataProtection/resourceGuards/rg-guard`;
  await arm("PUT", guard, { location: "westeurope", properties: {} });
  const proxy = `${vaultId(azure)}/backupResourceGuardProxies/DppResourceGuardProxy`;
  await arm("PUT", proxy, { properties: { resourceGuardResourceId: guard } });
  expect(azure.vault(vaultId(azure))?.properties.isVaultProtectedByResourceGuard).toBe(true);
  const refused = await arm("PUT", vaultId(azure), vault(immutability("Disabled")));
  expect(refused).toMatchObject({ status: 403, body: { error: { code: "EmulatorUnverifiedResourceGuardRequired" } } });
  const asked = {
    ...immutability("Disabled"),
    resourceGuardOperationRequests: [`${guard}/dppReduceImmutabilityStateRequests/default`],
  };
  const answer = await arm("PUT", vaultId(azure), vault(asked));
  expect(answer.status).toBe(201);
  expect(answer.body.properties).not.toHaveProperty("resourceGuardOperationRequests");
  expect((await arm("DELETE", proxy)).status).toBe(403);
  const requests = { resourceGuardOperationRequests: [`${guard}/deleteResourceGuardProxyRequests/default`] };
  expect((await arm("POST", `${proxy}/unlockDelete`, requests)).status).toBe(200);
  expect((await arm("DELETE", proxy)).status).toBe(200);
  expect(azure.vault(vaultId(azure))?.properties.isVaultProtectedByResourceGuard).toBe(false);
});

test("an identity that nobody created is refused", async () => {
  const ghost = identity.replace("id-payroll", "id-ghost");
  const body = vault({}, { identity: { type: "UserAssigned", userAssignedIdentities: { [ghost]: {} } } });
  const answer = await arm("PUT", vaultId(azure), body);
  expect(answer).toMatchObject({ status: 400, body: { error: { code: "FailedIdentityOperation" } } });
});
