import { apiVersion, type BackupVaultResource, writeApiVersion } from "../../azure/index.js";
import { hasFailed } from "../vault/hasFailed.js";
import { merge, only } from "../vault/merge.js";
import { said } from "../vault/present.js";
import type { Write } from "../vault/vaultType.js";
import { differences } from "./compare.js";
import { fromArm, storageOf } from "./fromArm.js";
import { type BackupVaultInputs, type BackupVaultSettings, writable } from "./inputs.js";

/** The body of a PUT that creates the vault. */
export function creation(inputs: BackupVaultInputs): BackupVaultResource {
  return {
    location: inputs.location,
    tags: inputs.tags,
    identity: identityBody(inputs.identity, []),
    properties: {
      storageSettings: [{ datastoreType: inputs.datastoreType, type: inputs.redundancy }],
      ...writableProperties(inputs, versionFor(inputs)),
    },
  };
}

/**
 * What has to be sent so that a live vault becomes what the program says; nothing where it is so already.
 *
 * A PATCH carries what the program changes, for others may be at work on the rest. The encryption settings always go
 * along: whether a write without them keeps them is not documented. Redundancy can only be sent by PUT, for the PATCH body
 * has no `storageSettings`, and a PUT has to say all that the vault has. So is a vault put whose last write failed, although
 * nothing seems to differ.
 */
export function change(
  id: string,
  live: BackupVaultResource,
  inputs: BackupVaultInputs,
): Write<BackupVaultResource> | undefined {
  const has = fromArm(id, live);
  const changed = differences(inputs, has);
  const sends = writable.filter((name) => changed.includes(name));
  if (sends.length === 0 && !hasFailed(live)) return undefined;
  const target = merge(has, inputs);
  const version = versionFor(target);
  if (!sends.includes("redundancy") && !hasFailed(live)) {
    const leaving = (has.identity?.userAssignedIdentities ?? []).filter((id) => !holds(target, id));
    const { encryption, resourceGuardOperationRequests } = target;
    const part = { ...only(inputs, sends), encryption, resourceGuardOperationRequests };
    const identity = sends.includes("identity") ? identityBody(target.identity, leaving) : undefined;
    const body = { tags: part.tags, identity, properties: writableProperties(part, version) };
    return { method: "PATCH", body: body as BackupVaultResource, sends };
  }
  const properties = writableProperties(target, version);
  const { replicatedRegions, storageSettings: shown = [] } = live.properties;
  const others = shown.filter((each) => each !== storageOf(shown));
  const storageSettings = [{ datastoreType: target.datastoreType, type: target.redundancy }, ...others];
  const body = {
    location: live.location,
    tags: target.tags,
    identity: identityBody(target.identity, []),
    properties: { storageSettings, replicatedRegions, ...properties },
  };
  const leavesOut = target.costManagementGranularity !== undefined && version !== apiVersion ? [granularity] : [];
  return { method: "PUT", body, sends, leavesOut };
}

const granularity = "costManagementGranularity";

const versionFor = ({ softDelete }: Partial<BackupVaultSettings>) => writeApiVersion(softDelete?.state);

const holds = (settings: BackupVaultSettings, identity: string) =>
  settings.identity?.userAssignedIdentities?.some((each) => each.toLowerCase() === identity.toLowerCase()) ?? false;

/** In a PATCH an identity leaves the vault by a null in the map; where none stays, by the type alone. */
function identityBody(identity: BackupVaultSettings["identity"], leaving: string[]): BackupVaultResource["identity"] {
  if (identity === undefined) return undefined;
  const stay = (identity.userAssignedIdentities ?? []).map((id) => [id, {}]);
  const map = stay.length > 0 ? [...stay, ...leaving.map((id) => [id, null])] : [];
  return { type: identity.type, ...(map.length > 0 && { userAssignedIdentities: Object.fromEntries(map) }) };
}

/** @param version the api-version of the request, which follows from what the whole vault will be */
function writableProperties(
  settings: Partial<BackupVaultSettings>,
  version: string,
): BackupVaultResource["properties"] | undefined {
  const { softDelete, immutability, encryption, crossRegionRestore, crossSubscriptionRestore } = settings;
  const { alertsForAllJobFailures, costManagementGranularity, resourceGuardOperationRequests } = settings;
  return said({
    securitySettings: {
      softDeleteSettings: softDelete,
      immutabilitySettings: immutability === undefined ? undefined : { state: immutability },
      encryptionSettings: encryption && encryptionBody(encryption),
    },
    featureSettings: {
      crossRegionRestoreSettings: crossRegionRestore === undefined ? undefined : { state: crossRegionRestore },
      crossSubscriptionRestoreSettings:
        crossSubscriptionRestore === undefined ? undefined : { state: crossSubscriptionRestore },
    },
    monitoringSettings:
      alertsForAllJobFailures === undefined ? undefined : { azureMonitorAlertSettings: { alertsForAllJobFailures } },
    // The older api-version does not have it. What that means for the vault is judged before: newer-api-version-needed.
    costManagementSettings:
      costManagementGranularity === undefined || version !== apiVersion
        ? undefined
        : { granularityLevel: costManagementGranularity },
    resourceGuardOperationRequests,
  });
}

function encryptionBody({
  state,
  keyUri,
  identity,
  infrastructureEncryption,
}: NonNullable<BackupVaultSettings["encryption"]>) {
  const userAssigned = identity && { identityType: "UserAssigned", identityId: identity };
  const kekIdentity = identity === "SystemAssigned" ? { identityType: "SystemAssigned" } : userAssigned || undefined;
  return {
    state: state === undefined || state === "Inconsistent" ? "Enabled" : state,
    keyVaultProperties: keyUri === undefined ? undefined : { keyUri },
    kekIdentity,
    infrastructureEncryption,
  };
}
