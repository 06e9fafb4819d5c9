import { type Azure, connect } from "../../provider/azure/index.js";
import { failureOf, previewDeadline } from "./emulated.js";
import { type Reply, type ScriptedAzure, scriptedAzure, subscriptionId, vaultId } from "./scriptedAzure.js";

const group = `/subscriptions/${subscriptionId}/resourceGroups/rg`;
const rsvId = `${group}/providers/Microsoft.RecoveryServices/vaults/rsv`;
const storeId = `${group}/providers/Microsoft.KeyVault/vaults/safe`;
const hsmId = `${group}/providers/Microsoft.KeyVault/managedHSMs/strong`;
const keyUri = "https://safe.vault.scripted.test/keys/main";
const hsmKeyUri = "https://strong.managedhsm.scripted.test/keys/main";
const identityId = `${group}/providers/Microsoft.ManagedIdentity/userAssignedIdentities/one`;
const guardId = `${group}/providers/Microsoft.DataProtection/resourceGuards/guard`;
const roles = "/providers/Microsoft.Authorization";
const roleId = `${roles}/roleDefinitions/e147488a-f6f5-4113-8e2d-b22465e65bf6`;
const principalId = "11111111-1111-4111-8111-111111111111";
const guid = "33333333-3333-4333-8333-333333333333";
const assignmentId = `${storeId}/keys/main${roles}/roleAssignments/${guid}`;
const local = { storeId: hsmId, scope: "/keys/main", name: guid };

const store = (enableRbacAuthorization: boolean) => ({ id: storeId, properties: { enableRbacAuthorization } });
const hsm = (base: string) => ({ id: hsmId, properties: { hsmUri: base } });
/** A 404 that does not say whose it is may be the vault's, so the vault is read. */
const vaultThere = { [vaultId]: { location: "westeurope", properties: {} } };
const policies = `${vaultId}/backupPolicies`;
const instance = { id: `${vaultId}/backupInstances/one`, name: "one", properties: {} };
const recoveryVaultThere = { [rsvId]: { location: "westeurope", properties: {} } };
const itemId = `${rsvId}/backupFabrics/Azure/protectionContainers/account/protectedItems/share`;

interface Case {
  read: (azure: Azure) => Promise<unknown>;
  /** What is asked, and met by the odd answer. */
  path: string;
  isList?: boolean;
  /** What else Azure has to answer before. */
  before?: (base: string) => Record<string, object>;
}

const one: Record<string, Case> = {
  "a Backup vault": { path: vaultId, read: ({ backupVaults }) => backupVaults.get(vaultId, previewDeadline()) },
  "a Recovery Services vault": {
    path: rsvId,
    read: ({ recoveryServicesVaults }) => recoveryServicesVaults.get(rsvId, previewDeadline()),
  },
  "a backup instance": {
    path: instance.id,
    read: ({ backupInstances }) => backupInstances.get(instance.id, previewDeadline()),
    before: () => vaultThere,
  },
  "a backup policy": {
    path: `${policies}/daily`,
    read: ({ backupPolicies }) => backupPolicies.get(`${policies}/daily`, previewDeadline()),
    before: () => vaultThere,
  },
  "a protected item": {
    path: itemId,
    read: ({ recoveryServicesItems }) => recoveryServicesItems.get(itemId, previewDeadline()),
    before: () => recoveryVaultThere,
  },
  "a policy of a Recovery Services vault": {
    path: `${rsvId}/backupPolicies/daily`,
    read: ({ protectionPolicies }) => protectionPolicies.get(`${rsvId}/backupPolicies/daily`, previewDeadline()),
    before: () => recoveryVaultThere,
  },
  "a resource guard": { path: guardId, read: ({ resourceGuards }) => resourceGuards.get(guardId, previewDeadline()) },
  "the storage configuration": {
    path: `${rsvId}/backupstorageconfig/vaultstorageconfig`,
    read: ({ storageTypeState }) => storageTypeState(rsvId, previewDeadline()),
  },
  "a key vault": {
    path: storeId,
    read: ({ keyVault }) => keyVault(keyUri, previewDeadline()),
    before: () => ({ [`/subscriptions/${subscriptionId}/resources`]: { value: [{ id: storeId }] } }),
  },
  "a key": {
    path: `${storeId}/keys/main`,
    read: ({ key }) => key(keyUri, previewDeadline()),
    before: () => ({
      [`/subscriptions/${subscriptionId}/resources`]: { value: [{ id: storeId }] },
      [storeId]: store(true),
    }),
  },
  "a user-assigned identity": {
    path: identityId,
    read: ({ keyAccess }) => keyAccess(keyUri, { id: identityId }, previewDeadline()),
    before: () => ({
      [`/subscriptions/${subscriptionId}/resources`]: { value: [{ id: storeId }] },
      [storeId]: store(true),
    }),
  },
  "a role definition": {
    path: roleId,
    read: ({ keyAccess }) => keyAccess(keyUri, { principalId }, previewDeadline()),
    before: () => ({
      [`/subscriptions/${subscriptionId}/resources`]: { value: [{ id: storeId }] },
      [storeId]: store(true),
      [`${storeId}/keys/main${roles}/roleAssignments`]: {
        value: [{ properties: { roleDefinitionId: roleId, principalId } }],
      },
      [`${storeId}/keys/main${roles}/denyAssignments`]: { value: [] },
    }),
  },
  "a role assignment": {
    path: assignmentId,
    read: ({ keyRights }) => keyRights.roleAssignments.exists(assignmentId, previewDeadline()),
  },
  "a role assignment of a Managed HSM": {
    path: `/keys/main${roles}/roleAssignments/${guid}`,
    read: ({ keyRights }) => keyRights.localRoleAssignments.exists(local, previewDeadline()),
    before: (base) => ({ [hsmId]: hsm(base) }),
  },
  "a system-assigned identity": {
    path: `${vaultId}/providers/Microsoft.ManagedIdentity/identities/default`,
    read: ({ systemAssignedIdentity }) => systemAssignedIdentity(vaultId, previewDeadline()),
  },
  "a subscription": {
    path: `/subscriptions/${subscriptionId}`,
    read: ({ subscriptions }) => subscriptions.get(subscriptionId, previewDeadline()),
  },
  "a resource group": {
    path: group,
    read: ({ resourceGroups }) => resourceGroups.get(subscriptionId, "rg", previewDeadline()),
  },
  "a resource provider": {
    path: `/subscriptions/${subscriptionId}/providers/Microsoft.DataProtection`,
    read: ({ vaultOffers }) => vaultOffers(subscriptionId, previewDeadline()),
  },
};

const lists: Record<string, Case> = {
  "Backup vaults of a group": {
    path: `${group}/providers/Microsoft.DataProtection/backupVaults`,
    read: ({ backupVaults }) => backupVaults.listByResourceGroup(subscriptionId, "rg", previewDeadline()),
  },
  "Backup vaults of a subscription": {
    path: `/subscriptions/${subscriptionId}/providers/Microsoft.DataProtection/backupVaults`,
    read: ({ backupVaults }) => backupVaults.listBySubscription(subscriptionId, previewDeadline()),
  },
  "Recovery Services vaults of a subscription": {
    path: `/subscriptions/${subscriptionId}/providers/Microsoft.RecoveryServices/vaults`,
    read: ({ recoveryServicesVaults }) => recoveryServicesVaults.listBySubscription(subscriptionId, previewDeadline()),
  },
  "deleted Backup vaults": {
    path: `/subscriptions/${subscriptionId}/providers/Microsoft.DataProtection/locations/westeurope/deletedVaults`,
    read: ({ deletedBackupVaults }) => deletedBackupVaults.list(subscriptionId, "westeurope", previewDeadline()),
  },
  "backup instances": {
    path: `${vaultId}/backupInstances`,
    read: ({ instances }) => instances(vaultId, previewDeadline()),
  },
  "the policies of instances": {
    path: policies,
    read: ({ instances }) => instances(vaultId, previewDeadline()),
    before: () => ({ [`${vaultId}/backupInstances`]: { value: [instance] } }),
  },
  "deleted backup instances": {
    path: `${vaultId}/deletedBackupInstances`,
    read: ({ deletedInstances }) => deletedInstances(vaultId, previewDeadline()),
  },
  "backup policies": { path: policies, read: ({ policyNames }) => policyNames(vaultId, previewDeadline()) },
  "backup jobs": {
    path: `${vaultId}/backupJobs`,
    read: ({ backupJobs }) => backupJobs.list(vaultId, previewDeadline()),
  },
  "resource guards of a Backup vault": {
    path: `${vaultId}/backupResourceGuardProxies`,
    read: ({ guard }) => guard(vaultId, previewDeadline()),
  },
  "resource guards of a Recovery Services vault": {
    path: `${rsvId}/backupResourceGuardProxies`,
    read: ({ guard }) => guard(rsvId, previewDeadline()),
  },
  "protected items": {
    path: `${rsvId}/backupProtectedItems`,
    read: ({ protectedItems }) => protectedItems(rsvId, previewDeadline()),
  },
  "registered accounts": {
    path: `${rsvId}/backupProtectionContainers`,
    read: ({ recoveryServicesContainers }) => recoveryServicesContainers.list(rsvId, "AzureStorage", previewDeadline()),
  },
  "file shares to protect": {
    path: `${rsvId}/backupProtectableItems`,
    read: ({ recoveryServicesContainers }) =>
      recoveryServicesContainers.protectableItems(rsvId, "AzureStorage", previewDeadline()),
  },
  "policies of a Recovery Services vault": {
    path: `${rsvId}/backupPolicies`,
    read: ({ protectionPolicies }) => protectionPolicies.list(rsvId, previewDeadline()),
  },
  containers: {
    path: `${rsvId}/backupProtectionContainers`,
    read: ({ containers }) => containers(rsvId, previewDeadline()),
  },
  "uses by Site Recovery": {
    path: `${rsvId}/replicationUsages`,
    read: ({ replication }) => replication(rsvId, previewDeadline()),
  },
  "jobs of a Recovery Services vault": {
    path: `${rsvId}/backupJobs`,
    read: ({ recoveryServicesJobs }) => recoveryServicesJobs.listSince(rsvId, new Date(), previewDeadline()),
  },
  "resources of a subscription": {
    path: `/subscriptions/${subscriptionId}/resources`,
    read: ({ keyVault }) => keyVault(keyUri, previewDeadline()),
  },
  subscriptions: {
    path: "/subscriptions",
    read: ({ keyVault }) => keyVault(keyUri, previewDeadline()),
    before: () => ({ [`/subscriptions/${subscriptionId}/resources`]: { value: [] } }),
  },
  "role assignments": {
    path: `${storeId}/keys/main${roles}/roleAssignments`,
    read: ({ keyAccess }) => keyAccess(keyUri, { principalId }, previewDeadline()),
    before: () => ({
      [`/subscriptions/${subscriptionId}/resources`]: { value: [{ id: storeId }] },
      [storeId]: store(true),
      [`${storeId}/keys/main${roles}/denyAssignments`]: { value: [] },
    }),
  },
  "role assignments of a Managed HSM": {
    path: `/keys/main${roles}/roleAssignments`,
    read: ({ keyAccess }) => keyAccess(hsmKeyUri, { principalId }, previewDeadline()),
    before: (base) => ({
      [`/subscriptions/${subscriptionId}/resources`]: { value: [{ id: hsmId }] },
      [hsmId]: hsm(base),
    }),
  },
  "the caller's permissions": {
    path: `${group}${roles}/permissions`,
    read: ({ permissions }) => permissions.listForScope(group, previewDeadline()),
  },
};

const html = { status: 200, headers: { "content-type": "text/html" }, body: "<html>Sign in to the network</html>" };
const notFound = (error: object) => ({ status: 404, body: { error } });

/** What no read takes for what it asked for, and none for nothing. */
const odd: Record<string, Reply> = {
  "204": { status: 204 },
  "200 without a body": { status: 200 },
  "202": { status: 202, body: {} },
  "an empty object": { body: {} },
  null: { body: "null" },
  "a number": { body: "42" },
  "a text": { body: '"gone"' },
  "a list": { body: [] },
  HTML: html,
  "an object of something else": { body: { status: "ok" } },
  "HTML with 404": { ...html, status: 404 },
  "404 without a body": { status: 404 },
  "404 with an empty object": { status: 404, body: {} },
  "404 without a code": notFound({ message: "not found" }),
  "404 of the subscription": notFound({ code: "SubscriptionNotFound", message: "none" }),
  "404 of the tenant": notFound({ code: "TenantNotFound", message: "none" }),
  "404 of a sign-in": notFound({ code: "InvalidAuthenticationTokenTenant", message: "none" }),
  "404 of the type": notFound({ code: "InvalidResourceType", message: "none" }),
  "404 of no provider": notFound({ code: "ResourceProviderNotFound", message: "none" }),
  "404 of another resource": notFound({
    code: "ResourceNotFound",
    message: "The Resource 'Microsoft.DataProtection/backupVaults/another' under resource group 'rg' was not found.",
  }),
  "404 in another group": notFound({
    code: "ResourceNotFound",
    message: "The Resource 'x/y/payroll' under resource group 'elsewhere' was not found.",
  }),
  "404 of another group": notFound({
    code: "ResourceGroupNotFound",
    message: "Resource group 'elsewhere' could not be found.",
  }),
};

const oddForOne: Record<string, Reply> = {
  "another resource by its id": { body: { id: "/subscriptions/x/resourceGroups/rg/providers/a/b/c", properties: {} } },
  "properties that are a text": { body: { location: "westeurope", properties: "none" } },
};

const oddForLists: Record<string, Reply> = {
  "a list of null": { body: { value: null } },
  "a list of an object": { body: { value: {} } },
  "a list with null in it": { body: { value: [null] } },
  "a list with a text in it": { body: { value: ["payroll"] } },
  "a next link that is a number": { body: { value: [], nextLink: 5 } },
  "a next link that is no address": { body: { value: [], nextLink: "https://" } },
  "a next link to another host": { body: { value: [], nextLink: "https://elsewhere.test/next" } },
};

let azure: ScriptedAzure;
let reply: Reply;
let asked: Case;

beforeAll(async () => {
  azure = await scriptedAzure(({ url }, base): Reply => {
    const path = decodeURIComponent(new URL(base + url).pathname);
    // Microsoft's client writes /Subscriptions.
    if (path.toLowerCase() === asked.path.toLowerCase()) return reply;
    const known = asked.before?.(base)[path];
    return known ? { body: known } : { status: 500, body: { error: { code: "NotScripted", message: path } } };
  });
});
afterAll(() => azure.close());

const table = (cases: Record<string, Case>, replies: Record<string, Reply>) =>
  Object.entries(cases).flatMap(([what, each]) =>
    Object.entries(replies).map(([name, answer]) => [name, what, each, answer] as const),
  );

test.each([...table(one, { ...odd, ...oddForOne }), ...table(lists, { ...odd, ...oddForLists })])(
  "%s is an error where %s is asked for, and names the request",
  async (_, __, each, answer) => {
    [asked, reply] = [each, answer];
    // New every time: connections remember where key stores and regions are.
    const connection = connect(() => undefined, { ...azure.env, ARM_CLIENT_SECRET: `s-${Math.random()}` });
    const failure = await failureOf(each.read(connection));
    expect(["UnexpectedResponse", "ArmError", "ForeignHostError"]).toContain(failure?.name);
    expect(failure).toMatchObject({ accepted: false });
    const end = each.path.split("/").at(-1);
    expect(failure.message).toContain(`GET `);
    expect(failure.message).toContain(end);
    expect(failure.message).not.toMatch(/Sign in to the network|NotScripted|undefined/);
    expect(azure.seen.every(({ method, url }) => method === "GET" || url.includes("oauth2"))).toBe(true);
  },
);
