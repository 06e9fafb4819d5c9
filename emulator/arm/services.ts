import type { World } from "../state/world.js";
import {
  authorizationVersions as authorization,
  recoveryServicesBackupVersions as backup,
  containerServiceVersions as containerService,
  dataProtectionVersions as dataProtection,
  keyVaultVersions as keyVault,
  kubernetesConfigurationVersions as kubernetesConfiguration,
  managedIdentityVersions as managedIdentity,
  recoveryServicesVersions as recoveryServices,
  resourceManagerVersions as resourceManager,
  siteRecoveryVersions as siteRecovery,
  storageVersions as storage,
} from "./apiVersions.js";
import { ArmError } from "./armError.js";

interface Service {
  apiVersions: readonly string[];
  resourceTypes: string[];
  /** Types, in lower case, that came with a later version. */
  since?: Record<string, string>;
  /** Other APIs in the same namespace, with versions of their own. */
  apis?: { types: RegExp; apiVersions: readonly string[] }[];
}

/** The resource providers that the emulator has, with the versions that each one answers. */
export const services: Record<string, Service> = {
  "Microsoft.Resources": { apiVersions: resourceManager, resourceTypes: ["resourceGroups", "subscriptions"] },
  "Microsoft.Authorization": {
    apiVersions: authorization,
    resourceTypes: ["roleAssignments", "roleDefinitions", "denyAssignments"],
  },
  "Microsoft.KeyVault": { apiVersions: keyVault, resourceTypes: ["vaults", "managedHSMs"] },
  "Microsoft.ManagedIdentity": {
    apiVersions: managedIdentity,
    resourceTypes: ["userAssignedIdentities", "identities"],
  },
  // Of storage, the file shares.
  "Microsoft.Storage": { apiVersions: storage, resourceTypes: ["storageAccounts/fileServices/shares"] },
  "Microsoft.ContainerService": { apiVersions: containerService, resourceTypes: ["managedClusters"] },
  "Microsoft.KubernetesConfiguration": { apiVersions: kubernetesConfiguration, resourceTypes: ["extensions"] },
  "Microsoft.DataProtection": {
    apiVersions: dataProtection,
    resourceTypes: ["backupVaults", "resourceGuards", "locations/deletedVaults"],
    since: { "locations/deletedvaults": "2025-09-01" },
  },
  "Microsoft.RecoveryServices": {
    apiVersions: recoveryServices,
    resourceTypes: ["vaults", "locations/deletedVaults"],
    apis: [
      { types: /^vaults\/(backup|privateEndpointConnections)/i, apiVersions: backup },
      { types: /^vaults\/replication(?!Usages)/i, apiVersions: siteRecovery },
    ],
  },
};

/** The versions that a resource type is answered in, oldest first. None: there is no such provider. */
export function versionsOf(namespace: string, type: string): readonly string[] {
  const service = services[namespace];
  if (service === undefined) return [];
  const api = service.apis?.find(({ types }) => types.test(type)) ?? service;
  const since = service.since?.[type.toLowerCase()] ?? "";
  return api.apiVersions.filter((version) => version >= since);
}

/** A resource provider's namespace as it is written, from any case. */
export function namespaceOf(given: string): string | undefined {
  return Object.keys(services).find((known) => known.toLowerCase() === given.toLowerCase());
}

export function isRegistered({ unregistered }: World, namespace: string): boolean {
  return !unregistered.has(namespace);
}

/** Every subscription has these two. */
const free = ["Microsoft.Resources", "Microsoft.Authorization"];

/** https://learn.microsoft.com/azure/azure-resource-manager/troubleshooting/error-register-resource-provider */
export function refuseUnregistered(world: World, namespace: string): void {
  if (isRegistered(world, namespace) || free.includes(namespace)) return;
  const message =
    `The subscription is not registered to use namespace '${namespace}'. See https://aka.ms/rps-not-found for how to ` +
    "register subscriptions.";
  throw new ArmError(409, "MissingSubscriptionRegistration", message);
}
