import { type InstanceAction, previewDeadline } from "../azure/index.js";
import type { Context } from "../host/context.js";
import type { FromProgram } from "../host/fromProgram.js";
import type { Checked, Difference, Lifecycle, Properties } from "../host/serve.js";
import {
  type BackupInstanceInputs,
  differingFrom,
  fixedArguments,
  inputsOfLive,
  type LiveInstance,
  parseInstance,
  readInstance,
  requireInstanceId,
  whenRemoved,
} from "../instances/backupInstance.js";
import { isProtected, unconfirmed } from "../instances/protectionState.js";
import { isUnknown } from "../vaults/unknowns.js";
import { isSameValue, problemText } from "../vaults/values.js";
import { restorableInPreview, restorableNow } from "./backupInstance/deletedInstances.js";
import { judgeDeletion, judgeReplacement } from "./backupInstance/judge.js";
import { bringBack, changeProtected, createProtected, type Kept, type Recorded } from "./backupInstance/protect.js";
import { ensureRoles, revokeRoles, rolesInPreview } from "./backupInstance/roles.js";
import { validateInPreview } from "./backupInstance/validate.js";
import {
  adoptsInstance,
  cannotAdoptInstance,
  cannotChange,
  createsInstanceFirst,
  deletedText,
  instanceCalled,
  instanceExists,
  instanceGone,
  instanceNotRead,
  instanceStays,
  instanceText,
  noVaultForInstance,
  sameInstanceTwice,
  sourceTwice,
  stoppedText,
  unknownInstance,
  withInstanceInError,
} from "./backupInstance/wording.js";
import { deadlineAfter } from "./deadlines.js";
import { forgetFacts, messageOf } from "./run/facts.js";
import { isKept, isThere, isWantedTwice, newInstance, stays } from "./run/holders.js";
import { expectNewHalf, isAwaited, isBeingReplaced, isNewHalf, mayAdopt } from "./run/vaults.js";
import { byDecision } from "./vault/judge.js";
import { isVaultMissing, nothingMissing, orWarned } from "./vault/prerequisites.js";

async function check(
  context: Context,
  olds: Partial<Recorded>,
  news: Properties,
  program: FromProgram,
): Promise<Checked> {
  const isNew = Object.keys(olds).length === 0;
  const { inputs, problems } = parseInstance(news, olds);
  if (problems.length > 0)
    return { inputs: news, failures: problems.map((problem) => `${instanceCalled(inputs)}: ${problemText(problem)}`) };
  const { instanceId, dataSourceId } = inputs;
  const isTwice = !isUnknown(instanceId) && isWantedTwice(context, claimOf(inputs), isNew);
  if (isTwice) return { inputs, failures: [sameInstanceTwice(inputs)] };
  if (!isUnknown(dataSourceId) && isWantedTwice(context, sourceClaim(inputs), isNew))
    return { inputs, failures: [sourceTwice(inputs, dataSourceId)] };
  if (!isNew) return planChange(context, olds as Recorded, inputs, program);
  return isUnknown(instanceId) ? { inputs, failures: [] } : planNew(context, inputs, program);
}

async function planNew(context: Context, inputs: BackupInstanceInputs, program: FromProgram): Promise<Checked> {
  const { vault, instanceId } = inputs;
  // What is replaced under its own ID, alone or with its vault, is still there in a preview.
  if (isNewHalf(context, instanceId) || isBeingReplaced(context, vault)) return { inputs, failures: [] };
  try {
    const found = await context.azure().backupInstances.get(instanceId, previewDeadline());
    if (found) return existing(context, inputs, readInstance(found.properties));
    if (await isVaultMissing(context, vault, program)) return { inputs, failures: [noVaultForInstance(inputs)] };
    if (isAwaited(context, vault)) return { inputs, failures: [] };
    const restorable = await restorableInPreview(context, inputs);
    const roles = await rolesInPreview(context, inputs);
    const isComplete = roles.areHeld === true && !program.waitsForNew && restorable.deleted === undefined;
    const azures = isComplete ? await validateInPreview(context, inputs) : nothingMissing;
    const { failures, notes } = orWarned(
      { missing: [...roles.missing, ...azures.missing], notes: [...roles.notes, ...azures.notes] },
      program,
    );
    for (const note of [...restorable.notes, ...notes]) await context.warn(note);
    return { inputs, failures: [...restorable.failures, ...failures] };
  } catch (error) {
    await context.warn(instanceNotRead(inputs, messageOf(error)));
    return { inputs, failures: [] };
  }
}

/** An instance of the program's name exists. */
async function existing(context: Context, inputs: BackupInstanceInputs, live: LiveInstance): Promise<Checked> {
  const failure = whyNotAdopted(context, inputs, live);
  if (failure !== undefined) return { inputs, failures: [failure] };
  await context.warn(adoptsInstance(inputs, live.state));
  return { inputs, failures: [] };
}

/** Undefined: it may be taken over. */
function whyNotAdopted(context: Context, inputs: BackupInstanceInputs, live: LiveInstance): string | undefined {
  const isAsked = inputs.adopt === true || mayAdopt(context, { vaultId: inputs.instanceId });
  if (!isAsked) return instanceExists(inputs);
  const differing = differingFrom(inputs, live);
  if (differing.length === 0 && live.unread.length === 0) return undefined;
  return cannotAdoptInstance(inputs, differing, live.unread);
}

async function planChange(
  context: Context,
  old: Recorded,
  inputs: BackupInstanceInputs,
  program: FromProgram,
): Promise<Checked> {
  const { changed, open } = replacedBy(old, inputs);
  if (changed.length + open.length === 0) return { inputs, failures: [] };
  const verdicts = await judgeReplacement(context, old, changed, open);
  const said = byDecision(verdicts, (each) => instanceText(each, old, [...changed, ...open]));
  for (const warning of [...said.open, ...said.warned]) await context.warn(warning);
  if (changed.length > 0 && old.instanceId === inputs.instanceId) expectNewHalf(context, old.instanceId);
  return {
    inputs,
    failures: changed.length > 0 && program.createsFirst ? [createsInstanceFirst(inputs)] : [],
    judged: { vault: old.vault, verdicts, refused: said.refused, notes: [] },
  };
}

/** The arguments that Azure cannot change. A vault whose ID is unknown here is being replaced, with what is in it. */
function replacedBy(old: BackupInstanceInputs, inputs: BackupInstanceInputs): { changed: string[]; open: string[] } {
  const differing = fixedArguments.filter((name) => old[name] !== inputs[name]);
  const isOpen = (name: (typeof fixedArguments)[number]) => name !== "vault" && isUnknown(inputs[name]);
  return { changed: differing.filter((name) => !isOpen(name)), open: differing.filter(isOpen) };
}

/** What an update writes, or only records. */
const written = ["policyId", "friendlyName", "containers", "grantRoles"] as const;
const changing = [...written, "onDelete", "adopt", "undelete", "timeouts"] as const;

async function diff(context: Context, _id: string, old: Recorded, inputs: BackupInstanceInputs): Promise<Difference> {
  const { changed: replaces, open } = replacedBy(old, inputs);
  if (replaces.length === 0) {
    stays(context, claimOf(old), [claimOf(old)], old.instance);
    stays(context, sourceClaim(old), [], old.instance);
  }
  const isOther = changing.some((name) => !isSameValue(old[name], inputs[name]));
  return {
    // Protection that was stopped outside of the program is resumed.
    changes: replaces.length + open.length > 0 || isOther || !isProtected(old.protectionState),
    replaces,
    deleteBeforeReplace: replaces.length > 0,
  };
}

async function create(context: Context, inputs: BackupInstanceInputs) {
  const { instanceId: id } = inputs;
  const deadline = deadlineAfter(inputs.timeouts?.create);
  return withInstanceInError(inputs, async () => {
    const found = await context.azure().backupInstances.get(id, { deadline });
    const live = found && readInstance(found.properties);
    const failure = live && whyNotAdopted(context, inputs, live);
    if (failure !== undefined) throw new Error(failure);
    const instance = newInstance();
    const deleted = live ? undefined : await restorableNow(context, inputs, deadline);
    const kept = keptOf(instance, await ensureRoles(context, inputs, deadline));
    const { state } = await (live
      ? changeProtected(context, inputs, live, kept, deadline)
      : deleted
        ? bringBack(context, inputs, kept, deadline)
        : createProtected(context, inputs, kept, deadline));
    forgetFacts(context);
    isThere(context, claimOf(inputs), [claimOf(inputs)], instance);
    isThere(context, sourceClaim(inputs), [], instance);
    return { id, outs: { ...inputs, ...kept, protectionState: state } };
  });
}

const keptOf = (instance: string, grantedRoles: readonly string[]): Kept => ({
  instance,
  ...(grantedRoles.length > 0 && { grantedRoles: [...grantedRoles] }),
});

async function read(context: Context, id: string, props: Recorded) {
  requireInstanceId(id);
  const isRecorded = props.instanceId !== undefined;
  const named = isRecorded ? props : { instanceId: id };
  const deadline = deadlineAfter(undefined);
  const found = await withInstanceInError(named, async () => context.azure().backupInstances.get(id, { deadline }));
  if (!found && isRecorded) return undefined;
  if (!found) throw new Error(`Backup instance ${id} does not exist.`);
  const { instance, protectionState: _, grantedRoles, ...recorded } = props;
  const live = readInstance(found.properties);
  if (live.unread.length > 0) throw new Error(unknownInstance(named, live.unread));
  const inputs = inputsOfLive(id, live, isRecorded ? recorded : undefined);
  // One that an earlier version recorded has none.
  const token = isRecorded ? instance : newInstance();
  return {
    props: {
      ...inputs,
      ...(token && { instance: token }),
      ...(grantedRoles && { grantedRoles }),
      protectionState: live.state,
    },
    inputs,
  };
}

async function update(context: Context, id: string, olds: Recorded, inputs: BackupInstanceInputs) {
  const { instance = newInstance(), protectionState, grantedRoles = [] } = olds;
  const { changed } = replacedBy(olds, inputs);
  // The engine replaces it instead.
  if (changed.length > 0) throw new Error(cannotChange(inputs, changed));
  const isWritten = written.some((name) => !isSameValue(olds[name], inputs[name]));
  if (!isWritten && isProtected(protectionState))
    return { outs: { ...inputs, ...keptOf(instance, grantedRoles), protectionState } };
  const deadline = deadlineAfter(inputs.timeouts?.update);
  return withInstanceInError(inputs, async () => {
    const found = await context.azure().backupInstances.get(id, { deadline });
    if (!found && protectionState !== unconfirmed) throw new Error(instanceGone(inputs));
    const granted = await ensureRoles(context, inputs, deadline);
    const kept = keptOf(instance, [...new Set([...grantedRoles, ...granted])]);
    const { state } = await (found
      ? changeProtected(context, inputs, readInstance(found.properties), kept, deadline)
      : createProtected(context, inputs, kept, deadline));
    forgetFacts(context);
    return { outs: { ...inputs, ...kept, protectionState: state } };
  });
}

const actions: Record<"stopProtectionRetainData" | "suspend", InstanceAction> = {
  stopProtectionRetainData: "stopProtection",
  suspend: "suspendBackups",
};

async function remove(context: Context, id: string, props: Recorded): Promise<void> {
  if (isKept(context, claimOf(props), props.instance)) return context.warn(instanceStays(props));
  const deadline = deadlineAfter(props.timeouts?.delete);
  const way = whenRemoved(props);
  await withInstanceInError(props, async () => {
    const azure = context.azure();
    const granted = props.grantedRoles ?? [];
    // An earlier deletion may have ended before it revoked them.
    if (!(await azure.backupInstances.get(id, { deadline }))) return revokeRoles(context, props, granted, deadline);
    if (way !== "delete") {
      await azure.backupInstances.act(id, actions[way], { deadline });
      await context.warn(stoppedText(props, way));
    } else {
      const verdicts = await judgeDeletion(azure, props, "delete", deadline);
      const stop = verdicts.filter(({ decision }) => decision !== "warn").map((each) => instanceText(each, props));
      if (stop.length > 0) throw new Error(stop.join("\n"));
      await azure.backupInstances.delete(id, { deadline });
      await revokeRoles(context, props, granted, deadline);
      await context.warn(deletedText(props, await softDeleted(context, props, deadline)));
    }
    forgetFacts(context);
  });
}

async function softDeleted(context: Context, { vault, instanceName }: Recorded, deadline: number) {
  const all = await context.azure().deletedBackupInstances.list(vault, { deadline });
  return all.find(({ name }) => name.toLowerCase() === instanceName.toLowerCase());
}

const claimOf = ({ instanceId }: Pick<BackupInstanceInputs, "instanceId">): string =>
  `instance ${instanceId}`.toLowerCase();
const sourceClaim = ({ dataSourceId }: Pick<BackupInstanceInputs, "dataSourceId">): string =>
  `protected ${dataSourceId}`.toLowerCase();

export const backupInstance = { check, diff, create, read, update, delete: remove } satisfies Lifecycle;
