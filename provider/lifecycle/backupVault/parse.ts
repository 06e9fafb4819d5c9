import { acceptCodes } from "../arguments/accept.js";
import { managedIdentity } from "../arguments/identity.js";
import { keyUri } from "../arguments/keyUri.js";
import { type Parse, type Problem, record } from "../arguments/parse.js";
import { matching, oneOf, wholeNumber } from "../arguments/values.js";
import { vaultIdentity } from "../arguments/vaultIdentity.js";
import { commonArguments, keepSpelling, parseVault } from "../vault/parseVault.js";
import { vaultIdFrom } from "../vault/vaultId.js";
import { type BackupVaultInputs, fixedAtCreation } from "./inputs.js";

const enabledOrDisabled = oneOf("Enabled", "Disabled");

const argument: Record<string, Parse> = {
  // Length and characters are a rule's, which other providers' previews are judged by too. Azure takes other ends, but
  // its specification has no way to address what such a vault holds.
  vaultName: matching(/^[a-z](.*[a-z0-9])?$/i, "must start with a letter and end with a letter or digit"),
  ...commonArguments,
  datastoreType: oneOf("VaultStore", "OperationalStore", "ArchiveStore", "SnapshotStore"),
  redundancy: oneOf("LocallyRedundant", "ZoneRedundant", "GeoRedundant"),
  softDelete: record({ state: oneOf("Off", "On", "AlwaysOn"), retentionDurationInDays: wholeNumber("days") }),
  immutability: oneOf("Disabled", "Unlocked", "Locked"),
  crossRegionRestore: enabledOrDisabled,
  crossSubscriptionRestore: oneOf("Enabled", "Disabled", "PermanentlyDisabled"),
  alertsForAllJobFailures: enabledOrDisabled,
  costManagementGranularity: oneOf("VaultLevel", "ProtectedItemLevel", "ProtectedItemWithParentTag"),
  identity: vaultIdentity,
  encryption: record({ keyUri, identity: managedIdentity, infrastructureEncryption: enabledOrDisabled }, [
    "keyUri",
    "identity",
  ]),
  accept: acceptCodes("BackupVault"),
};

export const argumentNames: readonly string[] = Object.keys(argument);

const required = ["vaultName", "resourceGroupName", "location", "redundancy"];

/** Reads a program's arguments; see `parseVault`. */
export function parse(
  news: Record<string, unknown>,
  olds: Partial<BackupVaultInputs> | undefined,
  defaultSubscriptionId: string | undefined,
): { inputs: BackupVaultInputs; problems: Problem[] } {
  const read = record(argument, required);
  const { inputs, problems } = parseVault<BackupVaultInputs>(read, news, olds, defaultSubscriptionId);
  inputs.datastoreType ??= "VaultStore";
  keepSpelling(inputs, olds, fixedAtCreation);
  inputs.vaultId = vaultIdFrom("BackupVault", inputs);
  return { inputs, problems };
}
