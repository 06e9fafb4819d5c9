/**
 * What Pulumi's dynamic provider host loads, by the names in users' state: never rename one.
 * See decisions/handler-constant.md.
 */
import { dynamicHandlers } from "./host/dynamic/serve.js";
import { lifecycles } from "./lifecycles.js";

export const backupVault = dynamicHandlers(lifecycles.backupVault);
export const identityAssignment = dynamicHandlers(lifecycles.identityAssignment);
export const encryptionSettings = dynamicHandlers(lifecycles.encryptionSettings);
export const recoveryServicesVault = dynamicHandlers(lifecycles.recoveryServicesVault);
export const keyAccess = dynamicHandlers(lifecycles.keyAccess);
export const resourceGuard = dynamicHandlers(lifecycles.resourceGuard);
export const resourceGuardAssociation = dynamicHandlers(lifecycles.resourceGuardAssociation);
export const backupPolicy = dynamicHandlers(lifecycles.backupPolicy);
export const recoveryServicesBackupPolicy = dynamicHandlers(lifecycles.recoveryServicesBackupPolicy);
export const backupInstance = dynamicHandlers(lifecycles.backupInstance);
export const protectedItem = dynamicHandlers(lifecycles.protectedItem);
