import { armOperations } from "../../emulator/azure/armOperations.js";
import { requestProblems as ofBackupVaults } from "./schemas/dataProtectionRequests.js";
import { answerProblems, requestProblems, specified } from "./schemas/recoveryServicesBackup.js";

const group = "/subscriptions/s/resourceGroups/rg/providers";
const item = `${group}/Microsoft.RecoveryServices/vaults/rsv/backupFabrics/Azure/protectionContainers/c/protectedItems/i`;
const machine = { protectedItemType: "Microsoft.Compute/virtualMachines", sourceResourceId: "vm", policyId: "daily" };
const sent = (properties: object) => ({ method: "PUT", path: item, requestBody: { properties } }) as never;
const shown = (properties: object) => answerProblems("GET", item, { status: 200, body: { properties } });

test("Microsoft's client has every operation on what lies in a Recovery Services vault", () => {
  const inVault = /\/vaults\/\{vaultName\}\/(backup|privateEndpointConnections)/;
  const unknown = armOperations.filter(({ method, path }) => inVault.test(path) && !specified(method, path));
  // https://learn.microsoft.com/azure/backup/backup-azure-file-share-rest-api follows a registration there.
  expect(unknown.map(({ name }) => name)).toEqual(["ProtectionContainerOperationStatuses_Get"]);
});

test.each([
  ["as it should be", machine, []],
  ["of no kind", { ...machine, protectedItemType: undefined }, [".properties.protectedItemType is missing"]],
  ["with a member of another type", { ...machine, policyId: 5 }, [".properties.policyId is 5 and no String"]],
  ["with null in it", { ...machine, policyId: null }, [".properties.policyId is null"]],
  ["with what is told only", { ...machine, workloadType: "VM" }, [".properties.workloadType is read-only"]],
  [
    "with a member of another kind",
    { ...machine, serverName: "sql" },
    [".properties.serverName is not in AzureIaaSComputeVMProtectedItem"],
  ],
  [
    "with no list",
    { ...machine, extendedProperties: { diskExclusionProperties: { diskLunList: 1 } } },
    [".properties.extendedProperties.diskExclusionProperties.diskLunList is no list"],
  ],
] as [string, object, string[]][])("a request that is %s is told apart", (_, properties, problems) => {
  expect(requestProblems(sent(properties))).toEqual(problems.map((each) => `ProtectedItems_CreateOrUpdate: ${each}`));
});

test("an answer is held against the kind that it names, and its status against the operation's", () => {
  expect(shown({ ...machine, workloadType: "VM" })).toEqual([]);
  expect(shown({ ...machine, shares: 1 })).toEqual([
    "ProtectedItems_Get 200: .properties.shares is not in AzureIaaSComputeVMProtectedItem",
  ]);
  expect(answerProblems("GET", item, { status: 201, body: {} })).toEqual([
    "ProtectedItems_Get 201: is no status of it",
  ]);
});

test("so is what is sent to a Backup vault", () => {
  const path = `${group}/Microsoft.DataProtection/backupVaults/bv/backupResourceGuardProxies/DppResourceGuardProxy`;
  const put = (properties: object) => ofBackupVaults({ method: "PUT", path, requestBody: { properties } } as never);
  expect(put({ resourceGuardResourceId: "guard" })).toEqual([]);
  expect(put({ resourceGuardId: "guard" })).toEqual([expect.stringContaining("resourceGuardId")]);
  const stop = {
    method: "POST",
    path: `${group}/Microsoft.DataProtection/backupVaults/bv/backupInstances/i/resumeProtection`,
  };
  expect(ofBackupVaults({ ...stop, requestBody: {} } as never)).toEqual([
    "BackupInstances_ResumeProtection: has a body",
  ]);
});
