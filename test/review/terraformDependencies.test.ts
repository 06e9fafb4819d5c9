import { liveAzure } from "../../cli/liveAzure.js";
import { type Emulator, startEmulator } from "../../emulator/index.js";
import { type Report, review } from "../../review/index.js";
import { dependencyTypes } from "../../review/vaults/dependencies.js";
import { type ResourceChange, terraformPlan } from "./planDocuments.js";

/**
 * As azurerm 5.2 has them, and of version 4 those of single PostgreSQL servers.
 * https://registry.terraform.io/providers/hashicorp/azurerm/latest/docs
 */
const names = [
  "backup_container_storage_account",
  "backup_policy_file_share",
  "backup_policy_vm",
  "backup_policy_vm_workload",
  "backup_protected_file_share",
  "backup_protected_vm",
  "data_protection_backup_instance_blob_storage",
  "data_protection_backup_instance_data_lake_storage",
  "data_protection_backup_instance_disk",
  "data_protection_backup_instance_kubernetes_cluster",
  "data_protection_backup_instance_mysql_flexible_server",
  "data_protection_backup_instance_postgresql",
  "data_protection_backup_instance_postgresql_flexible_server",
  "data_protection_backup_policy_blob_storage",
  "data_protection_backup_policy_data_lake_storage",
  "data_protection_backup_policy_disk",
  "data_protection_backup_policy_kubernetes_cluster",
  "data_protection_backup_policy_mysql_flexible_server",
  "data_protection_backup_policy_postgresql",
  "data_protection_backup_policy_postgresql_flexible_server",
  "data_protection_resource_guard",
  "key_vault",
  "key_vault_access_policy",
  "key_vault_certificate",
  "key_vault_key",
  "key_vault_managed_hardware_security_module",
  "key_vault_managed_hardware_security_module_key",
  "key_vault_managed_hardware_security_module_role_assignment",
  "key_vault_managed_hardware_security_module_role_definition",
  "kubernetes_cluster_extension",
  "kubernetes_cluster_trusted_access_role_binding",
  "management_lock",
  "pim_active_role_assignment",
  "private_endpoint",
  "recovery_services_vault_resource_guard_association",
  "resource_group",
  "role_assignment",
  "role_definition",
  "site_recovery_replicated_vm",
  "site_recovery_vmware_replicated_vm",
  "snapshot",
  "storage_account",
  "storage_account_network_rules",
  "storage_container",
  "storage_data_lake_gen2_filesystem",
  "storage_management_policy",
  "storage_share",
  "user_assigned_identity",
  "virtual_machine_restore_point",
  "virtual_machine_restore_point_collection",
];

test("each type of Pulumi's classic provider has its name in Terraform, and in a package of azurerm", () => {
  const terraform = [...dependencyTypes.keys()].filter((type) => type.startsWith("azurerm_"));
  expect(terraform.map((type) => type.replace("azurerm_", "")).sort()).toEqual(names);
  const classic = [...dependencyTypes.keys()].filter((type) => type.startsWith("azure:"));
  expect(terraform).toHaveLength(classic.length);
  expect([...dependencyTypes.keys()].filter((type) => type.startsWith("azurerm:index/"))).toHaveLength(classic.length);
});

const endpoint = {
  id: "/subscriptions/s/resourceGroups/g/providers/Microsoft.Network/privateEndpoints/pe",
  private_service_connection: [
    {
      private_connection_resource_id: "/subscriptions/s/resourceGroups/g/providers/Microsoft.RecoveryServices/vaults/r",
    },
  ],
};
const associated = (resourceGuardResourceId: string) => ({
  id: "/subscriptions/s/resourceGroups/g/providers/Microsoft.RecoveryServices/vaults/r/backupResourceGuardProxies/VaultProxy",
  type: "Microsoft.RecoveryServices/vaults/backupResourceGuardProxies@2025-02-01",
  body: { properties: { resourceGuardResourceId } },
});
const crypto = "/providers/Microsoft.Authorization/roleDefinitions/e147488a-f6f5-4113-8e2d-b22465e65bf6";
const active = {
  id: `/subscriptions/s|${crypto}|p`,
  scope: "/subscriptions/s",
  role_definition_id: crypto,
  principal_id: "p",
};
const hidden = { private_service_connection: [{ private_connection_resource_id: true }] };
const script = "azurerm_resource_deployment_script_azure_cli";

test.each<[what: string, change: ResourceChange, decision: Report["decision"]]>([
  [
    "a private endpoint of a vault",
    { type: "azurerm_private_endpoint", actions: ["delete"], before: endpoint },
    "warn",
  ],
  [
    "one of something that the plan hides",
    { type: "azurerm_private_endpoint", actions: ["delete"], before: endpoint, before_sensitive: hidden },
    "warn",
  ],
  [
    "the guard of a vault",
    { type: "azapi_resource", actions: ["update"], before: associated("g"), after: associated("h") },
    "warn",
  ],
  [
    "a vault's association with the guard that it has",
    { type: "azapi_resource", actions: ["update"], before: associated("g"), after: associated("G") },
    "clear",
  ],
  [
    "a role for keys that Privileged Identity Management assigns",
    { type: "azurerm_pim_active_role_assignment", actions: ["delete"], before: active },
    "undecided",
  ],
  [
    "a subscription",
    { type: "azurerm_subscription", actions: ["delete"], before: { subscription_id: "s" } },
    "unchecked",
  ],
  [
    "a subscription's name",
    { type: "azurerm_subscription", actions: ["update"], before: { tags: {} }, after: { subscription_name: "s" } },
    "clear",
  ],
  [
    "a subscription that is only forgotten",
    { type: "azurerm_subscription", actions: ["forget"], before: { subscription_id: "s" } },
    "clear",
  ],
  [
    "a forgotten resource of a type that this version does not know",
    { type: "azurerm_backup_of_tomorrow", actions: ["forget"], before: { id: "b" } },
    "clear",
  ],
  [
    "one in whose place another is created",
    { type: "azurerm_backup_of_tomorrow", actions: ["create", "forget"], before: { id: "b" }, after: { id: "c" } },
    "clear",
  ],
  [
    "a script about backups",
    { type: script, actions: ["create"], after: { script_content: "az backup vault delete --name rsv" } },
    "unchecked",
  ],
  ["another script", { type: script, actions: ["create"], after: { script_content: "az group list" } }, "clear"],
])("without Azure, a change of %s", async (_, change, decision) => {
  expect((await review(terraformPlan([change]))).decision).toBe(decision);
});

describe("with the live vaults", () => {
  let azure: Emulator;
  const group = () => `/subscriptions/${azure.env.ARM_SUBSCRIPTION_ID}/resourceGroups/rg-tf`;
  const vault = () => `${group()}/providers/Microsoft.DataProtection/backupVaults/bv-tf`;
  const reviewed = (...changes: ResourceChange[]): Promise<Report> =>
    review(terraformPlan(changes), { live: liveAzure(azure.env) });
  const refused = ({ resources }: Report) =>
    resources.flatMap(({ address, verdicts }) =>
      verdicts.filter(({ decision }) => decision === "refuse").map(({ code }) => `${address} ${code}`),
    );
  const key = "https://kv-tf.vault.azure.net/keys/first";
  const keyVault = () => `${group()}/providers/Microsoft.KeyVault/vaults/kv-tf`;
  let principalId = "";

  beforeAll(async () => {
    azure = await startEmulator();
    azure.trust();
    azure.createResourceGroup("rg-tf");
    azure.arm("PUT", vault(), {
      location: "westeurope",
      identity: { type: "SystemAssigned" },
      properties: { storageSettings: [{ datastoreType: "VaultStore", type: "LocallyRedundant" }] },
    });
    const { id } = azure.createKeyVault("rg-tf", "kv-tf") as { id: string };
    azure.createKey(id, "first");
    azure.setVault(vault(), {
      properties: {
        securitySettings: {
          softDeleteSettings: { state: "Off" },
          encryptionSettings: {
            state: "Enabled",
            keyVaultProperties: { keyUri: key },
            kekIdentity: { identityType: "SystemAssigned" },
          },
        },
      },
    });
    principalId = (azure.vault(vault()) as { identity?: { principalId: string } }).identity?.principalId ?? "";
    azure.protect(vault(), { name: "payroll" });
  });
  afterAll(() => azure.close());

  test("the deletion of a resource group, of a key or of the vault's access to it is refused", async () => {
    const deleted = (type: string, before: object): ResourceChange => ({ type, actions: ["delete"], before });
    const report = await reviewed(
      deleted("azurerm_resource_group", { id: group(), name: "rg-tf" }),
      deleted("azurerm_key_vault_key", { id: `${key}/1`, versionless_id: key, key_vault_id: keyVault() }),
      deleted("azurerm_key_vault_access_policy", {
        id: `${keyVault()}/objectId/${principalId}`,
        key_vault_id: keyVault(),
        object_id: principalId,
        key_permissions: ["Get", "WrapKey", "UnwrapKey"],
      }),
      deleted("azurerm_role_assignment", {
        id: `${keyVault()}/providers/Microsoft.Authorization/roleAssignments/5b5c0000-0000-4000-8000-0000000005b6`,
        scope: keyVault(),
        principal_id: principalId,
        role_definition_name: "Key Vault Crypto Service Encryption User",
      }),
    );
    expect(refused(report).map((each) => each.split(".")[0])).toEqual(
      expect.arrayContaining([
        "azurerm_key_vault_access_policy",
        "azurerm_key_vault_key",
        "azurerm_resource_group",
        "azurerm_role_assignment",
      ]),
    );
  });

  describe("Terraform deletes before it changes what used it, as far as a plan shows", () => {
    const found = async (type: string, ...changes: ResourceChange[]) => {
      const { resources } = await reviewed(...changes);
      const verdicts = resources.find((each) => each.type === type)?.verdicts ?? [];
      return verdicts.map(({ decision, code }) => `${decision} ${code}`);
    };
    const onlyAfterIt = /does so after the deletion, unless `create_before_destroy` is set/;
    const typeOfPolicy = "azurerm_data_protection_backup_policy_blob_storage";
    const moves = () => {
      const id = `${vault()}/backupInstances/payroll`;
      const instance = azure.arm("GET", id).body as { properties: { policyInfo: { policyId: string } } };
      const used = instance.properties.policyInfo.policyId;
      const moved: ResourceChange = {
        type: "azurerm_data_protection_backup_instance_blob_storage",
        actions: ["update"],
        before: { id, backup_policy_id: used },
        after: { id, backup_policy_id: `${used}-2` },
      };
      return { used, moved };
    };

    test("a policy that the same run gives up: undecided", async () => {
      const { used, moved } = moves();
      const gone: ResourceChange = { type: typeOfPolicy, actions: ["delete"], before: { id: used } };
      expect(await found(typeOfPolicy, gone, moved)).toEqual(["undecided policy-in-use-deleted"]);
      const { resources } = await reviewed(gone, moved);
      const verdict = resources
        .flatMap(({ verdicts }) => verdicts)
        .find(({ code }) => code === "policy-in-use-deleted");
      expect(verdict?.reason).toMatch(onlyAfterIt);
      expect(await found(typeOfPolicy, gone)).toEqual(["refuse policy-in-use-deleted"]);
    });

    test("an instance of which only an azapi_update_resource is deleted still uses its policy", async () => {
      const { used, moved } = moves();
      const before = {
        ...(moved.before as object),
        type: "Microsoft.DataProtection/backupVaults/backupInstances@2025-07-01",
        body: { properties: { policyInfo: { policyId: used } } },
      };
      const update: ResourceChange = { type: "azapi_update_resource", actions: ["delete"], before };
      const gone: ResourceChange = { type: typeOfPolicy, actions: ["delete"], before: { id: used } };
      expect(await found(typeOfPolicy, gone, update)).toEqual(["refuse policy-in-use-deleted"]);
    });

    test("one whose replacement is created first", async () => {
      const { used, moved } = moves();
      const policy = { id: used, operational_default_retention_duration: "P30D" };
      const replaced = (...actions: string[]) => ({ type: typeOfPolicy, actions, before: policy, after: policy });
      expect(await found(typeOfPolicy, replaced("create", "delete"), moved)).toEqual([]);
      expect(await found(typeOfPolicy, replaced("delete", "create"), moved)).toEqual(["refuse policy-in-use-deleted"]);
    });

    test("a key that the vault uses until it gets another one: undecided", async () => {
      const type = "azurerm_key_vault_key";
      const gone: ResourceChange = { type, actions: ["delete"], before: { id: `${key}/1`, versionless_id: key } };
      const encryption = { id: vault(), data_protection_backup_vault_id: vault(), key_vault_key_id: key };
      const moved: ResourceChange = {
        type: "azurerm_data_protection_backup_vault_customer_managed_key",
        actions: ["update"],
        before: encryption,
        after: { ...encryption, key_vault_key_id: key.replace("first", "second") },
      };
      expect(await found(type, gone, moved)).toEqual(["undecided key-in-use-deleted"]);
      expect(await found(type, gone)).toEqual(["refuse key-in-use-deleted"]);
    });
  });

  test("a key vault that loses the vault's access policy or is closed to it, in blocks that Terraform has as lists, is refused", async () => {
    const policy = { object_id: principalId, key_permissions: ["Get", "WrapKey", "UnwrapKey"] };
    const open = { id: keyVault(), name: "kv-tf", access_policy: [policy], network_acls: [] };
    const update = (after: object): ResourceChange => ({
      type: "azurerm_key_vault",
      actions: ["update"],
      before: open,
      after: { ...open, ...after },
    });
    expect(refused(await reviewed(update({ access_policy: [] })))).toHaveLength(1);
    const closed = { network_acls: [{ default_action: "Deny", bypass: "None" }] };
    expect(refused(await reviewed(update(closed)))).toHaveLength(1);
    expect(refused(await reviewed(update({ tags: { a_b: "c" } })))).toEqual([]);
  });

  test("a backup instance and a policy are judged, and a resource about backups that is not known is not checked", async () => {
    const id = `${vault()}/backupInstances/payroll`;
    const instance = { id, name: "payroll", vault_id: vault(), backup_policy_id: `${vault()}/backupPolicies/daily` };
    const type = "azurerm_data_protection_backup_instance_disk";
    const report = await reviewed({ type, actions: ["delete"], before: instance });
    expect(report.resources).toMatchObject([{ address: `${type}.main`, provider: "azurerm", noun: "backup instance" }]);
    expect(report.resources[0]?.verdicts.length).toBeGreaterThan(0);
    expect(JSON.stringify(report.resources)).not.toMatch(/retainOnDelete|pulumi up|program/);
    const unknown = { type: "azurerm_data_protection_of_tomorrow", actions: ["update"], before: {}, after: {} };
    expect((await reviewed(unknown)).decision).toBe("unchecked");
  });
});
