// The four manual steps of https://learn.microsoft.com/azure/backup/encryption-at-rest-with-cmk-for-backup-vault in one
// program. The key must exist, in a key vault with soft delete and purge protection:
//
//   pulumi config set keyUri https://contoso.vault.azure.net/keys/backup
//   pulumi config set way system-assigned   (or user-assigned, or at-creation)
//
// For user-assigned and at-creation, also set identityId and principalId of a user-assigned identity:
//
//   pulumi config set identityId /subscriptions/...
//   pulumi config set principalId ...
import * as pulumi from "@pulumi/pulumi";
import type { BackupVaultArgs } from "pulumi-azure-backup";
import { BackupVault, EncryptionSettings, IdentityAssignment, KeyAccess } from "pulumi-azure-backup";

const config = new pulumi.Config();
const keyUri = config.require("keyUri");

const payroll: BackupVaultArgs = {
  vaultName: "bv-payroll",
  resourceGroupName: "rg-payroll",
  location: "westeurope",
  redundancy: "GeoRedundant",
  softDelete: { state: "AlwaysOn", retentionDurationInDays: 30 },
};

/** Uses the vault's system-assigned identity, which exists once the vault does. */
function systemAssigned(): BackupVault {
  const vault = new BackupVault("payroll", payroll);
  const identity = new IdentityAssignment("payroll", { vault, identity: "SystemAssigned" });
  const access = new KeyAccess("payroll", { keyUri, principalId: identity.principalId, vault });
  new EncryptionSettings("payroll", { vault, keyUri, identity }, { dependsOn: access });
  return vault;
}

/** Uses an identity that outlives the vault. The vault depends on the access, so that the access is deleted last. */
function userAssigned(): BackupVault {
  const access = new KeyAccess("payroll", { keyUri, principalId: config.require("principalId") });
  const vault = new BackupVault("payroll", payroll, { dependsOn: access });
  const identity = new IdentityAssignment("payroll", { vault, identity: config.require("identityId") });
  new EncryptionSettings("payroll", { vault, keyUri, identity });
  return vault;
}

/** For subscriptions whose policies require a customer-managed key. Only here can you set infrastructure encryption. */
function atCreation(): BackupVault {
  const identity = config.require("identityId");
  const access = new KeyAccess("payroll", { keyUri, principalId: config.require("principalId") });
  const args: BackupVaultArgs = {
    ...payroll,
    identity: { type: "UserAssigned", userAssignedIdentities: [identity] },
    encryption: { keyUri, identity, infrastructureEncryption: "Enabled" },
  };
  return new BackupVault("payroll", args, { dependsOn: access });
}

const ways = { "system-assigned": systemAssigned, "user-assigned": userAssigned, "at-creation": atCreation };
const way = config.get<keyof typeof ways>("way") ?? "system-assigned";

export const vaultId = ways[way]().vaultId;
