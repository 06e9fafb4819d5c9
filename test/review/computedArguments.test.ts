import { review } from "../../review/index.js";
import { terraformPlan } from "./planDocuments.js";
import { said } from "./said.js";

// A new vault without `immutability`: azurerm says that it is only known later, because Azure fills it in.

const type = "azurerm_recovery_services_vault";
const vault = {
  name: "rsv",
  resource_group_name: "backups",
  location: "westeurope",
  sku: "Standard",
  soft_delete_enabled: true,
  storage_mode_type: "GeoRedundant",
};

const judged = async (configuration: object | undefined, address = `${type}.main`, of = type) => {
  const unknown = { id: true, immutability: true, encryption: [], identity: [] };
  const change = { type: of, address, actions: ["create"], after: vault, after_unknown: unknown };
  return said(await review(terraformPlan([change], { configuration })));
};

const resource = (immutability?: object, of = type) => ({
  address: `${of}.main`,
  type: of,
  expressions: { name: { constant_value: "rsv" }, ...(immutability && { immutability }) },
});
const referring = (...references: string[]) => ({ references });
const inRoot = (immutability?: object, of = type) => ({ root_module: { resources: [resource(immutability, of)] } });
const inModule = (immutability: object, passed: object, outer?: object) => {
  const inner = { module: { resources: [resource(immutability)] }, expressions: passed };
  const called = outer ? { outer: { module: { module_calls: { inner } }, expressions: outer } } : { inner };
  return { root_module: { module_calls: called } };
};

const warned = ["warn rsv-one-way-change"];
const ofVariable = referring("var.immutability");

test.each<[string, configuration: object, findings: string[]]>([
  ["does not set it", inRoot(), []],
  ["sets it to null", inRoot({}), []],
  ["sets it to a variable, which is null", inRoot(ofVariable), []],
  [
    "sets it to a value of another resource",
    inRoot(referring("random_shuffle.one.result", "random_shuffle.one")),
    warned,
  ],
  ["sets it to a local value, which a plan does not show", inRoot(referring("local.immutability")), warned],
])(
  "no way back is announced only if the program may have set it to Locked: it %s",
  async (_, configuration, findings) => {
    expect(await judged(configuration)).toEqual(findings);
  },
);

test.each<[string, passed: object, outer: object | undefined, findings: string[]]>([
  ["is not passed", {}, undefined, []],
  ["is passed as null", { immutability: {} }, undefined, []],
  ["is passed as a variable", { immutability: referring("var.vaults[0].immutability", "var.vaults") }, undefined, []],
  ["is passed as a value of another resource", { immutability: referring("random_shuffle.one") }, undefined, warned],
  ["is passed through two modules", { immutability: ofVariable }, {}, []],
  ["comes from another resource through two", { immutability: ofVariable }, { immutability: referring("a.b") }, warned],
])("so it is in a module whose variable %s", async (_, passed, outer, findings) => {
  const prefix = outer ? 'module.outer["a"].module.inner' : "module.inner[0]";
  expect(await judged(inModule(ofVariable, passed, outer), `${prefix}.${type}.main["b.c"]`)).toEqual(findings);
});

test("a plan without the program's configuration leaves it open", async () => {
  expect(await judged(undefined)).toEqual(warned);
  expect(await judged({ root_module: {} })).toEqual(warned);
});

test("of a Backup vault it is the same", async () => {
  const backupVault = "azurerm_data_protection_backup_vault";
  expect(await judged(inRoot(undefined, backupVault), `${backupVault}.main`, backupVault)).toEqual([]);
  expect(await judged(undefined, `${backupVault}.main`, backupVault)).toEqual(["warn one-way-change"]);
});
