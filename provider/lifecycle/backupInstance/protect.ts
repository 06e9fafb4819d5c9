import { type InstanceAction, type InstanceBody, pause } from "../../azure/index.js";
import type { Context } from "../../host/context.js";
import { type BackupInstanceInputs, createBody } from "../../instances/backupInstance.js";
import { changedFrom, type LiveInstance, readInstance, updateBody } from "../../instances/liveInstance.js";
import { kindOfState } from "../../instances/protectionState.js";
import { withConsent } from "../protection/guard.js";
import { regionOfSource } from "../protection/region.js";
import { wayStopped } from "../protection/stopped.js";
import { recordedAs, Unconfirmed, type Unfinished, unfinished } from "../protection/unconfirmed.js";
import { notChanged, verdictText } from "../protection/wording.js";
import { messageOf, recentReads } from "../run/facts.js";
import { judgeOtherPolicy } from "./otherPolicy.js";
import { isAboutPermission } from "./permissionErrors.js";
import { permissionDeadline } from "./roles.js";
import { waitsForEffect } from "./roleWording.js";
import { instanceCalled, notProtected, stillChanging, waitsForOthers } from "./wording.js";

/** What is recorded of an instance besides the inputs, whatever becomes of the write. */
export type Kept = {
  instance?: string;
  /** The role assignments that were created for it. */
  grantedRoles?: string[];
};

/**
 * Creates an instance. From the request on it may exist, so every later failure records it as unfinished.
 */
export async function createProtected(
  context: Context,
  inputs: BackupInstanceInputs,
  kept: Kept,
  deadline: number,
): Promise<LiveInstance> {
  // Azure moves no vault to another region.
  const vault = await recentReads(context).backupVaults.get(inputs.vault, { deadline });
  if (!vault) throw new Error(`its vault does not exist: ${inputs.vault} returned 404.`);
  const body = createBody(inputs, await regionOfSource(context, inputs.dataSourceId, vault, { deadline }));
  return write(context, inputs, body, kept, deadline);
}

/** Updates an instance to match the program, and resumes its backup where that is stopped. */
export async function changeProtected(
  context: Context,
  inputs: BackupInstanceInputs,
  found: LiveInstance,
  kept: Kept,
  deadline: number,
): Promise<LiveInstance> {
  const { backupInstances } = context.azure();
  const { instanceId: id, resourceGuardOperationRequests: requests = [] } = inputs;
  let live = await afterOthers(context, inputs, found, deadline);
  await refuseUnasked(context, inputs, live.policyId, deadline);
  const resume = resumedBy(live.state);
  if (resume) {
    await backupInstances.act(id, resume, { deadline });
    live = await readProtected(context, inputs, deadline);
  }
  if (changedFrom(inputs, live).length === 0 && kindOfState(live.state) === "protected") return live;
  const body = updateBody(inputs, live);
  const one = { vault: inputs.vault, name: instanceCalled(inputs) };
  live = await withConsent(context, one, requests, deadline, () => write(context, inputs, body, kept, deadline));
  const differing = changedFrom(inputs, live);
  if (differing.length > 0) await context.warn(notChanged(instanceCalled(inputs), differing));
  return live;
}

/**
 * Brings a soft-deleted instance back, and then updates it to match the program. Azure brings it back also where another vault
 * protects its source by now, and then refuses to resume it.
 *
 * @param policyId the policy that it had
 */
export async function bringBack(
  context: Context,
  inputs: BackupInstanceInputs,
  policyId: string | undefined,
  kept: Kept,
  deadline: number,
): Promise<LiveInstance> {
  const { backupInstances, deletedBackupInstances } = context.azure();
  await refuseUnasked(context, inputs, policyId, deadline);
  await deletedBackupInstances.undelete(inputs.vault, inputs.instanceName, { deadline });
  try {
    const found = await backupInstances.get(inputs.instanceId, { deadline });
    if (!found) throw new Unconfirmed("Azure does not show it after it was brought back.");
    const live = readInstance(found);
    // It comes back stopped.
    return wayStopped(inputs) === undefined ? await changeProtected(context, inputs, live, kept, deadline) : live;
  } catch (error) {
    throw recordedAs(whatIs(inputs, kept), error);
  }
}

/** Without the request that a resource guard needs for another policy, nothing is sent. */
async function refuseUnasked(
  context: Context,
  inputs: BackupInstanceInputs,
  before: string | undefined,
  deadline: number,
): Promise<void> {
  const verdicts = await judgeOtherPolicy(context.azure(), inputs, before, deadline);
  const refused = verdicts.filter(({ decision }) => decision === "refuse");
  const texts = refused.map((each) => verdictText(each, instanceCalled(inputs), ["policyId"]));
  if (texts.length > 0) throw new Error(texts.join("\n"));
}

function resumedBy(state: string): InstanceAction | undefined {
  const kind = kindOfState(state);
  if (kind === "stopped") return "resumeProtection";
  return kind === "suspended" ? "resumeBackups" : undefined;
}

/** Writes until the instance is protected. Roles that were assigned a moment ago take some minutes to take effect. */
async function write(
  context: Context,
  inputs: BackupInstanceInputs,
  body: InstanceBody,
  kept: Kept,
  deadline: number,
): Promise<LiveInstance> {
  const until = permissionDeadline(inputs, deadline);
  for (let waits = 0; ; waits += 1) {
    try {
      await context.azure().backupInstances.createOrUpdate(inputs.instanceId, body, { deadline });
      return await readProtected(context, inputs, deadline);
    } catch (error) {
      const waitMs = Math.min(1_000 * 2 ** waits, 30_000);
      if (!isAboutPermission(error) || Date.now() + waitMs > until) throw unfinished(whatIs(inputs, kept), error);
      if (waits === 0) await context.warn(waitsForEffect(inputs, messageOf(error)));
      await pause(waitMs, { deadline });
    }
  }
}

const whatIs = (inputs: BackupInstanceInputs, kept: Kept): Unfinished => ({
  id: inputs.instanceId,
  recorded: { ...inputs, ...kept },
  name: instanceCalled(inputs),
});

/** Reads the instance until it is backed up. That Azure's operation succeeded does not say so. */
async function readProtected(context: Context, inputs: BackupInstanceInputs, deadline: number): Promise<LiveInstance> {
  const found = await readSettled(context, inputs, deadline, "Azure does not show it after its creation.");
  const live = readInstance(found);
  if (kindOfState(live.state) === "protected") return live;
  throw new Unconfirmed(notProtected(live.state, found.properties.protectionErrorDetails));
}

/** As it is when somebody else's change of it has ended. */
async function afterOthers(
  context: Context,
  inputs: BackupInstanceInputs,
  found: LiveInstance,
  deadline: number,
): Promise<LiveInstance> {
  if (!isMoving(found)) return found;
  await context.warn(waitsForOthers(instanceCalled(inputs), found.state));
  const live = readInstance(await readSettled(context, inputs, deadline, "it was deleted meanwhile."));
  if (isMoving(live)) throw new Error(stillChanging(live.state));
  return live;
}

const isMoving = ({ state }: LiveInstance): boolean => kindOfState(state) === "moving";

/**
 * Reads the instance until Azure does not change it any more, or the deadline passes.
 *
 * @param gone what it means that there is none
 */
async function readSettled(context: Context, inputs: BackupInstanceInputs, deadline: number, gone: string) {
  const { backupInstances } = context.azure();
  for (let waitMs = 500; ; waitMs = Math.min(waitMs * 2, 15_000)) {
    const found = await backupInstances.get(inputs.instanceId, { deadline }).catch((error: unknown) => {
      throw new Unconfirmed(messageOf(error), { cause: error });
    });
    if (!found) throw new Unconfirmed(gone);
    if (!isMoving(readInstance(found)) || Date.now() + waitMs > deadline) return found;
    await pause(waitMs, { deadline });
  }
}
