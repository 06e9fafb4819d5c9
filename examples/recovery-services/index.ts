import * as pulumi from "@pulumi/pulumi";
import * as backup from "pulumi-azure-backup";

// pulumi config set keyUri https://kv-machines.vault.azure.net/keys/backup
// pulumi config set identityId /subscriptions/.../userAssignedIdentities/id-machines
// The identity needs the role Key Vault Crypto Service Encryption User on the key.
const config = new pulumi.Config();
const identity = config.require("identityId");

// For virtual machines and the SQL servers in them, files and on-premises servers. Azure accepts a key only before anything
// is registered with the vault, locks only a vault that is Unlocked, and adds such an identity only after creation. One
// `pulumi up` performs all steps. Try a change with `pulumi preview --config redundancy=LocallyRedundant`.
const vault = new backup.RecoveryServicesVault("machines", {
  vaultName: "rsv-machines",
  resourceGroupName: "rg-machines",
  location: "westeurope",
  redundancy: (config.get("redundancy") ?? "GeoRedundant") as backup.Redundancy,
  identity: { type: "UserAssigned", userAssignedIdentities: [identity] },
  encryption: { keyUri: config.require("keyUri"), identity },
  softDelete: { state: "AlwaysON", retentionDurationInDays: 30 },
  immutability: (config.get("immutability") ?? "Locked") as backup.Immutability,
  publicNetworkAccess: "Disabled",
  alertsForAllJobFailures: "Enabled",
  tags: { owner: "machines-team" },
});

export const vaultId = vault.vaultId;
export const secureScore = vault.secureScore;
