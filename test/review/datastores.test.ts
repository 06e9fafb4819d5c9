import { review } from "../../review/index.js";
import { preview } from "./previews.js";

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
