import type { RecoveryServicesVaultResource } from "../../azure/index.js";
import { hasFailed } from "../vault/hasFailed.js";
import { merge, only } from "../vault/merge.js";
import { said } from "../vault/present.js";
import type { Write } from "../vault/vaultType.js";
import { differences } from "./compare.js";
import { fromArm } from "./fromArm.js";
import { type RecoveryServicesVaultInputs, type RecoveryServicesVaultSettings, writable } from "./inputs.js";

type Properties = NonNullable<RecoveryServicesVaultResource["properties"]>;

/** What Azure gives a vault whose sku nobody sets; it has no effect on what the vault can do. */
const defaultSku = { name: "RS0", tier: "Standard" };

/**
 * The body of the PUT that creates the vault. What was seen to go wrong there comes in the next steps, as changes: a
 * user-assigned identity ends in an operation that Azure does not find, two kinds of identities end in none
 * (https://github.com/Azure/azure-rest-api-specs/issues/27869 and 27851), and no vault is Locked at once (26598).
 */
export function creation(inputs: RecoveryServicesVaultInputs): RecoveryServicesVaultResource {
  const { encryption: _, ...rest } = inputs;
  return {
    location: inputs.location,
    tags: inputs.tags,
    identity: { type: "None" },
    sku: skuBody(inputs.sku),
    properties: propertiesBody({ ...rest, immutability: nextImmutability("Disabled", inputs.immutability) }) ?? {},
  };
}

/**
 * The next request that brings a live vault nearer to what the program says; nothing where it is so already.
 *
 * A PATCH carries what the program changes, for others may be at work on the rest, and the encryption of a vault that has
 * one: a PUT without it is refused. The sku goes only by PUT, which says all that the vault has.
 */
export function change(
  id: string,
  live: RecoveryServicesVaultResource,
  inputs: RecoveryServicesVaultInputs,
): Write<RecoveryServicesVaultResource> | undefined {
  const has = fromArm(id, live);
  const changed = differences(inputs, has);
  const sends = writable.filter((name) => changed.includes(name));
  const target = merge<RecoveryServicesVaultSettings>(has, inputs);
  if (hasFailed(live)) return { method: "PUT", body: whole(live, afterFailure(has, target)), sends, more: true };
  if (sends.length === 0) return undefined;
  const immutability = nextImmutability(has.immutability, target.immutability);
  const more = immutability !== target.immutability;
  if (sends.includes("sku")) return { method: "PUT", body: whole(live, { ...target, immutability }), sends, more };
  const { encryption, resourceGuardOperationRequests } = target;
  const part = { ...only(inputs, sends), encryption, resourceGuardOperationRequests };
  if (sends.includes("immutability")) part.immutability = immutability;
  if (sends.includes("softDelete")) part.softDelete = bothStates(has.softDelete, inputs.softDelete);
  const identity = sends.includes("identity") ? identityBody(target.identity, has.identity) : undefined;
  const body = { tags: part.tags, identity, properties: propertiesBody(part) };
  return { method: "PATCH", body: body as RecoveryServicesVaultResource, sends, more };
}

/**
 * A vault whose last write failed is put again, although nothing seems to differ. It shows what was asked for, which it
 * may never have become, and perhaps it was the creation that failed: so it is put with what a creation may have, and what
 * comes after one comes in the next steps.
 */
function afterFailure(
  has: RecoveryServicesVaultSettings,
  target: RecoveryServicesVaultSettings,
): RecoveryServicesVaultSettings {
  const hasIdentity = has.identity !== undefined && has.identity.type !== "None";
  const isLocked = has.immutability === "Locked";
  return {
    ...target,
    identity: hasIdentity ? target.identity : { type: "None" },
    encryption: has.encryption && target.encryption,
    immutability: isLocked ? target.immutability : nextImmutability("Disabled", target.immutability),
  };
}

const whole = (
  live: RecoveryServicesVaultResource,
  settings: RecoveryServicesVaultSettings,
): RecoveryServicesVaultResource => ({
  location: live.location,
  tags: settings.tags,
  identity: identityBody(settings.identity),
  sku: skuBody(settings.sku),
  properties: propertiesBody(settings) ?? {},
});

type SoftDelete = RecoveryServicesVaultSettings["softDelete"];

/** Azure wants both states to be said where one is; the retention goes by itself. */
function bothStates(has: SoftDelete, wanted: SoftDelete): SoftDelete {
  if (wanted?.state === undefined && wanted?.enhancedSecurityState === undefined) return wanted;
  return { state: has?.state, enhancedSecurityState: has?.enhancedSecurityState, ...wanted };
}

/** Locked is reached through Unlocked only, in a request of its own. */
function nextImmutability(from = "Disabled", to?: string): string | undefined {
  return to === "Locked" && from === "Disabled" ? "Unlocked" : to;
}

const skuBody = (sku: RecoveryServicesVaultSettings["sku"]) =>
  ({ ...defaultSku, ...sku }) as RecoveryServicesVaultResource["sku"];

/** In a PATCH an identity leaves the vault by a null in the map; where none stays, by the type alone. */
function identityBody(
  wanted: RecoveryServicesVaultSettings["identity"],
  has?: RecoveryServicesVaultSettings["identity"],
): RecoveryServicesVaultResource["identity"] {
  if (wanted === undefined) return undefined;
  const stay = wanted.userAssignedIdentities ?? [];
  const isLeaving = (id: string) => !stay.some((each) => each.toLowerCase() === id.toLowerCase());
  const leaving = (has?.userAssignedIdentities ?? []).filter(isLeaving);
  const map = stay.length > 0 ? [...stay.map((id) => [id, {}]), ...leaving.map((id) => [id, null])] : [];
  return {
    type: wanted.type.replace(",", ", "),
    ...(map.length > 0 && { userAssignedIdentities: Object.fromEntries(map) }),
  };
}

function propertiesBody(settings: Partial<RecoveryServicesVaultSettings>): Properties | undefined {
  const { redundancy, crossRegionRestore, crossSubscriptionRestore, classicAlerts, encryption } = settings;
  const { alertsForAllJobFailures, alertsForAllReplicationIssues, alertsForAllFailoverIssues } = settings;
  const { costManagementGranularity, publicNetworkAccess, resourceGuardOperationRequests } = settings;
  return said({
    publicNetworkAccess,
    redundancySettings: { standardTierStorageRedundancy: redundancy, crossRegionRestore },
    securitySettings: securityBody(settings),
    restoreSettings: {
      crossSubscriptionRestoreSettings: { crossSubscriptionRestoreState: crossSubscriptionRestore },
    },
    monitoringSettings: {
      azureMonitorAlertSettings: {
        alertsForAllJobFailures,
        alertsForAllReplicationIssues,
        alertsForAllFailoverIssues,
      },
      classicAlertSettings: classicAlerts,
    },
    costManagementSettings: { granularityLevel: costManagementGranularity },
    encryption: encryption && encryptionBody(encryption),
    resourceGuardOperationRequests,
  });
}

function securityBody({ softDelete, immutability, immutabilityConfiguration }: Partial<RecoveryServicesVaultSettings>) {
  return {
    softDeleteSettings: softDelete && {
      softDeleteState: softDelete.state,
      enhancedSecurityState: softDelete.enhancedSecurityState,
      softDeleteRetentionPeriodInDays: softDelete.retentionDurationInDays,
    },
    immutabilitySettings: { state: immutability, configuration: immutabilityConfiguration },
  };
}

function encryptionBody({
  keyUri,
  identity,
  infrastructureEncryption,
}: NonNullable<RecoveryServicesVaultSettings["encryption"]>): Properties["encryption"] {
  const isSystem = identity === "SystemAssigned";
  return {
    keyVaultProperties: { keyUri },
    kekIdentity: isSystem ? { useSystemAssignedIdentity: true } : { userAssignedIdentity: identity },
    infrastructureEncryption,
  };
}
