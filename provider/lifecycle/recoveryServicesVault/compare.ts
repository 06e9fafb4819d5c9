import { comparing } from "../vault/compare.js";
import { fixedAtCreation, type RecoveryServicesVaultInputs, writable } from "./inputs.js";

export const { differences, removals, notKept } = comparing<RecoveryServicesVaultInputs>({
  fixedAtCreation,
  writable,
  // https://learn.microsoft.com/rest/api/recoveryservices/vaults/get
  whenAbsent: {
    immutability: "Disabled",
    crossRegionRestore: "Disabled",
    crossSubscriptionRestore: "Enabled",
    publicNetworkAccess: "Enabled",
    identity: { type: "None" },
    tags: {},
  },
});
