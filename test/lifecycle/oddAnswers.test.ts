import { type Reply, type ScriptedAzure, scriptedAzure, subscriptionId } from "../azure/scriptedAzure.js";
import { oneRun } from "../support/oneRun.js";

const group = `/subscriptions/${subscriptionId}/resourceGroups/rg`;
const bv = `${group}/providers/Microsoft.DataProtection/backupVaults/payroll`;
const rsv = `${group}/providers/Microsoft.RecoveryServices/vaults/payroll`;
const identity = `${group}/providers/Microsoft.ManagedIdentity/userAssignedIdentities/one`;
const guard = `${group}/providers/Microsoft.DataProtection/resourceGuards/payroll`;
const keyUri = "https://safe.vault.scripted.test/keys/main";
const keyId = `${group}/providers/Microsoft.KeyVault/vaults/safe/keys/main`;
const roleAssignmentId = `${keyId}/providers/Microsoft.Authorization/roleAssignments/33333333-3333-4333-8333-333333333333`;

const names = { vaultName: "payroll", resourceGroupName: "rg", subscriptionId, location: "westeurope" };
const recorded = {
  backupVault: { ...names, vaultId: bv, redundancy: "LocallyRedundant", provisioningState: "Succeeded" },
  recoveryServicesVault: { ...names, vaultId: rsv, provisioningState: "Succeeded" },
  identityAssignment: { vault: bv, identity, principalId: "p", tenantId: "t", clientId: "c" },
  encryptionSettings: { vault: bv, keyUri, identity, state: "Enabled" },
  keyAccess: {
    keyUri,
    principalId: "11111111-1111-4111-8111-111111111111",
    scope: "Key",
    grantedBy: "RoleAssignment",
    keyVaultId: keyId.replace("/keys/main", ""),
    roleAssignmentId,
  },
  resourceGuard: {
    resourceGuardName: "payroll",
    resourceGroupName: "rg",
    subscriptionId,
    location: "westeurope",
    resourceGuardId: guard,
  },
  backupPolicy: {
    vault: bv,
    policyName: "payroll",
    policyId: `${bv}/backupPolicies/payroll`,
    dataSource: "AzureDisk",
    schedule: { every: "P1D", at: "02:00" },
    retention: [{ keep: "P7D" }],
  },
  backupInstance: {
    vault: bv,
    instanceName: "payroll",
    instanceId: `${bv}/backupInstances/payroll`,
    dataSource: "AzureDisk",
    dataSourceId: `${group}/providers/Microsoft.Compute/disks/payroll`,
    policyId: `${bv}/backupPolicies/payroll`,
    snapshotResourceGroupId: group,
    onDelete: "delete",
    protectionState: "ProtectionConfigured",
  },
  recoveryServicesBackupPolicy: {
    vault: rsv,
    policyName: "payroll",
    policyId: `${rsv}/backupPolicies/payroll`,
    dataSource: "VM",
    schedule: { every: "P1D", at: "02:00" },
    retention: [{ keep: "P7D" }],
  },
  protectedItem: {
    vault: rsv,
    sourceResourceId: `${group}/providers/Microsoft.Compute/virtualMachines/payroll`,
    policyId: `${rsv}/backupPolicies/payroll`,
    onDelete: "delete",
    protectionState: "Protected",
  },
};
type Name = keyof typeof recorded;

const ids: Record<Name, string> = {
  backupVault: bv,
  recoveryServicesVault: rsv,
  identityAssignment: bv,
  encryptionSettings: bv,
  keyAccess: roleAssignmentId,
  resourceGuard: guard,
  backupPolicy: recorded.backupPolicy.policyId,
  backupInstance: recorded.backupInstance.instanceId,
  recoveryServicesBackupPolicy: recorded.recoveryServicesBackupPolicy.policyId,
  protectedItem: `${rsv}/backupFabrics/Azure/protectionContainers/iaasvmcontainer;iaasvmcontainerv2;rg;payroll/protectedItems/vm;iaasvmcontainerv2;rg;payroll`,
};

const rows = Object.keys(recorded) as Name[];
const vaults: Name[] = ["backupVault", "recoveryServicesVault"];
const inVault: Name[] = ["backupPolicy", "backupInstance", "recoveryServicesBackupPolicy", "protectedItem"];

const live = (id: string) => ({
  id,
  name: "payroll",
  type: id.split("/").slice(6, 8).join("/"),
  location: "westeurope",
  identity: { type: "UserAssigned", userAssignedIdentities: { [identity]: { principalId: "p", clientId: "c" } } },
  properties: { provisioningState: "Succeeded", isVaultProtectedByResourceGuard: false },
});

const notFound = (code: string, message = "It was not found."): Reply => ({
  status: 404,
  body: { error: { code, message } },
});

const odd: Record<string, Reply> = {
  "204": { status: 204 },
  "200 without a body": {},
  "an empty object": { body: {} },
  null: { body: "null" },
  "a number": { body: "42" },
  HTML: { headers: { "content-type": "text/html" }, body: "<html>Sign in</html>" },
  "another vault": { body: { ...live(`${bv}-2`), name: "payroll-2" } },
  "a 404 without a body": { status: 404 },
  "a 404 of the subscription": notFound("SubscriptionNotFound"),
  "a 404 of another resource": notFound(
    "ResourceNotFound",
    "The Resource 'a/b/c' under resource group 'rg' was not found.",
  ),
};

let azure: ScriptedAzure;
/** What Azure answers, by what follows the subscription; what is not named is a failure. */
let answers: (method: string, path: string) => Reply | undefined;

beforeAll(async () => {
  azure = await scriptedAzure(({ method, url }, base): Reply => {
    const path = decodeURIComponent(new URL(base + url).pathname);
    return answers(method, path) ?? { status: 400, body: { error: { code: "NotScripted", message: path } } };
  });
});
beforeEach(() => {
  azure.seen.length = 0;
});
afterAll(() => azure.close());

const writes = () => azure.calls().filter((each) => !each.startsWith("GET "));
/** An item is in the list of its vault, not in one of its container. */
const listOf = (id: string) =>
  id === ids.protectedItem ? `${rsv}/backupProtectedItems` : id.slice(0, id.lastIndexOf("/"));
const instancesAreNone = (path: string): Reply | undefined =>
  /\/(backupInstances|deletedBackupInstances|backupPolicies|backupProtectedItems|backupProtectionContainers|replicationUsages)$/.test(
    path,
  )
    ? { body: { value: [] } }
    : undefined;

const each = (resources: Name[]) =>
  resources.flatMap((resource) => Object.entries(odd).map(([what, reply]) => [what, resource, reply] as const));

test.each(each(rows))("a refresh that is answered %s keeps %s as it is", async (_, resource, reply) => {
  answers = (_, path) => (path === ids[resource] ? reply : undefined);
  const read = oneRun(azure)[resource].read(ids[resource], recorded[resource]);
  await expect(read).rejects.toThrow(/GET .*(payroll|33333333)/);
});

test.each(each(vaults))("with %s as the answer, nothing is created over a foreign %s", async (_, resource, reply) => {
  answers = (_, path) => (path === ids[resource] ? reply : undefined);
  await expect(oneRun(azure)[resource].create({ ...names, vaultId: ids[resource] })).rejects.toThrow(/GET .*payroll/);
  expect(writes()).toEqual([]);
});

test.each(each(vaults))("with %s as the answer, %s is neither deleted nor forgotten", async (_, resource, reply) => {
  answers = (_, path) => (path === ids[resource] ? reply : undefined);
  await expect(oneRun(azure)[resource].delete(ids[resource], recorded[resource])).rejects.toThrow(/GET .*payroll/);
  expect(writes()).toEqual([]);
});

test.each(each(inVault))(
  "with %s as the answer, %s in a vault is neither deleted nor forgotten",
  async (_, resource, reply) => {
    answers = (_, path) => (path === ids[resource] ? reply : undefined);
    await expect(oneRun(azure)[resource].delete(ids[resource], recorded[resource])).rejects.toThrow(/GET .*payroll/);
    expect(writes()).toEqual([]);
  },
);

test.each(Object.entries(odd))("with %s as the list of a vault's instances, none is created", async (_, reply) => {
  const { backupInstance: id } = ids;
  const gone = notFound("ResourceNotFound", `The Resource '${id.split("/").slice(6).join("/")}' was not found.`);
  answers = (_, path) =>
    path === listOf(id) ? reply : path === id ? gone : path === bv ? { body: live(bv) } : undefined;
  await expect(oneRun(azure).backupInstance.create(recorded.backupInstance)).rejects.toThrow("payroll");
  expect(writes()).toEqual([]);
});

test.each(Object.entries(odd))(
  "with %s as the list of a vault's guards, an instance is not deleted",
  async (_, reply) => {
    const { backupInstance: id } = ids;
    const properties = {
      friendlyName: "payroll",
      dataSourceInfo: {},
      policyInfo: {},
      currentProtectionState: "ProtectionConfigured",
    };
    answers = (_, path) =>
      path.endsWith("/backupResourceGuardProxies")
        ? reply
        : path === id
          ? { body: { id, name: "payroll", properties } }
          : path === bv
            ? { body: live(bv) }
            : undefined;
    await expect(oneRun(azure).backupInstance.delete(id, recorded.backupInstance)).rejects.toThrow("payroll");
    expect(writes()).toEqual([]);
  },
);

test.each([
  ["null", { body: { value: null } }],
  ["an object", { body: { value: {} } }],
  ["no list", { body: {} }],
  ["HTML", odd.HTML],
] as [string, Reply][])("a vault whose instances are listed as %s is not deleted", async (_, reply) => {
  answers = (_, path) =>
    path === bv ? { body: live(bv) } : path === `${bv}/backupInstances` ? reply : instancesAreNone(path);
  await expect(oneRun(azure).backupVault.delete(bv, recorded.backupVault)).rejects.toThrow("backupInstances");
  expect(writes()).toEqual([]);
});

const proxies = `${bv}/backupResourceGuardProxies`;
const association = { vault: bv, resourceGuard: guard };

test.each(Object.entries(odd))(
  "a vault's resource guards listed as %s leave its association as it is",
  async (_, reply) => {
    for (const operation of ["read", "delete"] as const) {
      answers = (_method, path) => (path === proxies ? reply : path === bv ? { body: live(bv) } : undefined);
      const { resourceGuardAssociation } = oneRun(azure);
      const done = resourceGuardAssociation[operation](`${proxies}/DppResourceGuardProxy`, association);
      await expect(done).rejects.toThrow(/GET .*backupResourceGuardProxies/);
    }
    expect(writes()).toEqual([]);
  },
);

test("an association is forgotten where the vault's list no longer has it, and not with a single 404", async () => {
  const read = () => oneRun(azure).resourceGuardAssociation.read(`${proxies}/DppResourceGuardProxy`, association);
  answers = (_, path) => (path === proxies ? { body: { value: [] } } : undefined);
  expect(await read()).toEqual({});
  answers = (_, path) =>
    path === proxies
      ? notFound("ResourceNotFound")
      : path === bv
        ? notFound("ResourceNotFound")
        : path === listOf(bv)
          ? { body: { value: [live(bv)] } }
          : undefined;
  await expect(read()).rejects.toThrow("ResourceNotFound");
});

test.each(rows)("a single 404 does not make a refresh forget %s", async (resource) => {
  const id = ids[resource];
  const isRole = resource === "keyAccess";
  const shown = isRole
    ? { id: id.toUpperCase(), properties: { roleDefinitionId: "r", principalId: "p" } }
    : { ...live(id), id: id.replace("resourceGroups", "resourcegroups") };
  const encryptionSettings = {
    state: "Enabled",
    keyVaultProperties: { keyUri },
    kekIdentity: { identityType: "UserAssigned", identityId: identity },
  };
  if (!isRole && resource !== "recoveryServicesVault")
    Object.assign((shown as ReturnType<typeof live>).properties, { securitySettings: { encryptionSettings } });
  answers = (_, path) => {
    if (path === id) return notFound(isRole ? "RoleAssignmentNotFound" : "ResourceNotFound");
    return path === listOf(id) ? { body: { value: [shown] } } : undefined;
  };
  const found = oneRun(azure)[resource].read(id, recorded[resource]);
  // What is listed of these is not as a policy or an instance is: that is an error, which forgets nothing either.
  if (inVault.includes(resource)) await expect(found).rejects.toThrow(/It was left as it is|is absent instead of/);
  else expect(await found).toMatchObject({ id });
});

test.each(rows)("a refresh forgets %s when its 404 and the list say the same", async (resource) => {
  const id = ids[resource];
  answers = (_, path) => {
    if (path === id) return notFound(resource === "keyAccess" ? "RoleAssignmentNotFound" : "ResourceNotFound");
    return path === listOf(id) ? { body: { value: [] } } : undefined;
  };
  expect(await oneRun(azure)[resource].read(id, recorded[resource])).toEqual({});
});

test.each(rows)("a refresh does not forget %s where the list cannot be read", async (resource) => {
  const id = ids[resource];
  answers = (_, path) => {
    if (path === id) return notFound(resource === "keyAccess" ? "RoleAssignmentNotFound" : "ResourceNotFound");
    return path === listOf(id)
      ? { status: 403, body: { error: { code: "AuthorizationFailed", message: "no" } } }
      : undefined;
  };
  await expect(oneRun(azure)[resource].read(id, recorded[resource])).rejects.toThrow("AuthorizationFailed");
});

test.each(rows)("a refresh forgets %s with its group, which needs no list", async (resource) => {
  const message = "Resource group 'rg' could not be found.";
  answers = (_, path) => (path === ids[resource] ? notFound("ResourceGroupNotFound", message) : undefined);
  expect(await oneRun(azure)[resource].read(ids[resource], recorded[resource])).toEqual({});
});

test.each(vaults)("a %s that is listed is not created over, whatever its own 404 says", async (resource) => {
  const id = ids[resource];
  answers = (_, path) => {
    if (path === id) return notFound("ResourceNotFound");
    return path === listOf(id) ? { body: { value: [live(id)] } } : undefined;
  };
  await expect(oneRun(azure)[resource].create({ ...names, vaultId: id })).rejects.toThrow(
    "already exists in resource group",
  );
  expect(writes()).toEqual([]);
});

test.each(vaults)("a %s that seems to be gone is deleted all the same", async (resource) => {
  const id = ids[resource];
  answers = (method, path) => {
    if (method === "DELETE") return { status: 204 };
    return path === listOf(id) ? { body: { value: [] } } : notFound("ResourceNotFound");
  };
  await oneRun(azure)[resource].delete(id, recorded[resource]);
  expect(writes()).toHaveLength(1);
});

test.each(vaults)("a %s that is gone is forgotten by the 404 to its deletion", async (resource) => {
  const id = ids[resource];
  answers = (_, path) => (path === listOf(id) ? { body: { value: [] } } : notFound("ResourceNotFound"));
  await oneRun(azure)[resource].delete(id, recorded[resource]);
  expect(writes()).toHaveLength(1);
});

test.each(vaults)("a 404 of a proxy to the deletion of a %s is an error", async (resource) => {
  const id = ids[resource];
  answers = (method, path) => {
    if (method === "DELETE") return { status: 404, body: "<html>" };
    return path === listOf(id) ? { body: { value: [] } } : notFound("ResourceNotFound");
  };
  await expect(oneRun(azure)[resource].delete(id, recorded[resource])).rejects.toThrow("DELETE");
});
