import type { BackupVaultResource } from "../../azure/index.js";
import type { VaultType } from "../vault/vaultType.js";
import { differences, removals } from "./compare.js";
import { fromArm } from "./fromArm.js";
import { type BackupVaultInputs, fixedAtCreation, writable } from "./inputs.js";
import { judged } from "./judgement.js";
import { outputs } from "./outputs.js";
import { argumentNames, parse } from "./parse.js";
import { returnRemovedToDefault } from "./removed.js";
import { change, creation } from "./toArm.js";

export const backupVaultType: VaultType<BackupVaultInputs, BackupVaultResource> = {
  ...judged,
  argumentNames,
  fixedAtCreation,
  writable,
  parse,
  returnRemovedToDefault,
  differences,
  removals,
  fromArm,
  creation,
  change,
  outputs,
  vaults: ({ backupVaults }) => backupVaults,
  regions: ({ vaultRegions }, subscriptionId, within) => vaultRegions(subscriptionId, within),
};
