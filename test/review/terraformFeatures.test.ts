import { liveAzure } from "../../cli/liveAzure.js";
import { type Emulator, startEmulator } from "../../emulator/index.js";
import { review } from "../../review/index.js";
import { type ResourceChange, resourceChange, terraformPlan } from "./planDocuments.js";
import { said } from "./said.js";

// azurerm's block `features`, as `terraform show -json` writes the provider's configuration.

const provider = "registry.terraform.io/hashicorp/azurerm";
const stop = "vm_backup_stop_protection_and_retain_data_on_destroy";
const suspend = "vm_backup_suspend_protection_and_retain_data_on_destroy";
const purge = "purge_protected_items_from_vault_on_destroy";

const constant = (value: unknown) => ({ constant_value: value });
const configured = (recoveryService: object, more: object = {}) => ({
  name: "azurerm",
  full_name: provider,
  expressions: { features: [{ recovery_service: [recoveryService] }] },
  ...more,
});
const plain = { name: "azurerm", full_name: provider, expressions: { features: [{}] } };

interface Deletion {
  type: string;
  id: string;
  address?: string;
  actions?: string[];
}
const deletion = ({ type, id, address = `${type}.main`, actions = ["delete"] }: Deletion) => {
  const change: ResourceChange = { type, address, actions, before: { id }, ...(actions[1] && { after: { id } }) };
  return { ...resourceChange(change), provider_name: provider };
};
const planOf = (configuration: object, ...deletions: Deletion[]) =>
  terraformPlan([], { resource_changes: deletions.map(deletion), configuration });

const ofMachine = {
  type: "azurerm_backup_protected_vm",
  id: "/subscriptions/s/resourceGroups/g/providers/Microsoft.RecoveryServices/vaults/rsv/backupFabrics/Azure/protectionContainers/c/protectedItems/i",
};
const resource = (key: string, address = "azurerm_backup_protected_vm.main") => ({
  address,
  type: "azurerm_backup_protected_vm",
  provider_config_key: key,
});
const stopped = ["warn rsv-protected-item-stopped"];
const deleted = ["undecided rsv-protected-item-deleted"];
const [keeps, deletes] = [configured({ [stop]: constant(true) }), plain];

test.each<[what: string, features: object, verdicts: string[]]>([
  ["none", plain, deleted],
  ["protection that stops", keeps, stopped],
  ["backup that is suspended", configured({ [suspend]: constant(true) }), stopped],
  ["a text", configured({ [stop]: constant("true") }), stopped],
  ["false", configured({ [stop]: constant(false) }), deleted],
  ["null", configured({ [stop]: constant(null) }), deleted],
  ["a variable", configured({ [stop]: { references: ["var.keep"] } }), deleted],
  ["a function", configured({ [stop]: {} }), deleted],
  ["another setting", configured({ [stop]: constant(false), [purge]: constant(true) }), deleted],
])("the deletion of a protected machine with features that have %s", async (_, azurerm, verdicts) => {
  const root_module = { resources: [resource("azurerm")] };
  expect(said(await review(planOf({ provider_config: { azurerm }, root_module }, ofMachine)))).toEqual(verdicts);
});

test("the way in which the backup stops is named, and nothing is advised that azurerm does not have", async () => {
  const provider_config = { azurerm: configured({ [suspend]: constant(true) }) };
  const report = await review(planOf({ provider_config }, ofMachine));
  expect(report.resources[0]?.verdicts[0]?.reason).toContain("Backup is suspended.");
  expect(JSON.stringify(report)).not.toMatch(/onDelete|adopt/);
});

test("a replacement leaves the old item as a deletion does", async () => {
  const replaced = { ...ofMachine, actions: ["delete", "create"] };
  expect(said(await review(planOf({ provider_config: { azurerm: keeps } }, replaced)))).toEqual(stopped);
});

const inModule = 'module.regions["west.1"].module.machines[0].azurerm_backup_protected_vm.main["a"]';
const nested = (key: string) => ({
  module_calls: { regions: { module: { module_calls: { machines: { module: { resources: [resource(key)] } } } } } },
});
const alias = (block: object) => ({ ...block, alias: "other" });

test.each<
  [what: string, provider_config: object, root_module: object, address: string | undefined, verdicts: string[]]
>([
  [
    "its alias",
    { azurerm: deletes, "azurerm.other": alias(keeps) },
    { resources: [resource("azurerm.other")] },
    undefined,
    stopped,
  ],
  [
    "another alias",
    { azurerm: deletes, "azurerm.other": alias(keeps) },
    { resources: [resource("azurerm")] },
    undefined,
    deleted,
  ],
  [
    "its alias, for a module",
    { azurerm: deletes, "azurerm.other": alias(keeps) },
    nested("azurerm.other"),
    inModule,
    stopped,
  ],
  [
    "one that a module has itself",
    { azurerm: deletes, "module.regions:azurerm": keeps },
    nested("module.regions:azurerm"),
    inModule,
    stopped,
  ],
  [
    "the only one, as it is passed to a module in a way that the plan does not show",
    { azurerm: keeps, "module.regions.module.machines:azurerm": { name: "azurerm", full_name: provider } },
    nested("module.regions.module.machines:azurerm"),
    inModule,
    stopped,
  ],
  [
    "one of two, in such a way",
    { azurerm: keeps, "azurerm.other": alias(deletes) },
    nested("module.regions.module.machines:azurerm"),
    inModule,
    deleted,
  ],
  ["the only one, for a resource that is removed", { azurerm: keeps }, {}, undefined, stopped],
  ["both, for such a resource", { azurerm: keeps, "azurerm.other": alias(keeps) }, {}, undefined, stopped],
  ["one of two, for such a resource", { azurerm: keeps, "azurerm.other": alias(deletes) }, {}, undefined, deleted],
  [
    "two that differ in the way, for such a resource",
    { azurerm: keeps, "azurerm.other": configured({ [suspend]: constant(true) }) },
    {},
    undefined,
    deleted,
  ],
  [
    "that of another provider",
    { azurerm: { ...keeps, full_name: "example.com/fork/azurerm" } },
    {},
    undefined,
    deleted,
  ],
])("where the setting is of %s", async (_, provider_config, root_module, address, verdicts) => {
  const change = { ...ofMachine, ...(address !== undefined && { address }) };
  expect(said(await review(planOf({ provider_config, root_module }, change)))).toEqual(verdicts);
});

describe("with the live vaults", () => {
  let azure: Emulator;
  const vaultId = (name: string) =>
    `/subscriptions/${azure.env.ARM_SUBSCRIPTION_ID}/resourceGroups/rg-tf/providers/Microsoft.RecoveryServices/vaults/${name}`;
  const reviewed = (features: object, ...changes: Deletion[]) =>
    review(planOf({ provider_config: { azurerm: configured(features) } }, ...changes), { live: liveAzure(azure.env) });
  /** A vault that protects a machine. */
  function protecting(name: string, immutability: string) {
    const id = vaultId(name);
    const properties = { securitySettings: { immutabilitySettings: { state: immutability } } };
    azure.arm("PUT", id, { location: "westeurope", sku: { name: "Standard" }, properties: {} });
    azure.setVault(id, { properties });
    const item = azure.protectVm(id, { name: `vm-${name}` }) as unknown as {
      id: string;
      properties: { policyId: string };
    };
    return {
      vault: { type: "azurerm_recovery_services_vault", id },
      item: { type: "azurerm_backup_protected_vm", id: item.id },
      policy: { type: "azurerm_backup_policy_vm", id: item.properties.policyId },
    };
  }

  beforeAll(async () => {
    azure = await startEmulator();
    azure.trust();
    azure.createResourceGroup("rg-tf");
  });
  afterAll(() => azure.close());

  test("a locked vault refuses the deletion of an item, but not that its backup stops", async () => {
    const { item } = protecting("rsv-locked", "Locked");
    expect(said(await reviewed({}, item))).toEqual(["refuse rsv-protected-item-deleted"]);
    expect(said(await reviewed({ [stop]: constant(true) }, item))).toEqual(stopped);
  });

  test("an item whose backup stops has no policy afterwards, and stays in the vault", async () => {
    const { vault, item, policy } = protecting("rsv-stopped", "Disabled");
    expect(said(await reviewed({ [stop]: constant(true) }, item, policy))).toEqual(stopped);
    expect(said(await reviewed({ [suspend]: constant(true) }, item, policy))).toEqual([
      "refuse rsv-policy-in-use-deleted",
      ...stopped,
    ]);
    expect(said(await reviewed({ [stop]: constant(true) }, item, vault))).toEqual([
      ...stopped,
      "refuse rsv-delete-not-empty",
    ]);
  });

  test.each<[what: string, setting: object | undefined, isPurged: boolean]>([
    ["is absent", undefined, false],
    ["is false", constant(false), false],
    ["is true", constant(true), true],
    ["is a variable", { references: ["var.purge"] }, true],
  ])(
    "where the setting that purges a vault's items %s, its deletion is refused with the reason",
    async (_, setting, isPurged) => {
      const { vault } = protecting("rsv-purged", "Disabled");
      const report = await reviewed(setting === undefined ? {} : { [purge]: setting }, vault);
      expect(said(report)).toEqual(["refuse rsv-delete-not-empty"]);
      const [verdict] = report.resources[0]?.verdicts ?? [];
      expect(verdict?.reason).toContain("vm-rsv-purged");
      expect(/set to delete the items with their backups/.test(verdict?.reason ?? "")).toBe(isPurged);
    },
  );
});

describe("a machine that gets another vault while its backups are retained", () => {
  const type = "azurerm_backup_protected_vm";
  const vm = "/subscriptions/s/resourceGroups/g/providers/Microsoft.Compute/virtualMachines/vm";
  const before = {
    ...{ id: ofMachine.id, recovery_vault_name: "rsv", resource_group_name: "g" },
    ...{ source_vm_id: vm, backup_policy_id: `${ofMachine.id.split("/backupFabrics")[0]}/backupPolicies/p` },
  };
  const plan = (...changes: ResourceChange[]) =>
    terraformPlan([], {
      resource_changes: changes.map((change) => ({ ...resourceChange(change), provider_name: provider })),
      configuration: { provider_config: { azurerm: keeps }, root_module: { resources: [resource("azurerm")] } },
    });
  const replaced = (after: object, after_unknown = {}) =>
    plan({ type, actions: ["delete", "create"], before, after: { ...before, id: undefined, ...after }, after_unknown });
  const refused = ["refuse rsv-protected-item-replaced"];
  const open = ["undecided rsv-protected-item-replaced"];

  test.each<[what: string, plan: string, verdicts: string[]]>([
    ["by a replacement", replaced({ recovery_vault_name: "other" }), refused],
    ["of another group", replaced({ resource_group_name: "other" }), refused],
    [
      "by another resource",
      plan(
        { type, actions: ["delete"], before },
        {
          ...{ type, address: `${type}.other`, actions: ["create"] },
          after: { ...before, id: undefined, recovery_vault_name: "other", source_vm_id: vm.toUpperCase() },
        },
      ),
      refused,
    ],
    ["no, but another machine", replaced({ source_vm_id: `${vm}-2` }), stopped],
    ["no, the same one", replaced({ recovery_vault_name: "RSV" }), stopped],
    ["perhaps, by its name", replaced({ recovery_vault_name: null }, { recovery_vault_name: true }), open],
    ["perhaps, by its group", replaced({ resource_group_name: null }, { resource_group_name: true }), open],
    [
      "perhaps, if it is the same machine",
      replaced({ recovery_vault_name: "other", source_vm_id: null }, { source_vm_id: true }),
      open,
    ],
    ["no, a machine that is made anew", replaced({ source_vm_id: null }, { source_vm_id: true }), stopped],
  ])("%s: found is what is left without a backup", async (_, document, verdicts) => {
    expect(said(await review(document))).toEqual(verdicts);
  });
});
