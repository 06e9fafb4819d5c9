import { type Live, type Report, review } from "../../review/index.js";
import { type ResourceChange, terraformPlan } from "./planDocuments.js";
import { preview, type StepOf, subscription, vaultId } from "./previews.js";
import { said } from "./said.js";

// What a program gives up stays in Azure if the tool only forgets it, or if its deletion changes nothing there. Then a vault
// stays encrypted, and its key and identity are still needed.

const group = `/subscriptions/${subscription}/resourceGroups/backups`;
const recoveryId = `${group}/providers/Microsoft.RecoveryServices/vaults/rsv`;
const identity = `${group}/providers/Microsoft.ManagedIdentity/userAssignedIdentities/id-key`;
const keyUri = "https://kv.vault.azure.net/keys/first";
const otherUri = "https://kv.vault.azure.net/keys/second";

const ofKeys = (report: Report) => said(report).filter((each) => /-in-use-/.test(each));

const encryption = (uri: string) => ({
  properties: {
    securitySettings: {
      encryptionSettings: {
        state: "Enabled",
        keyVaultProperties: { keyUri: uri },
        kekIdentity: { identityType: "SystemAssigned" },
      },
    },
  },
});

describe("Pulumi", () => {
  const keyGone = (uri = keyUri): StepOf => ({
    op: "delete",
    type: "azure-native:keyvault:Key",
    name: "key",
    id: `${group}/providers/Microsoft.KeyVault/vaults/kv/keys/${uri.split("/").at(-1)}`,
    old: { keyName: "first" },
    outputs: { keyUri: uri },
  });
  const gone = (type: string, old: StepOf["old"], more: Partial<StepOf> = {}): StepOf => ({
    ...{ op: "delete", type, name: "encryption", old, ...more },
  });
  const classic = "azure:dataprotection/backupVaultCustomerManagedKey:BackupVaultCustomerManagedKey";
  const classicKey = { dataProtectionBackupVaultId: vaultId(), keyVaultKeyId: keyUri };
  const own = { vault: vaultId(), keyUri, identity: "SystemAssigned" };
  const azapi = { type: "Microsoft.DataProtection/backupVaults@2025-07-01", resourceId: vaultId() };
  const update = "azapi:index/updateResource:UpdateResource";

  test.each<[what: string, step: StepOf]>([
    ["the classic key, retained", gone(classic, classicKey, { retainOnDelete: true })],
    ["the classic key, deleted, which Azure ignores", gone(classic, classicKey)],
    ["EncryptionSettings, retained", gone("azure-backup:index:EncryptionSettings", own, { retainOnDelete: true })],
    ["EncryptionSettings, deleted, which is refused", gone("azure-backup:index:EncryptionSettings", own)],
    ["an update of azapi, deleted", gone(update, { ...azapi, body: encryption(keyUri) })],
    [
      "an update of azapi that leaves it out from now on",
      gone(update, { ...azapi, body: encryption(keyUri) }, { op: "update", new: { ...azapi, body: {} } }),
    ],
    [
      "an update of azapi for another vault from now on",
      gone(
        update,
        { ...azapi, body: encryption(keyUri) },
        { op: "replace", new: { ...azapi, resourceId: vaultId("other"), body: encryption(otherUri) } },
      ),
    ],
    [
      "a vault that leaves its key out, which is refused",
      gone(
        "azure-native:dataprotection:BackupVault",
        { vaultName: "payroll", ...encryption(keyUri) },
        { op: "update", new: { vaultName: "payroll", properties: {} } },
      ),
    ],
  ])("the key of a vault is still needed: %s", async (_, step) => {
    expect(ofKeys(await review(preview(step, keyGone())))).toEqual(["refuse key-in-use-deleted"]);
    expect(ofKeys(await review(preview(step, keyGone("https://kv.vault.azure.net/keys/third"))))).not.toContainEqual(
      expect.stringContaining("refuse"),
    );
  });

  test("a key goes with its vault, and once the vault has another one", async () => {
    const settings = gone(classic, classicKey);
    const vault = gone("azure:dataprotection/backupVault:BackupVault", { name: "payroll" });
    expect(ofKeys(await review(preview(vault, settings, keyGone())))).toEqual([]);
    const moved: StepOf = {
      ...settings,
      ...{ op: "update", type: update, old: { ...azapi, body: encryption(keyUri) } },
      new: { ...azapi, body: encryption(otherUri) },
    };
    expect(ofKeys(await review(preview(moved, keyGone())))).not.toContainEqual(expect.stringContaining("refuse"));
    expect(ofKeys(await review(preview(moved, keyGone(otherUri))))).toEqual(["refuse key-in-use-deleted"]);
  });

  describe("a replaced vault that is retained", () => {
    const type = "azure-native:recoveryservices:Vault";
    const body = (vaultName: string, uri?: string) => ({
      ...{ vaultName, resourceGroupName: "backups", location: "westeurope", sku: { name: "Standard" } },
      identity: { type: "SystemAssigned" },
      properties: uri && {
        encryption: { keyVaultProperties: { keyUri: uri }, kekIdentity: { useSystemAssignedIdentity: true } },
      },
    });
    const replaced = (uri?: string, retainOnDelete = true): StepOf => ({
      ...{ op: "replace", type, name: "vault", id: recoveryId, retainOnDelete },
      old: body("rsv", keyUri),
      new: body("rsv-new", uri),
      replaceReasons: ["vaultName"],
    });
    const live: Live = {
      vault: async () => ({ body: { id: recoveryId, name: "rsv", ...body("rsv", keyUri) } }),
      facts: async () => ({}),
      vaults: async () => ({
        vaults: [
          {
            ...{ kind: "RecoveryServicesVault", id: recoveryId, name: "rsv", userAssigned: [], isGuarded: false },
            encryption: { keyUri, identity: "SystemAssigned" },
          },
        ],
        unread: [],
      }),
    };

    test.each([
      ["without access to Azure", {}],
      ["with access to Azure", { live }],
    ])("keeps its key, whatever its successor has, %s", async (_, options) => {
      for (const uri of [undefined, otherUri]) {
        const report = await review(preview(replaced(uri), keyGone()), options);
        expect(ofKeys(report)).toEqual(["refuse key-in-use-deleted"]);
        const [verdict] = report.resources.find(({ noun }) => noun === "key")?.verdicts ?? [];
        expect(verdict?.reason).toContain('Recovery Services vault "rsv".');
      }
      const ofSuccessor = await review(preview(replaced(otherUri), keyGone(otherUri)), options);
      expect(ofKeys(ofSuccessor)).toEqual(["refuse key-in-use-deleted"]);
      const deleted = await review(preview(replaced(otherUri, false), keyGone()), options);
      expect(ofKeys(deleted)).not.toContainEqual(expect.stringContaining("refuse"));
    });
  });
});

describe("Terraform", () => {
  const keyGone: ResourceChange = {
    type: "azurerm_key_vault_key",
    actions: ["delete"],
    before: { id: `${keyUri}/1`, name: "first", key_vault_id: `${group}/providers/Microsoft.KeyVault/vaults/kv` },
  };
  const cmk = "azurerm_data_protection_backup_vault_customer_managed_key";
  const key = { id: vaultId(), data_protection_backup_vault_id: vaultId(), key_vault_key_id: keyUri };
  const azapi = {
    type: "Microsoft.DataProtection/backupVaults@2025-07-01",
    resource_id: vaultId(),
    body: encryption(keyUri),
  };

  test.each<[what: string, change: ResourceChange]>([
    ["the key's resource, forgotten", { type: cmk, actions: ["forget"], before: key }],
    ["the key's resource, destroyed, which Azure ignores", { type: cmk, actions: ["delete"], before: key }],
    ["an update of azapi, destroyed", { type: "azapi_update_resource", actions: ["delete"], before: azapi }],
  ])("the key of a vault is still needed: %s", async (_, change) => {
    expect(ofKeys(await review(terraformPlan([change, keyGone])))).toEqual(["refuse key-in-use-deleted"]);
  });

  const before = {
    ...{ id: recoveryId, name: "rsv", resource_group_name: "backups", location: "westeurope", sku: "Standard" },
    encryption: [{ key_id: keyUri, use_system_assigned_identity: false, user_assigned_identity_id: identity }],
    identity: [{ type: "UserAssigned", identity_ids: [identity] }],
  };
  const identityGone: ResourceChange = {
    type: "azurerm_user_assigned_identity",
    actions: ["delete"],
    before: { id: identity, name: "id-key" },
  };

  test.each([
    ["no key", []],
    ["another key", [{ key_id: otherUri, use_system_assigned_identity: true }]],
  ])("a forgotten vault keeps its key and its identity, if its successor has %s", async (_, encrypted) => {
    const replaced: ResourceChange = {
      type: "azurerm_recovery_services_vault",
      actions: ["create", "forget"],
      before,
      after: { ...before, id: undefined, name: "rsv-new", encryption: encrypted, identity: [] },
      after_unknown: { id: true },
      replace_paths: [["name"]],
    };
    const report = await review(terraformPlan([replaced, keyGone, identityGone]));
    expect(ofKeys(report)).toEqual(["refuse key-in-use-deleted", "refuse identity-in-use-deleted"]);
  });
});

test("a forgotten item still uses its policy", async () => {
  const policyId = `${recoveryId}/backupPolicies/daily`;
  const item = {
    id: `${recoveryId}/backupFabrics/Azure/protectionContainers/c/protectedItems/vm`,
    backup_policy_id: policyId,
  };
  const report = await review(
    terraformPlan([
      { type: "azurerm_backup_protected_vm", actions: ["forget"], before: item },
      { type: "azurerm_backup_policy_vm", actions: ["delete"], before: { id: policyId, name: "daily" } },
    ]),
  );
  expect(said(report)).toEqual(["refuse rsv-policy-in-use-deleted"]);
});
