import { readFileSync } from "node:fs";
import { join } from "node:path";
import { fields } from "../../review/changes/plannedChange.js";
import { markdown, type Report, review, sarif, text } from "../../review/index.js";
import { azureWith } from "./azureWith.js";
import { type ResourceChange, terraformPlan } from "./planDocuments.js";
import { preview, subscription, vaultId } from "./previews.js";
import { said } from "./said.js";

// A plan of Terraform has the values that it marks as sensitive: they decide, and no page shows them.

type Values = Record<string, unknown>;

const all = (values: unknown): Values | false =>
  values ? Object.fromEntries(Object.keys(fields(values)).map((name) => [name, true])) : false;

/** The same change, with every argument marked as sensitive before and after. */
const marked = <T extends Values>(change: T): T => ({
  ...change,
  before_sensitive: all(change.before),
  after_sensitive: { ...all(change.before), ...all(change.after) },
});

const pages = (report: Report) => [markdown(report), text(report), JSON.stringify([report, sarif(report)])].join("\n");

describe("a real plan is judged in the same way, whichever resource has only sensitive values", () => {
  interface Planned {
    address: string;
    change: Values;
  }
  const read = (name: string) => JSON.parse(readFileSync(join(__dirname, "plans", `${name}.json`), "utf8"));
  const of = ({ resources }: Report, wanted: string) => resources.filter(({ address }) => address === wanted);
  const judged = (report: Report, address: string) =>
    of(report, address).map(({ planned, unchecked, verdicts }) => [
      ...[planned, unchecked],
      ...verdicts.map(({ decision, code, property }) => [decision, code, property]),
    ]);

  test.each(["created", "changed", "policies", "destroyed"])("%s", async (name) => {
    const plan = read(name);
    const whole = await review(JSON.stringify(plan));
    const changes: Planned[] = plan.resource_changes;
    for (const { address, change } of changes) {
      const others = changes.map((each) => (each.address === address ? { ...each, change: marked(change) } : each));
      const report = await review(JSON.stringify({ ...plan, resource_changes: others }));
      expect([address, judged(report, address)]).toEqual([address, judged(whole, address)]);
      for (const value of [...idsIn(change.before), ...idsIn(change.after)]) {
        expect(JSON.stringify(of(report, address))).not.toContain(value);
      }
    }
  });

  /** Texts that no rule has in its words. */
  const idsIn = (values: unknown): string[] =>
    typeof values === "string"
      ? values.startsWith("/subscriptions/") || values.startsWith("https://")
        ? [values]
        : []
      : Object.values(Object(values)).flatMap(idsIn);
});

const keyVault = `/subscriptions/${subscription}/resourceGroups/keys/providers/Microsoft.KeyVault/vaults/kv`;
const live = azureWith({ keyUri: "https://kv.vault.azure.net/keys/first", identity: "SystemAssigned" }, "p", []);
const account = `/subscriptions/${subscription}/resourceGroups/app/providers/Microsoft.Storage/storageAccounts/data`;
const instance: ResourceChange = {
  ...{ type: "azurerm_data_protection_backup_instance_blob_storage", actions: ["no-op"] },
  before: { id: `${vaultId()}/backupInstances/blobs`, storage_account_id: account, vault_id: vaultId() },
  after: { id: `${vaultId()}/backupInstances/blobs`, storage_account_id: account, vault_id: vaultId() },
};
const ofContainers = { ...fields(instance.before), storage_account_container_names: ["one-hush", "two-hush"] };
const blobs = { versioning_enabled: true, restore_policy: [{ days: 30 }] };
const versionsAfter = (days: number, prefix: string) => [
  {
    ...{ name: "r", enabled: true, filters: [{ prefix_match: [prefix], blob_types: ["blockBlob"] }] },
    actions: [{ version: [{ delete_after_days_since_creation: days }] }],
  },
];
const sourceOf = (name: string) => ({
  properties: { dataSourceInfo: { resourceID: account.replace("data", name) }, policyInfo: { policyId: "p" } },
});

/** An update of one argument of a resource, whose other arguments stay. */
const update = (type: string, rest: Values, name: string, from: unknown, to: unknown): ResourceChange => ({
  ...{ type, actions: ["update"], before: { ...rest, [name]: from }, after: { ...rest, [name]: to } },
});
const vault = { id: keyVault, name: "kv" };
const storage = { id: account, name: "data" };

test.each<[what: string, change: ResourceChange, verdict: string]>([
  [
    "the firewall of a key vault",
    update("azurerm_key_vault", vault, "network_acls", [], [{ default_action: "Deny", bypass: "None" }]),
    "refuse key-vault-in-use-restricted",
  ],
  [
    "the permission model of a key vault",
    update("azurerm_key_vault", vault, "enable_rbac_authorization", true, false),
    "undecided key-vault-permission-model-changed",
  ],
  [
    "the operations of a key",
    update(
      "azurerm_key_vault_key",
      { id: "https://kv.vault.azure.net/keys/first/1" },
      "key_opts",
      ["wrapKey", "unwrapKey"],
      ["sign"],
    ),
    "refuse key-in-use-disabled",
  ],
  [
    "the versions of blobs",
    update("azurerm_storage_account", storage, "blob_properties", [blobs], [{ ...blobs, versioning_enabled: false }]),
    "warn backup-source-weakened",
  ],
  [
    "the days of a restore",
    update(
      "azurerm_storage_account",
      storage,
      "blob_properties",
      [blobs],
      [{ ...blobs, restore_policy: [{ days: 7 }] }],
    ),
    "warn backup-source-weakened",
  ],
  [
    "the blobs that a lifecycle rule deletes",
    update(
      "azurerm_storage_management_policy",
      { id: `${account}/managementPolicies/default`, storage_account_id: account },
      "rule",
      versionsAfter(30, "one-hush/"),
      versionsAfter(30, ""),
    ),
    "warn backup-source-weakened",
  ],
  [
    "the containers of an instance",
    {
      ...instance,
      ...update(instance.type, ofContainers, "storage_account_container_names", ["one-hush"], ["two-hush"]),
    },
    "warn backup-instance-narrowed",
  ],
  [
    "the data source of an instance",
    update(
      "azapi_resource",
      {
        id: `${vaultId()}/backupInstances/i`,
        type: "Microsoft.DataProtection/backupVaults/backupInstances@2025-07-01",
      },
      "body",
      sourceOf("one-hush"),
      sourceOf("two-hush"),
    ),
    "undecided backup-instance-replaced",
  ],
])("%s decides although it is sensitive, and a change of its mark alone is none", async (_, change, verdict) => {
  const reviewed = (each: ResourceChange) => review(terraformPlan([instance, each]), { live });
  const report = await reviewed(marked({ ...change }));
  expect(said(report)).toContain(verdict);
  expect(said(report)).toEqual(said(await reviewed(change)));
  expect(pages(report)).not.toMatch(/hush|Deny/);
  for (const marks of ["before_sensitive", "after_sensitive"]) {
    const half = await reviewed({ ...change, [marks]: all(change.before) });
    expect(said(half)).toEqual(said(report));
    expect(pages(half)).not.toMatch(/hush|Deny/);
    const same = { ...change, after: change.before, [marks]: all(change.before) };
    expect((await reviewed(same)).decision).toBe("clear");
  }
});

const identity = `/subscriptions/${subscription}/resourceGroups/app/providers/Microsoft.ManagedIdentity/userAssignedIdentities/i`;
const encrypted = {
  ...{ id: vaultId(), name: "payroll", identity: [{ type: "UserAssigned", identity_ids: [identity] }] },
};
const ofKey = {
  ...{ id: vaultId(), data_protection_backup_vault_id: vaultId() },
  ...{ key_vault_key_id: "https://kv.vault.azure.net/keys/first" },
};
/** It stays as it is, with one value that is sensitive. */
const stays = (type: string, values: Values, name: string): ResourceChange => ({
  ...{ type, actions: ["no-op"], before: values, after: values },
  ...{ before_sensitive: { [name]: true }, after_sensitive: { [name]: true } },
});

test.each<[what: string, removed: ResourceChange, user: ResourceChange[], verdicts: string[]]>([
  [
    "a storage account that an instance uses",
    { type: "azurerm_storage_account", actions: ["delete"], before: { id: account, name: "data" } },
    [stays(instance.type, fields(instance.before), "storage_account_id")],
    ["refuse backup-storage-account-deleted"],
  ],
  [
    "an identity that a vault uses",
    { type: "azurerm_user_assigned_identity", actions: ["delete"], before: { id: identity } },
    [
      stays("azurerm_data_protection_backup_vault", encrypted, "identity"),
      stays("azurerm_data_protection_backup_vault_customer_managed_key", ofKey, "timeouts"),
    ],
    ["undecided identity-in-use-deleted", "warn vault-identity-deleted"],
  ],
])("%s is in use, although its name there is sensitive", async (_, removed, user, verdicts) => {
  const report = await review(terraformPlan([removed, ...user]));
  expect(said(report)).toEqual(verdicts);
  expect(pages(report)).toContain("The plan marks values as sensitive");
});

test("an action of azapi that turns out to be about something else is not mentioned", async () => {
  const action = {
    ...{ type: "Microsoft.Compute/virtualMachines@2024-11-01", method: "POST", action: "start" },
    resource_id: account.replace("Storage/storageAccounts", "Compute/virtualMachines"),
  };
  const change = { type: "azapi_resource_action", actions: ["create"], after: action };
  expect(await review(terraformPlan([marked(change)]))).toMatchObject({ decision: "clear", resources: [] });
});

test("Azure is asked no question twice because values are sensitive", async () => {
  const gone = (name: string): ResourceChange => ({
    ...{ type: "azurerm_storage_account", address: `azurerm_storage_account.${name}`, actions: ["delete"] },
    before: { id: account.replace("data", name), name, primary_access_key: "hush" },
  });
  const asked = async (...changes: ResourceChange[]) => {
    const questions: string[] = [];
    const counting = new Proxy(live, {
      get: (all, name, receiver) => {
        const ask = Reflect.get(all, name, receiver);
        if (typeof ask !== "function") return ask;
        return (...args: unknown[]) => {
          questions.push(JSON.stringify([name, ...args]));
          return ask(...args);
        };
      },
    });
    await review(terraformPlan(changes), { live: counting });
    return questions;
  };
  const once = await asked(gone("one"), gone("two"));
  expect(once.length).toBeGreaterThan(1);
  const withSecret = (name: string) => ({ ...gone(name), before_sensitive: { primary_access_key: true } });
  expect(await asked(withSecret("one"), withSecret("two"))).toEqual(once);
});

test("a vault whose name is secret has its name in the program in the findings of other resources, too", async () => {
  const key = "https://kv.vault.azure.net/keys/first";
  const vault = { id: vaultId(), name: "payroll", identity: [{ type: "SystemAssigned", identity_ids: [] }] };
  const ofKey = { id: vaultId(), data_protection_backup_vault_id: vaultId(), key_vault_key_id: key };
  const sensitive = { before_sensitive: { name: true }, after_sensitive: { name: true } };
  const terraform = terraformPlan([
    { type: "azurerm_data_protection_backup_vault", actions: ["no-op"], before: vault, after: vault, ...sensitive },
    {
      ...{ type: "azurerm_data_protection_backup_vault_customer_managed_key", actions: ["no-op"] },
      ...{ before: ofKey, after: ofKey },
    },
    { type: "azurerm_key_vault_key", actions: ["delete"], before: { id: `${key}/1` } },
  ]);
  const encryptionSettings = {
    ...{ state: "Enabled", keyVaultProperties: { keyUri: key } },
    kekIdentity: { identityType: "SystemAssigned" },
  };
  const inputs = {
    ...{ vaultName: "[secret]", resourceGroupName: "backups", identity: { type: "SystemAssigned" } },
    properties: { securitySettings: { encryptionSettings } },
  };
  const type = "azure-native:dataprotection:BackupVault";
  const pulumi = preview(
    { op: "same", type, name: "shown", id: vaultId(), old: inputs, new: inputs },
    { op: "delete", type: "azure:keyvault/key:Key", name: "key", id: `${key}/1`, old: { name: "first" } },
  );
  for (const document of [terraform, pulumi]) {
    for (const options of [{}, { live }]) {
      const report = await review(document, options);
      expect(said(report)).toEqual(["refuse key-in-use-deleted"]);
      expect(pages(report)).not.toContain("payroll");
    }
  }
});
