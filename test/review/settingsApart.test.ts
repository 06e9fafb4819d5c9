import { liveAzure } from "../../cli/liveAzure.js";
import { startEmulator } from "../../emulator/index.js";
import { type Report, review } from "../../review/index.js";
import { terraformPlan, whatIf } from "./planDocuments.js";
import { preview, subscription } from "./previews.js";

// Azure has the redundancy and the soft delete of a Recovery Services vault also as resources of their own.

const group = `/subscriptions/${subscription}/resourceGroups/backups`;
const vaultId = `${group}/providers/Microsoft.RecoveryServices/vaults/rsv`;
const armType = "Microsoft.RecoveryServices/vaults";
const storageId = `${vaultId}/backupstorageconfig/vaultstorageconfig`;
const configId = `${vaultId}/backupconfig/vaultconfig`;

const vault = (properties: object = {}) => ({
  ...{ id: vaultId, name: "rsv", type: armType, apiVersion: "2024-04-01", location: "westeurope" },
  ...{ sku: { name: "RS0", tier: "Standard" }, properties },
});
const stored = (standardTierStorageRedundancy: string) =>
  vault({ redundancySettings: { standardTierStorageRedundancy, crossRegionRestore: "Disabled" } });
const change = (changeType: string, resourceId: string, before: object | null, after: object, delta?: object[]) => ({
  ...{ changeType, resourceId, before, after, delta: delta ?? null },
});
const storage = (storageModelType: unknown, crossRegionRestoreFlag = false) => ({
  properties: { storageModelType, crossRegionRestoreFlag },
});
const config = (state: string, enhancedSecurityState = state) => ({
  properties: { softDeleteFeatureState: state, enhancedSecurityState },
});
const said = ({ resources }: Report) =>
  resources.flatMap(({ verdicts, unchecked }) => [
    ...verdicts.map(({ decision, code }) => `${decision} ${code}`),
    ...(unchecked === undefined ? [] : ["unchecked"]),
  ]);
const judged = async (...changes: object[]) => said(await review(whatIf(...(changes as Record<string, unknown>[]))));

const off = "refuse rsv-soft-delete-off";
const open = "undecided rsv-redundancy-after-registration";
const created = change("Create", vaultId, null, vault());

test("what the deployment of a new vault sets apart from it, as Azure's quickstart does, is judged as the vault's", async () => {
  const changes = [
    created,
    change("Create", storageId, null, storage("GeoRedundant", true)),
    change("Create", configId, null, config("Enabled")),
  ];
  const report = await review(whatIf(...changes));
  expect(report).toMatchObject({ decision: "clear", counts: { resources: 3, unchecked: 0 } });
  expect(report.resources.map(({ creates }) => creates)).toEqual([true, true, true]);
  expect(await judged(created, change("Create", configId, null, config("Disabled")))).toEqual([off, off]);
  expect(await judged(created, change("Create", storageId, null, storage("LocallyRedundant", true)))).toEqual([
    "refuse rsv-crr-needs-geo",
  ]);
});

test.each<[string, shown: object[], wanted: object, verdicts: string[]]>([
  [
    "the same as the vault",
    [change("NoChange", vaultId, stored("GeoRedundant"), stored("GeoRedundant"))],
    storage("GeoRedundant"),
    [],
  ],
  [
    "other than the vault",
    [change("NoChange", vaultId, stored("GeoRedundant"), stored("GeoRedundant"))],
    storage("LocallyRedundant"),
    [open],
  ],
  [
    "of a vault that the result does not show",
    [],
    storage("GeoRedundant"),
    [open, "undecided rsv-crr-after-protection"],
  ],
])("a creation of the settings of a vault that exists changes it: %s", async (_, shown, wanted, verdicts) => {
  expect(await judged(...shown, change("Create", storageId, null, wanted))).toEqual(verdicts);
});

test("a modification is judged by what Azure has, and what only Azure writes is no part of it", async () => {
  const before = {
    properties: { ...storage("GeoRedundant").properties, storageType: "GeoRedundant", storageTypeState: "Locked" },
  };
  const removed = ["storageType", "storageTypeState"].map((name) => ({
    ...{ path: `properties.${name}`, propertyChangeType: "Delete", before: "x", after: null },
  }));
  const modified = (after: object) => judged(change("Modify", storageId, before, after, removed));
  expect(await modified(storage("GeoRedundant"))).toEqual([]);
  expect(await modified(storage("LocallyRedundant"))).toEqual([open]);
  expect(await modified(storage("[parameters('redundancy')]"))).toEqual([open]);
  expect(await judged(change("Modify", configId, config("Enabled"), config("Disabled")))).toEqual([off, off]);
  expect(await judged(change("Modify", configId, config("AlwaysON"), config("Enabled")))).toContain(
    "refuse rsv-soft-delete-not-always-on",
  );
});

test("a modification of which nothing has an effect is no change", async () => {
  const id = `${vaultId}/backupEncryptionConfigs/backupResourceEncryptionConfig`;
  const none = { path: "properties.state", propertyChangeType: "NoEffect", before: "x", after: null };
  const list = { path: "properties.list", propertyChangeType: "Array", children: [{ ...none, path: "0" }] };
  const some = { ...none, propertyChangeType: "Delete" };
  const modified = (...delta: object[]) => judged(change("Modify", id, { properties: {} }, { properties: {} }, delta));
  expect(await modified()).toEqual([]);
  expect(await modified(none, list)).toEqual([]);
  expect(await modified(none, some)).toEqual(["unchecked"]);
  expect(await modified({ ...list, children: [some] })).toEqual(["unchecked"]);
  expect(await judged(change("Modify", id, { properties: {} }, { properties: {} }))).toEqual(["unchecked"]);
});

test("azapi sets them by the ID of the vault, which a new one does not have yet", async () => {
  const azapi = (type: string, name: string, more: object) => ({ type: `${armType}${type}@2024-04-01`, name, ...more });
  const rsv = azapi("", "rsv", { id: vaultId, parent_id: group, location: "westeurope", body: vault() });
  const setting = (body: object) => azapi("/backupstorageconfig", "vaultstorageconfig", { body });
  const type = "azapi_resource";
  const exists = { type, actions: ["no-op"], before: rsv, after: rsv };
  const isNew = { type, actions: ["create"], after: { ...rsv, id: undefined }, after_unknown: { id: true } };
  const onIt = (body: object) => ({
    type,
    address: `${type}.s`,
    actions: ["create"],
    after: { ...setting(body), parent_id: vaultId },
  });
  const later = (body: object) => ({ ...onIt(body), after: setting(body), after_unknown: { parent_id: true } });
  const plan = async (...changes: Parameters<typeof terraformPlan>[0]) => said(await review(terraformPlan(changes)));
  expect(await plan(exists, onIt(storage("LocallyRedundant")))).toContain(open);
  expect(await plan(isNew, later(storage("LocallyRedundant")))).toEqual([]);
  expect(await plan(isNew, later(storage("LocallyRedundant", true)))).toEqual(["refuse rsv-crr-needs-geo"]);
});

test("what azapi sets on a vault that exists, but is only known during the run, is undecided", async () => {
  const type = `${armType}/backupconfig@2024-04-01`;
  const created = async (body: object, unknownPart: object) => {
    const after = { type, name: "vaultconfig", parent_id: vaultId, body };
    return said(
      await review(
        terraformPlan([{ type: "azapi_resource", actions: ["create"], after, after_unknown: { body: unknownPart } }]),
      ),
    );
  };
  const undecided = "undecided rsv-soft-delete-off";
  expect(await created({ properties: {} }, { properties: { softDeleteFeatureState: true } })).toContain(undecided);
  expect(await created({}, { properties: true })).toContain(undecided);
  expect(await created({ properties: {} }, {})).toEqual([]);
});

test("a generic resource of azure-native, whose arguments do not say the subscription, is not checked", async () => {
  const inputs = {
    ...{ resourceGroupName: "backups", resourceProviderNamespace: "Microsoft.RecoveryServices" },
    ...{ parentResourcePath: "vaults/rsv", resourceType: "backupstorageconfig", resourceName: "vaultstorageconfig" },
    ...{ apiVersion: "2024-04-01", ...storage("LocallyRedundant") },
  };
  const step = { op: "create", type: "azure-native:resources:Resource", name: "s", new: inputs };
  expect(said(await review(preview(step)))).toEqual(["unchecked"]);
});

test("with access to Azure, it says whether the settings of a vault that exists can change", async () => {
  const azure = await startEmulator();
  azure.trust();
  azure.createResourceGroup("backups");
  const inAzure = `/subscriptions/${azure.env.ARM_SUBSCRIPTION_ID}/resourceGroups/backups/providers/${armType}`;
  const findings = async (name: string, wanted: object) => {
    const id = `${inAzure}/${name}/backupstorageconfig/vaultstorageconfig`;
    return said(await review(whatIf(change("Create", id, null, wanted)), { live: liveAzure(azure.env) }));
  };
  try {
    for (const name of ["empty", "used"]) {
      azure.arm("PUT", `${inAzure}/${name}`, { location: "westeurope", sku: { name: "Standard" }, properties: {} });
    }
    azure.protectVm(`${inAzure}/used`, { name: "vm" });
    expect(await findings("used", storage("LocallyRedundant"))).toEqual(["refuse rsv-redundancy-after-registration"]);
    expect(await findings("empty", storage("LocallyRedundant"))).toEqual([]);
    expect(await findings("used", storage("GeoRedundant"))).toEqual([]);
  } finally {
    await azure.close();
  }
});
