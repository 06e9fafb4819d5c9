import { liveAzure } from "../../cli/liveAzure.js";
import { type Emulator, startEmulator } from "../../emulator/index.js";
import { review } from "../../review/index.js";
import { preview, type StepOf, vaultId } from "./previews.js";
import { said } from "./said.js";

// Azure can be asked, but not everything in it can be read. What was read still counts, and what was not is no "nothing".

let azure: Emulator;
const group = (name: string) => `/subscriptions/${azure.env.ARM_SUBSCRIPTION_ID}/resourceGroups/${name}`;
const at = (name: string, path: string) => `${group(name)}/providers/${path}`;
const account = (name: string) => at("rg-app", `Microsoft.Storage/storageAccounts/${name}`);
const vault = () => at("rg-vaults", "Microsoft.DataProtection/backupVaults/bv-blobs");
const emptyVault = () => at("rg-vaults", "Microsoft.DataProtection/backupVaults/bv-empty");
const keyVault = () => at("rg-app", "Microsoft.KeyVault/vaults/kv-app");

beforeAll(async () => {
  azure = await startEmulator({ trust: true });
  for (const name of ["rg-vaults", "rg-app"]) azure.createResourceGroup(name);
  azure.createKeyVault("rg-app", "kv-app");
  const keyUri = azure.createKey(keyVault(), "vaults");
  const storageSettings = [{ datastoreType: "VaultStore", type: "GeoRedundant" }];
  const encryptionSettings = {
    ...{ state: "Enabled", keyVaultProperties: { keyUri } },
    kekIdentity: { identityType: "SystemAssigned" },
  };
  for (const id of [vault(), emptyVault()])
    azure.arm("PUT", id, {
      ...{ location: "westeurope", identity: { type: "SystemAssigned" } },
      properties: { storageSettings },
    });
  const { principalId = "" } = azure.vault(vault())?.identity ?? {};
  azure.grant(keyVault(), principalId);
  const encrypted = azure.arm("PATCH", vault(), { properties: { securitySettings: { encryptionSettings } } });
  expect(encrypted.status).toBeLessThan(300);
  const blobs = "Microsoft.Storage/storageAccounts/blobServices";
  const policyId = `${vault()}/backupPolicies/operational`;
  azure.arm("PUT", policyId, {
    properties: {
      ...{ objectType: "BackupPolicy", datasourceTypes: [blobs] },
      policyRules: [
        {
          ...{ objectType: "AzureRetentionRule", name: "Default", isDefault: true },
          lifecycles: [
            {
              deleteAfter: { objectType: "AbsoluteDeleteOption", duration: "P30D" },
              sourceDataStore: { objectType: "DataStoreInfoBase", dataStoreType: "OperationalStore" },
            },
          ],
        },
      ],
    },
  });
  azure.createDataSource(account("stbackedup"));
  azure.arm("PUT", `${vault()}/backupInstances/stbackedup`, {
    properties: {
      ...{ objectType: "BackupInstance", friendlyName: "stbackedup", policyInfo: { policyId } },
      dataSourceInfo: {
        ...{ objectType: "Datasource", datasourceType: blobs, resourceName: "stbackedup" },
        ...{ resourceType: "Microsoft.Storage/storageAccounts", resourceID: account("stbackedup") },
      },
    },
  });
});
afterEach(() => azure.faults.clear());
afterAll(() => azure.close());

const judged = async (...steps: StepOf[]) => said(await review(preview(...steps), { live: liveAzure(azure.env) }));

const gone = (type: string, id: string): StepOf => ({ op: "delete", type, name: "it", id, old: { location: "x" } });
const accountGone = (name: string) => gone("azure-native:storage:StorageAccount", account(name));
const groupGone = () => gone("azure-native:resources:ResourceGroup", group("rg-vaults"));
const inVault = { resourceGroupName: "rg-vaults", location: "westeurope", identity: { type: "SystemAssigned" } };
const kept = (id: string): StepOf => ({
  ...{ op: "same", type: "azure-native:dataprotection:BackupVault", name: id.split("/").at(-1) ?? "", id },
  ...{ old: inVault, new: inVault },
});
/** In a subscription that cannot be read. */
const far = () => kept(vaultId("bv-far"));
const recoveryList = /subscriptions\/[^/]+\/providers\/Microsoft.RecoveryServices\/vaults\?/i;
const backupList = /subscriptions\/[^/]+\/providers\/Microsoft.DataProtection\/backupVaults\?/i;

describe("what a vault that was read needs is refused, though another subscription or kind of vault cannot be read:", () => {
  test.each([
    ["a storage account with its backups", () => accountGone("stbackedup"), "refuse backup-storage-account-deleted"],
    [
      "the key vault with its key",
      () => gone("azure-native:keyvault:Vault", keyVault()),
      "refuse key-vault-in-use-deleted",
    ],
    ["its resource group", groupGone, "refuse resource-group-deleted"],
  ])("%s", async (_, step, verdict) => {
    expect(await judged(far(), step())).toContain(verdict);
    azure.faults.add({ kind: "status", status: 403, code: "AuthorizationFailed", path: recoveryList, times: "always" });
    expect(await judged(step())).toContain(verdict);
  });
});

describe("what a vault that was not read may need is not clear:", () => {
  test.each([
    ["a storage account", () => accountGone("stother"), "undecided backup-storage-account-deleted"],
    [
      "a container of blobs",
      () => gone("azure-native:storage:BlobContainer", `${account("stother")}/blobServices/default/containers/c`),
      "undecided backup-storage-account-deleted",
    ],
    [
      "a file share",
      () => gone("azure-native:storage:FileShare", `${account("stother")}/fileServices/default/shares/s`),
      "warn backup-source-deleted",
    ],
    [
      "what operational backups need",
      (): StepOf => ({
        ...{ op: "update", type: "azure-native:storage:BlobServiceProperties", name: "it" },
        ...{ id: `${account("stother")}/blobServices/default`, old: { isVersioningEnabled: true } },
        new: { isVersioningEnabled: false },
      }),
      "warn backup-source-weakened",
    ],
    [
      "the permission model of a key vault",
      (): StepOf => ({
        ...{ op: "update", type: "azure-native:keyvault:Vault", name: "it" },
        id: at("rg-app", "Microsoft.KeyVault/vaults/kv-other"),
        old: { properties: { enableRbacAuthorization: false } },
        new: { properties: { enableRbacAuthorization: true } },
      }),
      "undecided key-vault-permission-model-changed",
    ],
    [
      "an identity",
      () =>
        gone(
          "azure-native:managedidentity:UserAssignedIdentity",
          at("rg-app", "Microsoft.ManagedIdentity/userAssignedIdentities/other"),
        ),
      "undecided identity-in-use-deleted",
    ],
  ])("%s", async (_, step, verdict) => {
    expect(await judged(far(), step())).toContain(verdict);
    azure.faults.add({ kind: "status", status: 403, code: "AuthorizationFailed", path: backupList, times: "always" });
    expect(await judged(step())).toContain(verdict);
  });

  test("a resource group, though the preview shows an empty vault in it", async () => {
    azure.faults.add({ kind: "status", status: 403, code: "AuthorizationFailed", path: backupList, times: "always" });
    expect(await judged(kept(emptyVault()), groupGone())).toContain("undecided resource-group-deleted");
  });
});

test("another subscription that cannot be read says nothing of a resource group", async () => {
  azure.createResourceGroup("rg-empty");
  const step = gone("azure-native:resources:ResourceGroup", group("rg-empty"));
  expect(await judged(far(), step)).toEqual([]);
});
