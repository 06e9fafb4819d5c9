import type { RecoveryServicesVaultResource } from "../../azure/index.js";
import { hasFailed } from "../vault/hasFailed.js";
import { merge } from "../vault/merge.js";
import { present } from "../vault/present.js";
import type { Write } from "../vault/vaultType.js";
import { differences } from "./compare.js";
import { fromArm } from "./fromArm.js";
import type { RecoveryServicesVaultInputs, RecoveryServicesVaultSettings } from "./inputs.js";

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
    properties: propertiesBody({ ...rest, immutability: nextImmutability("Disabled", inputs.immutability) }),
  };
}

/**
 * The next request that brings a live vault nearer to what the program says; nothing where it is so already. Everything
 * that the vault has goes along: a PUT without the encryption of a vault that has one is refused. The sku goes only by
 * PUT. A vault whose last write failed is put again as a whole, although nothing seems to differ.
 */
export function change(
  id: string,
  live: RecoveryServicesVaultResource,
  inputs: RecoveryServicesVaultInputs,
): Write<RecoveryServicesVaultResource> {
  const has = fromArm(id, live);
  const changed = differences(inputs, has);
  if (changed.length === 0 && !hasFailed(live)) return undefined;
  const target = merge<RecoveryServicesVaultSettings>(has, inputs);
  const immutability = nextImmutability(has.immutability, target.immutability);
  const properties = propertiesBody({ ...target, immutability });
  const more = immutability !== target.immutability;
  if (!changed.includes("sku") && !hasFailed(live)) {
    const identity = changed.includes("identity") ? identityBody(target.identity, has.identity) : undefined;
    const body: Partial<RecoveryServicesVaultResource> = { tags: target.tags, identity, properties };
    return { method: "PATCH", body: body as RecoveryServicesVaultResource, more };
  }
  const body = {
    location: live.location,
    tags: target.tags,
    identity: identityBody(target.identity),
    sku: skuBody(target.sku),
    properties,
  };
  return { method: "PUT", body, more };
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

function propertiesBody(settings: Partial<RecoveryServicesVaultSettings>): Properties {
  const { redundancy, crossRegionRestore, crossSubscriptionRestore, classicAlerts, encryption } = settings;
  const { alertsForAllJobFailures, alertsForAllReplicationIssues, alertsForAllFailoverIssues } = settings;
  const { costManagementGranularity, publicNetworkAccess, resourceGuardOperationRequests } = settings;
  return present({
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
