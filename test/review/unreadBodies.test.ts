import { type Live, review } from "../../review/index.js";
import { terraformPlan } from "./planDocuments.js";
import { preview, type StepOf, vaultId } from "./previews.js";
import { said } from "./said.js";

// The state of an azapi resource has no body after an import, or a move from another type, that was not refreshed. What was there
// is unknown then, and not absent.

const group = vaultId().split("/providers")[0] ?? "";
const policy = `${vaultId()}/backupPolicies/daily`;
const recoveryId = vaultId().replace("DataProtection/backupVaults", "RecoveryServices/vaults");
const account = `${group}/providers/Microsoft.Storage/storageAccounts/st`;
const of = (id: string, type: string, body?: object | null, version = "2025-07-01") => ({
  ...{ id, name: id.split("/").at(-1), type: `${type}@${version}`, location: "westeurope", identity: [], body },
  ...{ parent_id: id.split("/").slice(0, -2).join("/"), parentId: id.split("/").slice(0, -2).join("/") },
});
const backupVault = (body?: object | null) => of(vaultId(), "Microsoft.DataProtection/backupVaults", body);
const recoveryVault = (body?: object | null) => of(recoveryId, "Microsoft.RecoveryServices/vaults", body);
const secured = (settings: object) => ({ properties: { securitySettings: settings } });
const change = (before: object, after: object | null) => ({
  ...{ type: "azapi_resource", actions: [after ? "update" : "delete"], before, after },
  after_unknown: after ? { output: true } : {},
});
/** As Terraform, Pulumi's package of azapi, and a module in Pulumi have it. */
const inAll = (before: { id: string }, after: object | null, ...others: StepOf[]) => {
  const step = { op: after ? "update" : "delete", name: "it", old: before, ...(after && { new: { ...after } }) };
  return [
    ...(others.length === 0 ? [terraformPlan([change(before, after)])] : []),
    preview({ ...step, type: "azapi:index/resource:Resource", id: before.id }, ...others),
    preview({ ...step, type: "avm:tf:azapi_resource", id: "module.avm" }, ...others),
  ];
};
const foundIn = async (plans: string[], options = {}) => {
  const all = await Promise.all(plans.map(async (plan) => said(await review(plan, options))));
  expect(new Set(all.map((each) => each.join())).size).toBe(1);
  return all[0];
};

test.each([
  [
    "immutability",
    backupVault,
    secured({ immutabilitySettings: { state: "Disabled" } }),
    ["undecided immutability-locked"],
  ],
  [
    "immutability of a Recovery Services vault",
    recoveryVault,
    secured({ immutabilitySettings: { state: "Disabled" } }),
    ["undecided rsv-immutability-locked"],
  ],
  ["soft delete", backupVault, secured({ softDeleteSettings: { state: "Off" } }), ["undecided soft-delete-always-on"]],
  [
    "soft delete of a Recovery Services vault",
    recoveryVault,
    secured({ softDeleteSettings: { softDeleteState: "Disabled" } }),
    ["undecided rsv-soft-delete-off"],
  ],
  // What the program does not set, the update leaves as it is, whatever that is.
  ["nothing that can be lost", recoveryVault, { sku: { name: "RS0" }, properties: {} }, []],
])("without a body in the state, an update that sets %s", async (_, vaultOf, body, expected) => {
  for (const none of [null, undefined]) expect(await foundIn(inAll(vaultOf(none), vaultOf(body)))).toEqual(expected);
});

test("without a body in the state, an update is judged by the vault in Azure, where that can be read", async () => {
  const inAzure = (settings: object): Live => ({
    vault: async () => ({ body: { ...backupVault(), ...secured(settings) } }),
    facts: async () => ({}),
  });
  const plans = inAll(backupVault(null), backupVault(secured({ immutabilitySettings: { state: "Disabled" } })));
  const locked = { immutabilitySettings: { state: "Locked" } };
  const disabled = { immutabilitySettings: { state: "Disabled" }, softDeleteSettings: { state: "AlwaysOn" } };
  expect(await foundIn(plans, { live: inAzure(locked) })).toEqual(["refuse immutability-locked"]);
  expect(await foundIn(plans, { live: inAzure(disabled) })).toEqual([]);
});

const inVault = (path: string, type: string) => (body?: object | null) => of(path, type, body);
test.each([
  [
    "an item",
    inVault(
      `${recoveryId}/backupFabrics/f/protectionContainers/c/protectedItems/i`,
      "Microsoft.RecoveryServices/vaults/backupFabrics/protectionContainers/protectedItems",
    ),
    { properties: { policyId: `${recoveryId}/backupPolicies/p` } },
    ["undecided rsv-item-policy-shorter"],
  ],
  [
    "an instance",
    inVault(`${vaultId()}/backupInstances/i`, "Microsoft.DataProtection/backupVaults/backupInstances"),
    { properties: { policyInfo: { policyId: policy } } },
    ["warn policy-retention-shorter"],
  ],
  [
    "a setting of a vault",
    inVault(`${recoveryId}/backupconfig/vaultconfig`, "Microsoft.RecoveryServices/vaults/backupconfig"),
    { properties: { softDeleteFeatureState: "Disabled" } },
    ["undecided rsv-soft-delete-off"],
  ],
  [
    "a lock",
    inVault(`${vaultId()}/providers/Microsoft.Authorization/locks/l`, "Microsoft.Authorization/locks"),
    { properties: { level: "CanNotDelete" } },
    [],
  ],
  ["a resource group", inVault(group, "Microsoft.Resources/resourceGroups"), {}, []],
])("without a body in the state, an update of %s", async (_, resource, body, expected) => {
  expect(await foundIn(inAll(resource(null), resource(body)))).toEqual(expected);
  // The program sets no body, and never did.
  expect(await foundIn(inAll(resource(null), resource(null)))).toEqual([]);
});

test("without a body in the state, the settings and the instance of a storage account count as the program has them", async () => {
  const type = "azapi:index/resource:Resource";
  const instances = "Microsoft.DataProtection/backupVaults/backupInstances";
  const id = `${vaultId()}/backupInstances/i`;
  const source = {
    properties: { dataSourceInfo: { resourceID: account }, policyInfo: { policyId: policy } },
  };
  const [read, unread] = [of(id, instances, source), of(id, instances, null)];
  const kept: StepOf = { op: "same", type, name: "backup", id, old: read, new: read };
  const service = (body: object | null) =>
    of(`${account}/blobServices/default`, "Microsoft.Storage/storageAccounts/blobServices", body);
  const versioning = (isVersioningEnabled: boolean) =>
    foundIn(inAll(service(null), service({ properties: { isVersioningEnabled } }), kept));
  expect(await versioning(false)).toEqual(["warn backup-source-weakened"]);
  expect(await versioning(true)).toEqual([]);
  const gone: StepOf = {
    ...{ op: "delete", type: "azure-native:storage:StorageAccount", name: "account", id: account, old: { a: 1 } },
  };
  expect(await foundIn(inAll(unread, read, gone))).toContain("undecided backup-storage-account-deleted");
});

test("harmless changes of a vault whose body the state has are clear", async () => {
  const body = secured({ immutabilitySettings: { state: "Unlocked" }, softDeleteSettings: { state: "On" } });
  const tagged = { ...backupVault(body), tags: { a: "b" } };
  expect(await foundIn(inAll(backupVault(body), tagged))).toEqual([]);
  expect(await foundIn(inAll(backupVault({}), { ...backupVault({}), tags: { a: "b" } }))).toEqual([]);
});
