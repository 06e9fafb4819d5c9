import { randomUUID } from "node:crypto";
import { AuthorizationManagementClient } from "@azure/arm-authorization";
import { KeyVaultManagementClient } from "@azure/arm-keyvault";
import { ManagedServiceIdentityClient } from "@azure/arm-msi";
import { type Emulator, startEmulator } from "../../../emulator/index.js";
import { all, credential as credentialOf } from "./javascript.js";

let azure: Emulator;
let group: string;
let keyVaults: KeyVaultManagementClient;
let identities: ManagedServiceIdentityClient;
let authorization: AuthorizationManagementClient;
let tenantId: string;

beforeAll(async () => {
  azure = await startEmulator({ trust: true });
  const { ARM_TENANT_ID, ARM_SUBSCRIPTION_ID } = azure.env;
  tenantId = ARM_TENANT_ID;
  group = `/subscriptions/${ARM_SUBSCRIPTION_ID}/resourceGroups/rg-payroll`;
  const credential = credentialOf(azure);
  const credentialScopes = [`${azure.url}/.default`];
  const old = { endpoint: azure.url, $host: azure.url, credentialScopes };
  keyVaults = new KeyVaultManagementClient(credential, ARM_SUBSCRIPTION_ID, {
    endpoint: azure.url,
    credentials: { scopes: credentialScopes },
    updateIntervalInMs: 1,
  } as object);
  identities = new ManagedServiceIdentityClient(credential, ARM_SUBSCRIPTION_ID, old);
  authorization = new AuthorizationManagementClient(credential, ARM_SUBSCRIPTION_ID, old);
});
afterAll(() => azure.close());
beforeEach(() => {
  azure.reset();
  azure.createResourceGroup("rg-payroll");
});

const soon = { updateIntervalInMs: 1 };
const properties = (more: object = {}) => ({ tenantId, sku: { family: "A", name: "standard" }, ...more }) as never;

test("a key vault is made, changed, found, deleted, recovered and purged", async () => {
  const { vaults } = keyVaults;
  expect(await vaults.checkNameAvailability({ name: "kv-taxes", type: "Microsoft.KeyVault/vaults" })).toMatchObject({
    nameAvailable: true,
  });
  const body = { location: "westeurope", properties: properties({ accessPolicies: [] }) };
  const made = await vaults.createOrUpdate("rg-payroll", "kv-taxes", body, soon);
  expect(made.properties).toMatchObject({ enableSoftDelete: true, provisioningState: "Succeeded" });
  const changed = await vaults.update("rg-payroll", "kv-taxes", { tags: { use: "taxes" } });
  expect(changed.tags).toEqual({ use: "taxes" });
  expect(await vaults.get("rg-payroll", "kv-taxes")).toMatchObject({ id: made.id, tags: { use: "taxes" } });
  expect(await all(vaults.listBySubscription())).toHaveLength(1);
  expect(await all(vaults.listByResourceGroup("rg-payroll"))).toHaveLength(1);
  expect(await all(vaults.list())).toMatchObject([{ id: made.id }]);

  await vaults.delete("rg-payroll", "kv-taxes");
  expect(await all(vaults.listDeleted())).toMatchObject([{ name: "kv-taxes", properties: { vaultId: made.id } }]);
  const recovery = { location: "westeurope", properties: properties({ createMode: "recover" }) };
  expect(await vaults.createOrUpdate("rg-payroll", "kv-taxes", recovery, soon)).toMatchObject({ id: made.id });
  await vaults.delete("rg-payroll", "kv-taxes");
  expect((await vaults.getDeleted("kv-taxes", "westeurope")).properties?.scheduledPurgeDate).toBeInstanceOf(Date);
  await vaults.purgeDeleted("kv-taxes", "westeurope", soon);
  await expect(vaults.getDeleted("kv-taxes", "westeurope")).rejects.toMatchObject({ statusCode: 404 });
});

test("access policies are added, replaced and taken away", async () => {
  const { vaults } = keyVaults;
  azure.createKeyVault("rg-payroll", "kv-policies", { enableRbacAuthorization: false });
  const change = (kind: "add" | "replace" | "remove", objectId: string, keys: string[]) =>
    vaults.updateAccessPolicy("rg-payroll", "kv-policies", kind, {
      properties: { accessPolicies: [{ tenantId, objectId, permissions: { keys } }] },
    });
  await change("add", "one", ["get"]);
  await change("add", "two", ["get"]);
  const { properties } = await change("add", "one", ["wrapKey"]);
  expect(properties.accessPolicies).toMatchObject([
    { objectId: "two" },
    { objectId: "one", permissions: { keys: ["get", "wrapKey"] } },
  ]);
  const left = async () => {
    const { accessPolicies } = (await vaults.get("rg-payroll", "kv-policies")).properties;
    return accessPolicies?.map((each) => `${each.objectId}: ${each.permissions.keys}`);
  };
  await change("replace", "three", ["all"]);
  expect(await left()).toEqual(["two: get", "one: get,wrapKey", "three: all"]);
  await change("replace", "one", ["wrapKey", "unwrapKey"]);
  await change("remove", "one", ["wrapKey"]);
  // Azure takes away what is spelled as it is there, and says nothing of what is not.
  await change("remove", "three", ["All"]);
  await change("remove", "two", ["get"]);
  expect(await left()).toEqual(["one: unwrapKey", "three: all"]);
  await expect(change("remove", "one", [])).rejects.toMatchObject({ code: "EmulatorUnverifiedNoPermissionsNamed" });
});

test("keys of a key vault and of a Managed HSM are made and found by Resource Manager", async () => {
  azure.createKeyVault("rg-payroll", "kv-keys");
  const made = await keyVaults.keys.createIfNotExist("rg-payroll", "kv-keys", "backup", {
    properties: { kty: "RSA", keySize: 3072 },
  });
  expect(made).toMatchObject({ keySize: 3072, keyUri: "https://kv-keys.vault.azure.net:443/keys/backup" });
  expect(await all(keyVaults.keys.list("rg-payroll", "kv-keys"))).toHaveLength(1);
  expect(await all(keyVaults.keys.listVersions("rg-payroll", "kv-keys", "backup"))).toHaveLength(1);

  const hsm = await keyVaults.managedHsms.createOrUpdate(
    "rg-payroll",
    "hsm-keys",
    {
      location: "westeurope",
      sku: { family: "B", name: "Standard_B1" },
      properties: { tenantId, initialAdminObjectIds: [randomUUID()], enablePurgeProtection: true },
    },
    soon,
  );
  expect(hsm.properties).toMatchObject({ provisioningState: "Succeeded", hsmUri: expect.stringMatching(/^https:/) });
  const key = { properties: { kty: "RSA-HSM" as const, keySize: 4096 } };
  const inHsm = await keyVaults.managedHsmKeys.createIfNotExist("rg-payroll", "hsm-keys", "backup", key);
  expect(inHsm).toMatchObject({ keySize: 4096, keyUri: "https://hsm-keys.managedhsm.azure.net:443/keys/backup" });
  expect(await all(keyVaults.managedHsms.listByResourceGroup("rg-payroll"))).toMatchObject([{ id: hsm.id }]);
  await keyVaults.managedHsms.delete("rg-payroll", "hsm-keys", soon);
  expect(await all(keyVaults.managedHsms.listDeleted())).toMatchObject([{ properties: { mhsmId: hsm.id } }]);
});

test("an identity is made, changed, found and deleted with its federated credentials", async () => {
  const { userAssignedIdentities, federatedIdentityCredentials } = identities;
  const made = await userAssignedIdentities.createOrUpdate("rg-payroll", "id-payroll", { location: "westeurope" });
  expect(made).toMatchObject({ tenantId, principalId: expect.any(String), clientId: expect.any(String) });
  await userAssignedIdentities.update("rg-payroll", "id-payroll", { tags: { use: "payroll" } } as never);
  expect((await userAssignedIdentities.get("rg-payroll", "id-payroll")).tags).toEqual({ use: "payroll" });
  expect(await all(userAssignedIdentities.listByResourceGroup("rg-payroll"))).toHaveLength(1);
  expect(await all(userAssignedIdentities.listBySubscription())).toHaveLength(1);

  const issuer = "https://token.actions.example/";
  const github = { issuer, subject: "repo:contoso/payroll", audiences: ["api://AzureADTokenExchange"] };
  const put = (name: string, body: object) =>
    federatedIdentityCredentials.createOrUpdate("rg-payroll", "id-payroll", name, body);
  const id = `${made.id}/federatedIdentityCredentials/github`;
  expect(await put("github", github)).toMatchObject({ id, ...github });
  await expect(put("again", github)).rejects.toMatchObject({ statusCode: 409 });
  await expect(put("nothing", { issuer })).rejects.toMatchObject({ statusCode: 400 });
  await put("other", { ...github, subject: "repo:contoso/taxes" });
  expect(await all(federatedIdentityCredentials.list("rg-payroll", "id-payroll"))).toHaveLength(2);
  await federatedIdentityCredentials.delete("rg-payroll", "id-payroll", "other");
  expect((await federatedIdentityCredentials.get("rg-payroll", "id-payroll", "github")).subject).toBe(github.subject);

  await userAssignedIdentities.delete("rg-payroll", "id-payroll");
  await userAssignedIdentities.createOrUpdate("rg-payroll", "id-payroll", { location: "westeurope" });
  expect(await all(federatedIdentityCredentials.list("rg-payroll", "id-payroll"))).toEqual([]);
});

test("the identity of a vault is found by the vault, and goes with it", async () => {
  const vault = `${group}/providers/Microsoft.DataProtection/backupVaults/bv-payroll`;
  azure.arm("PUT", vault, {
    location: "westeurope",
    identity: { type: "SystemAssigned" },
    properties: { storageSettings: [{ datastoreType: "VaultStore", type: "LocallyRedundant" }] },
  });
  const { principalId } = azure.vault(vault)?.identity ?? {};
  const found = await identities.systemAssignedIdentities.getByScope(vault);
  expect(found).toMatchObject({ principalId, tenantId, clientId: expect.stringMatching(/^[0-9a-f-]{36}$/) });
  azure.setVault(vault, undefined);
  await expect(identities.systemAssignedIdentities.getByScope(vault)).rejects.toMatchObject({ statusCode: 404 });
});

test("a role is found by its name, assigned, found again and taken away", async () => {
  const { id: scope = "" } = azure.createKeyVault("rg-payroll", "kv-roles");
  const { principalId } = azure.createUserAssignedIdentity("rg-payroll", "id-payroll").properties;
  const { roleDefinitions, roleAssignments } = authorization;
  const filter = "roleName eq 'Key Vault Crypto Service Encryption User'";
  const [role] = await all(roleDefinitions.list(scope, { filter }));
  expect(role).toMatchObject({ name: "e147488a-f6f5-4113-8e2d-b22465e65bf6", roleType: "BuiltInRole" });
  const name = randomUUID();
  const roleDefinitionId = role?.id ?? "";
  const made = await roleAssignments.create(scope, name, { principalId, roleDefinitionId });
  expect(made).toMatchObject({ name, scope, principalId, roleDefinitionId });
  expect(await roleAssignments.getById(made.id ?? "")).toMatchObject({ name });
  const ofPrincipal = { filter: `assignedTo('${principalId}')` };
  expect(await all(roleAssignments.listForScope(`${scope}/keys/backup`, ofPrincipal))).toHaveLength(1);
  expect(await all(roleAssignments.listForSubscription(ofPrincipal))).toHaveLength(1);
  expect(await all(roleAssignments.listForResourceGroup("rg-payroll", { filter: "atScope()" }))).toEqual([]);
  expect(await all(authorization.denyAssignments.listForScope(scope, ofPrincipal))).toEqual([]);
  await roleAssignments.deleteById(made.id ?? "");
  await expect(roleAssignments.get(scope, name)).rejects.toMatchObject({ code: "RoleAssignmentNotFound" });
});

test("a custom role is made, found where it may be assigned, and deleted when nobody has it", async () => {
  const { roleDefinitions, roleAssignments } = authorization;
  const name = randomUUID();
  const wrapping = {
    roleName: "Key wrapper",
    assignableScopes: [group],
    permissions: [
      {
        dataActions: ["Microsoft.KeyVault/vaults/keys/*"],
        notDataActions: ["Microsoft.KeyVault/vaults/keys/delete"],
      },
    ],
  };
  const made = await roleDefinitions.createOrUpdate(group, name, wrapping);
  expect(made).toMatchObject({ name, roleType: "CustomRole", assignableScopes: [group] });
  const filter = "type eq 'CustomRole'";
  expect(await all(roleDefinitions.list(`${group}/providers/Microsoft.KeyVault/vaults/any`, { filter }))).toHaveLength(
    1,
  );
  expect(await all(roleDefinitions.list(group.replace(/\/resourceGroups.*/, ""), { filter }))).toEqual([]);
  await expect(roleDefinitions.createOrUpdate(group, randomUUID(), wrapping)).rejects.toMatchObject({
    code: "RoleDefinitionWithSameNameExists",
  });
  const principalId = randomUUID();
  const body = { principalId, principalType: "ServicePrincipal", roleDefinitionId: made.id ?? "" };
  const { id = "" } = await roleAssignments.create(group, randomUUID(), body);
  await expect(roleDefinitions.delete(group, name)).rejects.toMatchObject({ code: "RoleDefinitionHasAssignments" });
  await roleAssignments.deleteById(id);
  await roleDefinitions.delete(group, name);
  expect(await all(roleDefinitions.list(group, { filter }))).toEqual([]);
});
