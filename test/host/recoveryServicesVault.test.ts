import { type Emulator, startEmulator } from "../../emulator/index.js";
import { unknownSentinel } from "../../provider/vaults/unknowns.js";
import { fronts, Host } from "../support/host.js";

const complete: Record<string, unknown> = {
  vaultName: "rsv-machines",
  resourceGroupName: "rg-machines",
  subscriptionId: "11111111-2222-3333-4444-555555555555",
  location: "westeurope",
  sku: { name: "Standard" },
  redundancy: "GeoRedundant",
  crossRegionRestore: "Disabled",
  softDelete: { state: "AlwaysON", retentionDurationInDays: 14 },
  immutability: "Locked",
  immutabilityConfiguration: { type: "AsPerPolicy" },
  crossSubscriptionRestore: "PermanentlyDisabled",
  publicNetworkAccess: "Enabled",
  alertsForAllJobFailures: "Enabled",
  classicAlerts: { alertsForCriticalOperations: "Enabled" },
  costManagementGranularity: "VaultLevel",
  identity: { type: "SystemAssigned" },
  encryption: { keyUri: "https://kv-machines.vault.azure.net/keys/backup", identity: "SystemAssigned" },
  tags: { owner: "machines-team" },
};

describe.each(fronts)("served by the %s front", (front) => {
  let azure: Emulator;
  let host: Host;
  let identityId: string;

  beforeAll(async () => {
    azure = await startEmulator();
    azure.createResourceGroup("rg-machines");
    const store = azure.createKeyVault("rg-machines", "kv-machines").id;
    azure.createKey(store, "backup");
    const { id, properties } = azure.createUserAssignedIdentity("rg-machines", "id-machines");
    identityId = String(id);
    azure.grant(store, properties.principalId);
    host = await new Host("recoveryServicesVault", front).start(azure.env);
  });

  afterAll(async () => {
    await host.stop();
    await azure.close();
  });

  test.each(Object.keys(complete))(
    "a new %s that is not known yet refuses nothing and asks for no write",
    async (name) => {
      const vaultName = `rsv-${name}`;
      const subscriptionId = azure.env.ARM_SUBSCRIPTION_ID;
      // The identity of a new vault cannot access its key yet.
      const identity = { type: "UserAssigned", userAssignedIdentities: [identityId] };
      const encryption = { keyUri: (complete.encryption as { keyUri: string }).keyUri, identity: identityId };
      const news = { ...complete, subscriptionId, vaultName, identity, encryption, [name]: unknownSentinel };
      const { failures } = await host.check({}, news);
      expect(failures).toEqual([]);
      expect(azure.writes()).toEqual([]);
    },
  );

  test("a locked vault is refused to a caller that leaves out the check", async () => {
    const olds = {
      ...complete,
      vaultId: "/subscriptions/x/resourceGroups/y/providers/Microsoft.RecoveryServices/vaults/z",
    };
    await expect(host.diff("id", olds, { ...olds, immutability: "Disabled" })).rejects.toThrow(
      "rsv-immutability-locked",
    );
  });
});
