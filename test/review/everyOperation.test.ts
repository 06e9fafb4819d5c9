import { liveAzure } from "../../cli/liveAzure.js";
import { type Emulator, startEmulator } from "../../emulator/index.js";
import { review } from "../../review/index.js";
import { diskInstance, type Form, formsOf, type Thing } from "./forms.js";
import { preview, type StepOf } from "./previews.js";
import { said as found } from "./said.js";

let azure: Emulator;
const at = (path: string) => `/subscriptions/${azure.env.ARM_SUBSCRIPTION_ID}/resourceGroups/rg-all/providers/${path}`;
const vault = () => at("Microsoft.DataProtection/backupVaults/bv-all");
const recovery = () => at("Microsoft.RecoveryServices/vaults/rsv-all");
const keyVault = () => at("Microsoft.KeyVault/vaults/kv-all");
const identity = () => at("Microsoft.ManagedIdentity/userAssignedIdentities/id-all");
const guard = () => at("Microsoft.DataProtection/resourceGuards/guard-all");
const keyUri = "https://kv-all.vault.azure.net/keys/first";
let principalId: string;
let instance: { id: string; properties: { policyInfo: { policyId: string } } };
let item: { id: string; properties: { policyId: string } };

beforeAll(async () => {
  azure = await startEmulator({ trust: true });
  azure.createResourceGroup("rg-all");
  azure.createUserAssignedIdentity("rg-all", "id-all");
  const storageSettings = [{ datastoreType: "VaultStore", type: "GeoRedundant" }];
  const identities = { type: "UserAssigned", userAssignedIdentities: { [identity()]: {} } };
  azure.arm("PUT", vault(), { location: "westeurope", identity: identities, properties: { storageSettings } });
  azure.arm("PUT", recovery(), { location: "westeurope", sku: { name: "Standard" }, properties: {} });
  azure.createKey((azure.createKeyVault("rg-all", "kv-all") as { id: string }).id, "first");
  const encryptionSettings = {
    state: "Enabled",
    keyVaultProperties: { keyUri },
    kekIdentity: { identityType: "UserAssigned", identityId: identity() },
  };
  azure.setVault(vault(), { properties: { securitySettings: { encryptionSettings } } });
  const principal = azure.arm("GET", `${identity()}?api-version=2023-01-31`).body as {
    properties: { principalId: string };
  };
  principalId = principal.properties.principalId;
  instance = azure.protect(vault(), { name: "disk" }) as unknown as typeof instance;
  item = azure.protectVm(recovery(), { name: "vm" }) as unknown as typeof item;
  azure.arm("PUT", guard(), { location: "westeurope", properties: {} });
  azure.arm("PUT", `${vault()}/backupResourceGuardProxies/DppResourceGuardProxy`, {
    properties: { resourceGuardResourceId: guard() },
  });
});
afterAll(() => azure.close());

const used = "Microsoft.Authorization";
const permissions = ["get", "wrapKey", "unwrapKey"];
const crypto = "e147488a-f6f5-4113-8e2d-b22465e65bf6";

/** `again`: where its successor is created after the deletion. */
const things: Record<string, { found: string; own?: string; again?: string; isReplaced?: true; thing: () => Thing }> = {
  "a resource group": {
    found: "refuse resource-group-deleted",
    thing: () => ({
      id: at("").replace(/\/providers\/$/, ""),
      arm: "Microsoft.Resources/resourceGroups",
      native: "resources:ResourceGroup",
      classic: ["azure:core/resourceGroup:ResourceGroup", "azurerm_resource_group"],
      body: { location: "westeurope" },
      arguments: { location: "westeurope" },
    }),
  },
  "a vault": {
    found: "refuse delete-with-instances",
    thing: () => ({
      id: vault(),
      arm: "Microsoft.DataProtection/backupVaults",
      native: "dataprotection:BackupVault",
      classic: ["azure:dataprotection/backupVault:BackupVault", "azurerm_data_protection_backup_vault"],
      ours: "BackupVault",
      body: { location: "westeurope", properties: {} },
      arguments: { location: "westeurope" },
      own: { location: "westeurope" },
    }),
  },
  "a Recovery Services vault": {
    found: "refuse rsv-delete-not-empty",
    thing: () => ({
      id: recovery(),
      arm: "Microsoft.RecoveryServices/vaults",
      native: "recoveryservices:Vault",
      classic: ["azure:recoveryservices/vault:Vault", "azurerm_recovery_services_vault"],
      ours: "RecoveryServicesVault",
      body: { location: "westeurope", properties: {} },
      arguments: { location: "westeurope" },
      own: { location: "westeurope" },
    }),
  },
  "a backup instance": {
    found: "warn backup-instance-deleted",
    thing: () => ({
      id: instance.id,
      ...diskInstance,
      body: { properties: { policyInfo: instance.properties.policyInfo } },
      arguments: { vaultId: vault(), backupPolicyId: instance.properties.policyInfo.policyId },
      own: { vault: vault(), policyId: instance.properties.policyInfo.policyId, onDelete: "delete" },
    }),
  },
  "a protected item": {
    found: "warn rsv-protected-item-deleted",
    thing: () => ({
      id: item.id,
      arm: "Microsoft.RecoveryServices/vaults/backupFabrics/protectionContainers/protectedItems",
      native: "recoveryservices:ProtectedItem",
      classic: ["azure:backup/protectedVM:ProtectedVM", "azurerm_backup_protected_vm"],
      ours: "ProtectedItem",
      body: { properties: { policyId: item.properties.policyId } },
      arguments: { recoveryVaultName: "rsv-all", backupPolicyId: item.properties.policyId },
      own: { vault: recovery(), policyId: item.properties.policyId, onDelete: "delete" },
    }),
  },
  "a container": {
    found: "refuse rsv-container-unregistered",
    thing: () => ({
      id: item.id.replace(/\/protectedItems\/.*$/i, ""),
      arm: "Microsoft.RecoveryServices/vaults/backupFabrics/protectionContainers",
      native: "recoveryservices:ProtectionContainer",
      classic: [
        "azure:backup/containerStorageAccount:ContainerStorageAccount",
        "azurerm_backup_container_storage_account",
      ],
      body: { properties: { backupManagementType: "AzureStorage" } },
      arguments: { recoveryVaultName: "rsv-all" },
    }),
  },
  "a policy of a Backup vault": {
    found: "refuse policy-in-use-deleted",
    thing: () => ({
      id: instance.properties.policyInfo.policyId,
      arm: "Microsoft.DataProtection/backupVaults/backupPolicies",
      native: "dataprotection:BackupPolicy",
      classic: ["azure:dataprotection/backupPolicyDisk:BackupPolicyDisk", "azurerm_data_protection_backup_policy_disk"],
      ours: "BackupPolicy",
      body: { properties: { policyRules: [] } },
      arguments: { vaultId: vault(), defaultRetentionDuration: "P7D" },
      own: { vault: vault(), policyName: "daily" },
    }),
  },
  "a policy of a Recovery Services vault": {
    found: "refuse rsv-policy-in-use-deleted",
    thing: () => ({
      id: item.properties.policyId,
      arm: "Microsoft.RecoveryServices/vaults/backupPolicies",
      native: "recoveryservices:ProtectionPolicy",
      classic: ["azure:backup/policyVM:PolicyVM", "azurerm_backup_policy_vm"],
      ours: "RecoveryServicesBackupPolicy",
      body: { properties: { backupManagementType: "AzureIaasVM" } },
      arguments: { retentionDaily: { count: 7 } },
      own: { vault: recovery(), policyName: "daily" },
    }),
  },
  "a resource guard": {
    found: "warn resource-guard-deleted",
    own: "refuse resource-guard-in-use",
    thing: () => ({
      id: guard(),
      arm: "Microsoft.DataProtection/resourceGuards",
      native: "dataprotection:ResourceGuard",
      classic: ["azure:dataprotection/resourceGuard:ResourceGuard", "azurerm_data_protection_resource_guard"],
      ours: "ResourceGuard",
      body: { location: "westeurope" },
      arguments: { location: "westeurope" },
      own: { location: "westeurope" },
    }),
  },
  "an association with a resource guard": {
    found: "warn resource-guard-unlinked",
    thing: () => ({
      id: `${recovery()}/backupResourceGuardProxies/VaultProxy`,
      arm: "Microsoft.RecoveryServices/vaults/backupResourceGuardProxies",
      native: "recoveryservices:ResourceGuardProxy",
      classic: [
        "azure:recoveryservices/vaultResourceGuardAssociation:VaultResourceGuardAssociation",
        "azurerm_recovery_services_vault_resource_guard_association",
      ],
      ours: "ResourceGuardAssociation",
      body: { properties: { resourceGuardResourceId: guard() } },
      arguments: { vaultId: recovery(), resourceGuardId: guard() },
      own: { vault: recovery(), resourceGuardId: guard() },
    }),
  },
  "a key": {
    found: "refuse key-in-use-deleted",
    thing: () => ({
      id: `${keyVault()}/keys/first`,
      classicId: `${keyUri}/0123`,
      arm: "Microsoft.KeyVault/vaults/keys",
      native: "keyvault:Key",
      classic: ["azure:keyvault/key:Key", "azurerm_key_vault_key"],
      body: { properties: { kty: "RSA" } },
      arguments: { keyVaultId: keyVault(), name: "first" },
    }),
  },
  "a key vault": {
    found: "refuse key-vault-in-use-deleted",
    thing: () => ({
      id: keyVault(),
      arm: "Microsoft.KeyVault/vaults",
      native: "keyvault:Vault",
      classic: ["azure:keyvault/keyVault:KeyVault", "azurerm_key_vault"],
      body: { location: "westeurope", properties: {} },
      arguments: { location: "westeurope" },
    }),
  },
  "an identity": {
    found: "refuse identity-in-use-deleted",
    thing: () => ({
      id: identity(),
      arm: "Microsoft.ManagedIdentity/userAssignedIdentities",
      native: "managedidentity:UserAssignedIdentity",
      classic: ["azure:authorization/userAssignedIdentity:UserAssignedIdentity", "azurerm_user_assigned_identity"],
      body: { location: "westeurope" },
      arguments: { location: "westeurope" },
    }),
  },
  "a role assignment": {
    found: "refuse key-access-in-use-removed",
    again: "undecided key-access-in-use-removed",
    thing: () => ({
      id: `${keyVault()}/providers/${used}/roleAssignments/r`,
      arm: `${used}/roleAssignments`,
      native: "authorization:RoleAssignment",
      classic: ["azure:authorization/assignment:Assignment", "azurerm_role_assignment"],
      body: { properties: { principalId, roleDefinitionId: `/x/roleDefinitions/${crypto}` } },
      arguments: { scope: keyVault(), principalId, roleDefinitionId: `/x/roleDefinitions/${crypto}` },
    }),
  },
  "a role definition": {
    found: "undecided key-access-in-use-removed",
    thing: () => {
      const id = `/subscriptions/${azure.env.ARM_SUBSCRIPTION_ID}/providers/${used}/roleDefinitions/of-keys`;
      const definition = { roleName: "Of keys", permissions: [{ dataActions: ["Microsoft.KeyVault/vaults/keys/*"] }] };
      return {
        ...{ id, classicId: `${id}|/subscriptions/${azure.env.ARM_SUBSCRIPTION_ID}` },
        arm: `${used}/roleDefinitions`,
        native: "authorization:RoleDefinition",
        classic: ["azure:authorization/roleDefinition:RoleDefinition", "azurerm_role_definition"],
        body: { properties: definition },
        arguments: definition,
      };
    },
  },
  "an access policy": {
    found: "refuse key-access-in-use-removed",
    again: "undecided key-access-in-use-removed",
    thing: () => ({
      id: `${keyVault()}/accessPolicies/add`,
      arm: "Microsoft.KeyVault/vaults/accessPolicies",
      native: "keyvault:AccessPolicy",
      classic: ["azure:keyvault/accessPolicy:AccessPolicy", "azurerm_key_vault_access_policy"],
      body: { policy: { objectId: principalId, permissions: { keys: permissions } } },
      arguments: { keyVaultId: keyVault(), objectId: principalId, keyPermissions: permissions },
    }),
  },
  "a lock": {
    found: "warn lock-removed",
    // The vault stays locked.
    isReplaced: true,
    thing: () => ({
      id: `${vault()}/providers/${used}/locks/keep`,
      arm: `${used}/locks`,
      native: "authorization:ManagementLockByScope",
      classic: ["azure:management/lock:Lock", "azurerm_management_lock"],
      body: { properties: { level: "CanNotDelete" } },
      arguments: { lockLevel: "CanNotDelete" },
    }),
  },
  "a private endpoint": {
    found: "warn vault-private-endpoint-deleted",
    thing: () => ({
      id: at("Microsoft.Network/privateEndpoints/pe"),
      arm: "Microsoft.Network/privateEndpoints",
      native: "network:PrivateEndpoint",
      classic: ["azure:privatelink/endpoint:Endpoint", "azurerm_private_endpoint"],
      body: { properties: { privateLinkServiceConnections: [{ properties: { privateLinkServiceId: recovery() } }] } },
      arguments: { privateServiceConnection: { privateConnectionResourceId: recovery() } },
    }),
  },
};

type States = "old" | "new" | "both";
const step = (op: string, { type, id, inputs }: Form, states: States, more: Partial<StepOf> = {}): StepOf => ({
  ...{ op, type, name: "it", id },
  ...(states !== "new" && { old: inputs }),
  ...(states !== "old" && { new: inputs }),
  ...more,
});
const next = (form: Form): Form => ({ ...form, id: `${form.id}-next` });

/** The engine's steps in which the resource is deleted in Azure. */
const deleting: Record<string, (it: Form) => StepOf[]> = {
  "a deletion": (it) => [step("delete", it, "old")],
  "a replacement": (it) => [step("replace", it, "both")],
  "a replacement that creates first": (it) => [
    step("create-replacement", it, "both"),
    step("replace", it, "both"),
    step("delete-replaced", it, "old"),
  ],
  "a replacement that deletes first": (it) => [
    step("delete-replaced", it, "old"),
    step("replace", it, "both"),
    step("create-replacement", it, "both"),
  ],
  "a deletion that an earlier run has left": (it) => [
    step("same", next(it), "both"),
    step("delete-replaced", it, "old"),
  ],
  "an import in its place": (it) => [
    step("import-replacement", next(it), "both"),
    step("replace", it, "both"),
    step("delete-replaced", it, "old"),
  ],
  "a `get` in its place": (it) => [
    step("read-replacement", next(it), "both"),
    step("replace", it, "both"),
    step("delete-replaced", it, "old"),
  ],
  "a deletion after a refresh": (it) => [step("refresh", it, "both"), step("delete", it, "old")],
};

/** And those in which nothing happens to it. */
const harmless: ((it: Form) => StepOf[])[] = [
  (it) => [step("delete", it, "old", { retainOnDelete: true })],
  (it) => [step("import", it, "new")],
  (it) => [step("refresh", it, "both"), step("same", it, "both")],
  ...["same", "refresh", "read"].map((op) => (it: Form) => [step(op, it, "both")]),
  ...["discard", "discard-replaced", "read-discard", "remove-pending-replace"].map((op) => (it: Form) => [
    step(op, it, "old"),
  ]),
];

/** What a Terraform module replaces is deleted first. */
const isDeletedFirst = ({ type }: Form, steps: StepOf[]) => {
  const ops = steps.map(({ op }) => op);
  return ops.includes("replace") && (ops[0] === "delete-replaced" || type.startsWith("avm:"));
};
const isOurs = ({ type }: Form) => /azure-backup:/.test(type);

const besideAnother = /earlier run|in its place/;

describe.each(Object.entries(things))("%s", (_, row) => {
  const { found: expected, own = expected, again = expected, isReplaced, thing } = row;
  test.each(Object.entries(deleting).filter(([name]) => !isReplaced || !besideAnother.test(name)))(
    "is found in %s, whoever manages it",
    async (_, steps) => {
      const live = liveAzure(azure.env);
      const reviewed = formsOf(thing()).map(async (it) => {
        const said = found(await review(preview(...steps(it)), { live }));
        const wanted = isOurs(it) ? own : isDeletedFirst(it, steps(it)) ? again : expected;
        return said.includes(wanted) ? [] : [it.type, ...said];
      });
      expect((await Promise.all(reviewed)).flat()).toEqual([]);
    },
  );

  test("is not found in what does not delete it", async () => {
    const cases = harmless.flatMap((steps) => formsOf(thing()).map((it) => [it, steps(it)] as const));
    const reviewed = cases.map(async ([{ type }, steps]) => {
      const report = await review(preview(...steps));
      return report.decision === "clear" ? [] : [type, steps.map(({ op }) => op).join(), ...found(report)];
    });
    expect((await Promise.all(reviewed)).flat()).toEqual([]);
  });
});
