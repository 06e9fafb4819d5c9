import { isArmError, type OperationOptions, type ProtectedItemResource, previewDeadline } from "../azure/index.js";
import type { Context } from "../host/context.js";
import type { FromProgram } from "../host/fromProgram.js";
import { unconfirmed } from "../instances/protectionState.js";
import { kindOfItemState } from "../instances/recoveryServices/itemState.js";
import {
  fixedOfItem,
  inputsOfItem,
  isOfSource,
  keyOfItem,
  type LiveItem,
  type ProtectedItemInputs,
  parseItem,
  readItem,
  requireItemId,
  sourceOfItem,
  stopBody,
} from "../instances/recoveryServices/protectedItem.js";
import { isUnknown } from "../vaults/unknowns.js";
import { ensureRegistered, idOfNewItem, unregisterUnused } from "./protectedItem/container.js";
import { restorableItem } from "./protectedItem/deletedItems.js";
import { itemRules } from "./protectedItem/judge.js";
import { judgeOtherPolicy } from "./protectedItem/otherPolicy.js";
import { policyInPreview } from "./protectedItem/policy.js";
import { bringItemBack, changeItem, createItem, type Kept } from "./protectedItem/protect.js";
import { elsewhereInPreview } from "./protectedItem/source.js";
import {
  accountInTwoVaults,
  itemCalled,
  itemCalledById,
  itemNotListed,
  itemWords,
  suspendNeedsImmutability,
} from "./protectedItem/wording.js";
import { deleteGuarded, type GuardedOne, withRequest } from "./protection/guard.js";
import { judgeDeletion, judgeReplacement } from "./protection/judge.js";
import type { Found, Outlook, Protection } from "./protection/kind.js";
import { protectionLifecycle } from "./protection/lifecycle.js";
import { deletedUntil, verdictText } from "./protection/wording.js";
import { recentReads } from "./run/facts.js";
import { orRefused } from "./run/restorable.js";
import { asPlanned, liveVault } from "./vault/liveVault.js";
import { nothingMissing } from "./vault/prerequisites.js";

/**
 * The item of a source, whether soft-deleted or not. Its name is Azure's, so it is looked for in the list of its vault, which the new
 * items of a run share. Before a write, one that is listed is read anew.
 */
async function findOfSource(
  context: Context,
  inputs: ProtectedItemInputs,
  when: "plan" | "write",
  options: OperationOptions,
): Promise<Found<LiveItem> | undefined> {
  const { vault } = inputs;
  const all = await recentReads(context)
    .recoveryServicesItems.list(vault, options)
    .catch(async (error: unknown) => {
      if (isArmError(error) && error.status === 404 && (await isVaultGone(context, vault, options))) return [];
      throw error;
    });
  const listed = all.map(foundIn).find(({ live }) => isOfSource(inputs, live));
  if (!listed || when === "plan") return listed;
  const found = await context.azure().recoveryServicesItems.get(listed.id, options);
  return found && foundIn(found);
}

function foundIn({ id, properties }: ProtectedItemResource): Found<LiveItem> {
  const live = readItem(properties);
  return { id, live, isDeleted: live.isSoftDeleted };
}

const isVaultGone = async (context: Context, vault: string, options: OperationOptions): Promise<boolean> =>
  (await context.azure().recoveryServicesVaults.get(vault, options)) === undefined;

async function read(context: Context, id: string, options: OperationOptions): Promise<LiveItem | undefined> {
  requireItemId(id);
  const found = await context.azure().recoveryServicesItems.get(id, options);
  const live = found && readItem(found.properties);
  return live?.isSoftDeleted ? undefined : live;
}

/** Azure suspends backup only where the policy's retention cannot be undercut. What cannot be read, Azure decides. */
async function whyNotSuspended(
  context: Context,
  inputs: ProtectedItemInputs,
  { way, argument, when, deadline }: Parameters<Protection<ProtectedItemInputs, LiveItem, Kept>["whyNotStopped"]>[2],
): Promise<string | undefined> {
  if (way !== "suspend") return undefined;
  const live = await liveVault(() => context.azure(), inputs.vault, deadline);
  const planned = when === "plan" ? context.run.immutability.get(inputs.vault.toLowerCase()) : undefined;
  const { vault } = asPlanned(live, planned);
  const state = "value" in vault ? (vault.value.immutability ?? "Disabled") : undefined;
  return state === "Disabled" ? suspendNeedsImmutability(itemCalled(inputs), state, argument) : undefined;
}

async function outlook(
  context: Context,
  inputs: ProtectedItemInputs,
  program: FromProgram,
  deleted: Found<LiveItem> | undefined,
): Promise<Outlook> {
  const { failures, notes } = restorableItem(inputs, deleted);
  // A deployment finds it out by the write.
  const isPreview = !program.isDeployment;
  const policy = isPreview ? await policyInPreview(context, inputs, program) : nothingMissing;
  return { failures: [...failures, ...policy.missing], notes: [...notes, ...policy.notes] };
}

const one = (inputs: ProtectedItemInputs, id: string): GuardedOne => ({
  id,
  vault: inputs.vault,
  name: itemCalled(inputs),
});

const items: Protection<ProtectedItemInputs, LiveItem, Kept> = {
  words: itemWords,
  called: itemCalled,
  calledById: itemCalledById,
  fixed: fixedOfItem,
  written: ["policyId", "diskExclusionProperties"],
  parse: parseItem,
  keyOf: keyOfItem,
  sourceOf: sourceOfItem,
  inOneVault: {
    whole: ({ fileShareName, sourceResourceId }) =>
      fileShareName === undefined || isUnknown(sourceResourceId) ? undefined : sourceResourceId,
    text: accountInTwoVaults,
  },
  elsewhereInPreview,
  regional: ({ sourceResourceId }) => sourceResourceId,

  find: findOfSource,
  read,
  // It was found by all that is fixed.
  differing: () => [],
  outlook,
  policyInPreview,
  judgeChange: (context, old, inputs) =>
    judgeOtherPolicy(context, inputs, old.policyId, previewDeadline().deadline, "plan"),
  judgeReplacement: (...arguments_) => judgeReplacement(itemRules, ...arguments_),
  judgeDeletion: (context, { vault }, { policyId }, deadline) =>
    judgeDeletion(itemRules, context, { vault, policyId }, "delete", deadline),
  verdictText: (verdict, item, changed) => verdictText(verdict, itemCalled(item), changed),
  stateOf: kindOfItemState,
  whyNotStopped: whyNotSuspended,
  isUnconfirmed: (state) => state === unconfirmed,
  keptIn: ({ instance }) => ({ ...(instance && { instance }) }),

  async create(context, inputs, found, { instance, deadline }) {
    const kept: Kept = { instance };
    if (found && !found.isDeleted) {
      const { id } = found;
      return { id, live: await changeItem(context, { id, inputs, kept, deadline }, found.live, false), kept };
    }
    const deleted = orRefused(restorableItem(inputs, found));
    const container = await ensureRegistered(context, inputs, deadline);
    const id = deleted?.id ?? (await idOfNewItem(context, inputs, container, deadline));
    const write = { id, inputs, kept, deadline };
    return { id, live: await (deleted ? bringItemBack : createItem)(context, write), kept };
  },

  async change(context, inputs, found, { id, old, kept, deadline }) {
    const write = { id, inputs, kept, deadline };
    const isReset = old.diskExclusionProperties !== undefined && inputs.diskExclusionProperties === undefined;
    const live = await (found ? changeItem(context, write, found, isReset) : createItem(context, write));
    return { id, live, kept };
  },

  inputsOf: inputsOfItem,
  changes: ({ vault }) => `${vault}/backupProtectedItems`,

  stop: (context, old, { id }, way, deadline) =>
    withRequest(context, one(old, id), way, deadline, (requests) =>
      context.azure().recoveryServicesItems.createOrUpdate(id, stopBody(old, way, requests), { deadline }),
    ),
  delete: (context, old, id, deadline) =>
    deleteGuarded(context, one(old, id), deadline, () =>
      context.azure().recoveryServicesItems.delete(id, { deadline }),
    ),
  afterDeletion: unregisterUnused,
  async deletedText(context, old, { id, live }, deadline) {
    const found = await context.azure().recoveryServicesItems.get(id, { deadline });
    const name = itemCalled(old);
    if (!found) return itemNotListed(name);
    const isOperational = await itemRules.isOperational(context, live.policyId, deadline);
    return deletedUntil(name, readItem(found.properties).purgedAt, isOperational);
  },
};

export const protectedItem = protectionLifecycle(items);
