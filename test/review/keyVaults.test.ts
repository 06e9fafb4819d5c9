import { review } from "../../review/index.js";
import { azureWith } from "./azureWith.js";
import { terraformPlan, whatIf } from "./planDocuments.js";
import { preview, type StepOf, subscription, vaultId } from "./previews.js";
import { said } from "./said.js";

/** Azure has one vault with a key in this key vault. */
const keyVault = `/subscriptions/${subscription}/resourceGroups/keys/providers/Microsoft.KeyVault/vaults/kv`;
const principalId = "11111111-1111-1111-1111-111111111111";
const encryption = { keyUri: "https://kv.vault.azure.net/keys/first", identity: "SystemAssigned" };
const live = azureWith(encryption, principalId, []);
const unknown = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

const reviewed = async (document: string) => said(await review(document, { live }));
const judged = (...steps: StepOf[]) => reviewed(preview(...steps));

describe("the permission model of azurerm, which has two names for it", () => {
  const model = (enableRbacAuthorization: unknown, rbacAuthorizationEnabled: unknown) => ({
    ...{ name: "kv", enableRbacAuthorization, rbacAuthorizationEnabled },
  });
  const role: StepOf = {
    op: "same",
    type: "azure:authorization/assignment:Assignment",
    name: "role",
    id: `${keyVault}/providers/Microsoft.Authorization/roleAssignments/r`,
    old: { scope: keyVault, principalId, roleDefinitionName: "Key Vault Crypto Service Encryption User" },
    new: { scope: keyVault, principalId, roleDefinitionName: "Key Vault Crypto Service Encryption User" },
  };
  const changed = "undecided key-vault-permission-model-changed";

  test.each<[string, after: [unknown, unknown], verdicts: string[], withRole: string[]]>([
    ["changes by its new name", [false, true], [changed], []],
    ["changes by its old name", [true, false], [changed], []],
    ["changes by both", [true, true], [changed], []],
    ["changes by one, while the provider fills in the other", [true, unknown], [changed], []],
    ["is not known yet", [unknown, false], [changed], [changed]],
    ["stays", [false, false], [], []],
    ["is not set", [undefined, undefined], [], []],
  ])("%s", async (_, after, verdicts, withRole) => {
    const update: StepOf = {
      ...{ op: "update", type: "azurerm:index/keyVault:KeyVault", name: "kv", id: keyVault },
      ...{ old: model(false, false), new: model(...after) },
    };
    expect(await judged(update)).toEqual(verdicts);
    expect(await judged(update, role)).toEqual(withRole);
  });

  test("is judged by a name that the state does not have yet", async () => {
    const update = (after: object): StepOf => ({
      ...{ op: "update", type: "azurerm:index/keyVault:KeyVault", name: "kv", id: keyVault },
      ...{ old: { name: "kv", enableRbacAuthorization: true }, new: { name: "kv", ...after } },
    });
    expect(await judged(update({ rbacAuthorizationEnabled: true }))).toEqual([]);
    expect(await judged(update({ rbacAuthorizationEnabled: false }))).toEqual([changed]);
  });

  test("is not decided if the names contradict each other", async () => {
    const update: StepOf = {
      ...{ op: "update", type: "azurerm:index/keyVault:KeyVault", name: "kv", id: keyVault },
      old: { name: "kv", enableRbacAuthorization: true, rbacAuthorizationEnabled: false },
      new: { name: "kv", enableRbacAuthorization: false, rbacAuthorizationEnabled: true },
    };
    expect(await judged(update, role)).toEqual([changed]);
  });
});

describe("another tenant of a key vault", () => {
  const changed = "undecided key-vault-tenant-changed";
  const native = (tenantId?: string) => ({ vaultName: "kv", properties: { tenantId } });
  const classic = (tenantId?: string) => ({ name: "kv", tenantId });

  test.each<[string, (tenantId?: string) => Record<string, unknown>]>([
    ["azure-native:keyvault:Vault", native],
    ["azure:keyvault/keyVault:KeyVault", classic],
    ["azurerm:index/keyVault:KeyVault", classic],
  ])("of %s leaves open whether its vaults' identities are in it", async (type, store) => {
    const update = (old: object, wanted: object, id = keyVault): StepOf => ({
      ...{ op: "update", type, name: "kv", id },
      ...{ old: { ...old }, new: { ...wanted } },
    });
    expect(await judged(update(store("a"), store("b")))).toEqual([changed]);
    expect(await judged(update(store("a"), store(unknown)))).toEqual([changed]);
    expect(await judged(update(store("a"), store("A")))).toEqual([]);
    expect(await judged(update(store("a"), store()))).toEqual([]);
    expect(await judged(update(store("a"), store("b"), `${keyVault}-2`))).toEqual([]);
  });
});

describe("a certificate of a key vault, whose key has its name", () => {
  const gone = (name: string, type = "azure:keyvault/certificate:Certificate"): StepOf => ({
    ...{ op: "delete", type, name: "c" },
    id: `https://kv.vault.azure.net/certificates/${name}/0123456789abcdef`,
    old: { name, keyVaultId: keyVault },
    outputs: { versionlessId: `https://kv.vault.azure.net/certificates/${name}` },
  });

  test("is not deleted while that key encrypts a vault", async () => {
    expect(await judged(gone("first"))).toEqual(["refuse key-in-use-deleted"]);
    expect(await judged(gone("first", "azure:keyvault/certifiate:Certifiate"))).toEqual(["refuse key-in-use-deleted"]);
    expect(await judged(gone("other"))).toEqual([]);
  });

  test("can be updated", async () => {
    const { old, ...certificate } = gone("first");
    expect(await judged({ ...certificate, op: "update", old, new: { ...old, tags: { a: "b" } } })).toEqual([]);
  });
});

describe("an operation on the access policies of a key vault", () => {
  const armType = "Microsoft.KeyVault/vaults/accessPolicies";
  const policy = (objectId: string, ...keys: string[]) => ({ objectId, tenantId: "t", permissions: { keys } });
  const own = policy(principalId, "get", "wrapKey", "unwrapKey");
  const other = policy("22222222-2222-2222-2222-222222222222", "all");
  const generic = (resourceName: string, accessPolicies: unknown) => ({
    ...{ resourceGroupName: "keys", resourceProviderNamespace: "Microsoft.KeyVault", parentResourcePath: "vaults/kv" },
    ...{ resourceType: "accessPolicies", resourceName, apiVersion: "2023-07-01", properties: { accessPolicies } },
  });

  const tools: Record<string, (name: string, accessPolicies: unknown) => string> = {
    "what-if": (name, accessPolicies) =>
      whatIf({
        resourceId: `${keyVault}/accessPolicies/${name}`,
        ...{ changeType: "Create", before: null, after: { name, properties: { accessPolicies } } },
      }),
    azapi: (name, accessPolicies) =>
      terraformPlan([
        {
          ...{ type: "azapi_resource", actions: ["create"], after_unknown: { id: true, output: true } },
          after: { type: `${armType}@2023-07-01`, name, parent_id: keyVault, body: { properties: { accessPolicies } } },
        },
      ]),
    "azapi's later update": (name, accessPolicies) => {
      const resource = { id: `${keyVault}/accessPolicies/${name}`, type: `${armType}@2023-07-01`, name };
      const [before, after] = [[], accessPolicies].map((each) => ({ properties: { accessPolicies: each } }));
      return terraformPlan([
        {
          ...{ type: "azapi_resource", actions: ["update"] },
          ...{ before: { ...resource, body: before }, after: { ...resource, body: after } },
        },
      ]);
    },
    "azure-native": (name, accessPolicies) =>
      preview({
        ...{ op: "create", type: "azure-native:resources:Resource", name: "policies" },
        new: generic(name, accessPolicies),
      }),
  };
  const removed = "key-access-in-use-removed";

  test.each<[string, name: string, list: unknown, verdicts: string[]]>([
    ["removes the vault's", "remove", [other, own], [`refuse ${removed}`]],
    ["removes one of its permissions", "remove", [policy(principalId, "WrapKey")], [`refuse ${removed}`]],
    ["removes another permission of it", "remove", [policy(principalId, "list")], []],
    ["removes another's", "remove", [other], []],
    ["replaces all by none", "replace", [], [`undecided ${removed}`]],
    ["replaces all by less for the vault", "Replace", [policy(principalId, "get")], [`undecided ${removed}`]],
    ["replaces all, and keeps the vault's", "replace", [other, own], []],
    ["adds", "add", [other], []],
  ])("%s", async (_, name, list, verdicts) => {
    for (const [tool, document] of Object.entries(tools)) {
      expect({ tool, said: await reviewed(document(name, list)) }).toEqual({ tool, said: verdicts });
    }
  });

  test("whose list is not known yet is undecided, with and without access to Azure", async () => {
    const document = tools["azure-native"]?.("remove", unknown) ?? "";
    expect(await reviewed(document)).toEqual([`undecided ${removed}`]);
    expect(await review(document)).toMatchObject({ decision: "undecided" });
  });

  test("that removes permissions on keys is undecided without access to Azure, as an access policy is", async () => {
    const report = (list: unknown) => review(tools["what-if"]?.("remove", list) ?? "");
    expect(await report([own])).toMatchObject({ decision: "undecided" });
    expect(await report([policy(principalId, "list")])).toMatchObject({ decision: "clear" });
  });

  test("of another key vault is none of this vault", async () => {
    const elsewhere = `${keyVault}-2/accessPolicies/remove`;
    const after = { name: "remove", properties: { accessPolicies: [own] } };
    expect(await reviewed(whatIf({ resourceId: elsewhere, changeType: "Create", before: null, after }))).toEqual([]);
  });
});

describe("a key vault that is written with a list of access policies, without the vault's", () => {
  const list = (accessPolicies: object[] | string | undefined, more: object = {}) => ({
    ...{ vaultName: "kv", resourceGroupName: "keys", properties: { tenantId: "t", accessPolicies, ...more } },
  });
  const own = { objectId: principalId, tenantId: "t", permissions: { keys: ["get", "wrapKey", "unwrapKey"] } };
  const write = (values: ReturnType<typeof list>, type = "azure-native:keyvault:Vault"): StepOf => ({
    ...{ op: "update", type, name: "kv", id: keyVault },
    ...{ old: values, new: { ...values, location: "westeurope" } },
  });
  const same = (type: string, id: string, values: Record<string, unknown>, outputs = {}): StepOf => ({
    ...{ op: "same", type, name: type, id, old: values, new: values, outputs },
  });
  const apart = same("azure-native:keyvault:AccessPolicy", `${keyVault}/accessPolicy/p`, {
    vaultName: "kv",
    resourceGroupName: "keys",
    policy: own,
  });
  const keyAccess = (grantedBy: string) =>
    same(
      "azure-backup:index:KeyAccess",
      "access",
      { keyUri: encryption.keyUri, principalId },
      { grantedBy, keyVaultId: keyVault },
    );
  const taken = ["undecided key-access-in-use-removed"];
  const rbac = (enableRbacAuthorization: boolean) => ({ properties: { tenantId: "t", enableRbacAuthorization } });

  test("is judged by the access policies of Azure, which another program may have added", async () => {
    const withAzure = async (keys: string[], step: StepOf) =>
      said(await review(preview(step), { live: { ...live, keyPermissions: async () => ({ value: keys }) } }));
    const all = ["get", "wrapKey", "unwrapKey"];
    const refused = ["refuse key-access-in-use-removed"];
    expect(await withAzure(all, write(list([])))).toEqual(refused);
    expect(await withAzure(["All"], write(list([{ ...own, objectId: "o" }])))).toEqual(refused);
    expect(await withAzure(all, write(list(unknown)))).toEqual(taken);
    for (const keys of [[], ["get"]]) expect(await withAzure(keys, write(list([])))).toEqual([]);
    for (const values of [list([own]), list(undefined)]) expect(await withAzure(all, write(values))).toEqual([]);
    const classic: StepOf = {
      ...{ op: "update", type: "azure:keyvault/keyVault:KeyVault", name: "kv", id: keyVault },
      ...{ old: { name: "kv", accessPolicies: [{ objectId: "o" }] }, new: { name: "kv", accessPolicies: [] } },
    };
    expect(await withAzure(all, classic)).toEqual(refused);
    expect(await withAzure(all, { ...classic, new: { ...classic.old, skuName: "premium" } })).toEqual([]);
  });

  test.each<[what: string, steps: StepOf[], verdicts: string[]]>([
    ["has it as a resource of its own", [write(list([])), apart], taken],
    ["has it by a KeyAccess", [write(list([])), keyAccess("AccessPolicy")], taken],
    ["has a KeyAccess by a role", [write(list([])), keyAccess("RoleAssignment")], []],
    ["has it in the list", [write(list([own])), apart], []],
    ["uses roles", [write(list([], { enableRbacAuthorization: true })), apart], []],
    ["leaves the list out", [write(list(undefined)), apart], []],
    ["does not have it, so that another program does", [write(list([]))], taken],
    ["does not have it, and had roles already", [{ ...write(list([])), outputs: rbac(true) }], []],
    ["does not have it, and had access policies already", [{ ...write(list([])), outputs: rbac(false) }], taken],
    ["has those of others", [write(list([{ ...own, objectId: "o" }]))], taken],
    ["has a list that is not known yet", [write(list(unknown)), apart], taken],
    ["has a list that is secret", [write(list("[secret]")), apart], taken],
  ])("by a program that %s", async (_, steps, verdicts) => {
    expect(await judged(...steps)).toEqual(verdicts);
  });

  test("is undecided as well for a vault whose next key is not known, which may be there", async () => {
    const vaultWith = (keyUri: string) => ({
      vaultName: "bv",
      properties: {
        securitySettings: {
          encryptionSettings: {
            state: "Enabled",
            kekIdentity: { identityType: "SystemAssigned" },
            keyVaultProperties: { keyUri },
          },
        },
      },
    });
    const elsewhere = encryption.keyUri.replace("kv.", "other.");
    const found = async (keyUri: string, values: ReturnType<typeof list>) => {
      const vault: StepOf = {
        ...{ op: "update", type: "azure-native:dataprotection:BackupVault", name: "bv", id: vaultId() },
        ...{ old: vaultWith(elsewhere), new: vaultWith(keyUri) },
      };
      const options = { live: azureWith({ keyUri: elsewhere, identity: "SystemAssigned" }, principalId, []) };
      const { resources } = await review(preview(vault, write(values)), options);
      const ofKeyVault = resources.filter(({ name }) => name === "kv").flatMap(({ verdicts }) => verdicts);
      return ofKeyVault.map(({ decision, code }) => `${decision} ${code}`);
    };
    expect(await found(unknown, list([]))).toEqual(taken);
    expect(await found(unknown, list([own]))).toEqual([]);
    expect(await found(elsewhere, list([]))).toEqual([]);
  });

  test.each(["azure:keyvault/keyVault:KeyVault", "azurerm:index/keyVault:KeyVault"])(
    "by %s, which sends the list only if that changes",
    async (type) => {
      const other = { objectId: "o", tenantId: "t", keyPermissions: ["Get"] };
      const classic = { objectId: principalId, tenantId: "t", keyPermissions: ["Get", "WrapKey", "UnwrapKey"] };
      const update = (before: unknown, after: unknown): StepOf => ({
        ...{ op: "update", type, name: "kv", id: keyVault },
        ...{
          old: { name: "kv", accessPolicies: before },
          new: { name: "kv", accessPolicies: after, skuName: "premium" },
        },
      });
      for (const after of [[other], [], unknown]) expect(await judged(update(undefined, after), apart)).toEqual(taken);
      expect(await judged(update([other], []), apart)).toEqual(taken);
      for (const same of [[other], [], undefined]) expect(await judged(update(same, same), apart)).toEqual([]);
      expect(await judged(update([other], [classic, other]), apart)).toEqual([]);
      expect(await judged(update([other], []))).toEqual([]);
    },
  );
});

test("without access to Azure, a firewall that lets trusted services in concerns a vault of the stack with a user-assigned identity", async () => {
  const identityId = `/subscriptions/${subscription}/resourceGroups/keys/providers/Microsoft.ManagedIdentity/userAssignedIdentities/i`;
  const id = `/subscriptions/${subscription}/resourceGroups/b/providers/Microsoft.RecoveryServices/vaults/rsv`;
  const update = async (bypass: string, identity: object) => {
    const vault = { id, name: "rsv", identity: [identity], encryption: [{ key_id: encryption.keyUri, ...identity }] };
    const store = (acls: object[]) => ({ id: keyVault, name: "kv", network_acls: acls });
    const report = await review(
      terraformPlan([
        { type: "azurerm_recovery_services_vault", actions: ["no-op"], before: vault, after: vault },
        {
          ...{ type: "azurerm_key_vault", actions: ["update"], before: store([]) },
          after: store([{ default_action: "Deny", bypass }]),
        },
      ]),
    );
    return said(report);
  };
  const restricted = ["refuse key-vault-in-use-restricted"];
  const system = { type: "SystemAssigned", use_system_assigned_identity: true };
  const user = {
    ...{ type: "UserAssigned", identity_ids: [identityId], user_assigned_identity_id: identityId },
    use_system_assigned_identity: false,
  };
  expect(await update("AzureServices", system)).toEqual([]);
  expect(await update("None", system)).toEqual(restricted);
  expect(await update("AzureServices", user)).toEqual(restricted);
});
