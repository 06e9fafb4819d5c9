import { isUnknown, unknownSentinel } from "../../host/unknowns.js";
import { acceptCodes } from "../arguments/accept.js";
import { managedIdentity, userAssignedIdentity } from "../arguments/identity.js";
import { keyUri } from "../arguments/keyUri.js";
import { list, type Parse, type Problem, record } from "../arguments/parse.js";
import { boolean, duration, guid, location, matching, oneOf, tags, wholeNumber } from "../arguments/values.js";
import { type BackupVaultInputs, fixedAtCreation } from "./inputs.js";
import { vaultId } from "./vaultId.js";

const enabledOrDisabled = oneOf("Enabled", "Disabled");

/** Azure answers `SystemAssigned,UserAssigned`; the spelling with a space is accepted there and here. */
const identityType: Parse = (value, path, problems) =>
  oneOf(
    "SystemAssigned",
    "UserAssigned",
    "SystemAssigned,UserAssigned",
    "None",
  )(typeof value === "string" ? value.replaceAll(" ", "") : value, path, problems);

const identity: Parse = (value, path, problems) => {
  const fields = { type: identityType, userAssignedIdentities: list(userAssignedIdentity) };
  const parsed = record(fields, ["type"])(value, path, problems) as BackupVaultInputs["identity"];
  if (!parsed || isUnknown(parsed) || typeof parsed.type !== "string" || isUnknown(parsed.type)) return parsed;
  const ids = parsed.userAssignedIdentities;
  const wantsIds = parsed.type.includes("UserAssigned");
  if (wantsIds && (ids === undefined || ids.length === 0)) {
    problems.push({
      path: `${path}.userAssignedIdentities`,
      expected: `must name an identity: type is ${parsed.type}`,
    });
  }
  if (!wantsIds && ids !== undefined && !isUnknown(ids) && ids.length > 0) {
    problems.push({ path: `${path}.userAssignedIdentities`, expected: `must be left out: type is ${parsed.type}` });
  }
  return wantsIds ? parsed : { type: parsed.type };
};

const argument: Record<string, Parse> = {
  // Length and characters are a rule's, which other providers' previews are judged by too. Azure takes other ends, but
  // its specification has no way to address what such a vault holds.
  vaultName: matching(/^[a-z](.*[a-z0-9])?$/i, "must start with a letter and end with a letter or digit"),
  resourceGroupName: matching(
    /^[\p{L}\p{N}_.()-]{0,89}[\p{L}\p{N}_()-]$/u,
    "must be a resource group's name: 1 to 90 letters, digits, _ - . ( ), and no dot at the end",
  ),
  subscriptionId: guid,
  location,
  datastoreType: oneOf("VaultStore", "OperationalStore", "ArchiveStore", "SnapshotStore"),
  redundancy: oneOf("LocallyRedundant", "ZoneRedundant", "GeoRedundant"),
  softDelete: record({ state: oneOf("Off", "On", "AlwaysOn"), retentionDurationInDays: wholeNumber("days") }),
  immutability: oneOf("Disabled", "Unlocked", "Locked"),
  crossRegionRestore: enabledOrDisabled,
  crossSubscriptionRestore: oneOf("Enabled", "Disabled", "PermanentlyDisabled"),
  alertsForAllJobFailures: enabledOrDisabled,
  costManagementGranularity: oneOf("VaultLevel", "ProtectedItemLevel", "ProtectedItemWithParentTag"),
  identity,
  encryption: record({ keyUri, identity: managedIdentity, infrastructureEncryption: enabledOrDisabled }, [
    "keyUri",
    "identity",
  ]),
  resourceGuardOperationRequests: list(
    matching(/^\/subscriptions\/.+\/resourceGuards\/.+/i, "must be an ARM id of a resource guard operation request"),
  ),
  tags,
  adopt: boolean,
  accept: acceptCodes("BackupVault"),
  timeouts: record({ create: duration, update: duration, delete: duration }),
  // What `check` itself adds: the engine hands it back where a program gives a vault's old inputs again.
  vaultId: matching(/^\/subscriptions\//i, "is computed and cannot be set"),
};

export const argumentNames: readonly string[] = Object.keys(argument);

const required = ["vaultName", "resourceGroupName", "location", "redundancy"];

/**
 * Reads a program's arguments: canonical values, defaults, everything that is wrong with them.
 * `olds` are the inputs of the existing vault, if there is one: what differs from them only in case stays as it was.
 */
export function parse(
  news: Record<string, unknown>,
  olds: Partial<BackupVaultInputs> | undefined,
  defaultSubscriptionId: string | undefined,
): { inputs: BackupVaultInputs; problems: Problem[] } {
  const problems: Problem[] = [];
  const inputs = record(argument, required)(news, "", problems) as BackupVaultInputs;
  inputs.datastoreType ??= "VaultStore";
  // A vault stays in its subscription when the environment of a later run names another one.
  inputs.subscriptionId ??= olds?.subscriptionId ?? subscription(defaultSubscriptionId, problems);
  for (const name of fixedAtCreation) {
    const before = olds?.[name];
    if (before !== undefined && sameText(before, inputs[name])) inputs[name] = before;
  }
  inputs.vaultId = vaultId(inputs);
  return { inputs, problems };
}

function subscription(fromEnvironment: string | undefined, problems: Problem[]): string {
  if (fromEnvironment === undefined || fromEnvironment === "") {
    problems.push({
      path: "subscriptionId",
      expected: "is missing: set the argument, the configuration azure-backup:subscriptionId or ARM_SUBSCRIPTION_ID",
    });
    return unknownSentinel;
  }
  return guid(fromEnvironment, "subscriptionId", problems) as string;
}

const sameText = (a: string, b: string | undefined) => a.toLowerCase() === b?.toLowerCase();
