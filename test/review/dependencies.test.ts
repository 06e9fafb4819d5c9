import { liveAzure } from "../../cli/liveAzure.js";
import { type Emulator, startEmulator } from "../../emulator/index.js";
import { type Report, review } from "../../review/index.js";
import { preview, type StepOf } from "./previews.js";
import { said } from "./said.js";

const group = "rg-used";
const keyUri = "https://kv-used.vault.azure.net/keys/first";

let azure: Emulator;
const inGroup = (name: string) => `/subscriptions/${azure.env.ARM_SUBSCRIPTION_ID}/resourceGroups/${name}`;
const at = (path: string) => `${inGroup(group)}/providers/${path}`;
const vaultId = (name: string) => at(`Microsoft.DataProtection/backupVaults/${name}`);
const recoveryId = () => at("Microsoft.RecoveryServices/vaults/rsv-used");
const keyVault = (name: string) => at(`Microsoft.KeyVault/vaults/${name}`);
const identity = (name: string) => at(`Microsoft.ManagedIdentity/userAssignedIdentities/${name}`);
const cryptoRole = () =>
  `/subscriptions/${azure.env.ARM_SUBSCRIPTION_ID}/providers/Microsoft.Authorization/roleDefinitions/e147488a-f6f5-4113-8e2d-b22465e65bf6`;
let principalId: string;
let instance: { id: string; properties: { policyInfo: { policyId: string } } };
let item: { id: string; properties: { policyId: string } };
let guard: string;

const softDelete = (state: string) => ({
  securitySettings: { softDeleteSettings: { state, retentionDurationInDays: 20 } },
});

beforeAll(async () => {
  azure = await startEmulator();
  azure.trust();
  for (const name of [group, "rg-empty", "rg-bare"]) azure.createResourceGroup(name);
  for (const name of ["id-key", "id-assigned", "id-free"]) azure.createUserAssignedIdentity(group, name);
  const vault = (state = "On", ...identities: string[]) => ({
    location: "westeurope",
    ...(identities.length > 0 && {
      identity: {
        type: "UserAssigned",
        userAssignedIdentities: Object.fromEntries(identities.map((name) => [identity(name), {}])),
      },
    }),
    properties: { storageSettings: [{ datastoreType: "VaultStore", type: "GeoRedundant" }], ...softDelete(state) },
  });
  const put = (name: string, body: object) => azure.arm("PUT", `${vaultId(name)}?api-version=2025-07-01`, body);
  put("bv-used", vault("On", "id-key", "id-assigned"));
  for (const name of ["bv-off", "bv-locked"]) put(name, vault());
  azure.arm("PUT", `${inGroup("rg-bare")}/providers/Microsoft.DataProtection/backupVaults/bv-bare`, vault("AlwaysOn"));
  azure.setVault(vaultId("bv-off"), { properties: softDelete("Off") });
  azure.setVault(vaultId("bv-locked"), {
    properties: { securitySettings: { immutabilitySettings: { state: "Locked" } } },
  });

  const store = azure.createKeyVault(group, "kv-used") as { id: string };
  azure.createKey(store.id, "first");
  azure.createKey(store.id, "other");
  azure.createKeyVault(group, "kv-free");
  azure.setVault(vaultId("bv-used"), {
    properties: {
      securitySettings: {
        encryptionSettings: {
          state: "Enabled",
          keyVaultProperties: { keyUri },
          kekIdentity: { identityType: "UserAssigned", identityId: identity("id-key") },
        },
      },
    },
  });
  principalId = (
    azure.arm("GET", `${identity("id-key")}?api-version=2023-01-31`).body as { properties: { principalId: string } }
  ).properties.principalId;

  for (const name of ["bv-used", "bv-off", "bv-locked"]) {
    const made = azure.protect(vaultId(name), { name: `disk-${name}`, datasourceType: "Microsoft.Compute/disks" });
    if (name === "bv-used") instance = made as unknown as typeof instance;
  }
  azure.arm("PUT", recoveryId(), { location: "westeurope", sku: { name: "Standard" }, properties: {} });
  item = azure.protectVm(recoveryId(), { name: "vm-used" }) as unknown as typeof item;

  guard = at("Microsoft.DataProtection/resourceGuards/guard-used");
  for (const name of ["guard-used", "guard-free"]) {
    azure.arm("PUT", at(`Microsoft.DataProtection/resourceGuards/${name}`), { location: "westeurope", properties: {} });
  }
  azure.arm("PUT", `${vaultId("bv-locked")}/backupResourceGuardProxies/DppResourceGuardProxy`, {
    properties: { resourceGuardResourceId: guard },
  });
});
afterAll(() => azure.close());

const withAzure = (...steps: StepOf[]): Promise<Report> => review(preview(...steps), { live: liveAzure(azure.env) });
const withoutAzure = (...steps: StepOf[]): Promise<Report> => review(preview(...steps));
interface Thing {
  type: string;
  id: string;
  inputs?: Record<string, unknown>;
  outputs?: Record<string, unknown>;
}
const step = (
  op: string,
  { type, id, inputs = { name: "x" }, outputs }: Thing,
  news?: Record<string, unknown>,
): StepOf => ({
  op,
  type,
  name: type.split(":").at(-1) ?? type,
  id,
  old: inputs,
  outputs,
  ...(op !== "delete" && { new: news ?? inputs }),
});

interface Row {
  what: string;
  types: string[];
  used: () => Omit<Thing, "type">;
  /** Absent: it is always in use. */
  free?: () => Omit<Thing, "type">;
  found: string;
  /** Without access to Azure. Nothing: only the preview could show that a vault needs it. */
  blind?: string;
}

const rows: Row[] = [
  {
    what: "a resource group",
    types: ["azure-native:resources:ResourceGroup", "azure:core/resourceGroup:ResourceGroup", "azurerm_resource_group"],
    used: () => ({ id: inGroup(group) }),
    free: () => ({ id: inGroup("rg-empty") }),
    found: "refuse resource-group-deleted",
    blind: "undecided resource-group-deleted",
  },
  {
    what: "a resource group with an empty vault",
    types: ["azure-native:resources/v20240301:ResourceGroup"],
    used: () => ({ id: inGroup("rg-bare") }),
    found: "warn resource-group-deleted",
    blind: "undecided resource-group-deleted",
  },
  {
    what: "a backup instance in a vault with soft delete",
    types: [
      "azure-native:dataprotection:BackupInstance",
      "azure-native:dataprotection/v20240401:BackupInstance",
      "azure-native_dataprotection_v20250701:dataprotection:BackupInstance",
      "azure:dataprotection/backupInstanceDisk:BackupInstanceDisk",
      "azurerm_data_protection_backup_instance_disk",
      "azurerm:index/dataProtectionBackupInstanceDisk:DataProtectionBackupInstanceDisk",
      "Microsoft.DataProtection/backupVaults/backupInstances",
    ],
    used: () => ({ id: instance.id }),
    found: "warn backup-instance-deleted",
    blind: "undecided backup-instance-deleted",
  },
  {
    what: "a backup instance in a vault without soft delete",
    types: [
      "azure-native:dataprotection:BackupInstance",
      "azure:dataprotection/backupInstancePostgresql:BackupInstancePostgresql",
    ],
    used: () => ({ id: `${vaultId("bv-off")}/backupInstances/disk-bv-off` }),
    found: "refuse backup-instance-deleted",
    blind: "undecided backup-instance-deleted",
  },
  {
    what: "a backup instance in an immutable vault",
    types: [
      "azure-native:dataprotection:BackupInstance",
      "azure:dataprotection/backupInstanceBlogStorage:BackupInstanceBlogStorage",
    ],
    used: () => ({ id: `${vaultId("bv-locked")}/backupInstances/disk-bv-locked` }),
    found: "refuse backup-instance-deleted",
    blind: "undecided backup-instance-deleted",
  },
  {
    what: "a protected item",
    types: [
      "azure-native:recoveryservices:ProtectedItem",
      "azure:backup/protectedVM:ProtectedVM",
      "azurerm_backup_protected_vm",
    ],
    used: () => ({ id: item.id }),
    found: "warn rsv-protected-item-deleted",
    blind: "undecided rsv-protected-item-deleted",
  },
  {
    what: "a container",
    types: [
      "azure-native:recoveryservices:ProtectionContainer",
      "azure:backup/containerStorageAccount:ContainerStorageAccount",
    ],
    used: () => ({ id: item.id.replace(/\/protectedItems\/.*$/i, "") }),
    free: () => ({ id: `${recoveryId()}/backupFabrics/Azure/protectionContainers/StorageContainer;storage;rg;free` }),
    found: "refuse rsv-container-unregistered",
    blind: "undecided rsv-container-unregistered",
  },
  {
    what: "a replicated machine",
    types: ["azure-native:recoveryservices:ReplicationProtectedItem", "azure:siterecovery/replicatedVM:ReplicatedVM"],
    used: () => ({
      id: `${recoveryId()}/replicationFabrics/f/replicationProtectionContainers/c/replicationProtectedItems/i`,
    }),
    found: "warn rsv-replicated-item-deleted",
    blind: "warn rsv-replicated-item-deleted",
  },
  {
    what: "a policy of a Backup vault",
    types: [
      "azure-native:dataprotection:BackupPolicy",
      "azure:dataprotection/backupPolicyDisk:BackupPolicyDisk",
      "pulumi-nodejs:dynamic/azure-backup:BackupPolicy",
      "azure-backup:index:BackupPolicy",
    ],
    used: () => ({ id: instance.properties.policyInfo.policyId }),
    free: () => ({ id: `${vaultId("bv-used")}/backupPolicies/free` }),
    found: "refuse policy-in-use-deleted",
    blind: "undecided policy-in-use-deleted",
  },
  {
    what: "a policy of a Recovery Services vault",
    types: [
      "azure-native:recoveryservices:ProtectionPolicy",
      "azure:backup/policyVM:PolicyVM",
      "azurerm_backup_policy_vm",
    ],
    used: () => ({ id: item.properties.policyId }),
    free: () => ({ id: `${recoveryId()}/backupPolicies/free` }),
    found: "refuse rsv-policy-in-use-deleted",
    blind: "undecided rsv-policy-in-use-deleted",
  },
  {
    what: "a key",
    types: ["azure-native:keyvault:Key"],
    used: () => ({ id: `${keyVault("kv-used")}/keys/first` }),
    free: () => ({ id: `${keyVault("kv-used")}/keys/other` }),
    found: "refuse key-in-use-deleted",
  },
  {
    what: "a key by its URI",
    types: ["azure:keyvault/key:Key", "azurerm_key_vault_key"],
    used: () => ({ id: `${keyUri}/0123`, inputs: { keyVaultId: keyVault("kv-used") } }),
    free: () => ({ id: keyUri.replace("first", "other"), inputs: { keyVaultId: keyVault("kv-used") } }),
    found: "refuse key-in-use-deleted",
  },
  {
    what: "a key vault",
    types: ["azure-native:keyvault:Vault", "azure:keyvault/keyVault:KeyVault", "azurerm_key_vault"],
    used: () => ({ id: keyVault("kv-used") }),
    free: () => ({ id: keyVault("kv-free") }),
    found: "refuse key-vault-in-use-deleted",
  },
  {
    what: "the identity that accesses a key",
    types: [
      "azure-native:managedidentity:UserAssignedIdentity",
      "azure:authorization/userAssignedIdentity:UserAssignedIdentity",
      "azure:msi/userAssignedIdentity:UserAssignedIdentity",
    ],
    used: () => ({ id: identity("id-key") }),
    free: () => ({ id: identity("id-free") }),
    found: "refuse identity-in-use-deleted",
  },
  {
    what: "another identity of a vault",
    types: ["azure-native:managedidentity:UserAssignedIdentity"],
    used: () => ({ id: identity("id-assigned") }),
    found: "warn vault-identity-deleted",
  },
  {
    what: "a role assignment",
    types: [
      "azure-native:authorization:RoleAssignment",
      "azure:authorization/assignment:Assignment",
      "azure:role/assignment:Assignment",
      "azurerm_role_assignment",
    ],
    used: () => assignment(keyVault("kv-used"), principalId),
    free: () => assignment(keyVault("kv-free"), principalId),
    found: "refuse key-access-in-use-removed",
    blind: "undecided key-access-in-use-removed",
  },
  {
    what: "an access policy",
    types: ["azure:keyvault/accessPolicy:AccessPolicy"],
    used: () => ({
      id: `${keyVault("kv-used")}/objectId/x`,
      inputs: {
        keyVaultId: keyVault("kv-used"),
        objectId: principalId,
        keyPermissions: ["Get", "WrapKey", "UnwrapKey"],
      },
    }),
    free: () => ({
      id: `${keyVault("kv-used")}/objectId/x`,
      inputs: { keyVaultId: keyVault("kv-used"), objectId: "somebody", keyPermissions: ["Get"] },
    }),
    found: "refuse key-access-in-use-removed",
    blind: "undecided key-access-in-use-removed",
  },
  {
    what: "a lock on a vault",
    types: [
      "azure-native:authorization:ManagementLockByScope",
      "azure:management/lock:Lock",
      "azure:managementresource/manangementLock:ManangementLock",
      "azurerm_management_lock",
    ],
    used: () => lock(vaultId("bv-used")),
    free: () => lock(keyVault("kv-free")),
    found: "warn lock-removed",
    blind: "warn lock-removed",
  },
  {
    what: "a lock on a resource group",
    types: ["azure-native:authorization:ManagementLockAtResourceGroupLevel", "azure:management/lock:Lock"],
    used: () => lock(inGroup(group)),
    free: () => lock(inGroup("rg-empty")),
    found: "warn lock-removed",
    blind: "warn lock-removed",
  },
  {
    what: "a resource guard",
    types: ["azure-native:dataprotection:ResourceGuard", "azure:dataprotection/resourceGuard:ResourceGuard"],
    used: () => ({ id: guard }),
    free: () => ({ id: guard.replace("guard-used", "guard-free") }),
    found: "warn resource-guard-deleted",
    blind: "warn resource-guard-deleted",
  },
  {
    what: "a resource guard of this package, whose provider deletes none that is in use",
    types: ["pulumi-nodejs:dynamic/azure-backup:ResourceGuard", "azure-backup:index:ResourceGuard"],
    used: () => ({ id: guard }),
    free: () => ({ id: guard.replace("guard-used", "guard-free") }),
    found: "refuse resource-guard-in-use",
    blind: "undecided resource-guard-in-use",
  },
  {
    what: "the association with a resource guard",
    types: [
      "pulumi-nodejs:dynamic/azure-backup:ResourceGuardAssociation",
      "azure-backup:index:ResourceGuardAssociation",
      "azure-native:dataprotection:DppResourceGuardProxy",
      "azure-native:recoveryservices:ResourceGuardProxy",
      "azure:recoveryservices/vaultResourceGuardAssociation:VaultResourceGuardAssociation",
    ],
    used: () => ({ id: `${recoveryId()}/backupResourceGuardProxies/VaultProxy`, inputs: { resourceGuardId: guard } }),
    found: "warn resource-guard-unlinked",
    blind: "warn resource-guard-unlinked",
  },
  {
    what: "a private endpoint",
    types: ["azure-native:network:PrivateEndpoint", "azure:privatelink/endpoint:Endpoint", "azurerm_private_endpoint"],
    used: () => endpoint(recoveryId()),
    free: () => endpoint(keyVault("kv-used")),
    found: "warn vault-private-endpoint-deleted",
    blind: "warn vault-private-endpoint-deleted",
  },
];

const assignment = (scope: string, principal: string): Omit<Thing, "type"> => ({
  id: `${scope}/providers/Microsoft.Authorization/roleAssignments/r`,
  inputs: { scope, principalId: principal, roleDefinitionId: cryptoRole() },
});
const lock = (scope: string): Omit<Thing, "type"> => ({
  id: `${scope}/providers/Microsoft.Authorization/locks/keep`,
  inputs: { lockLevel: "CanNotDelete", level: "CanNotDelete" },
});
const endpoint = (target: string): Omit<Thing, "type"> => ({
  id: at("Microsoft.Network/privateEndpoints/pe"),
  inputs: {
    privateLinkServiceConnections: [{ privateLinkServiceId: target }],
    privateServiceConnection: { privateConnectionResourceId: target },
  },
});

describe.each(rows)("$what", ({ types, used, free, found, blind }) => {
  const cases = types.flatMap((type) => ["delete", "replace"].map((op) => [op, type] as const));

  test.each(cases)("%s of %s", async (op, type) => {
    expect(said(await withAzure(step(op, { type, ...used() })))).toEqual([found]);
    expect(said(await withoutAzure(step(op, { type, ...used() })))).toEqual(blind ? [blind] : []);
    if (free) expect(said(await withAzure(step(op, { type, ...free() })))).toEqual([]);
  });

  test.each(types)("%s stays in Azure if Pulumi only forgets it, and nothing is said of its creation", async (type) => {
    const { inputs = { name: "x" }, id } = used();
    expect(said(await withoutAzure({ ...step("delete", { type, ...used() }), retainOnDelete: true }))).toEqual([]);
    const created = await withoutAzure({ op: "create", type, name: "new", id, new: inputs });
    expect(created).toMatchObject({ decision: "clear", counts: { resources: 0, others: 1 } });
  });
});

describe("what a resource guard protects", () => {
  const kinds = {
    "a backup instance": {
      type: "BackupInstance",
      named: "azure-native:dataprotection:BackupInstance",
      codes: "backup-instance",
      deletion: "Microsoft.DataProtection/backupVaults/backupInstances/delete",
      arrange() {
        const id = vaultId("bv-guarded");
        const properties = {
          storageSettings: [{ datastoreType: "VaultStore", type: "GeoRedundant" }],
          ...softDelete("On"),
        };
        azure.arm("PUT", `${id}?api-version=2025-07-01`, { location: "westeurope", properties });
        azure.vault(id);
        const made = azure.protect(id, { name: "disk-guarded" }) as unknown as { id: string };
        return { proxy: `${id}/backupResourceGuardProxies/DppResourceGuardProxy`, id: made.id };
      },
    },
    "a protected item": {
      type: "ProtectedItem",
      named: "azurerm_backup_protected_vm",
      codes: "rsv-protected-item",
      deletion: "Microsoft.RecoveryServices/vaults/backupFabrics/protectionContainers/protectedItems/delete",
      arrange() {
        const id = recoveryId().replace(/[^/]+$/, "rsv-guarded");
        azure.arm("PUT", id, { location: "westeurope", sku: { name: "Standard" }, properties: {} });
        azure.vault(id);
        const made = azure.protectVm(id, { name: "vm-guarded" }) as unknown as { id: string };
        return { proxy: `${id}/backupResourceGuardProxies/VaultProxy`, id: made.id };
      },
    },
  };

  test.each(Object.entries(kinds))("of %s needs the consent of the guard's owner", async (_, kind) => {
    const { proxy, id } = kind.arrange();
    const associate = (name: string) =>
      azure.arm("PUT", proxy, {
        properties: { resourceGuardResourceId: at(`Microsoft.DataProtection/resourceGuards/${name}`) },
      });
    const excluded = { vaultCriticalOperationExclusionList: [kind.deletion] };
    const guardId = at(`Microsoft.DataProtection/resourceGuards/${kind.type}`);
    azure.arm("PUT", guardId, { location: "westeurope", properties: {} });
    associate(kind.type);
    const removed = (type: string, inputs = {}) =>
      withAzure(step("delete", { type, id, inputs: { name: "x", ...inputs } }));
    const own = `azure-backup:index:${kind.type}`;
    const [deleted, stopped, guarded] = ["deleted", "stopped", "guarded"].map((name) => `warn ${kind.codes}-${name}`);
    expect(said(await removed(kind.named))).toEqual([deleted, guarded]);
    expect(said(await removed(own))).toEqual([stopped, guarded]);
    expect(said(await removed(own, { onDelete: "delete" }))).toEqual([deleted, guarded]);
    azure.arm("PUT", guardId, { location: "westeurope", properties: excluded });
    expect(said(await removed(kind.named))).toEqual([deleted]);
    azure.faults.add({ kind: "status", path: "ResourceGuardProxies", status: 403, code: "AuthorizationFailed" });
    const blind = await removed(kind.named);
    expect(said(blind)).toEqual([deleted, guarded]);
    azure.faults.clear();
  });
});

const vaultOfProgram = (op: string, keyed = true): StepOf => ({
  op,
  type: "azure-native:dataprotection:BackupVault",
  name: "vault",
  id: vaultId("bv-used"),
  old: {
    vaultName: "bv-used",
    resourceGroupName: group,
    identity: { type: "UserAssigned", userAssignedIdentities: [identity("id-key")] },
    properties: {
      securitySettings: {
        ...softDelete("AlwaysOn").securitySettings,
        ...(keyed && {
          encryptionSettings: {
            state: "Enabled",
            keyVaultProperties: { keyUri },
            kekIdentity: { identityType: "UserAssigned", identityId: identity("id-key") },
          },
        }),
      },
    },
  },
});
const same = (step: StepOf): StepOf => ({ ...step, new: step.old });

describe("without access to Azure, the preview itself shows what depends on what", () => {
  test.each<[string, () => StepOf, string]>([
    [
      "a key",
      () => step("delete", { type: "azure-native:keyvault:Key", id: `${keyVault("kv-used")}/keys/first` }),
      "refuse key-in-use-deleted",
    ],
    [
      "another key",
      () => step("delete", { type: "azure-native:keyvault:Key", id: `${keyVault("kv-used")}/keys/other` }),
      "undecided key-in-use-deleted",
    ],
    [
      "an identity",
      () => step("delete", { type: "azure-native:managedidentity:UserAssignedIdentity", id: identity("id-key") }),
      "refuse identity-in-use-deleted",
    ],
    [
      "an instance",
      () => step("delete", { type: "azure-native:dataprotection:BackupInstance", id: instance.id }),
      "warn backup-instance-deleted",
    ],
    [
      "a resource group",
      () => step("delete", { type: "azure-native:resources:ResourceGroup", id: inGroup(group) }),
      "undecided resource-group-deleted",
    ],
    [
      "a lock on the group",
      () => step("delete", { type: "azure:management/lock:Lock", ...lock(inGroup(group)) }),
      "warn lock-removed",
    ],
  ])("%s", async (_, change, expected) => {
    expect(said(await withoutAzure(same(vaultOfProgram("same")), change()))).toEqual([expected]);
  });

  test("a role that is not for keys, or not at a key vault, is nothing", async () => {
    const other = (scope: string, role: string) =>
      step("delete", {
        type: "azure-native:authorization:RoleAssignment",
        id: `${scope}/providers/Microsoft.Authorization/roleAssignments/r`,
        inputs: { scope, principalId, roleDefinitionId: `/x/${role}` },
      });
    const vault = same(vaultOfProgram("same"));
    expect(said(await withoutAzure(vault, other(inGroup(group), "acdd72a7-3385-48ef-bd42-f606fba81ae7")))).toEqual([]);
    expect(said(await withoutAzure(vault, other(at("Microsoft.Compute/disks/d"), "custom")))).toEqual([]);
  });
});

describe("what goes together in one run", () => {
  const vaultGone = (): StepOf => ({ ...vaultOfProgram("delete"), retainOnDelete: false });

  test("a key that goes with its vault is judged where the vault is, and so is the group", async () => {
    const key = step("delete", { type: "azure-native:keyvault:Key", id: `${keyVault("kv-used")}/keys/first` });
    const report = await withAzure(vaultGone(), key);
    expect(report.resources.map(({ name }) => name)).toEqual(["bv-used"]);
    expect(said(report)).toContain("warn cmk-dependency-deleted-first");
  });

  test("a lock that goes with its vault is named all the same", async () => {
    const report = await withAzure(
      vaultGone(),
      step("delete", { type: "azure:management/lock:Lock", ...lock(inGroup(group)) }),
    );
    expect(said(report)).toContain("warn lock-removed");
  });

  const policyGone = () =>
    step("delete", { type: "azure-native:dataprotection:BackupPolicy", id: instance.properties.policyInfo.policyId });
  const instanceStep = (op: string, policyId: string) =>
    step(
      op,
      {
        type: "azure-native:dataprotection:BackupInstance",
        id: instance.id,
        inputs: { properties: { policyInfo: instance.properties.policyInfo } },
      },
      { properties: { policyInfo: { policyId } } },
    );

  test("a policy whose instances go, or get another policy, is no longer used", async () => {
    const gone = await withAzure(
      policyGone(),
      step("delete", { type: "azure-native:dataprotection:BackupInstance", id: instance.id }),
    );
    expect(said(gone)).toEqual(["warn backup-instance-deleted"]);
    const moved = await withAzure(policyGone(), instanceStep("update", `${vaultId("bv-used")}/backupPolicies/next`));
    // What the other policy keeps is not known.
    expect(said(moved)).toEqual(["warn policy-retention-shorter"]);
    const open = await withAzure(policyGone(), instanceStep("update", "04da6b54-80e4-46f7-96ec-b56ff0331ba9"));
    expect(said(open)).toEqual(["warn policy-retention-shorter", "undecided policy-in-use-deleted"]);
    expect(said(await withAzure(policyGone(), instanceStep("same", instance.properties.policyInfo.policyId)))).toEqual([
      "refuse policy-in-use-deleted",
    ]);
  });
});

describe("updates that take a key away from its vault", () => {
  const key = (attributes: object) => ({ properties: { attributes, keyOps: ["wrapKey", "unwrapKey"] } });
  const store = (properties: object) => ({ properties });
  const policies = (...keys: string[]) => store({ accessPolicies: [{ objectId: principalId, permissions: { keys } }] });
  const keyThing = "azure-native:keyvault:Key";
  const storeThing = "azure-native:keyvault:Vault";

  test.each<[string, string, () => [object, object], string[]]>([
    [
      "a key is disabled",
      keyThing,
      () => [key({ enabled: true }), key({ enabled: false })],
      ["refuse key-in-use-disabled"],
    ],
    ["a key expires", keyThing, () => [key({}), key({ exp: 1000 })], ["refuse key-in-use-disabled"]],
    ["a key expires, in a text", keyThing, () => [key({}), key({ exp: "1000" })], ["refuse key-in-use-disabled"]],
    ["a key will expire", keyThing, () => [key({}), key({ exp: 9_999_999_999 })], []],
    ["a key expires at no time", keyThing, () => [key({}), key({ exp: "soon" })], ["undecided key-in-use-disabled"]],
    [
      "a key expires, by azure-native's name",
      keyThing,
      () => [key({}), key({ expires: 1000 })],
      ["refuse key-in-use-disabled"],
    ],
    [
      "a key is not active yet, by azure-native's name",
      keyThing,
      () => [key({}), key({ notBefore: 9_999_999_999 })],
      ["refuse key-in-use-disabled"],
    ],
    ...["sign", "04da6b54-80e4-46f7-96ec-b56ff0331ba9"].map(
      (other, index): [string, string, () => [object, object], string[]] => [
        `a key is left with ${index === 0 ? "another operation" : "one that is not known"}`,
        keyThing,
        () => [key({}), { properties: { keyOps: ["wrapKey", other] } }],
        [`${index === 0 ? "refuse" : "undecided"} key-in-use-disabled`],
      ],
    ),
    [
      "a key is left with only one that is not known",
      keyThing,
      () => [key({}), { properties: { keyOps: ["sign", "04da6b54-80e4-46f7-96ec-b56ff0331ba9"] } }],
      ["refuse key-in-use-disabled"],
    ],
    ["a key is not active yet", keyThing, () => [key({}), key({ nbf: 9_999_999_999 })], ["refuse key-in-use-disabled"]],
    ["a key stays as it is", keyThing, () => [key({ enabled: true }), key({ enabled: true })], []],
    [
      "permissions are removed",
      storeThing,
      () => [policies("get", "wrapKey", "unwrapKey"), policies("get")],
      ["refuse key-access-in-use-removed"],
    ],
    [
      "a policy is removed",
      storeThing,
      () => [policies("all"), store({ accessPolicies: [] })],
      ["refuse key-access-in-use-removed"],
    ],
    [
      "permissions stay",
      storeThing,
      () => [policies("get", "wrapKey", "unwrapKey", "list"), policies("Get", "WrapKey", "UnwrapKey")],
      [],
    ],
    [
      "a firewall shuts everybody out",
      storeThing,
      () => [store({}), store({ networkAcls: { defaultAction: "Deny", bypass: "None" } })],
      ["refuse key-vault-in-use-restricted"],
    ],
    [
      "a firewall is not known yet",
      storeThing,
      () => [store({}), store({ networkAcls: "04da6b54-80e4-46f7-96ec-b56ff0331ba9" })],
      ["undecided key-vault-in-use-restricted"],
    ],
    [
      "a firewall is set in a way that this version does not know",
      storeThing,
      () => [store({}), store({ publicNetworkAccess: "SecuredByPerimeter" })],
      ["undecided key-vault-in-use-restricted"],
    ],
    [
      "a firewall is opened",
      storeThing,
      () => [store({ networkAcls: { defaultAction: "Deny", bypass: "None" } }), store({})],
      [],
    ],
    [
      "the permission model changes",
      storeThing,
      () => [store({ enableRbacAuthorization: false }), store({ enableRbacAuthorization: true })],
      ["undecided key-vault-permission-model-changed"],
    ],
    [
      "the permission model stays",
      storeThing,
      () => [store({ enableRbacAuthorization: true }), store({ enableRbacAuthorization: true })],
      [],
    ],
    [
      "public access is disabled",
      storeThing,
      () => [store({}), store({ publicNetworkAccess: "Disabled" })],
      ["refuse key-vault-in-use-restricted"],
    ],
  ])("%s", async (_, type, states, expected) => {
    const [before, after] = states() as [Record<string, unknown>, Record<string, unknown>];
    const id = type === keyThing ? `${keyVault("kv-used")}/keys/first` : keyVault("kv-used");
    expect(said(await withAzure(step("update", { type, id, inputs: before }, after)))).toEqual(expected);
  });
});

test("a resource guard goes without a finding after the associations that the same run removes", async () => {
  const association = `${vaultId("bv-locked")}/backupResourceGuardProxies/DppResourceGuardProxy`;
  const types = [
    ["azure-backup:index:ResourceGuard", "azure-backup:index:ResourceGuardAssociation", "resourceGuard"],
    [
      "azure-native:dataprotection:ResourceGuard",
      "azure-native:dataprotection:DppResourceGuardProxy",
      "resourceGuardResourceId",
    ],
  ];
  for (const [type = "", associationType = "", argument = ""] of types) {
    const inputs = { vault: vaultId("bv-locked"), [argument]: guard };
    const unlink = step("delete", { type: associationType, id: association, inputs });
    expect(said(await withAzure(step("delete", { type, id: guard }), unlink))).toEqual([
      "warn resource-guard-unlinked",
    ]);
    const kept = step("same", { type: associationType, id: association, inputs });
    expect(said(await withoutAzure(step("delete", { type, id: guard }), kept))).toEqual([
      type.startsWith("azure-backup") ? "refuse resource-guard-in-use" : "warn resource-guard-deleted",
    ]);
  }
});

test("a resource guard that excludes more operations is a warning", async () => {
  const list = (...names: string[]) => ({ name: "g", vaultCriticalOperationExclusionList: names });
  const type = "azure-native:dataprotection:ResourceGuard";
  const change = (before: string[], after: string[]) =>
    withAzure(step("update", { type, id: guard, inputs: list(...before) }, list(...after)));
  expect(said(await change([], ["a"]))).toEqual(["warn resource-guard-weakened"]);
  expect(said(await change(["a"], ["b"]))).toEqual(["warn resource-guard-weakened"]);
  expect(said(await change(["a", "b"], ["B"]))).toEqual([]);
});

describe("other ways to declare the same", () => {
  test("a generic resource is judged by Azure's own type", async () => {
    const generic = step("delete", {
      type: "azure-native:resources:Resource",
      id: instance.id,
      inputs: {
        resourceProviderNamespace: "Microsoft.DataProtection",
        parentResourcePath: "backupVaults/bv-used",
        resourceType: "backupInstances",
      },
    });
    const azapi = step("delete", {
      type: "azapi:index/resource:Resource",
      id: instance.id,
      inputs: { type: "Microsoft.DataProtection/backupVaults/backupInstances@2025-07-01" },
    });
    for (const each of [generic, azapi]) expect(said(await withAzure(each))).toEqual(["warn backup-instance-deleted"]);
  });

  test.each([
    "azure-native:recoveryservices:ReplicationPolicy",
    "azure:siterecovery/networkMapping:NetworkMapping",
    "azurerm_site_recovery_fabric",
    "Microsoft.RecoveryServices/vaults/replicationFabrics",
  ])("%s is about backups, and not checked", async (type) => {
    const report = await withoutAzure(step("delete", { type, id: `${recoveryId()}/x/y` }));
    expect(report).toMatchObject({ decision: "unchecked" });
    expect(report.resources[0]?.unchecked).toContain(type);
    // Site Recovery has no part in the backups.
    const change = step("update", { type, id: `${recoveryId()}/x/y` }, { name: "z" });
    expect(await withoutAzure(change)).toMatchObject({ decision: "clear", counts: { resources: 0, others: 1 } });
    expect(await withoutAzure({ op: "create", type, name: "new", new: { name: "x" } })).toMatchObject({
      decision: "clear",
      counts: { resources: 0 },
    });
  });
});
