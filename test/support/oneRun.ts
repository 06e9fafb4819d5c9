import { connect } from "../../provider/azure/index.js";
import { beginRun } from "../../provider/host/run.js";
import { serve } from "../../provider/host/serve.js";
import { backupInstance } from "../../provider/lifecycle/backupInstance.js";
import { backupPolicy } from "../../provider/lifecycle/backupPolicy.js";
import { encryptionSettings } from "../../provider/lifecycle/encryptionSettings.js";
import { identityAssignment } from "../../provider/lifecycle/identityAssignment.js";
import { keyAccess } from "../../provider/lifecycle/keyAccess.js";
import { resourceGuard } from "../../provider/lifecycle/resourceGuard.js";
import { resourceGuardAssociation } from "../../provider/lifecycle/resourceGuardAssociation.js";
import { backupVault, recoveryServicesVault } from "../../provider/lifecycle/vault/lifecycle.js";
import { handlerName, resourceTypeNames } from "../../provider/vaults/resourceTypes.js";
import { throughPlugin } from "./throughPlugin.js";

type Env = Record<string, string | undefined>;

/** The handlers as one run of Pulumi has them: all in one process, with one memory. */
export function oneRun({ env }: { env: object }, more: Env = {}, config: Record<string, string> = {}) {
  const warnings: string[] = [];
  const setting = (key: string) => config[key];
  const azure: Env = { ...env, ...more };
  const context = {
    setting,
    run: beginRun(),
    env: azure,
    azure: () => connect(setting, azure),
    warn: async (message: string) => void warnings.push(message),
  };
  return {
    warnings,
    backupVault: serve(backupVault, context),
    recoveryServicesVault: serve(recoveryServicesVault, context),
    identityAssignment: serve(identityAssignment, context),
    keyAccess: serve(keyAccess, context),
    encryptionSettings: serve(encryptionSettings, context),
    resourceGuard: serve(resourceGuard, context),
    resourceGuardAssociation: serve(resourceGuardAssociation, context),
    backupPolicy: serve(backupPolicy, context),
    backupInstance: serve(backupInstance, context),
  };
}

/** The same run through the plugin: the handlers as the engine has them there. */
export function oneRunOfPlugin(...run: Parameters<typeof oneRun>) {
  const { warnings, ...handlers } = oneRun(...run);
  const served = resourceTypeNames.map((type) => {
    const name = handlerName(type);
    return [name, throughPlugin(type, handlers[name])];
  });
  return { warnings, ...(Object.fromEntries(served) as typeof handlers) };
}

/** Checked, created, and what was recorded of it. */
export async function created(handlers: ReturnType<typeof serve>, args: object) {
  const { inputs, failures } = await handlers.check({}, args as Record<string, unknown>);
  if (failures.length > 0) throw new Error(failures.map(({ reason }) => reason).join("\n"));
  const { id, outs } = await handlers.create(inputs);
  return { id, inputs, outs };
}
