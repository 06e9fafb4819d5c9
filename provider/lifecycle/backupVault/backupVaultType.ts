import { apiVersion, type BackupVaultResource, writeApiVersion } from "../../azure/index.js";
import type { VaultType } from "../vault/vaultType.js";
import { differences, notKept, removals } from "./compare.js";
import { factLoaders } from "./facts.js";
import { fromArm } from "./fromArm.js";
import { type BackupVaultInputs, fixedAtCreation, writable } from "./inputs.js";
import { outputs } from "./outputs.js";
import { argumentNames, parse } from "./parse.js";
import { returnRemovedToDefault } from "./removed.js";
import { change, creation } from "./toArm.js";
import { toRules } from "./toRules.js";

export const backupVaultType: VaultType<BackupVaultInputs, BackupVaultResource> = {
  kind: "BackupVault",
  writtenBy: ({ softDelete }) => writeApiVersion(softDelete?.state),
  deletedBy: apiVersion,
  toRules,
  factLoaders,
  argumentNames,
  fixedAtCreation,
  writable,
  parse,
  returnRemovedToDefault,
  differences,
  removals,
  notKept,
  fromArm,
  creation,
  change,
  outputs,
  vaults: ({ backupVaults }) => backupVaults,
  offer: ({ vaultOffers }, subscriptionId, within) => vaultOffers(subscriptionId, within),
};
