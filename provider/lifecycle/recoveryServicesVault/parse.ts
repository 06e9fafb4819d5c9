import { isUnknown } from "../../host/unknowns.js";
import { acceptCodes } from "../arguments/accept.js";
import { managedIdentity } from "../arguments/identity.js";
import { keyUri } from "../arguments/keyUri.js";
import { type Parse, type Problem, record } from "../arguments/parse.js";
import { matching, oneOf, wholeNumber } from "../arguments/values.js";
import { vaultIdentity } from "../arguments/vaultIdentity.js";
import { commonArguments, keepSpelling, parseVault } from "../vault/parseVault.js";
import { vaultIdFrom } from "../vault/vaultId.js";
import { fixedAtCreation, type RecoveryServicesVaultInputs } from "./inputs.js";

const enabledOrDisabled = oneOf("Enabled", "Disabled");

/** `AlwaysON` is this service's spelling; Backup vaults have `AlwaysOn`, which is taken too. */
const protection = oneOf("Disabled", "Enabled", "AlwaysON");

const argument: Record<string, Parse> = {
  // Length and first letter are a rule's, which other providers' previews are judged by too.
  vaultName: matching(/^[a-z0-9-]+$/i, "must consist of letters, digits and hyphens"),
  ...commonArguments,
  sku: record({ name: oneOf("Standard", "RS0"), tier: matching(/./, "must be a text") }, ["name"]),
  redundancy: oneOf("LocallyRedundant", "ZoneRedundant", "GeoRedundant"),
  crossRegionRestore: enabledOrDisabled,
  softDelete: record({
    state: protection,
    enhancedSecurityState: protection,
    retentionDurationInDays: wholeNumber("days"),
  }),
  immutability: oneOf("Disabled", "Unlocked", "Locked"),
  immutabilityConfiguration: record({ type: oneOf("AsPerPolicy", "TimeBased"), durationInDays: wholeNumber("days") }),
  crossSubscriptionRestore: oneOf("Enabled", "Disabled", "PermanentlyDisabled"),
  publicNetworkAccess: enabledOrDisabled,
  alertsForAllJobFailures: enabledOrDisabled,
  alertsForAllReplicationIssues: enabledOrDisabled,
  alertsForAllFailoverIssues: enabledOrDisabled,
  classicAlerts: record({
    alertsForCriticalOperations: enabledOrDisabled,
    emailNotificationsForSiteRecovery: enabledOrDisabled,
  }),
  costManagementGranularity: oneOf("VaultLevel", "ProtectedItemLevel", "ProtectedItemWithParentTag"),
  identity: vaultIdentity,
  encryption: record({ keyUri, identity: managedIdentity, infrastructureEncryption: enabledOrDisabled }, [
    "keyUri",
    "identity",
  ]),
  accept: acceptCodes("RecoveryServicesVault"),
};

export const argumentNames: readonly string[] = Object.keys(argument);

const required = ["vaultName", "resourceGroupName", "location"];

/** Reads a program's arguments; see `parseVault`. */
export function parse(
  news: Record<string, unknown>,
  olds: Partial<RecoveryServicesVaultInputs> | undefined,
  defaultSubscriptionId: string | undefined,
): { inputs: RecoveryServicesVaultInputs; problems: Problem[] } {
  const read = record(argument, required);
  const { inputs, problems } = parseVault<RecoveryServicesVaultInputs>(read, news, olds, defaultSubscriptionId);
  // Azure wants both to be said, and the same of both.
  if (isGiven(inputs.softDelete)) inputs.softDelete.enhancedSecurityState ??= inputs.softDelete.state;
  keepSpelling(inputs, olds, fixedAtCreation);
  inputs.vaultId = vaultIdFrom("RecoveryServicesVault", inputs);
  return { inputs, problems };
}

const isGiven = (softDelete: RecoveryServicesVaultInputs["softDelete"]): softDelete is object =>
  softDelete !== undefined && !isUnknown(softDelete) && softDelete.state !== undefined;
