import { flushCompileCache } from "node:module";
import type { Lifecycle } from "./host/serve.js";
import type { ResourceTypeName } from "./vaults/resourceTypes.js";

/**
 * What both fronts serve, by the handlers' names. Each is loaded at its first call: most programs have few of the types. Does not
 * compile while a type of resource has no lifecycle.
 */
export const lifecycles: Record<Uncapitalize<ResourceTypeName>, Lifecycle> = {
  backupVault: loadedAtFirstCall(async () => (await import("./lifecycle/vault/lifecycle.js")).backupVault),
  recoveryServicesVault: loadedAtFirstCall(
    async () => (await import("./lifecycle/vault/lifecycle.js")).recoveryServicesVault,
  ),
  identityAssignment: loadedAtFirstCall(
    async () => (await import("./lifecycle/identityAssignment.js")).identityAssignment,
  ),
  keyAccess: loadedAtFirstCall(async () => (await import("./lifecycle/keyAccess.js")).keyAccess),
  encryptionSettings: loadedAtFirstCall(
    async () => (await import("./lifecycle/encryptionSettings.js")).encryptionSettings,
  ),
  resourceGuard: loadedAtFirstCall(async () => (await import("./lifecycle/resourceGuard.js")).resourceGuard),
  resourceGuardAssociation: loadedAtFirstCall(
    async () => (await import("./lifecycle/resourceGuardAssociation.js")).resourceGuardAssociation,
  ),
  backupPolicy: loadedAtFirstCall(async () => (await import("./lifecycle/backupPolicy.js")).backupPolicy),
  recoveryServicesBackupPolicy: loadedAtFirstCall(
    async () => (await import("./lifecycle/recoveryServicesBackupPolicy.js")).recoveryServicesBackupPolicy,
  ),
  backupInstance: loadedAtFirstCall(async () => (await import("./lifecycle/backupInstance.js")).backupInstance),
  protectedItem: loadedAtFirstCall(async () => (await import("./lifecycle/protectedItem.js")).protectedItem),
};

function loadedAtFirstCall(load: () => Promise<Lifecycle>): Lifecycle {
  let loading: Promise<Lifecycle> | undefined;
  function loaded(): Promise<Lifecycle> {
    loading ??= load().finally(() => {
      // Pulumi ends this process by a signal, and Node would write its compile cache (`NODE_COMPILE_CACHE`) only at an exit.
      // Without that variable this does nothing.
      setImmediate(flushCompileCache);
    });
    return loading;
  }
  return {
    check: async (...call) => (await loaded()).check(...call),
    diff: async (...call) => (await loaded()).diff(...call),
    create: async (...call) => (await loaded()).create(...call),
    read: async (...call) => (await loaded()).read(...call),
    update: async (...call) => (await loaded()).update(...call),
    delete: async (...call) => (await loaded()).delete(...call),
  };
}
