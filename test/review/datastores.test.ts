import { review } from "../../review/index.js";
import { terraformPlan, whatIf } from "./planDocuments.js";
import { preview, vaultId } from "./previews.js";

const unknown = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

async function found(datastoreTypes: string[]): Promise<string[]> {
  const inputs = {
    vaultName: "payroll",
    resourceGroupName: "backups",
    location: "westeurope",
    properties: { storageSettings: datastoreTypes.map((datastoreType) => ({ datastoreType, type: "GeoRedundant" })) },
  };
  const type = "azure-native:dataprotection:BackupVault";
  const { resources } = await review(preview({ op: "create", type, name: "payroll", new: inputs }));
  return resources.flatMap(({ verdicts }) => verdicts.map(({ decision, code }) => `${decision} ${code}`));
}

test.each([
  [["VaultStore"], []],
  [["VaultStore", "ArchiveStore"], []],
  [["ArchiveStore", "vaultStore"], []],
  [["OperationalStore", "VaultStore"], []],
  [["ArchiveStore"], ["refuse datastore-archive-store-alone"]],
  [["ArchiveStore", unknown], ["undecided datastore-snapshot-store"]],
  [[], []],
])("a vault with the datastores %j is judged by all of them", async (datastoreTypes, verdicts) => {
  expect(await found(datastoreTypes)).toEqual(verdicts);
});

const stores = (...list: [datastoreType: string, type: string][]) => ({
  vaultName: "payroll",
  resourceGroupName: "backups",
  location: "westeurope",
  properties: { storageSettings: list.map(([datastoreType, type]) => ({ datastoreType, type })) },
});

/** Holds backups. */
const live = {
  vault: async () => ({ unreadable: "it is not allowed" }),
  facts: async () => ({ protection: { value: [{ name: "payroll-disk", state: "ProtectionConfigured" }] } }),
};

type Stores = [datastoreType: string, type: string][];

test.each<[what: string, before: Stores, after: Stores, refused: string[]]>([
  [
    "another order",
    [
      ["ArchiveStore", "LocallyRedundant"],
      ["OperationalStore", "GeoRedundant"],
    ],
    [
      ["OperationalStore", "GeoRedundant"],
      ["ArchiveStore", "LocallyRedundant"],
    ],
    [],
  ],
  [
    "another order with VaultStore",
    [
      ["VaultStore", "GeoRedundant"],
      ["OperationalStore", "LocallyRedundant"],
    ],
    [
      ["operationalStore", "LocallyRedundant"],
      ["VaultStore", "GeoRedundant"],
    ],
    [],
  ],
  [
    "another redundancy of the second datastore, in another order",
    [
      ["VaultStore", "GeoRedundant"],
      ["OperationalStore", "GeoRedundant"],
    ],
    [
      ["OperationalStore", "LocallyRedundant"],
      ["VaultStore", "GeoRedundant"],
    ],
    ["redundancy-after-protection"],
  ],
  [
    "a datastore less",
    [
      ["VaultStore", "GeoRedundant"],
      ["OperationalStore", "GeoRedundant"],
    ],
    [["VaultStore", "GeoRedundant"]],
    ["redundancy-after-protection"],
  ],
  [
    "a datastore more",
    [["VaultStore", "GeoRedundant"]],
    [
      ["OperationalStore", "LocallyRedundant"],
      ["VaultStore", "GeoRedundant"],
    ],
    [],
  ],
  [
    "another redundancy of the first datastore",
    [
      ["VaultStore", "GeoRedundant"],
      ["OperationalStore", "LocallyRedundant"],
    ],
    [
      ["OperationalStore", "LocallyRedundant"],
      ["VaultStore", "LocallyRedundant"],
    ],
    ["redundancy-after-protection"],
  ],
])("%s", async (_, before, after, refused) => {
  const type = "azure-native:dataprotection:BackupVault";
  const step = { op: "update", type, name: "payroll", old: stores(...before), new: stores(...after) };
  const { resources } = await review(preview(step), { live });
  const verdicts = resources.flatMap((each) => each.verdicts);
  expect(verdicts.filter(({ decision }) => decision !== "warn").map(({ code }) => code)).toEqual(refused);
});

test("a region less to replicate to is a warning, also if the list is gone, and another order is not", async () => {
  const regions = (...replicatedRegions: string[]) => {
    const { properties, ...vault } = stores(["VaultStore", "GeoRedundant"]);
    return { ...vault, properties: { ...properties, ...(replicatedRegions.length > 0 && { replicatedRegions }) } };
  };
  const said = async (before: string[], after: string[]) => {
    const step = { op: "update", name: "payroll", old: regions(...before), new: regions(...after) };
    const report = await review(preview({ ...step, type: "azure-native:dataprotection:BackupVault" }));
    return report.resources.flatMap(({ verdicts }) => verdicts.map(({ decision, code }) => `${decision} ${code}`));
  };
  expect(await said(["westeurope", "northeurope"], ["westeurope"])).toEqual(["warn replicated-regions-removed"]);
  expect(await said(["westeurope", "northeurope"], [])).toEqual(["warn replicated-regions-removed"]);
  expect(await said(["westeurope", "northeurope"], ["North Europe", "westeurope"])).toEqual([]);
  expect(await said([], ["westeurope"])).toEqual([]);
  const inBody = (...replicatedRegions: string[]) => ({
    ...{ type: "Microsoft.DataProtection/backupVaults@2025-07-01", name: "payroll", id: vaultId() },
    body: { properties: { ...stores(["VaultStore", "GeoRedundant"]).properties, replicatedRegions } },
  });
  const change = { type: "azapi_resource", actions: ["update"], after: inBody("westeurope") };
  const { type: _, name: __, ...written } = inBody("westeurope", "northeurope");
  const deployed = { resourceId: vaultId(), changeType: "Modify", before: written.body };
  const without = { ...written.body, properties: { ...written.body.properties, replicatedRegions: undefined } };
  expect((await review(whatIf({ ...deployed, after: without }))).decision).toBe("clear");
  expect((await review(whatIf({ ...deployed, after: inBody("westeurope").body }))).decision).toBe("warn");
  const azapi = await review(terraformPlan([{ ...change, before: inBody("westeurope", "northeurope") }]));
  expect(azapi.resources[0]?.verdicts).toMatchObject([{ code: "replicated-regions-removed" }]);
  const { replicatedRegions: _left, ...properties } = inBody().body.properties;
  const imported = { ...change, importing: { id: vaultId() }, after: { ...inBody(), body: { properties } } };
  const adopted = await review(terraformPlan([{ ...imported, before: inBody("westeurope", "northeurope") }]));
  expect(adopted.decision).toBe("clear");
});
