import { normalLocation } from "../arm/locations.js";
import { merged } from "../arm/settable.js";
import { patchIdentity, putIdentity } from "../managedIdentity/identityOfResource.js";
import { type ArmResource, recoveryServicesVaultType, type TrackedResource } from "../state/records.js";
import type { World } from "../state/world.js";
import { vaultProperties } from "./vaultRequest.js";

/**
 * The vault that a PUT asks for. Recorded: of one that is there, it keeps immutability and cross-subscription restore
 * that it leaves out; the rest likewise. Only the key has to be sent along.
 */
export function putVault(world: World, id: string, given: ArmResource, before?: TrackedResource): TrackedResource {
  const has = before?.properties ?? {};
  const { encryption: _, ...kept } = vaultProperties(has, has);
  const properties = merged(kept, vaultProperties(given.properties ?? {}, has), ["configuration"]);
  return vault(id, {
    location: normalLocation(String(given.location)),
    tags: given.tags ?? undefined,
    sku: given.sku ?? before?.sku ?? { name: "RS0", tier: "Standard" },
    identity: putIdentity(world, before?.identity, given.identity ?? undefined),
    properties,
    before,
  });
}

/** The vault that a PATCH asks for: what it leaves out stays. Location and sku are no part of it. */
export function patchVault(world: World, before: TrackedResource, given: ArmResource): TrackedResource {
  const has = before.properties;
  return vault(before.id, {
    location: before.location,
    tags: given.tags ?? before.tags,
    sku: before.sku,
    identity: given.identity ? patchIdentity(world, before.identity, given.identity) : before.identity,
    // An identity is one value: the id of a user-assigned one does not survive a change to the system-assigned one. Nor
    // does the duration of an immutability that becomes AsPerPolicy.
    properties: merged(vaultProperties(has, has), vaultProperties(given.properties ?? {}, has), [
      "kekIdentity",
      "configuration",
    ]),
    before,
  });
}

interface Parts {
  location: string;
  tags?: Record<string, string>;
  sku: ArmResource;
  identity?: ArmResource;
  properties: ArmResource;
  before?: TrackedResource;
}

/** With the defaults of a vault that was created and recorded in 2026. */
function vault(id: string, { location, tags, sku, identity, properties, before }: Parts): TrackedResource {
  const softDeleteSettings = {
    softDeleteRetentionPeriodInDays: 14,
    softDeleteState: "AlwaysON",
    enhancedSecurityState: "AlwaysON",
    ...properties.securitySettings?.softDeleteSettings,
  };
  const always = softDeleteSettings.softDeleteState === "AlwaysON";
  const { encryption } = properties;
  return {
    location,
    name: before?.name ?? id.slice(id.lastIndexOf("/") + 1),
    ...(tags && { tags }),
    // This service writes a space, others do not.
    ...(identity && { identity: { ...identity, type: identity.type.replace(/,\s*/, ", ") } }),
    properties: {
      ...properties,
      provisioningState: before === undefined ? "Provisioning" : "Updating",
      privateEndpointStateForBackup: before?.properties.privateEndpointStateForBackup ?? "None",
      privateEndpointStateForSiteRecovery: before?.properties.privateEndpointStateForSiteRecovery ?? "None",
      ...(before?.properties.privateEndpointConnections && {
        privateEndpointConnections: before.properties.privateEndpointConnections,
      }),
      ...(before?.properties.backupStorageVersion && {
        backupStorageVersion: before.properties.backupStorageVersion,
      }),
      ...(encryption && { encryption: { infrastructureEncryption: "Disabled", ...encryption } }),
      securitySettings: {
        ...properties.securitySettings,
        ...(properties.securitySettings?.immutabilitySettings && {
          immutabilitySettings: immutabilitySettings(properties.securitySettings.immutabilitySettings),
        }),
        softDeleteSettings,
        multiUserAuthorization: before?.properties.securitySettings.multiUserAuthorization ?? "Invalid",
        sourceScanConfiguration: properties.securitySettings?.sourceScanConfiguration ?? { state: "Disabled" },
      },
      redundancySettings: {
        standardTierStorageRedundancy: "GeoRedundant",
        crossRegionRestore: "Disabled",
        ...properties.redundancySettings,
      },
      regionOfChoiceSettings: properties.regionOfChoiceSettings ?? { status: "Disabled" },
      secureScore: always ? "Adequate" : "None",
      bcdrSecurityLevel: always ? "Good" : "Poor",
      publicNetworkAccess: properties.publicNetworkAccess ?? "Enabled",
      restoreSettings: properties.restoreSettings ?? {
        crossSubscriptionRestoreSettings: { crossSubscriptionRestoreState: "Enabled" },
      },
    },
    id: before?.id ?? id,
    type: recoveryServicesVaultType,
    sku,
  };
}

/** "Ignored by the service when '--immutability-state' is 'Disabled'": https://github.com/microsoft/mcp/pull/3430. */
function immutabilitySettings({ configuration, ...given }: ArmResource): ArmResource {
  return configuration === undefined || given.state === "Disabled" ? given : { ...given, configuration };
}

/** Changes with every write. */
export function newEtag(now: number): string {
  return `W/"datetime'${encodeURIComponent(new Date(now).toISOString())}'"`;
}
