import {
  type DeletedBackupInstanceResource,
  type InstanceAction,
  type OperationOptions,
  previewDeadline,
} from "../azure/index.js";
import type { Context } from "../host/context.js";
import type { FromProgram } from "../host/fromProgram.js";
import { isSameId } from "../instances/armId.js";
import {
  type BackupInstanceInputs,
  fixedArguments,
  parseInstance,
  requireInstanceId,
  withDefaults,
  withIdentityOf,
} from "../instances/backupInstance.js";
import { differingFrom, inputsOfLive, type LiveInstance, readInstance } from "../instances/liveInstance.js";
import { kindOfState, unconfirmed } from "../instances/protectionState.js";
import { systemAssigned, usedIdentity } from "../vaults/identity.js";
import { restorableInPreview, restorableNow } from "./backupInstance/deletedInstances.js";
import { instanceRules } from "./backupInstance/judge.js";
import { judgeOtherPolicy } from "./backupInstance/otherPolicy.js";
import { policyInPreview } from "./backupInstance/policy.js";
import { bringBack, changeProtected, createProtected, type Kept } from "./backupInstance/protect.js";
import { revokeRoles, revokeUnneeded } from "./backupInstance/revoke.js";
import { ensureRoles, rolesInPreview } from "./backupInstance/roles.js";
import { validateInPreview } from "./backupInstance/validate.js";
import {
  deletedText,
  instanceCalled,
  instanceWords,
  notStoppable,
  notStoppableLater,
} from "./backupInstance/wording.js";
import { deleteGuarded, type GuardedOne, withRequest } from "./protection/guard.js";
import { judgeDeletion, judgeReplacement } from "./protection/judge.js";
import { type Outlook, type Protection, whenRemoved } from "./protection/kind.js";
import { protectionLifecycle } from "./protection/lifecycle.js";
import { wayStopped } from "./protection/stopped.js";
import { nothingToStop, verdictText, type WayKept } from "./protection/wording.js";
import { recentReads, sharedFacts } from "./run/facts.js";
import { nothingMissing, orWarned, together } from "./vault/prerequisites.js";

async function outlook(context: Context, inputs: BackupInstanceInputs, program: FromProgram): Promise<Outlook> {
  const restorable = await restorableInPreview(context, inputs);
  const roles = await rolesInPreview(context, inputs);
  const isComplete = roles.areHeld === true && !program.waitsForNew && restorable.deleted === undefined;
  const isPreview = !program.isDeployment;
  const policy = isPreview ? await policyInPreview(context, inputs, program) : nothingMissing;
  const isFit = policy.missing.length === 0;
  const azures = isComplete && isPreview && isFit ? await validateInPreview(context, inputs) : nothingMissing;
  const { failures, notes } = orWarned(together(roles, azures), program);
  const { deleted } = restorable;
  const verdicts = deleted && (await judgeChange(context, { policyId: policyOf(deleted) }, inputs));
  return {
    failures: [...restorable.failures, ...policy.missing, ...failures],
    notes: [...restorable.notes, ...policy.notes, ...notes, ...notesOnRemoval(inputs)],
    ...(verdicts && { verdicts }),
  };
}

/** Azure does not stop continuous backup of blobs. Of blobs in the vault, an instance names which. */
function notesOnRemoval(inputs: BackupInstanceInputs): string[] {
  const { dataSource, containers, autoProtectionSettings } = inputs;
  const isNamed = containers !== undefined || autoProtectionSettings !== undefined;
  const isStopped = whenRemoved(inputs) === "stopProtectionRetainData";
  return dataSource === "AzureBlob" && !isNamed && isStopped ? [notStoppableLater(instanceCalled(inputs))] : [];
}

/** By its policy: a program may not set the containers of an instance that it adopted. */
async function whyNotStopped(
  context: Context,
  { dataSource, policyId, vault, instanceName }: BackupInstanceInputs,
  { way, argument, deadline }: Parameters<Protection<BackupInstanceInputs, LiveInstance, Kept>["whyNotStopped"]>[2],
): Promise<string | undefined> {
  if (dataSource !== "AzureBlob" || way !== "stopProtectionRetainData") return undefined;
  const isOperational = await instanceRules.isOperational(context, policyId, deadline);
  return isOperational ? notStoppable(instanceCalled({ vault, instanceName }), argument) : undefined;
}

const judgeChange = (context: Context, old: { policyId: string | undefined }, inputs: BackupInstanceInputs) =>
  judgeOtherPolicy(sharedFacts(context), inputs, old.policyId, previewDeadline().deadline);

const policyOf = ({ properties }: DeletedBackupInstanceResource) => properties.policyInfo?.policyId;

async function read(context: Context, id: string, options: OperationOptions): Promise<LiveInstance | undefined> {
  requireInstanceId(id);
  const found = await context.azure().backupInstances.get(id, options);
  return found && readInstance(found);
}

/** Whether the vault's list does not have it. A list that cannot be read says nothing. */
async function isUnlisted(context: Context, vault: string, id: string, options: OperationOptions): Promise<boolean> {
  const listed = await recentReads(context)
    .backupInstances.list(vault, options)
    .catch(() => undefined);
  return listed !== undefined && !listed.some((each) => isSameId(each.id, id));
}

const keptOf = (instance: string, grantedRoles: readonly string[]): Kept => ({
  instance,
  ...(grantedRoles.length > 0 && { grantedRoles: [...grantedRoles] }),
});

const actions: Record<WayKept, InstanceAction> = {
  stopProtectionRetainData: "stopProtection",
  suspend: "suspendBackups",
};

const one = (inputs: BackupInstanceInputs, id: string): GuardedOne => ({
  id,
  vault: inputs.vault,
  name: instanceCalled(inputs),
});

const instances: Protection<BackupInstanceInputs, LiveInstance, Kept> = {
  words: instanceWords,
  called: instanceCalled,
  calledById: (instanceId) => instanceCalled({ ...requireInstanceId(instanceId), instanceId }),
  fixed: fixedArguments,
  written: [
    "policyId",
    "friendlyName",
    "tags",
    "containers",
    "autoProtectionSettings",
    "backupConfiguration",
    "identityDetails",
    "grantRoles",
  ],
  parse: parseInstance,
  keyOf: ({ instanceId }) => instanceId,
  sourceOf: ({ dataSourceId }) => dataSourceId,
  // Of a cluster, the region is looked at with the rest of it.
  regional: ({ dataSource, dataSourceId }) => (dataSource === "AzureKubernetesService" ? undefined : dataSourceId),

  async find(context, { vault, instanceId: id }, _when, options) {
    if (await isUnlisted(context, vault, id, options)) return undefined;
    const live = await read(context, id, options);
    return live && { id, live };
  },
  read,
  differing: differingFrom,
  outlook,
  policyInPreview,
  judgeChange,
  judgeReplacement: (...arguments_) => judgeReplacement(instanceRules, ...arguments_),
  judgeDeletion: (context, { vault }, { policyId }, deadline) =>
    judgeDeletion(instanceRules, context, { vault, policyId }, "delete", deadline),
  verdictText: (verdict, instance, changed) => verdictText(verdict, instanceCalled(instance), changed),
  stateOf: (state) => kindOfState(String(state)),
  whyNotStopped,
  isUnconfirmed: (state) => state === unconfirmed,
  keptIn: ({ instance, grantedRoles }) => ({ ...(instance && { instance }), ...(grantedRoles && { grantedRoles }) }),

  async create(context, inputs, found, { instance, deadline }) {
    const { instanceId: id } = inputs;
    const deleted = found ? undefined : await restorableNow(context, inputs, deadline);
    if (!found && !deleted && wayStopped(inputs) !== undefined) throw new Error(nothingToStop(instanceCalled(inputs)));
    const identity = found ? found.live.identity : usedIdentity(deleted?.properties.identityDetails);
    const kept = keptOf(instance, await ensureRoles(context, withIdentityOf(inputs, identity), deadline));
    const live = await (found
      ? changeProtected(context, inputs, found.live, kept, deadline)
      : deleted
        ? bringBack(context, inputs, policyOf(deleted), kept, deadline)
        : createProtected(context, inputs, kept, deadline));
    return { id, live, kept };
  },

  async change(context, given, found, { id, old, kept: { instance = "", grantedRoles = [] }, deadline }) {
    const inputs = withDefaults(old, given);
    const identity = found?.identity ?? systemAssigned;
    const granted = await ensureRoles(context, withIdentityOf(inputs, identity), deadline);
    const all = [...new Set([...grantedRoles, ...granted])];
    const kept = keptOf(instance, all);
    const live = await (found
      ? changeProtected(context, inputs, found, kept, deadline)
      : createProtected(context, inputs, kept, deadline));
    const left = await revokeUnneeded(context, withIdentityOf(inputs, live.identity), all, deadline);
    return { id, live, kept: keptOf(instance, left) };
  },

  inputsOf: inputsOfLive,
  changes: ({ vault }) => `${vault}/backupInstances`,

  stop: (context, old, { id }, way, deadline) =>
    withRequest(context, one(old, id), way, deadline, (requests) =>
      context.azure().backupInstances.act(id, actions[way], { deadline }, requests),
    ),
  delete: (context, old, id, deadline) =>
    deleteGuarded(context, one(old, id), deadline, () => context.azure().backupInstances.delete(id, { deadline })),
  afterDeletion: (context, old, deadline) => revokeRoles(context, old, old.grantedRoles ?? [], deadline),
  async deletedText(context, old, { live }, deadline) {
    const all = await context.azure().deletedBackupInstances.list(old.vault, { deadline });
    const deleted = all.find(({ name }) => name.toLowerCase() === old.instanceName.toLowerCase());
    return deletedText(old, deleted, await instanceRules.isOperational(context, live.policyId, deadline));
  },
};

export const backupInstance = protectionLifecycle(instances);
