import { type ArmError, type Azure, type BackupVaultResource, isArmError, wasAccepted } from "../../azure/index.js";
import type { Context } from "../../host/context.js";
import { PartialResource } from "../../host/partialResource.js";
import { messageOf } from "../messageOf.js";
import { differences } from "./compare.js";
import { fromArm } from "./fromArm.js";
import { hasFailed } from "./hasFailed.js";
import type { BackupVaultInputs, BackupVaultSettings } from "./inputs.js";
import { decide, sentences } from "./judgement.js";
import { merge } from "./merge.js";
import type { Question } from "./question.js";
import { change, creation } from "./toArm.js";
import { nameOf } from "./wording.js";

/** Judges against the live vault. What is refused, or cannot be decided, is not written. */
export async function insist(context: Context, question: Question, vault: { vaultName: string }): Promise<string[]> {
  const { refused, open, warned } = sentences(await decide(context, question), nameOf(vault));
  if (refused.length + open.length > 0) throw new Error([...refused, ...open].join("\n"));
  return warned;
}

export async function createVault(
  context: Context,
  inputs: BackupVaultInputs,
  deadline: number,
): Promise<BackupVaultResource> {
  const id = inputs.vaultId;
  const azure = context.azure();
  await insist(context, { id, after: inputs, when: "write", deadline }, inputs);
  try {
    await azure.backupVaults.createOrUpdate(id, creation(inputs), { deadline });
  } catch (error) {
    // Azure said no before it began: there is nothing to remember.
    if (!wasAccepted(error)) throw error;
    if (!isConflict(error)) throw unfinished(inputs, error);
    // A request whose answer was lost is sent again, and then meets the vault that its first try has begun.
    const live = await orUnfinished(inputs, () => firstTry(azure, id, deadline));
    if (differences(inputs, fromArm(id, live)).length === 0) return live;
    throw unfinished(inputs, new Error(`${id} is not yet what was asked for.`));
  }
  return orUnfinished(inputs, () => readBack(azure, id, deadline));
}

async function firstTry(azure: Azure, id: string, deadline: number): Promise<BackupVaultResource> {
  const live = await settled(azure, id, undefined, deadline);
  if (hasFailed(live)) throw new Error(`Azure began to create ${id}, and it failed.`);
  return live;
}

/** From here on there is, or may be, a vault of ours: whatever prevents us from seeing it, it is recorded. */
async function orUnfinished<T>(inputs: BackupVaultInputs, look: () => Promise<T>): Promise<T> {
  try {
    return await look();
  } catch (error) {
    throw unfinished(inputs, error);
  }
}

const unfinished = (inputs: BackupVaultInputs, error: unknown) =>
  new PartialResource(inputs.vaultId, { ...inputs, provisioningState: "Unknown" }, [
    `Backup vault "${nameOf(inputs)}" may have been created, but is not known to be finished: ${messageOf(error)} ` +
      "It is recorded; run `pulumi up` again to finish it.",
  ]);

/** Brings a live vault to what the program says. */
export const changeVault = (
  context: Context,
  inputs: BackupVaultInputs,
  found: BackupVaultResource,
  removed: readonly (keyof BackupVaultSettings)[],
  deadline: number,
): Promise<BackupVaultResource> =>
  changeSettings(context, inputs.vaultId, async () => inputs, { found, removed, deadline });

export interface ChangeOptions {
  /** The vault as it was read a moment ago. */
  found?: BackupVaultResource;
  removed?: readonly (keyof BackupVaultSettings)[];
  deadline: number;
}

/**
 * Changes settings of a live vault: read, judge, write what differs, read back. Somebody else's write in between is a
 * conflict; then all of it begins again from what the vault has become, so `wanted` is asked again.
 */
export async function changeSettings(
  context: Context,
  id: string,
  wanted: (has: BackupVaultSettings) => Promise<BackupVaultInputs>,
  { found, removed, deadline }: ChangeOptions,
): Promise<BackupVaultResource> {
  const azure = context.azure();
  let known = found;
  return againOnConflict(deadline, async () => {
    const live = await settled(azure, id, known, deadline);
    known = undefined;
    const before = fromArm(id, live);
    const inputs = await wanted(before);
    await insist(context, { id, before, after: merge(before, inputs, removed), live, when: "write", deadline }, inputs);
    const write = change(id, live, inputs);
    if (!write) return live;
    const send = write.method === "PUT" ? azure.backupVaults.createOrUpdate : azure.backupVaults.update;
    await send(id, write.body, { deadline });
    return readBack(azure, id, deadline);
  });
}

export async function deleteVault(context: Context, id: string, deadline: number): Promise<void> {
  const azure = context.azure();
  await againOnConflict(deadline, async () => {
    const live = await azure.backupVaults.get(id, { deadline });
    if (!live) return;
    const before = fromArm(id, live);
    for (const warning of await insist(context, { id, before, live, when: "write", deadline }, before))
      await context.warn(warning);
    await azure.backupVaults.delete(id, { deadline });
  });
}

/**
 * Azure takes one operation on a vault at a time and answers 409 to a second one. How long the first one takes is
 * waited for by `settled`; a conflict with a vault at rest is another kind of 409, and is not repeated for long.
 */
async function againOnConflict<T>(deadline: number, work: () => Promise<T>): Promise<T> {
  const until = Math.min(deadline, Date.now() + conflictPatienceMs);
  for (;;) {
    try {
      return await work();
    } catch (error) {
      if (!isConflict(error) || Date.now() + pauseMs > until) throw error;
      await pause();
    }
  }
}

/** The vault when no operation is under way on it: during one, Azure answers old values and refuses a second. */
async function settled(
  azure: Azure,
  id: string,
  found: BackupVaultResource | undefined,
  deadline: number,
): Promise<BackupVaultResource> {
  for (let live = found ?? (await readBack(azure, id, deadline)); ; live = await readBack(azure, id, deadline)) {
    if (!["Provisioning", "Updating"].includes(live.properties.provisioningState ?? "")) return live;
    if (Date.now() > deadline)
      throw new Error(
        `${id} is still ${live.properties.provisioningState}. Run \`pulumi up\` again later, or raise timeouts.`,
      );
    await pause();
  }
}

async function readBack(azure: Azure, id: string, deadline: number): Promise<BackupVaultResource> {
  const vault = await azure.backupVaults.get(id, { deadline });
  if (!vault) throw new Error(`${id} was there or was written a moment ago, and now answers 404.`);
  return vault;
}

/** A lock on the vault and a provider that is not registered are 409 too, and no wait helps. */
const isConflict = (error: unknown): error is ArmError =>
  isArmError(error) && error.status === 409 && !["ScopeLocked", "MissingSubscriptionRegistration"].includes(error.code);

const conflictPatienceMs = 60_000;
const pauseMs = 2_000;
const pause = () => new Promise((done) => setTimeout(done, pauseMs));
