import { comparing } from "../vault/compare.js";
import { type BackupVaultInputs, fixedAtCreation, writable } from "./inputs.js";

export const { differences, removals, notKept } = comparing<BackupVaultInputs>({
  fixedAtCreation,
  writable,
  // https://learn.microsoft.com/azure/backup/backup-vault-overview
  whenAbsent: {
    datastoreType: "VaultStore",
    immutability: "Disabled",
    crossRegionRestore: "Disabled",
    crossSubscriptionRestore: "Enabled",
    identity: { type: "None" },
    tags: {},
  },
});
