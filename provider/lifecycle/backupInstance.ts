import type { InstanceAction, OperationOptions } from "../azure/index.js";
import type { Context } from "../host/context.js";
import type { FromProgram } from "../host/fromProgram.js";
import {
  type BackupInstanceInputs,
  differingFrom,
  fixedArguments,
  inputsOfLive,
  type LiveInstance,
  parseInstance,
  readInstance,
  requireInstanceId,
} from "../instances/backupInstance.js";
import { isProtected, unconfirmed } from "../instances/protectionState.js";
import { restorableInPreview, restorableNow } from "./backupInstance/deletedInstances.js";
import { instanceRules } from "./backupInstance/judge.js";
import { bringBack, changeProtected, createProtected, type Kept } from "./backupInstance/protect.js";
import { ensureRoles, revokeRoles, rolesInPreview } from "./backupInstance/roles.js";
import { validateInPreview } from "./backupInstance/validate.js";
import { deletedText, instanceCalled, instanceWords } from "./backupInstance/wording.js";
import { judgeDeletion, judgeReplacement } from "./protection/judge.js";
import { type Outlook, type Protection, protectionLifecycle } from "./protection/lifecycle.js";
import { verdictText, type WayKept } from "./protection/wording.js";
import { nothingMissing, orWarned } from "./vault/prerequisites.js";

async function outlook(context: Context, inputs: BackupInstanceInputs, program: FromProgram): Promise<Outlook> {
  const restorable = await restorableInPreview(context, inputs);
  const roles = await rolesInPreview(context, inputs);
  const isComplete = roles.areHeld === true && !program.waitsForNew && restorable.deleted === undefined;
  const azures = isComplete ? await validateInPreview(context, inputs) : nothingMissing;
  const { failures, notes } = orWarned(
    { missing: [...roles.missing, ...azures.missing], notes: [...roles.notes, ...azures.notes] },
    program,
  );
  return { failures: [...restorable.failures, ...failures], notes: [...restorable.notes, ...notes] };
}

async function read(context: Context, id: string, options: OperationOptions): Promise<LiveInstance | undefined> {
  requireInstanceId(id);
  const found = await context.azure().backupInstances.get(id, options);
  return found && readInstance(found.properties);
}

const keptOf = (instance: string, grantedRoles: readonly string[]): Kept => ({
  instance,
  ...(grantedRoles.length > 0 && { grantedRoles: [...grantedRoles] }),
});

const actions: Record<WayKept, InstanceAction> = {
  stopProtectionRetainData: "stopProtection",
  suspend: "suspendBackups",
};

const instances: Protection<BackupInstanceInputs, LiveInstance, Kept> = {
  words: instanceWords,
  called: instanceCalled,
  calledById: (instanceId) => instanceCalled({ instanceId }),
  fixed: fixedArguments,
  written: ["policyId", "friendlyName", "containers", "grantRoles"],
  parse: parseInstance,
  keyOf: ({ instanceId }) => instanceId,
  sourceOf: ({ dataSourceId }) => dataSourceId,

  async find(context, { instanceId: id }, options) {
    const live = await read(context, id, options);
    return live && { id, live };
  },
  read,
  differing: differingFrom,
  outlook,
  judgeReplacement: (context, old, ...arguments_) =>
    judgeReplacement(instanceRules, context, { ...old, id: old.instanceId }, ...arguments_),
  judgeDeletion: (context, { vault }, id, deadline) =>
    judgeDeletion(instanceRules, context, { vault, id }, "delete", deadline),
  verdictText: (verdict, instance, changed) => verdictText(verdict, instanceCalled(instance), changed),
  isProtected,
  isUnconfirmed: (state) => state === unconfirmed,
  keptIn: ({ instance, grantedRoles }) => ({ ...(instance && { instance }), ...(grantedRoles && { grantedRoles }) }),

  async create(context, inputs, found, { instance, deadline }) {
    const { instanceId: id } = inputs;
    const deleted = found ? undefined : await restorableNow(context, inputs, deadline);
    const kept = keptOf(instance, await ensureRoles(context, inputs, deadline));
    const live = await (found
      ? changeProtected(context, inputs, found.live, kept, deadline)
      : deleted
        ? bringBack(context, inputs, kept, deadline)
        : createProtected(context, inputs, kept, deadline));
    return { id, live, kept };
  },

  async change(context, inputs, found, { id, kept: { instance = "", grantedRoles = [] }, deadline }) {
    const granted = await ensureRoles(context, inputs, deadline);
    const kept = keptOf(instance, [...new Set([...grantedRoles, ...granted])]);
    const live = await (found
      ? changeProtected(context, inputs, found, kept, deadline)
      : createProtected(context, inputs, kept, deadline));
    return { id, live, kept };
  },

  inputsOf: inputsOfLive,

  async stop(context, _old, { id }, way, deadline) {
    await context.azure().backupInstances.act(id, actions[way], { deadline });
  },
  delete: (context, id, deadline) => context.azure().backupInstances.delete(id, { deadline }),
  afterDeletion: (context, old, deadline) => revokeRoles(context, old, old.grantedRoles ?? [], deadline),
  async deletedText(context, old, _id, deadline) {
    const all = await context.azure().deletedBackupInstances.list(old.vault, { deadline });
    const deleted = all.find(({ name }) => name.toLowerCase() === old.instanceName.toLowerCase());
    return deletedText(old, deleted);
  },
};

export const backupInstance = protectionLifecycle(instances);
