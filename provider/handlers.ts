/**
 * What Pulumi's dynamic provider host loads, by the names in users' state: never rename one.
 * See decisions/handler-constant.md.
 */
import { flushCompileCache } from "node:module";
import { serve } from "./host/serve.js";
import { backupInstance as backupInstanceLifecycle } from "./lifecycle/backupInstance.js";
import { backupPolicy as backupPolicyLifecycle } from "./lifecycle/backupPolicy.js";
import { encryptionSettings as encryptionSettingsLifecycle } from "./lifecycle/encryptionSettings.js";
import { identityAssignment as identityAssignmentLifecycle } from "./lifecycle/identityAssignment.js";
import { keyAccess as keyAccessLifecycle } from "./lifecycle/keyAccess.js";
import { resourceGuard as resourceGuardLifecycle } from "./lifecycle/resourceGuard.js";
import { resourceGuardAssociation as resourceGuardAssociationLifecycle } from "./lifecycle/resourceGuardAssociation.js";
import {
  backupVault as backupVaultLifecycle,
  recoveryServicesVault as recoveryServicesVaultLifecycle,
} from "./lifecycle/vault/lifecycle.js";

export const backupVault = serve(backupVaultLifecycle);
export const identityAssignment = serve(identityAssignmentLifecycle);
export const encryptionSettings = serve(encryptionSettingsLifecycle);
export const recoveryServicesVault = serve(recoveryServicesVaultLifecycle);
export const keyAccess = serve(keyAccessLifecycle);
export const resourceGuard = serve(resourceGuardLifecycle);
export const resourceGuardAssociation = serve(resourceGuardAssociationLifecycle);
export const backupPolicy = serve(backupPolicyLifecycle);
export const backupInstance = serve(backupInstanceLifecycle);

// Pulumi ends this process by a signal, and Node would write its compile cache (`NODE_COMPILE_CACHE`) only at an exit.
// Without that variable this does nothing.
setImmediate(flushCompileCache);
