import { type RecoveryServicesVaultResource, recoveryServicesApiVersion } from "../../azure/index.js";
import type { VaultType } from "../vault/vaultType.js";
import { differences, notKept, removals } from "./compare.js";
import { factLoaders } from "./facts.js";
import { fromArm } from "./fromArm.js";
import { fixedAtCreation, type RecoveryServicesVaultInputs, writable } from "./inputs.js";
import { outputs } from "./outputs.js";
import { argumentNames, parse } from "./parse.js";
import { returnRemovedToDefault } from "./removed.js";
import { change, creation } from "./toArm.js";
import { toRules } from "./toRules.js";

export const recoveryServicesVaultType: VaultType<RecoveryServicesVaultInputs, RecoveryServicesVaultResource> = {
  kind: "RecoveryServicesVault",
  writtenBy: () => recoveryServicesApiVersion,
  deletedBy: recoveryServicesApiVersion,
  multiRequestWrites: true,
  argumentNames,
  fixedAtCreation,
  writable,
  parse,
  returnRemovedToDefault,
  differences,
  removals,
  notKept,
  fromArm,
  toRules,
  factLoaders,
  creation,
  change,
  outputs,
  vaults: ({ recoveryServicesVaults }) => recoveryServicesVaults,
  offer: ({ recoveryServicesVaultOffers }, subscriptionId, within) =>
    recoveryServicesVaultOffers(subscriptionId, within),
};
