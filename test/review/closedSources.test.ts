import { liveAzure } from "../../cli/liveAzure.js";
import { type Emulator, startEmulator } from "../../emulator/index.js";
import { itemNameOf } from "../../emulator/storage/fileShares.js";
import { unknownSentinel } from "../../provider/vaults/unknowns.js";
import type { Preview } from "../../review/changes/plannedChange.js";
import { type Live, type Report, review } from "../../review/index.js";
import { blobInstance, type Form, formsOf, step, type Thing } from "./forms.js";
import { terraformPlan, whatIf } from "./planDocuments.js";
import { preview, type StepOf } from "./previews.js";
import { said } from "./said.js";
import { blobPolicy, blobs, instanceBody, sharePolicy } from "./storageBackups.js";

// What a storage account lets Azure Backup in by: vaulted backups of its blobs, and those of its file shares.

let azure: Emulator;
const at = (group: string, path: string) =>
  `/subscriptions/${azure.env.ARM_SUBSCRIPTION_ID}/resourceGroups/${group}/providers/${path}`;
const account = (name: string) => at("rg-app", `Microsoft.Storage/storageAccounts/${name}`);
const vault = () => at("rg-vaults", "Microsoft.DataProtection/backupVaults/bv-blobs");
const recovery = () => at("rg-vaults", "Microsoft.RecoveryServices/vaults/rsv-shares");
const policy = (name: string, of = vault()) => `${of}/backupPolicies/${name}`;

const lake = "Microsoft.Storage/storageAccounts/adlsBlobServices";
const policyOf = (type: string, ...stores: string[]) => blobPolicy({ type, stores });
const instanceOf = (name: string, policyName: string, type = blobs, containers?: string[]) =>
  instanceBody(account(name), policy(policyName), { type, ...(containers && { containers }) });
const container = () =>
  `${recovery()}/backupFabrics/Azure/protectionContainers/StorageContainer;Storage;rg-app;stshares`;
const share = () => `${account("stshares")}/fileServices/default/shares/salaries`;
const itemId = () => `${container()}/protectedItems/${itemNameOf({ id: share() })}`;
const itemBody = () => ({
  properties: {
    protectedItemType: "AzureFileShareProtectedItem",
    sourceResourceId: account("stshares"),
    friendlyName: "salaries",
    policyId: policy("shares", recovery()),
  },
});

beforeAll(async () => {
  azure = await startEmulator({ trust: true });
  for (const name of ["rg-vaults", "rg-app"]) azure.createResourceGroup(name);
  const storageSettings = [{ datastoreType: "VaultStore", type: "GeoRedundant" }];
  azure.arm("PUT", vault(), { location: "westeurope", properties: { storageSettings } });
  azure.arm("PUT", policy("operational"), policyOf(blobs, "OperationalStore"));
  azure.arm("PUT", policy("vaulted"), policyOf(blobs, "VaultStore"));
  azure.arm("PUT", policy("both"), policyOf(blobs, "OperationalStore", "VaultStore"));
  azure.arm("PUT", policy("lake"), policyOf(lake, "VaultStore"));
  for (const name of ["operational", "vaulted", "both", "lake", "stopped", "free"])
    azure.createDataSource(account(`st${name}`));
  for (const name of ["operational", "vaulted", "both"])
    azure.arm("PUT", `${vault()}/backupInstances/st${name}`, instanceOf(`st${name}`, name));
  azure.arm("PUT", `${vault()}/backupInstances/stlake`, instanceOf("stlake", "lake", lake));
  azure.arm("PUT", `${vault()}/backupInstances/ststopped`, instanceOf("ststopped", "vaulted"));
  azure.arm("POST", `${vault()}/backupInstances/ststopped/stopProtection`, {});

  azure.arm("PUT", recovery(), { location: "westeurope", sku: { name: "Standard" }, properties: {} });
  azure.arm("PUT", policy("shares", recovery()), sharePolicy);
  azure.arm("PUT", share(), {});
  azure.createDataSource(account("stshares"));
  azure.arm("PUT", container(), {
    properties: {
      ...{ containerType: "StorageContainer", backupManagementType: "AzureStorage" },
      sourceResourceId: account("stshares"),
    },
  });
  azure.arm("PUT", itemId(), itemBody());
});
afterAll(() => azure.close());

const closed = "warn backup-source-closed";
const live = () => liveAzure(azure.env);
const withAzure = async (...steps: StepOf[]) => said(await review(preview(...steps), { live: live() }));
const withoutAzure = async (...steps: StepOf[]) => said(await review(preview(...steps)));
const reasonsIn = ({ resources }: Report) => resources.flatMap(({ verdicts }) => verdicts.map(({ reason }) => reason));

/** The settings in question, as every provider has them. `null`: the program leaves it out. */
interface Settings {
  replication?: unknown;
  keys?: unknown;
  /** From where it may be copied to the account. */
  copies?: unknown;
  /** The default action and the exceptions of the firewall. */
  firewall?: [action: unknown, bypass: unknown];
}

/** Resource Manager has the exceptions as a text. */
const joined = (bypass: unknown) => (Array.isArray(bypass) ? bypass.join(", ") : bypass);
const plain = <T>(value: T): T => JSON.parse(JSON.stringify(value)) as T;

const accountThing = (name: string, { replication, keys, copies, firewall }: Settings): Thing =>
  plain({
    id: account(name),
    arm: "Microsoft.Storage/storageAccounts",
    native: "storage:StorageAccount",
    classic: ["azure:storage/account:Account", "azurerm_storage_account"],
    body: {
      location: "westeurope",
      properties: {
        ...{ allowCrossTenantReplication: replication, allowSharedKeyAccess: keys, allowedCopyScope: copies },
        networkAcls: firewall && { defaultAction: firewall[0], bypass: joined(firewall[1]) },
      },
    },
    arguments: {
      ...{ name, location: "westeurope", crossTenantReplicationEnabled: replication, sharedAccessKeyEnabled: keys },
      allowedCopyScope: copies,
      networkRules: firewall && { defaultAction: firewall[0], bypass: firewall[1] },
    },
  });

/** The updates of an account from some settings to others, in all forms. */
const updates = (name: string, before: Settings, after: Settings, op = "update"): StepOf[] => {
  const wanted = formsOf(accountThing(name, after));
  return formsOf(accountThing(name, before)).map((it, index) => step(op, it, wanted[index]?.inputs));
};

/** What is found in each of them. */
const foundIn = async (steps: readonly StepOf[], judged = withAzure): Promise<string[]> => [
  ...new Set(await Promise.all(steps.map(async (each) => (await judged(each)).join()))),
];

const [open, shut]: Settings[] = [
  { replication: true, keys: true, firewall: ["Deny", ["AzureServices"]] },
  { replication: false, keys: false, firewall: ["Deny", ["None"]] },
];

test.each<[what: string, name: string, found: string]>([
  ["vaulted backup of blobs", "stvaulted", closed],
  ["vaulted and operational backup of blobs", "stboth", closed],
  ["only operational backup of blobs", "stoperational", ""],
  ["backup of Data Lake Storage", "stlake", ""],
  ["backup that is stopped", "ststopped", ""],
  ["file shares that are backed up", "stshares", ""],
  ["no backup", "stfree", ""],
])("cross-tenant replication is switched off in an account with %s: of %s, found is %j", async (_, name, found) => {
  expect(await foundIn(updates(name, { replication: true }, { replication: false }))).toEqual([found]);
});

test.each<[what: string, name: string, found: string]>([
  ["file shares that are backed up", "stshares", closed],
  ["vaulted backup of blobs", "stvaulted", ""],
  ["no backup", "stfree", ""],
])("access by account key is switched off in an account with %s: of %s, found is %j", async (_, name, found) => {
  expect(await foundIn(updates(name, { keys: true }, { keys: false }))).toEqual([found]);
});

test.each<[what: string, name: string, found: string]>([
  ["file shares that are backed up", "stshares", closed],
  ["vaulted backup of blobs", "stvaulted", ""],
  ["no backup", "stfree", ""],
])("the firewall is closed to trusted services in an account with %s: of %s, found is %j", async (_, name, found) => {
  const steps = updates(name, { firewall: ["Deny", ["AzureServices"]] }, { firewall: ["Deny", ["None"]] });
  expect(await foundIn(steps)).toEqual([found]);
});

test.each<[what: string, name: string, before: unknown, after: unknown, found: string]>([
  ["the same virtual network, with file shares that are backed up", "stshares", "AAD", "PrivateLink", closed],
  ["the same virtual network, which was never set", "stshares", undefined, "PrivateLink", closed],
  ["what is only known later", "stshares", "AAD", unknownSentinel, closed],
  ["the same virtual network as before", "stshares", "PrivateLink", "PrivateLink", ""],
  ["the same tenant", "stshares", undefined, "AAD", ""],
  ["every account again", "stshares", "PrivateLink", "All", ""],
  ["what is left out", "stshares", "AAD", undefined, ""],
  ["the same virtual network, with vaulted backup of blobs", "stvaulted", "AAD", "PrivateLink", ""],
])("copies into an account are limited to %s: found is %#", async (_, name, before, after, found) => {
  expect(await foundIn(updates(name, { copies: before }, { copies: after }))).toEqual([found]);
});

test("what to do about a limit of copies has the argument's name of the provider", async () => {
  const of = (allowed_copy_scope: string) => ({ id: account("stshares"), name: "stshares", allowed_copy_scope });
  const plan = terraformPlan([
    { type: "azurerm_storage_account", actions: ["update"], before: of("All"), after: of("PrivateLink") },
  ]);
  const { resources } = await review(plan, { live: live() });
  expect(resources[0]?.verdicts[0]).toMatchObject({
    reason: expect.stringContaining("copying from accounts outside of its virtual network (off)"),
    remediation: expect.stringMatching(/^Set `allowed_copy_scope` to AAD for as long as/),
  });
});

type Firewall = Settings["firewall"];
test.each<[what: string, before: Firewall, after: Firewall, found: string]>([
  ["denies what it allowed, and trusts nobody", ["Allow", ["None"]], ["Deny", ["None"]], closed],
  ["denies, and trusts others", ["Allow", ["AzureServices"]], ["Deny", ["Logging", "Metrics"]], closed],
  ["is set to deny, and trusts nobody", undefined, ["Deny", ["None"]], closed],
  ["denies, and says nothing of trust as before", ["Allow", ["None"]], ["Deny", undefined], closed],
  ["denies, and trusts these services among others", ["Allow", ["None"]], ["Deny", ["Logging", "AzureServices"]], ""],
  ["denies, and leaves Azure's default trust", undefined, ["Deny", undefined], ""],
  ["denies, and leaves the default by an empty list", ["Allow", ["AzureServices"]], ["Deny", []], ""],
  ["trusts nobody, and denies nothing", ["Allow", ["AzureServices"]], ["Allow", ["None"]], ""],
  ["stays closed", ["Deny", ["None"]], ["Deny", ["Metrics"]], ""],
  ["is opened", ["Deny", ["None"]], ["Deny", ["AzureServices"]], ""],
  ["is left out", ["Deny", ["AzureServices"]], undefined, ""],
  ["trusts whom is only known later", ["Deny", ["AzureServices"]], ["Deny", unknownSentinel], closed],
  ["denies what is only known later, and trusts", ["Allow", ["None"]], [unknownSentinel, ["AzureServices"]], ""],
  ["denies what is only known later, and trusts nobody", ["Allow", ["None"]], [unknownSentinel, ["None"]], closed],
])("a firewall that %s: found is %#", async (_, before, after, found) => {
  expect(await foundIn(updates("stshares", { firewall: before }, { firewall: after }))).toEqual([found]);
});

test("azure-native and the classic provider have other names for the firewall's rules", async () => {
  const native: Form = {
    ...{ type: "azure-native:storage:StorageAccount", id: account("stshares") },
    inputs: { accountName: "stshares", networkRuleSet: { defaultAction: "Deny", bypass: "AzureServices" } },
  };
  const networkRuleSet = { defaultAction: "Deny", bypass: "None" };
  expect(await withAzure(step("update", native, { accountName: "stshares", networkRuleSet }))).toEqual([closed]);
  const classic: Form = {
    ...{ type: "azure:storage/account:Account", id: account("stshares") },
    inputs: { name: "stshares", networkRules: { defaultAction: "Deny", bypasses: ["AzureServices"] } },
  };
  const networkRules = { defaultAction: "Deny", bypasses: ["Logging"] };
  expect(await withAzure(step("update", classic, { name: "stshares", networkRules }))).toEqual([closed]);
});

test("public network access that is disabled leaves the exception for trusted services in effect", async () => {
  const [it] = formsOf(accountThing("stshares", open as Settings));
  const properties = { ...(it?.inputs.properties as object), publicNetworkAccess: "Disabled" };
  expect(await withAzure(step("update", it as Form, { ...it?.inputs, properties }))).toEqual([]);
});

test("one account with both kinds of backup is told of what each needs, with the arguments of its provider", async () => {
  const change = (replication: boolean, keys: boolean) => ({
    ...{ id: account("stshares"), name: "stshares" },
    ...{ cross_tenant_replication_enabled: replication, shared_access_key_enabled: keys },
    network_rules: [{ default_action: "Deny", bypass: [keys ? "AzureServices" : "None"] }],
  });
  const report = await review(
    terraformPlan([
      {
        ...{ type: "azurerm_storage_account", actions: ["update"] },
        ...{ before: change(true, true), after: change(false, false) },
      },
      {
        type: "azurerm_data_protection_backup_instance_blob_storage",
        actions: ["no-op"],
        ...inBoth({
          ...{ id: `${vault()}/backupInstances/more`, vault_id: vault(), backup_policy_id: policy("hidden") },
          ...{ storage_account_id: account("stshares"), storage_account_container_names: ["a"] },
        }),
      },
    ]),
    { live: live() },
  );
  const verdicts = report.resources.flatMap((each) => each.verdicts);
  expect(
    verdicts.map(({ resource, reason, remediation, source }) => ({ resource, reason, remediation, source })),
  ).toEqual([
    {
      resource: "BackupVault",
      reason: expect.stringContaining("cross-tenant replication (off)"),
      remediation:
        "Set `cross_tenant_replication_enabled` to true for as long as the storage account is backed up, or stop the backup first.",
      source: expect.stringContaining("blob-backup-configure-manage"),
    },
    {
      resource: "RecoveryServicesVault",
      reason: expect.stringContaining(
        "access by account key (off) and access of trusted Azure services through the firewall (off)",
      ),
      remediation:
        "Set `shared_access_key_enabled` to true and add AzureServices to `bypass` for as long as the storage account is backed up, or stop the backup first.",
      source: expect.stringContaining("backup-azure-files"),
    },
  ]);
});

const inBoth = (values: object) => ({ before: values, after: values });

test.each<[what: string, before: Settings, after: Settings, found: string]>([
  ["was never set", {}, { replication: false }, closed],
  ["is left out", { replication: true }, {}, ""],
  ["stays off", { replication: false }, { replication: false }, ""],
  ["is switched on", { replication: false }, { replication: true }, ""],
  ["stays on while others change", { replication: true, keys: true }, { replication: true, keys: false }, ""],
  ["is only known later", { replication: true }, { replication: unknownSentinel }, closed],
  ["was off, and is only known later", { replication: false }, { replication: unknownSentinel }, ""],
])("a setting of an account with vaulted backup that %s: found is %#", async (_, before, after, found) => {
  expect(await foundIn(updates("stvaulted", before, after))).toEqual([found]);
});

test("a setting that is only known later is said to be that", async () => {
  const [it] = updates("stvaulted", { replication: true }, { replication: unknownSentinel });
  const [reason] = reasonsIn(await review(preview(it as StepOf), { live: live() }));
  expect(reason).toContain("cross-tenant replication (only known during `pulumi up`)");
});

test("the default that version 4 of azurerm writes is a change, which its plan shows", async () => {
  const values = (enabled: boolean) => ({ id: account("stvaulted"), cross_tenant_replication_enabled: enabled });
  const plan = terraformPlan([
    { type: "azurerm_storage_account", actions: ["update"], before: values(true), after: values(false) },
  ]);
  expect(said(await review(plan, { live: live() }))).toEqual([closed]);
});

test("the outputs of an account show what it has, though the program did not set it", async () => {
  const of = (enabled: boolean) =>
    formsOf(accountThing("stvaulted", {})).map((it) => ({
      ...step("update", it, formsOf(accountThing("stvaulted", { replication: false }))[0]?.inputs),
      outputs: { allowCrossTenantReplication: enabled },
    }));
  const native = (all: StepOf[]) => all.filter(({ type }) => type.startsWith("azure-native:storage"));
  expect(await foundIn(native(of(true)))).toEqual([closed]);
  expect(await foundIn(native(of(false)))).toEqual([""]);
});

const changed = (before: object, after: object) => ({
  ...{ resourceId: account("stshares"), changeType: "Modify" },
  before: { id: account("stshares"), type: "Microsoft.Storage/storageAccounts", properties: before },
  after: { id: account("stshares"), type: "Microsoft.Storage/storageAccounts", properties: after },
});
const acls = (bypass: string) => ({ networkAcls: { defaultAction: "Deny", bypass } });

test.each<[what: string, before: object, after: object, found: string[]]>([
  ["closes the firewall", acls("AzureServices"), acls("None"), [closed]],
  ["switches off access by key", {}, { allowSharedKeyAccess: false }, [closed]],
  ["changes the tier", { accessTier: "Hot", ...acls("AzureServices") }, { accessTier: "Cool" }, []],
])("a what-if result that %s: found is %j", async (_, before, after, found) => {
  expect(said(await review(whatIf(changed(before, after)), { live: live() }))).toEqual(found);
});

test.each([
  ["azapi_update_resource", "resource_id"],
  ["azapi:index/updateResource:UpdateResource", "resourceId"],
])("%s closes an account already by its creation", async (type, named) => {
  const of = (name: string, properties: object): StepOf => ({
    ...{ op: "create", type, name: "it" },
    new: { type: "Microsoft.Storage/storageAccounts@2024-01-01", [named]: account(name), body: { properties } },
  });
  expect(await withAzure(of("stshares", { allowSharedKeyAccess: false }))).toEqual([closed]);
  expect(await withAzure(of("stvaulted", { allowCrossTenantReplication: false }))).toEqual([closed]);
  expect(await withAzure(of("stvaulted", { allowSharedKeyAccess: false }))).toEqual([]);
  expect(await withAzure(of("stfree", { allowCrossTenantReplication: false }))).toEqual([]);
  const moved = (from: string, to: string): StepOf => {
    const { new: wanted, ...it } = of(to, { allowSharedKeyAccess: false });
    return { ...it, op: "replace", id: account(from), old: { ...wanted, [named]: account(from) }, new: wanted ?? {} };
  };
  expect(await withAzure(moved("stfree", "stshares"))).toEqual([closed]);
  expect(await withAzure(moved("stshares", "stfree"))).toEqual([]);
  expect(await withAzure(moved("stshares", "stshares"))).toEqual([]);
  const { new: old = {}, ...it } = of("stshares", { allowSharedKeyAccess: false });
  expect(await withAzure({ ...it, op: "delete", id: account("stshares"), old })).toEqual([]);
});

const rulesTypes = [
  "azure:storage/accountNetworkRules:AccountNetworkRules",
  "azurerm:index/storageAccountNetworkRules:StorageAccountNetworkRules",
];
const rulesOf = (name: string, [defaultAction, bypasses]: NonNullable<Firewall>) => ({
  storageAccountId: account(name),
  defaultAction,
  bypasses,
});
const rulesStep = (op: string, type: string, old: object | undefined, wanted: object | undefined): StepOf => ({
  ...{ op, type, name: "rules" },
  ...(old && { old: { ...old }, id: (old as { storageAccountId: string }).storageAccountId }),
  ...(wanted && { new: { ...wanted } }),
});

test.each(rulesTypes)("%s closes the firewall of an account, also by its creation", async (type) => {
  const [trusting, closing] = [["AzureServices"], ["None"]].map((bypass) => rulesOf("stshares", ["Deny", bypass]));
  const judged = (...of: [op: string, old?: object, wanted?: object]) =>
    withAzure(rulesStep(of[0], type, of[1], of[2]));
  expect(await judged("update", trusting, closing)).toEqual([closed]);
  expect(await judged("create", undefined, closing)).toEqual([closed]);
  expect(await judged("replace", rulesOf("stfree", ["Deny", ["None"]]), closing)).toEqual([closed]);
  expect(await judged("create", undefined, trusting)).toEqual([]);
  expect(await judged("create", undefined, rulesOf("stshares", ["Deny", undefined]))).toEqual([]);
  expect(await judged("create", undefined, rulesOf("stshares", ["Allow", ["None"]]))).toEqual([]);
  expect(await judged("create", undefined, rulesOf("stfree", ["Deny", ["None"]]))).toEqual([]);
  expect(await judged("create", undefined, rulesOf("stvaulted", ["Deny", ["None"]]))).toEqual([]);
  expect(await judged("update", closing, rulesOf("stshares", ["Deny", ["Logging"]]))).toEqual([]);
  expect(await judged("update", closing, trusting)).toEqual([]);
  expect(await judged("delete", closing)).toEqual([]);
  expect(await judged("replace", closing, rulesOf("stfree", ["Deny", ["None"]]))).toEqual([]);
  expect(await judged("same", closing, closing)).toEqual([]);
});

const rulesType = "azurerm_storage_account_network_rules";
const configurationOf = (type: string, expressions: object) => ({
  configuration: { root_module: { resources: [{ address: `${type}.main`, type, expressions }] } },
});

test("a plan of new network rules leaves `bypass` open, and its configuration shows whether the program sets it", async () => {
  const change = {
    ...{ type: rulesType, actions: ["create"], after_unknown: { id: true, bypass: true } },
    after: { storage_account_id: account("stshares"), default_action: "Deny" },
  };
  const judged = async (bypass?: object) => {
    const expressions = { default_action: { constant_value: "Deny" }, ...(bypass && { bypass }) };
    return said(await review(terraformPlan([change], configurationOf(rulesType, expressions)), { live: live() }));
  };
  expect(await judged()).toEqual([]);
  expect(await judged({ references: ["terraform_data.one.output", "terraform_data.one"] })).toEqual([closed]);
  expect(said(await review(terraformPlan([change]), { live: live() }))).toEqual([closed]);
});

test("so it is of a new block of network rules in an account that stays", async () => {
  const type = "azurerm_storage_account";
  const [id, name] = [account("stshares"), "stshares"];
  const change = {
    ...{ type, actions: ["update"], before: { id, name, network_rules: [] } },
    ...{ after: { id, name, network_rules: [{ default_action: "Deny" }] } },
    after_unknown: { network_rules: [{ bypass: true }] },
  };
  const judged = async (rules: object | undefined) => {
    const expressions = { ...(rules && { network_rules: [rules] }) };
    return said(await review(terraformPlan([change], configurationOf(type, expressions)), { live: live() }));
  };
  expect(await judged({ default_action: {} })).toEqual([]);
  expect(await judged({ default_action: {}, bypass: { references: ["terraform_data.one"] } })).toEqual([closed]);
  // It is in a `dynamic` block, of which a configuration shows nothing.
  expect(await judged(undefined)).toEqual([closed]);
});

const shown = (thing: Thing): StepOf[] => formsOf(thing).map((it) => step("same", it, it.inputs, "backup"));
const instances = (name: string, policyName: string, containers?: string[], type = blobs) =>
  shown(
    plain({
      id: `${vault()}/backupInstances/${name}`,
      ...blobInstance,
      body: instanceOf(name, policyName, type, containers),
      arguments: {
        ...{ vaultId: vault(), storageAccountId: account(name), backupPolicyId: policy(policyName) },
        storageAccountContainerNames: containers,
      },
      own: {
        ...{ vault: vault(), dataSource: "AzureBlob", dataSourceId: account(name), policyId: policy(policyName) },
        containers,
      },
    }) as Thing,
  );
const items = (): StepOf[] =>
  shown({
    id: itemId(),
    arm: "Microsoft.RecoveryServices/vaults/backupFabrics/protectionContainers/protectedItems",
    native: "recoveryservices:ProtectedItem",
    classic: ["azure:backup/protectedFileShare:ProtectedFileShare", "azurerm_backup_protected_file_share"],
    body: itemBody(),
    arguments: {
      ...{ sourceStorageAccountId: account("stshares"), sourceFileShareName: "salaries" },
      backupPolicyId: policy("shares", recovery()),
    },
  });
const native = (steps: readonly StepOf[]) => steps[0] as StepOf;

test("without access to Azure, the preview shows by its containers that the backup of blobs is a vaulted one", async () => {
  const it = native(updates("stshown", { replication: true }, { replication: false }));
  const found = await Promise.all(instances("stshown", "hidden", ["a"]).map((each) => withoutAzure(each, it)));
  expect(new Set(found.map(String))).toEqual(new Set([closed]));
  const without = await Promise.all(instances("stshown", "hidden").map((each) => withoutAzure(each, it)));
  expect(new Set(without.map(String))).toEqual(new Set([""]));
});

test.each<[store: string[], found: string[]]>([
  [["VaultStore"], [closed]],
  [["OperationalStore", "VaultStore"], [closed]],
  [["OperationalStore"], []],
])("without access to Azure, so does its policy, with the stores %j: found is %j", async (stores, found) => {
  const kept: StepOf = {
    ...{ op: "same", type: "azure-native:dataprotection:BackupPolicy", name: "policy", id: policy("shown") },
    ...{ old: policyOf(blobs, ...stores), new: policyOf(blobs, ...stores) },
  };
  const it = native(updates("stshown", { replication: true }, { replication: false }));
  expect(await withoutAzure(native(instances("stshown", "shown")), kept, it)).toEqual(found);
});

test("whether a backup whose containers are only known later is a vaulted one is not known, which the warning says", async () => {
  const containers = [unknownSentinel];
  const [it] = instances("stshown", "hidden", containers);
  const switched = native(updates("stshown", { replication: true }, { replication: false }));
  const report = await review(preview(it as StepOf, switched));
  expect(said(report)).toEqual([closed]);
  expect(reasonsIn(report)[0]).toContain("if they go into the vault, which is not known");
});

test("without access to Azure, the protected item in the preview shows that a file share is backed up", async () => {
  const it = native(updates("stshares", { keys: true }, { keys: false }));
  const found = await Promise.all(items().map((each) => withoutAzure(each, it)));
  expect(new Set(found.map(String))).toEqual(new Set([closed]));
});

/** What is found of an account that is closed in the run that updates its backup, with and without access to Azure. */
const closedWith = async (name: string, before: StepOf, after: object) => {
  const it = native(updates(name, { replication: true }, { replication: false }));
  const update: StepOf = { ...before, op: "update", new: { ...after } };
  const found = await Promise.all([withAzure(update, it), withoutAzure(update, it)]);
  return found.map((each) => each.includes(closed));
};

test("a backup that was stopped, and that the same run resumes, needs its account open", async () => {
  const stopped = instances("ststopped", "vaulted", ["a"]);
  const ours = stopped.filter(({ type }) => type.includes("azure-backup"));
  const whole = stopped.filter(({ type }) => /^azure-native|azapi/.test(type));
  for (const each of [...ours, ...whole])
    expect(await closedWith("ststopped", each, each.new ?? {})).toEqual([true, true]);
  for (const each of ours) {
    const protection = "stopProtectionRetainData";
    const old = { ...each.old, protection };
    expect(await closedWith("ststopped", { ...each, old }, old)).toEqual([false, false]);
    expect(await closedWith("ststopped", { ...each, old }, each.new ?? {})).toEqual([true, true]);
    expect(await closedWith("ststopped", { ...each, old }, { ...old, protection: unknownSentinel })).toEqual([
      true,
      true,
    ]);
    const vaulted = { ...each, old: { ...each.old, policyId: policy("vaulted") } };
    expect(await closedWith("ststopped", vaulted, old)).toEqual([false, false]);
  }
});

test("the state of a backup that a plan only repeats may be another one in Azure", async () => {
  const of = (name: string, protection_state: string, tags: object = {}) => ({
    ...{ id: `${vault()}/backupInstances/${name}`, vault_id: vault(), storage_account_id: account(name), tags },
    ...{ backup_policy_id: policy("vaulted"), storage_account_container_names: ["a"], protection_state },
  });
  const decided = async (name: string, before: object, after: object) => {
    const replicating = (enabled: boolean) => ({ id: account(name), cross_tenant_replication_enabled: enabled });
    const plan = terraformPlan([
      { type: "azurerm_data_protection_backup_instance_blob_storage", actions: ["update"], before, after },
      { type: "azurerm_storage_account", actions: ["update"], before: replicating(true), after: replicating(false) },
    ]);
    return said(await review(plan, { live: live() })).includes(closed);
  };
  const [stopped, goesOn] = ["ProtectionStopped", "ProtectionConfigured"];
  expect(await decided("ststopped", of("ststopped", stopped), of("ststopped", goesOn))).toBe(true);
  expect(await decided("ststopped", of("ststopped", goesOn), of("ststopped", goesOn, { a: "b" }))).toBe(false);
  expect(await decided("stvaulted", of("stvaulted", stopped), of("stvaulted", stopped, { a: "b" }))).toBe(true);
});

test("an account that no backup in the preview is of, or whose backup the run deletes, is nothing to warn of", async () => {
  const it = native(updates("stother", open as Settings, shut as Settings));
  expect(await withoutAzure(native(instances("stshown", "hidden", ["a"])), native(items()), it)).toEqual([]);
  const [first] = instances("stvaulted", "vaulted");
  const gone: StepOf = { ...(first as StepOf), op: "delete" };
  const { new: _, ...deleted } = gone;
  const found = await withAzure(deleted, native(updates("stvaulted", { replication: true }, { replication: false })));
  expect(found.filter((each) => each.includes("backup-source-closed"))).toEqual([]);
});

test("a new account, and one that is deleted, is not said to be closed", async () => {
  for (const it of formsOf(accountThing("stnew", shut as Settings))) {
    expect(await withAzure({ op: "create", type: it.type, name: "it", new: it.inputs })).toEqual([]);
  }
  const rules: StepOf = {
    ...rulesStep("create", rulesTypes[0] as string, undefined, rulesOf("stnew", ["Deny", ["None"]])),
  };
  const [it] = formsOf(accountThing("stnew", open as Settings));
  expect(await withAzure({ op: "create", type: it?.type as string, name: "it", new: it?.inputs ?? {} }, rules)).toEqual(
    [],
  );
  const removed = await foundIn(updates("stvaulted", open as Settings, shut as Settings, "replace"));
  expect(removed.filter((each) => each.includes("backup-source-closed"))).toEqual([]);
});

test("what vaults that cannot be read back up was not checked, and only of what is closed", async () => {
  const unread = (shown: Preview): Live => ({
    ...live()(shown),
    facts: async (_, names) => Object.fromEntries(names.map((name) => [name, { unreadable: "it is down." }])),
  });
  const judged = async (after: Settings) => {
    const it = native(updates("stfree", { replication: true, keys: true }, after));
    return review(preview(it), { live: unread });
  };
  const report = await judged({ replication: false, keys: false });
  expect(said(report)).toEqual([closed]);
  expect(reasonsIn(report)[0]).toContain("Whether this is backed up was not checked:");
  expect(said(await judged({ replication: true, keys: true }))).toEqual([]);
});

test("a secret of Pulumi on both sides is another value only if the engine says that it differs", async () => {
  const hidden = { "4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270" };
  const [it] = formsOf(accountThing("stvaulted", {}));
  const inputs = { ...it?.inputs, allowCrossTenantReplication: hidden };
  const update = (detailedDiff: object): StepOf => ({
    ...step("update", { ...(it as Form), inputs }),
    detailedDiff,
  });
  const differs = (name: string) => update({ [name]: { kind: "UPDATE", inputDiff: true } });
  expect(await withAzure(differs("accessTier"))).toEqual([]);
  const report = await review(preview(differs("allowCrossTenantReplication")), { live: live() });
  expect(said(report)).toEqual([closed]);
});

test("a value that Terraform marks as sensitive decides", async () => {
  const values = (enabled: boolean) => ({ id: account("stvaulted"), cross_tenant_replication_enabled: enabled });
  const sensitive = { cross_tenant_replication_enabled: true };
  const judged = async (after: boolean) =>
    review(
      terraformPlan([
        {
          ...{ type: "azurerm_storage_account", actions: ["update"], before: values(true), after: values(after) },
          ...{ before_sensitive: sensitive, after_sensitive: sensitive },
        },
      ]),
      { live: live() },
    );
  expect(said(await judged(false))).toEqual([closed]);
  expect(said(await judged(true))).toEqual([]);
});
