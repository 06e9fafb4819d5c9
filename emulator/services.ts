import { apiVersions as authorization } from "./authorization/apiVersions.js";
import { apiVersions as dataProtection } from "./dataProtection/apiVersions.js";
import { apiVersions as keyVault } from "./keyVault/apiVersions.js";
import { apiVersions as managedIdentity } from "./managedIdentity/apiVersions.js";
import { apiVersions as recoveryServices } from "./recoveryServices/apiVersions.js";
import { apiVersions as backup } from "./recoveryServicesBackup/apiVersions.js";
import { apiVersions as resourceManager } from "./resourceManager/apiVersions.js";
import { apiVersions as siteRecovery } from "./siteRecovery/apiVersions.js";

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
