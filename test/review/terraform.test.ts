import { markdown, type Report, review, text } from "../../review/index.js";
import { holdings } from "../rules/transitions.js";
import { knowing } from "./families.js";
import { type ResourceChange, resourceChange, terraformPlan } from "./planDocuments.js";
import { vaultId } from "./previews.js";

const type = "azurerm_data_protection_backup_vault";
const vault = {
  id: vaultId(),
  name: "payroll",
  resource_group_name: "backups",
  location: "westeurope",
  datastore_type: "VaultStore",
  redundancy: "GeoRedundant",
  soft_delete: "On",
  retention_duration_in_days: 14,
  immutability: "Locked",
  cross_region_restore_enabled: null,
  identity: [],
  tags: {},
};
const unlock: ResourceChange = {
  type,
  actions: ["delete", "create"],
  before: vault,
  after: { ...vault, id: undefined, immutability: "Disabled" },
  after_unknown: { id: true, identity: [], tags: {} },
  replace_paths: [["immutability"]],
};

const invocation = {
  address: "action.azapi_resource_action.failover",
  type: "azapi_resource_action",
  config_values: { type: "Microsoft.DataProtection/backupVaults@2025-07-01", method: "POST" },
  config_unknown: { resource_id: true },
};

const protection = {
  address: "action.azurerm_data_protection_backup_instance_protect.stop",
  type: "azurerm_data_protection_backup_instance_protect",
};

const protects = (
  protect_action?: string,
  backup_instance_id: string | undefined = `${vaultId()}/backupInstances/disk`,
) => ({
  ...protection,
  config_values: { protect_action, backup_instance_id },
  config_unknown: { protect_action: protect_action === undefined },
});

/** A vault that holds backups. */
const live = knowing(holdings.protected);
const reviewed = (...changes: ResourceChange[]): Promise<Report> => review(terraformPlan(changes), { live });
const said = ({ resources }: Report) =>
  resources.flatMap(({ name, verdicts, unchecked }) => [
    ...verdicts.map(({ decision, code }) => `${name} ${decision} ${code}`),
    ...(unchecked === undefined ? [] : [`${name} unchecked ${unchecked}`]),
  ]);

test("a replacement that Terraform plans for a change that is forbidden is refused", async () => {
  const report = await reviewed(unlock);
  expect(report).toMatchObject({ tool: "terraform", decision: "refuse", counts: { resources: 1, others: 0 } });
  expect(report.resources[0]).toMatchObject({
    address: `${type}.main`,
    provider: "azurerm",
    name: "payroll",
    vaultId: vaultId(),
    planned: "replace",
  });
  expect(report.resources[0]).not.toHaveProperty("urn");
  expect(said(report)).toContain("payroll refuse vault-replaced");
});

test("a new vault in the place of an encrypted one has no key until the key's own resource sets it", async () => {
  const vaultInAzure = {
    id: vault.id,
    location: "westeurope",
    identity: { type: "SystemAssigned", principalId: "p" },
    properties: {
      storageSettings: [{ datastoreType: "VaultStore", type: "GeoRedundant" }],
      securitySettings: {
        encryptionSettings: {
          state: "Enabled",
          keyVaultProperties: { keyUri: "https://kv.vault.azure.net/keys/first" },
          kekIdentity: { identityType: "SystemAssigned" },
        },
      },
    },
  };
  const identity = [{ type: "SystemAssigned", identity_ids: [] }];
  const before = { ...vault, immutability: "Disabled", identity };
  const replaced: ResourceChange = {
    type,
    actions: ["delete", "create"],
    before,
    after: { ...before, id: undefined, redundancy: "LocallyRedundant" },
    after_unknown: { id: true },
    replace_paths: [["redundancy"]],
  };
  const azure = { ...knowing(holdings.empty), vault: async () => ({ body: vaultInAzure }) };
  const found = said(await review(terraformPlan([replaced]), { live: azure }));
  expect(found).toContain("payroll warn vault-replaced");
  expect(found).not.toContainEqual(expect.stringContaining("refuse"));
});

test("resources of modules, with count and with for_each, are all reviewed, and others are counted", async () => {
  const addresses = [
    `module.backup["eu"].${type}.main[0]`,
    `module.backup["eu"].${type}.main[1]`,
    `${type}.other["a"]`,
  ];
  const report = await reviewed(
    ...addresses.map((address) => ({ ...unlock, address })),
    { type: "azurerm_resource_group", actions: ["no-op"], before: {}, after: {} },
    { type: "azurerm_client_config", mode: "data", actions: ["read"], after: {} },
  );
  expect(report.counts).toMatchObject({ resources: 3, others: 1 });
  expect(report.resources.map(({ address }) => address)).toEqual(addresses.toSorted());
});

test("a vault that does not change, is moved in the configuration, or is imported as it is, is no change", async () => {
  const same = { type, actions: ["no-op"], before: vault, after: vault };
  const moved = { ...resourceChange(same), previous_address: `${type}.old` };
  const imported = resourceChange({ ...same, address: `${type}.imported` });
  const document = JSON.parse(terraformPlan([same]));
  document.resource_changes.push(moved, { ...imported, change: { ...imported.change, importing: { id: vault.id } } });
  expect(await review(JSON.stringify(document))).toMatchObject({
    decision: "clear",
    counts: { resources: 0, others: 0 },
  });
});

test("a vault that is imported under another address is the one that is deleted", async () => {
  const document = JSON.parse(terraformPlan([{ type, actions: ["delete"], before: vault }]));
  const imported = resourceChange({ type, address: `${type}.new`, actions: ["no-op"], before: vault, after: vault });
  document.resource_changes.push({ ...imported, change: { ...imported.change, importing: { id: vault.id } } });
  const report = await review(JSON.stringify(document), { live });
  expect(said(report)).toContain("payroll refuse delete-with-instances");
  expect(report.resources[0]?.notes).toEqual([
    expect.stringContaining(`"${type}.new" in this configuration is the same vault`),
  ]);
});

test("a vault that is only forgotten stays, and the note says so in Terraform's words", async () => {
  const report = await reviewed({ type, actions: ["forget"], before: vault });
  expect(report.decision).toBe("clear");
  expect(report.resources[0]?.notes).toEqual([
    "The vault stays in Azure, because Terraform only removes it from the state.",
  ]);
});

test("a deposed object is deleted under its own address", async () => {
  const report = await reviewed(
    { type, actions: ["no-op"], before: vault, after: vault },
    { type, actions: ["delete"], before: vault, deposed: "0b3a9f2c" },
  );
  expect(report.resources).toMatchObject([{ address: `${type}.main (deposed 0b3a9f2c)`, planned: "delete" }]);
  expect(said(report)).toContain("payroll refuse delete-with-instances");
});

test("what is not known before the apply is undecided", async () => {
  const after: Record<string, unknown> = { ...vault, redundancy: undefined };
  const report = await reviewed({
    type,
    actions: ["update"],
    before: vault,
    after,
    after_unknown: { redundancy: true },
  });
  expect(said(report)).toEqual(["payroll undecided redundancy-after-protection"]);
});

test.each(["soft_delete", "immutability"])(
  "%s that is not known yet may be weaker than what somebody has made permanent since",
  async (name) => {
    const before = { ...vault, soft_delete: "On", immutability: "Unlocked" };
    const change = {
      type,
      actions: ["update"],
      before,
      after: { ...before, [name]: undefined },
      after_unknown: { [name]: true },
    };
    const undecided = expect.stringMatching(/^payroll undecided (soft-delete-always-on|immutability-locked)$/);
    expect(said(await review(terraformPlan([change])))).toContainEqual(undecided);
  },
);

test("a sensitive value that this version does not know is not shown", async () => {
  const after = { ...vault, immutability: "Unlocked-secret" };
  const report = await reviewed({
    type,
    actions: ["update"],
    before: vault,
    after,
    after_sensitive: { immutability: true },
  });
  expect(report.decision).toBe("undecided");
  expect(JSON.stringify(report) + markdown(report) + text(report)).not.toContain("Unlocked-secret");
});

test("a whole block can be unknown or sensitive", async () => {
  for (const marks of [{ after_unknown: { identity: true } }, { after_sensitive: { identity: true } }]) {
    const after = { ...vault, identity: "after_unknown" in marks ? undefined : [{ type: "SystemAssigned" }] };
    const key: ResourceChange = {
      type: `${type}_customer_managed_key`,
      actions: ["no-op"],
      before: {},
      after: {},
    };
    const report = await reviewed({ type, actions: ["update"], before: vault, after, ...marks }, key);
    expect(report.counts).toMatchObject({ resources: 1, unchecked: 0, refused: 0 });
  }
});

test("the removal of the key's resource is refused, because Terraform reports it and Azure keeps the key", async () => {
  const before = {
    id: vaultId(),
    data_protection_backup_vault_id: vaultId(),
    key_vault_key_id: "https://kv.vault.azure.net/keys/first",
  };
  const report = await reviewed({ type: `${type}_customer_managed_key`, actions: ["delete"], before });
  expect(said(report)).toContain("payroll refuse cmk-removed");
});

test("a resource of a vault that this version does not know is not checked", async () => {
  const report = await reviewed({ type: `${type}_vault_of_tomorrow`, actions: ["create"], after: {} });
  expect(said(report)).toEqual([
    `${type}_vault_of_tomorrow.main unchecked This version does not know the type ${type}_vault_of_tomorrow.`,
  ]);
  expect(report.decision).toBe("unchecked");
});

test.each<[what: string, change: Omit<ResourceChange, "type">, missing: string]>([
  ["an update without values before", { actions: ["update"], after: vault }, "before the change"],
  ["an update without values after", { actions: ["update"], before: vault }, "after the change"],
  ["a deletion without values", { actions: ["delete"] }, "before the change"],
  ["a creation without values", { actions: ["create"] }, "after the change"],
  [
    "an update whose values are all sensitive",
    { actions: ["update"], before: vault, after: vault, before_sensitive: true, after_sensitive: true },
    "before and after the change",
  ],
])("%s is not checked", async (_, change, missing) => {
  const report = await reviewed({ type, ...change });
  expect(report.decision).toBe("unchecked");
  expect(report.resources[0]?.unchecked).toContain(`does not show its arguments ${missing}`);
});

test("actions that this version does not know are not checked", async () => {
  const report = await reviewed({ type, actions: ["transmogrify"], before: vault, after: vault });
  expect(said(report)).toEqual(["payroll unchecked This version does not know the operation transmogrify."]);
});

test("what Terraform defers to a later plan is not checked", async () => {
  const resource_change = resourceChange({ type, actions: ["create"], after: vault });
  const plan = terraformPlan([], {
    complete: false,
    deferred_changes: [{ reason: "provider_config_unknown", resource_change }],
  });
  const report = await review(plan);
  expect(report.decision).toBe("unchecked");
  expect(said(report)[0]).toContain("Terraform deferred this change (provider_config_unknown) to a later plan.");
  expect(report.failures).toEqual([expect.stringContaining("The plan is not complete")]);
});

test("a deferred change of another form than known is no plan", async () => {
  const resource_change = { ...resourceChange({ type, actions: ["create"], after: vault }), address: undefined };
  const plan = terraformPlan([], { deferred_changes: [{ reason: "unknown", resource_change }] });
  await expect(review(plan)).rejects.toThrow("this version does not know the format");
});

test.each<[what: string, parts: Record<string, unknown>]>([
  ["an action on a vault", { action_invocations: [invocation] }],
  ["azurerm's action on a backup instance, without its arguments", { action_invocations: [protection] }],
  [
    "azurerm's deferred action on a backup instance",
    { deferred_action_invocations: [{ reason: "unknown", action_invocation: protects("stop_protection") }] },
  ],
  ["a deferred action", { deferred_action_invocations: [{ reason: "unknown", action_invocation: invocation }] }],
])("%s is not checked", async (_, parts) => {
  const report = await review(terraformPlan([], parts));
  expect(report).toMatchObject({ decision: "unchecked", counts: { resources: 1, unchecked: 1 } });
});

test.each<[action: string | undefined, findings: string[]]>([
  ["stop_protection", ["warn backup-instance-stopped"]],
  ["suspend_backups", ["warn backup-instance-stopped"]],
  ["resume_protection", ["warn backup-instance-resumed"]],
  ["resume_backups", []],
  ["forget_everything", ["undecided backup-instance-stopped"]],
  [undefined, ["undecided backup-instance-stopped"]],
])(
  "azurerm's action %s on a backup instance is judged, and the page says that it would run",
  async (action, findings) => {
    const report = await review(terraformPlan([], { action_invocations: [protects(action)] }));
    expect(said(report)).toEqual(findings.map((each) => `${protection.address} ${each}`));
    expect(report).toMatchObject({
      counts: { resources: 1, unchecked: 0 },
      resources: [
        { noun: "action", provider: "azurerm", runs: true, notes: [expect.stringContaining("instance disk.")] },
      ],
    });
    for (const page of [text(report), markdown(report)]) expect(page).not.toContain("would be updated");
    expect(markdown(report)).toContain("run of action");
  },
);

test("an action that is not checked would run, too", async () => {
  const report = await review(terraformPlan([], { action_invocations: [invocation] }));
  expect(markdown(report)).toContain("would run");
});

test("an action of another service, a deferred data source, drift and checks are no changes", async () => {
  const data = { ...resourceChange({ type, mode: "data", actions: ["read"] }), address: `data.${type}.a` };
  const plan = terraformPlan([], {
    action_invocations: [{ address: "action.azurerm_virtual_machine_power.a", type: "azurerm_virtual_machine_power" }],
    deferred_changes: [{ reason: "deferred_prereq", resource_change: data }],
    deferred_action_invocations: null,
    resource_drift: [resourceChange({ type, actions: ["delete"], before: vault })],
    relevant_attributes: [{ resource: type, attribute: ["id"] }],
    checks: [{ address: { kind: "check" }, status: "fail" }],
  });
  expect(await review(plan)).toMatchObject({ decision: "clear", counts: { resources: 0, others: 1 } });
});

test("a part of tomorrow's plans may have changes, so not everything was checked, unless it is empty", async () => {
  const report = await review(terraformPlan([], { resource_moves: [{ type }], extensions: {}, note: "none" }));
  expect(report).toMatchObject({ decision: "unchecked", failures: [expect.stringContaining('"resource_moves"')] });
});

test.each([
  ["made with -target", { complete: false }],
  ["with a part of tomorrow", { resource_moves: [{ type }] }],
  ["with errors", { errored: true }],
])("a plan %s is called incomplete, whether or not it ended early", async (_, parts) => {
  const report = await review(terraformPlan([], parts));
  for (const page of [text(report), markdown(report)]) {
    expect(page).toContain("preview incomplete");
    expect(page).toContain("The preview is incomplete");
  }
});

test("a plan with errors may lack changes, so it is not all checked", async () => {
  const report = await review(terraformPlan([], { errored: true }));
  expect(report).toMatchObject({ decision: "unchecked", failures: [expect.stringContaining("ended with errors")] });
});

test("a plan without changes is clear", async () => {
  const plan = JSON.stringify({ format_version: "1.2", planned_values: {}, complete: true, errored: false });
  expect(await review(plan)).toMatchObject({ decision: "clear", counts: { resources: 0 } });
});

test("the page is headed by the name that the caller gives, and the hidden line has it", async () => {
  const report = await review(terraformPlan([unlock]), { live, name: "infra/backup" });
  expect(markdown(report).split("\n")[0]).toBe("<!-- azure-backup review: infra/backup -->");
  expect(text(report)).toMatch(/^Azure Backup, infra\/backup: /);
});

describe("azapi", () => {
  const azapi = {
    id: vaultId(),
    type: "Microsoft.DataProtection/backupVaults@2025-07-01",
    name: "payroll",
    parent_id: vaultId().split("/providers")[0],
    location: "westeurope",
    body: { properties: { securitySettings: { immutabilitySettings: { state: "Locked" } } } },
  };
  const unlocked = { properties: { securitySettings: { immutabilitySettings: { state: "Disabled" } } } };

  test("an azapi_update_resource is judged as a change of its vault, and its deletion changes nothing", async () => {
    const target = { type: azapi.type, resource_id: vaultId(), body: azapi.body };
    const update: ResourceChange = {
      type: "azapi_update_resource",
      actions: ["update"],
      before: target,
      after: { ...target, body: JSON.stringify(unlocked) },
    };
    expect(said(await reviewed(update))).toContain("payroll refuse immutability-locked");
    const gone = await reviewed({ type: "azapi_update_resource", actions: ["delete"], before: target });
    expect(said(gone)).toEqual([]);
    expect(
      said(await review(terraformPlan([{ type: "azapi_update_resource", actions: ["delete"], before: target }]))),
    ).toEqual([]);
  });

  const group = vaultId().split("/providers")[0];
  test.each<[of: string, after: Record<string, unknown>, decision: "unchecked" | "clear"]>([
    ["azapi_resource_action", { type: azapi.type, action: "unlockDelete" }, "unchecked"],
    ["azapi_resource_action", { type: azapi.type, method: "GET" }, "clear"],
    [
      "azapi_resource_action",
      { type: "Microsoft.Resources/resourceGroups@2024-11-01", action: "moveResources" },
      "unchecked",
    ],
    ["azapi_resource_action", { type: "Microsoft.KeyVault/vaults@2024-11-01", method: "DELETE" }, "unchecked"],
    ["azapi_resource_action", { type: "Microsoft.Authorization/locks@2020-05-01", method: "DELETE" }, "unchecked"],
    [
      "azapi_resource_action",
      { type: "Microsoft.Resources/subscriptions@2021-10-01", action: "providers/Microsoft.Subscription/cancel" },
      "unchecked",
    ],
    ["azapi_resource_action", { type: "Microsoft.Resources/subscriptions@2021-10-01", action: "locations" }, "clear"],
    ["azapi_resource_action", { type: "Microsoft.Compute/virtualMachines@2024-11-01", action: "start" }, "clear"],
    ["azapi_data_plane_resource", { type: azapi.type }, "unchecked"],
    ["azapi_data_plane_resource", { type: "Microsoft.KeyVault/vaults/keys@7.4" }, "unchecked"],
    ["azapi_data_plane_resource", { type: "Microsoft.AppConfiguration/configurationStores/keyValues@1.0" }, "clear"],
    ["azapi_action_of_tomorrow", { type: azapi.type }, "unchecked"],
  ])("what %s does with %j is %s", async (of, after, decision) => {
    const report = await reviewed({ type: of, actions: ["create"], after: { resource_id: group, ...after } });
    expect(report.decision).toBe(decision);
  });

  test.each<[when: string | undefined, actions: string[], decision: "unchecked" | "clear"]>([
    [undefined, ["create"], "unchecked"],
    [undefined, ["delete"], "clear"],
    ["apply", ["update"], "unchecked"],
    ["apply", ["delete"], "clear"],
    ["apply", ["delete", "create"], "unchecked"],
    ["destroy", ["create"], "clear"],
    ["destroy", ["update"], "clear"],
    ["destroy", ["delete"], "unchecked"],
    ["destroy", ["delete", "create"], "unchecked"],
    ["tomorrow", ["create"], "unchecked"],
  ])("an action on a vault at %s, by a plan to %j, is %s", async (when, actions, decision) => {
    const action = { type: azapi.type, resource_id: vaultId(), action: "unlockDelete", method: "POST", when };
    const [before, after] = [actions[0] === "create" ? null : action, actions.at(-1) === "delete" ? null : action];
    const report = await reviewed({ type: "azapi_resource_action", actions, before, after });
    expect(report.decision).toBe(decision);
  });

  const policy = `${vaultId()}/backupPolicies/daily`;
  const part = (type: string, resource_id: string, body: object = {}) => ({ type, resource_id, body });
  const instance = part(
    "Microsoft.DataProtection/backupVaults/backupInstances@2025-07-01",
    `${vaultId()}/backupInstances/i`,
  );
  const item = "Microsoft.RecoveryServices/vaults/backupFabrics/protectionContainers/protectedItems@2025-02-01";
  const setting = part("Microsoft.RecoveryServices/vaults/backupconfig@2025-02-01", "/subscriptions/s");
  const moved = (value: object) => ({ ...value, resource_id: `${vaultId()}/backupInstances/j` });
  const policyOf = (policyId: string) => ({ properties: { policyInfo: { policyId } } });
  test.each<[what: string, before: object | null, after: object | null, decision: Report["decision"]]>([
    ["an instance", null, { ...instance, body: policyOf(policy) }, "unchecked"],
    ["an instance's policy for the first time", instance, { ...instance, body: policyOf(policy) }, "unchecked"],
    [
      "an instance's policy again",
      { ...instance, body: policyOf(policy) },
      { ...instance, body: policyOf(`${policy}-2`) },
      "warn",
    ],
    [
      "another instance",
      { ...instance, body: policyOf(policy) },
      moved({ ...instance, body: policyOf(policy) }),
      "unchecked",
    ],
    ["a protected item", null, part(item, "i", { properties: { protectionState: "ProtectionStopped" } }), "unchecked"],
    [
      "a resource group",
      null,
      part("Microsoft.Resources/resourceGroups@2024-11-01", "g", { tags: { a: "b" } }),
      "clear",
    ],
    ["a setting of a vault", null, setting, "unchecked"],
    ["nothing any more, of an instance", instance, null, "clear"],
    ["nothing any more, of a vault's setting", setting, null, "clear"],
  ])(
    "what an azapi_update_resource sets of %s, whose values before the plan may not show",
    async (_, before, after, decision) => {
      const actions = before ? [after ? "update" : "delete"] : ["create"];
      const report = await review(terraformPlan([{ type: "azapi_update_resource", actions, before, after }]));
      expect(report.decision).toBe(decision);
    },
  );

  const inVault = (path: string, properties: object) => ({
    id: `/subscriptions/s/resourceGroups/g/providers/${path}`,
    type: `${path
      .split("/")
      .filter((_, index) => index === 0 || index % 2 === 1)
      .join("/")}@2025-02-01`,
    body: { properties },
  });
  const ofMachine = "Microsoft.RecoveryServices/vaults/r/backupFabrics/f/protectionContainers/c/protectedItems/i";
  test.each<[what: string, before: ReturnType<typeof inVault>, decision: Report["decision"]]>([
    ["a policy", inVault("Microsoft.DataProtection/backupVaults/b/backupPolicies/p", { policyRules: [] }), "undecided"],
    ["a protected item", inVault(ofMachine, { protectionState: "Protected" }), "undecided"],
    ["a resource guard", inVault("Microsoft.DataProtection/resourceGuards/g", {}), "warn"],
  ])("a body of %s that is not known or not shown may have everything", async (_, before, decision) => {
    const { body, ...rest } = before;
    const change = { type: "azapi_resource", actions: ["update"], before };
    const unknown = { ...change, after: rest, after_unknown: { body: true } };
    const sensitive = { ...unknown, after_sensitive: { body: true } };
    for (const each of [unknown, sensitive]) expect((await review(terraformPlan([each]))).decision).toBe(decision);
    const part = { ...change, after: { ...before, sensitive_body_version: { "properties.a": "2" } } };
    expect((await review(terraformPlan([part]))).decision).toBe("unchecked");
  });

  test("the sensitive body of a service of a storage account is not checked if the account is backed up", async () => {
    const account = "/subscriptions/s/resourceGroups/g/providers/Microsoft.Storage/storageAccounts/data";
    const instance = { id: `${vaultId()}/backupInstances/i`, storage_account_id: account, vault_id: vaultId() };
    const service = (version: string) => ({
      ...{
        type: "Microsoft.Storage/storageAccounts/blobServices@2024-01-01",
        name: "default",
        body: { properties: {} },
      },
      ...{ id: `${account}/blobServices/default`, parent_id: account },
      sensitive_body_version: { "properties.isVersioningEnabled": version },
    });
    const type = "azurerm_data_protection_backup_instance_blob_storage";
    const backup = { type, actions: ["no-op"], before: instance, after: instance };
    const decided = async (...changes: ResourceChange[]) => (await review(terraformPlan(changes))).decision;
    const change = { type: "azapi_resource", actions: ["update"], before: service("1"), after: service("2") };
    expect(await decided(backup, change)).toBe("unchecked");
    expect(await decided(backup, { ...change, after: service("1") })).toBe("clear");
    expect(await decided(change)).toBe("clear");
    const { id: _, ...made } = service("1");
    const creation = { type: "azapi_resource", actions: ["create"], after: made };
    expect(await decided(backup, creation)).toBe("unchecked");
    expect(await decided(backup, { ...creation, after: { ...made, sensitive_body_version: null } })).toBe("clear");
    expect(await decided(creation)).toBe("clear");
    const share = "Microsoft.Storage/storageAccounts/fileServices/shares@2024-01-01";
    expect(await decided(backup, { ...creation, after: { ...made, type: share } })).toBe("clear");
  });

  test("what an azapi_update_resource sets again of a vault, such as its key, stays as it is", async () => {
    const identityId = "/subscriptions/s/resourceGroups/g/providers/Microsoft.ManagedIdentity/userAssignedIdentities/i";
    const has = { ...vault, identity: [{ type: "UserAssigned", identity_ids: [identityId] }] };
    const keyed = (keyUri: string) => ({
      ...{
        id: vaultId(),
        type: "Microsoft.DataProtection/backupVaults@2025-07-01",
        resource_id: vaultId(),
        output: {},
      },
      body: {
        properties: {
          securitySettings: {
            encryptionSettings: {
              ...{ state: "Enabled", keyVaultProperties: { keyUri } },
              kekIdentity: { identityType: "UserAssigned", identityId },
            },
          },
        },
      },
    });
    const first = keyed("https://kv.vault.azure.net/keys/first");
    const change = {
      type: "azapi_update_resource",
      actions: ["update"],
      before: first,
      after_unknown: { output: true },
    };
    const shown = { type, actions: ["no-op"], before: has, after: has };
    expect((await review(terraformPlan([shown, { ...change, after: first }]))).decision).toBe("clear");
    const other = { ...change, after: keyed("https://kv.vault.azure.net/keys/other") };
    expect((await review(terraformPlan([shown, other]))).decision).not.toBe("clear");
  });

  test("what a resource was counts, if it becomes one of another type", async () => {
    const lock = {
      ...azapi,
      id: `${vaultId()}/providers/Microsoft.Authorization/locks/l`,
      type: "Microsoft.Authorization/locks@2020-05-01",
      body: {},
    };
    const report = await reviewed({
      type: "azapi_resource",
      actions: ["delete", "create"],
      before: lock,
      after: { ...lock, type: "Microsoft.Storage/storageAccounts@2024-01-01" },
    });
    expect(said(report)).toEqual([expect.stringContaining("warn lock-removed")]);
  });

  test("a resource whose type is not known, or becomes another, is not checked", async () => {
    const unknown: ResourceChange = {
      type: "azapi_resource",
      actions: ["create"],
      after: {},
      after_unknown: { type: true },
    };
    const other: ResourceChange = {
      type: "azapi_resource",
      actions: ["delete", "create"],
      before: azapi,
      after: { ...azapi, type: "Microsoft.Storage/storageAccounts@2024-01-01" },
    };
    for (const change of [unknown, other]) expect(await reviewed(change)).toMatchObject({ decision: "unchecked" });
  });

  test("a vault with a body that the plan does not show, and a vault's setting with a type of its own, are not checked", async () => {
    const hidden = { ...azapi, sensitive_body_version: { "properties.a": "1" } };
    const setting = { ...azapi, type: "Microsoft.RecoveryServices/vaults/backupEncryptionConfigs@2025-02-01" };
    for (const after of [hidden, setting]) {
      expect(await reviewed({ type: "azapi_resource", actions: ["create"], after })).toMatchObject({
        decision: "unchecked",
      });
    }
  });

  test("a resource of another service is only counted", async () => {
    const after = { ...azapi, type: "Microsoft.Storage/storageAccounts@2024-01-01" };
    expect(await reviewed({ type: "azapi_resource", actions: ["create"], after })).toMatchObject({
      decision: "clear",
      counts: { others: 1 },
    });
  });
});

describe("what is not a plan ends with a sentence that says what to do", () => {
  const log = { "@level": "info", "@module": "terraform.ui", type: "version", ui: "1.2" };
  test.each([
    ["a plan of another major version", terraformPlan([]).replace('"1.2"', '"2.0"'), 'format_version is "2.0"'],
    ["a state", JSON.stringify({ format_version: "1.0", values: { root_module: {} } }), "It is a state, not a plan."],
    ["a state file", JSON.stringify({ version: 4, serial: 1, lineage: "a" }), "It is a state, not a plan."],
    [
      "an empty state",
      JSON.stringify({ format_version: "1.0" }),
      "not a plan. Use the output of `terraform show -json",
    ],
    ["a binary plan", "PK\u0003\u0004\u0014", "`terraform show -json"],
    [
      "what the wrapper of setup-terraform writes",
      `[command]/home/runner/work/_temp/1/terraform-bin show -json plan.tfplan\n${terraformPlan([])}`,
      "Set `terraform_wrapper: false` in the step with hashicorp/setup-terraform.",
    ],
    [
      "what the wrapper of setup-opentofu writes",
      `[command]C:\\a\\_temp\\tofu-bin.exe show -json plan.tfplan\r\n${terraformPlan([])}`,
      "Set `tofu_wrapper: false` in the step with opentofu/setup-opentofu.",
    ],
    ["what another command writes", `[command]/usr/bin/make plan\n${terraformPlan([])}`, "It is not JSON."],
    ["the log of a plan", `${JSON.stringify(log)}\n${JSON.stringify(log)}`, "the log of `terraform plan -json`"],
    ["half a plan", terraformPlan([unlock]).slice(0, -300), "It is incomplete"],
    ["a change without actions", terraformPlan([{ type } as ResourceChange]), "does not know the format"],
    ["no object", '"plan"', "not an object"],
    ["two documents", `${terraformPlan([])}${JSON.stringify({ steps: [], duration: 1 })}`, "several"],
  ])("%s", async (_, document, sentence) => {
    await expect(review(document)).rejects.toThrow(sentence);
  });

  test("a plan in UTF-16, as Windows PowerShell redirects output, is read", async () => {
    async function* bytes() {
      yield Buffer.from(`\ufeff${terraformPlan([unlock])}`, "utf16le");
    }
    expect((await review(bytes(), { live })).decision).toBe("refuse");
  });

  test("a plan that is nested without end, or names properties of all objects, is survived", async () => {
    const deep = `${'{"a":'.repeat(5_000)}1${"}".repeat(5_000)}`;
    const after = { ...vault, identity: "deep" };
    const plan = terraformPlan([
      { type, actions: ["update"], before: vault, after, after_unknown: { identity: "deep" } },
    ]).replaceAll('"deep"', `{"__proto__":{"polluted":true},"a":${deep}}`);
    const report = await review(plan);
    expect(report.counts.resources).toBe(1);
    expect(Object(1).polluted).toBeUndefined();
  });
});
