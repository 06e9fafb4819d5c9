import { connect } from "../../provider/azure/index.js";
import { closeEmulators, emulated, failureOf, idOf, previewDeadline, vaultBody } from "./emulated.js";
import { type Reply, type ScriptedAzure, scriptedAzure, subscriptionId, vaultId } from "./scriptedAzure.js";

let azure: ScriptedAzure | undefined;
afterEach(async () => {
  await azure?.close();
  azure = undefined;
  await closeEmulators();
});

test("instances, soft-deleted instances and policies of a vault", async () => {
  const { emulator, azure } = await emulated();
  const id = idOf(emulator);
  await azure.backupVaults.createOrUpdate(id, vaultBody, previewDeadline());
  expect(await azure.instances(id)).toEqual([]);
  emulator.protect(id, { name: "blobs" });
  emulator.protect(id, { name: "old", state: "ProtectionStopped", identity: "/subscriptions/s/x/y" });
  emulator.softDelete(id, "old");
  const datasourceType = "Microsoft.Storage/storageAccounts/blobServices";
  expect(await azure.instances(id)).toEqual([
    {
      name: "blobs",
      id: `${id}/backupInstances/blobs`,
      dataSourceId: expect.stringMatching(
        /\/resourceGroups\/sources\/providers\/Microsoft\.Storage\/storageAccounts\/blobs$/,
      ),
      policyId: `${id}/backupPolicies/daily`,
      state: "ProtectionConfigured",
      datasourceType,
      identity: "SystemAssigned",
    },
  ]);
  expect(await azure.deletedInstances(id)).toMatchObject([
    { name: "old", state: "SoftDeleted", identity: "/subscriptions/s/x/y" },
  ]);
  expect(await azure.policyNames(id)).toEqual(["daily"]);
});

test("an instance lies where its policy puts it", async () => {
  const { emulator, azure } = await emulated();
  const id = idOf(emulator);
  await azure.backupVaults.createOrUpdate(id, vaultBody, previewDeadline());
  const OperationalStore = { dataStoreType: "OperationalStore", objectType: "DataStoreInfoBase" };
  const lifecycles = [{ deleteAfter: { objectType: "AbsoluteDeleteOption", duration: "P7D" } }];
  const rules = [{ name: "Default", objectType: "AzureRetentionRule", isDefault: true }];
  const policyRules = rules.map((rule) => ({
    ...rule,
    lifecycles: lifecycles.map((each) => ({ ...each, sourceDataStore: OperationalStore })),
  }));
  const datasourceTypes = ["Microsoft.Storage/storageAccounts/blobServices"];
  emulator.arm("PUT", `${id}/backupPolicies/daily`, {
    properties: { objectType: "BackupPolicy", datasourceTypes, policyRules },
  });
  emulator.protect(id, { name: "blobs" });
  expect((await azure.instances(id))[0]?.dataStoreTypes).toEqual(["OperationalStore"]);
});

test("a list of instances that may not be read says so, and is not empty", async () => {
  const { emulator, azure } = await emulated();
  emulator.faults.add({ kind: "status", status: 403, code: "AuthorizationFailed", path: "backupInstances" });
  expect(await failureOf(azure.instances(idOf(emulator)))).toMatchObject({ name: "ArmError", status: 403 });
});

const keyVaultId = `/subscriptions/${subscriptionId}/resourceGroups/keys/providers/Microsoft.KeyVault/vaults/safe`;
const hsmId = `/subscriptions/${subscriptionId}/resourceGroups/keys/providers/Microsoft.KeyVault/managedHSMs/strong`;
const identityId = `/subscriptions/${subscriptionId}/resourceGroups/rg/providers/Microsoft.ManagedIdentity/userAssignedIdentities/one`;
const keyUri = "https://safe.vault.scripted.test/keys/main";
const hsmKeyUri = "https://strong.managedhsm.scripted.test/keys/main/0123";
const principalId = "11111111-1111-4111-8111-111111111111";

type World = Record<string, object>;

/** Resource Manager with these resources, by path without query; all other paths are not found. */
async function open(world: World) {
  const resources: World = {
    [identityId]: { properties: { principalId } },
    "/subscriptions": { value: [{ subscriptionId }, { subscriptionId: "22222222-2222-4222-8222-222222222222" }] },
    ...world,
  };
  azure = await scriptedAzure(({ url }, base): Reply => {
    const { pathname, searchParams } = new URL(base + url);
    const filter = searchParams.get("$filter") ?? "";
    if (pathname.endsWith("/resources")) return { body: { value: listed(world, pathname, filter) } };
    const found = resources[decodeURIComponent(pathname)];
    return found ? { body: found } : { status: 404, body: { error: { code: "ResourceNotFound", message: "none" } } };
  });
  return connect(() => undefined, azure.env);
}

function listed(world: World, pathname: string, filter: string) {
  const [, type = "", name = ""] = /resourceType eq '(.+)' and name eq '(.+)'/.exec(filter) ?? [];
  const subscription = pathname.replace(/\/resources$/, "");
  return Object.keys(world)
    .filter((id) => id.startsWith(subscription) && id.endsWith(`/${type}/${name}`))
    .map((id) => ({ id }));
}

const rsa = { properties: { kty: "RSA", keySize: 2048, attributes: { enabled: true, expires: 1900000000 } } };

test("a key vault with everything left out has soft delete, no purge protection and no firewall", async () => {
  const connection = await open({ [keyVaultId]: { id: keyVaultId, properties: {} } });
  expect(await connection.keyVault(keyUri)).toEqual({
    kind: "KeyVault",
    softDelete: true,
    purgeProtection: false,
    networkRestricted: false,
  });
});

test.each([
  ["publicNetworkAccess", { publicNetworkAccess: "disabled" }],
  ["networkAcls", { networkAcls: { defaultAction: "Deny" } }],
])("a key vault is restricted by %s", async (_, properties) => {
  const connection = await open({ [keyVaultId]: { id: keyVaultId, properties } });
  expect(await connection.keyVault(keyUri)).toMatchObject({ networkRestricted: true });
});

test("a key and its version", async () => {
  const connection = await open({
    [keyVaultId]: { id: keyVaultId, properties: {} },
    [`${keyVaultId}/keys/main`]: rsa,
    [`${keyVaultId}/keys/main/versions/0123`]: { properties: { kty: "EC", attributes: { enabled: false } } },
  });
  const key = { type: "RSA", size: 2048, enabled: true, expires: 1900000000 };
  expect(await connection.key(keyUri)).toEqual(key);
  expect(await connection.key(`${keyUri}/0123`)).toEqual({ type: "EC", enabled: false });
  expect(await connection.key("https://safe.vault.scripted.test/keys/other")).toBe("missing");
});

const localRoles = "/providers/Microsoft.Authorization/roleDefinitions/local";
const localAssignments = "/keys/main/providers/Microsoft.Authorization/roleAssignments";
const localActions = ["read", "wrap", "unwrap"].map((each) => `Microsoft.KeyVault/managedHsm/keys/${each}/action`);
const hsm = (hsmUri?: string) => ({
  [hsmId]: { id: hsmId, properties: { enablePurgeProtection: true, hsmUri } },
});

test("a Managed HSM's key, and what its own roles allow at the key and above it", async () => {
  const given = (scope: string) => ({
    value: [{ properties: { roleDefinitionId: `x${localRoles}`, principalId, scope } }],
  });
  const roles = {};
  const world: World = {
    ...hsm(),
    [localAssignments]: roles,
    [`${hsmId}/keys/main/versions/0123`]: rsa,
    [`/${localRoles}`]: { properties: { permissions: [{ dataActions: localActions }] } },
  };
  const connection = await open(world);
  Object.assign(world[hsmId] as object, hsm(azure?.url)[hsmId]);
  expect(await connection.key(hsmKeyUri)).toMatchObject({ type: "RSA" });
  expect(await connection.keyVault(hsmKeyUri)).toMatchObject({ kind: "ManagedHsm", purgeProtection: true });
  for (const [scope, right] of [
    ["/", "yes"],
    ["/keys", "yes"],
    ["/keys/main", "yes"],
    ["/keys/other", "no"],
  ] as const) {
    Object.assign(roles, given(scope));
    const access = { get: right, wrap: right, unwrap: right, proven: false };
    expect(await connection.keyAccess(hsmKeyUri, { id: identityId })).toEqual(access);
  }
});

test("a Managed HSM at an address outside the cloud is asked nothing, and gets no token", async () => {
  const connection = await open(hsm("https://strong.managedhsm.scripted.test.evil.test/"));
  const failure = await failureOf(connection.keyAccess(hsmKeyUri, { id: identityId }));
  expect(failure.message).toContain("which is outside managedhsm.scripted.test.");
});

test("a key vault in no visible subscription is unreadable, and not missing", async () => {
  const connection = await open({});
  const failure = await failureOf(connection.keyVault(keyUri));
  expect(failure.message).toMatch(
    /^the key vault "safe" was not found in any visible subscription\. It does not exist, or the caller lacks the Reader role/,
  );
});

test("a key vault in another visible subscription is found", async () => {
  const other = keyVaultId.replace(subscriptionId, "22222222-2222-4222-8222-222222222222");
  const connection = await open({ [other]: { id: other, properties: {} } });
  expect(await connection.keyVault(keyUri)).toMatchObject({ kind: "KeyVault" });
});

test("a key of another cloud is refused before anything is asked", async () => {
  const connection = await open({});
  const failure = await failureOf(connection.key("https://safe.vault.azure.net.evil.test/keys/main"));
  expect(failure.message).toContain("vault.scripted.test");
  expect(azure?.calls()).toEqual([]);
});

test("access policies decide, and prove what is not allowed", async () => {
  const accessPolicies = [{ objectId: principalId.toUpperCase(), permissions: { keys: ["Get", "wrapKey"] } }];
  const connection = await open({ [keyVaultId]: { id: keyVaultId, properties: { accessPolicies } } });
  const access = { get: "yes", wrap: "yes", unwrap: "no", proven: true };
  expect(await connection.keyAccess(keyUri, { id: identityId })).toEqual(access);
});

const assignments = `${keyVaultId}/keys/main/providers/Microsoft.Authorization/roleAssignments`;
const roleId = "/providers/Microsoft.Authorization/roleDefinitions/e147488a-f6f5-4113-8e2d-b22465e65bf6";
const rbac = { [keyVaultId]: { id: keyVaultId, properties: { enableRbacAuthorization: true } } };
const assigned = (more: object = {}) => ({
  [assignments]: { value: [{ properties: { roleDefinitionId: roleId, principalId, ...more } }] },
});
const role = (dataActions: string[], notDataActions: string[] = []) => ({
  [roleId]: { properties: { permissions: [{ dataActions, notDataActions }] } },
});

test.each<[string, World, { wrap: string; unwrap: string }]>([
  ["no role", { [assignments]: { value: [] } }, { wrap: "no", unwrap: "no" }],
  [
    "a role that names the actions",
    { ...assigned(), ...role(["Microsoft.KeyVault/vaults/keys/read", "Microsoft.KeyVault/vaults/keys/wrap/action"]) },
    { wrap: "yes", unwrap: "no" },
  ],
  [
    "a role with a wildcard",
    { ...assigned(), ...role(["Microsoft.KeyVault/vaults/*"]) },
    { wrap: "yes", unwrap: "yes" },
  ],
  [
    "a role that takes one back",
    { ...assigned(), ...role(["*"], ["Microsoft.KeyVault/vaults/keys/unwrap/action"]) },
    { wrap: "yes", unwrap: "no" },
  ],
  [
    "a role under a condition",
    { ...assigned({ condition: "@x" }), ...role(["*"]) },
    { wrap: "unknown", unwrap: "unknown" },
  ],
  ["a role that cannot be seen", assigned(), { wrap: "unknown", unwrap: "unknown" }],
])("access by roles: %s", async (_, world, expected) => {
  const connection = await open({ ...rbac, ...world });
  expect(await connection.keyAccess(keyUri, { id: identityId })).toMatchObject({ ...expected, proven: false });
  expect(azure?.calls().join()).toContain("assignedTo");
});

const everyone = { id: "00000000-0000-0000-0000-000000000000", type: "SystemDefined" };
const denials = assignments.replace("roleAssignments", "denyAssignments");
const denied = (more: object) => ({
  ...assigned(),
  ...role(["*"]),
  [denials]: {
    value: [
      { properties: { denyAssignmentName: "locked", permissions: [{ dataActions: ["*/wrap/action"] }], ...more } },
    ],
  },
});

test.each<[string, World, object]>([
  ["nobody", { ...assigned(), ...role(["*"]), [denials]: { value: [] } }, { wrap: "yes", proven: false }],
  ["it", denied({ principals: [{ id: principalId }] }), { get: "yes", wrap: "no", proven: true, deniedBy: "locked" }],
  ["everyone", denied({ principals: [everyone] }), { wrap: "no", proven: true }],
  [
    "everyone but it",
    denied({ principals: [everyone], excludePrincipals: [{ id: principalId }] }),
    { wrap: "yes", proven: false },
  ],
  ...["Group", "group"].flatMap((type): [string, World, object][] => [
    [
      `a ${type}, which it may be in`,
      denied({ principals: [{ id: "g", type }] }),
      { get: "yes", wrap: "unknown", proven: false },
    ],
    [
      `everyone but a ${type}, which it may be in`,
      denied({ principals: [everyone], excludePrincipals: [{ id: "g", type }] }),
      { wrap: "unknown", proven: false },
    ],
  ]),
  [
    "it, at a scope above and only there",
    denied({ principals: [everyone], scope: keyVaultId, doNotApplyToChildScopes: true }),
    { wrap: "yes", proven: false },
  ],
  ["whom cannot be seen", { ...assigned(), ...role(["*"]) }, { wrap: "yes", proven: false, unseen: expect.anything() }],
])("a deny assignment for %s", async (_, world, expected) => {
  const connection = await open({ ...rbac, ...world });
  expect(await connection.keyAccess(keyUri, { id: identityId })).toMatchObject(expected);
});

test("a user-assigned identity that does not exist is said to be so", async () => {
  const connection = await open(rbac);
  const failure = await failureOf(connection.keyAccess(keyUri, { id: `${identityId}-two` }));
  expect(failure.message).toMatch(
    /the user-assigned identity .*one-two does not exist, or the caller lacks the Reader role on it/,
  );
});

const guardId = (name: string) =>
  `/subscriptions/${subscriptionId}/resourceGroups/g/providers/Microsoft.DataProtection/resourceGuards/${name}`;
const guard = (list: string[]) => ({ properties: { vaultCriticalOperationExclusionList: list } });

test("a resource guard's exclusions; with two guards, what both leave out", async () => {
  const connection = await open({
    [`${vaultId}/backupResourceGuardProxies`]: {
      value: [guardId("a"), guardId("b")].map((resourceGuardResourceId) => ({
        properties: { resourceGuardResourceId },
      })),
    },
    [guardId("a")]: guard(["One", "Two"]),
    [guardId("b")]: guard(["two", "Three"]),
  });
  expect(await connection.guard(vaultId)).toEqual({
    ids: [guardId("a"), guardId("b")],
    excludedOperations: ["Two"],
    requests: {},
  });
});

test.each([[false], [true]])(
  "that suspension is protected, a vault's list says, with its request: %j",
  async (isListed) => {
    const recovery = vaultId.replace("DataProtection/backupVaults", "RecoveryServices/vaults");
    const suspension =
      "Microsoft.RecoveryServices/vaults/backupFabrics/protectionContainers/protectedItems/write#suspendBackupsWithRetainData";
    const request = `${guardId("a")}/asAzureCallsIt/default`;
    const details = [{ vaultCriticalOperation: suspension, defaultResourceRequest: request }];
    const properties = {
      resourceGuardResourceId: guardId("a"),
      ...(isListed && { resourceGuardOperationDetails: details }),
    };
    const connection = await open({
      [`${recovery}/backupResourceGuardProxies`]: { value: [{ properties }] },
      [guardId("a")]: guard([]),
    });
    expect(await connection.guard(recovery)).toEqual({
      ids: [guardId("a")],
      excludedOperations: isListed ? [] : [suspension],
      requests: isListed ? { [suspension.toLowerCase()]: request } : {},
    });
  },
);
