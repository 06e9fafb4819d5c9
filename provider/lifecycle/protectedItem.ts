import { isArmError, type OperationOptions, previewDeadline } from "../azure/index.js";
import type { Context } from "../host/context.js";
import { unconfirmed } from "../instances/protectionState.js";
import { itemIdOf } from "../instances/recoveryServices/itemId.js";
import { isProtectedItem } from "../instances/recoveryServices/itemState.js";
import {
  fixedOfItem,
  inputsOfItem,
  isOfSource,
  keyOfItem,
  type LiveItem,
  namesOf,
  type ProtectedItemInputs,
  parseItem,
  readItem,
  requireItemId,
  sourceOfItem,
  stopBody,
  suspendBody,
} from "../instances/recoveryServices/protectedItem.js";
import { itemDeleted, itemReplaced } from "../rules/index.js";
import { restorableItem } from "./protectedItem/deletedItems.js";
import { bringItemBack, changeItem, createItem, type Kept } from "./protectedItem/protect.js";
import {
  itemCalled,
  itemCalledById,
  itemNotListed,
  itemWords,
  suspendNeedsImmutability,
} from "./protectedItem/wording.js";
import { judgeDeletion, judgeReplacement, liveVault, type ProtectionRules } from "./protection/judge.js";
import { type Found, type Outlook, type Protection, protectionLifecycle } from "./protection/lifecycle.js";
import { deletedUntil, verdictText } from "./protection/wording.js";
import { sharedFacts } from "./run/facts.js";
import { orRefused } from "./run/restorable.js";

const itemRules: ProtectionRules = { replaced: itemReplaced, deleted: itemDeleted };

/** The item of a source, whether soft-deleted or not. Its name is Azure's, so it is looked for in the list of its vault. */
async function findOfSource(
  context: Context,
  inputs: ProtectedItemInputs,
  when: "plan" | "write",
  options: OperationOptions,
): Promise<Found<LiveItem> | undefined> {
  const { vault } = inputs;
  const all = await (when === "plan"
    ? sharedFacts(context).itemsOfVault(vault, options)
    : context.azure().recoveryServicesItems.list(vault, options)
  ).catch(async (error: unknown) => {
    if (isArmError(error) && error.status === 404 && (await isVaultGone(context, vault, options))) return [];
    throw error;
  });
  const found = all.map(({ id, properties }) => ({ id, live: readItem(properties) }));
  return found.find(({ live }) => isOfSource(inputs, live));
}

const isVaultGone = async (context: Context, vault: string, options: OperationOptions): Promise<boolean> =>
  (await context.azure().recoveryServicesVaults.get(vault, options)) === undefined;

async function read(context: Context, id: string, options: OperationOptions): Promise<LiveItem | undefined> {
  requireItemId(id);
  const found = await context.azure().recoveryServicesItems.get(id, options);
  const live = found && readItem(found.properties);
  return live?.isSoftDeleted ? undefined : live;
}

async function outlook(context: Context, inputs: ProtectedItemInputs): Promise<Outlook> {
  const deleted = await findOfSource(context, inputs, "plan", previewDeadline());
  const { failures, notes } = restorableItem(inputs, deleted);
  return { failures, notes };
}

/** Azure suspends backup only where the policy's retention cannot be undercut. What cannot be read, Azure decides. */
async function requireImmutability(context: Context, inputs: ProtectedItemInputs, deadline: number): Promise<void> {
  const vault = await liveVault(context, inputs.vault, deadline);
  const state = "value" in vault ? (vault.value.immutability ?? "Disabled") : undefined;
  if (state === "Disabled") throw new Error(suspendNeedsImmutability(itemCalled(inputs), state));
}

const items: Protection<ProtectedItemInputs, LiveItem, Kept> = {
  words: itemWords,
  called: itemCalled,
  calledById: itemCalledById,
  fixed: fixedOfItem,
  written: ["policyId", "diskExclusionProperties"],
  parse: parseItem,
  keyOf: keyOfItem,
  sourceOf: sourceOfItem,

  async find(context, ...arguments_) {
    const found = await findOfSource(context, ...arguments_);
    return found?.live.isSoftDeleted ? undefined : found;
  },
  read,
  // It was found by all that is fixed.
  differing: () => [],
  outlook,
  judgeReplacement: (context, old, ...arguments_) =>
    judgeReplacement(itemRules, context, { ...old, id: "" }, ...arguments_),
  judgeDeletion: (context, { vault }, id, deadline) =>
    judgeDeletion(itemRules, context, { vault, id }, "delete", deadline),
  verdictText: (verdict, item, changed) => verdictText(verdict, itemCalled(item), changed),
  isProtected: isProtectedItem,
  isUnconfirmed: (state) => state === unconfirmed,
  keptIn: ({ instance }) => ({ ...(instance && { instance }) }),

  async create(context, inputs, found, { instance, deadline }) {
    const kept: Kept = { instance };
    const deleted = found
      ? undefined
      : orRefused(restorableItem(inputs, await findOfSource(context, inputs, "write", { deadline })));
    const id = found?.id ?? deleted?.id ?? itemIdOf({ vault: inputs.vault, ...namesOf(inputs) });
    const write = { id, inputs, kept, deadline };
    const live = await (found
      ? changeItem(context, write, found.live, false)
      : deleted
        ? bringItemBack(context, write)
        : createItem(context, write));
    return { id, live, kept };
  },

  async change(context, inputs, found, { id, old, kept, deadline }) {
    const write = { id, inputs, kept, deadline };
    const isReset = old.diskExclusionProperties !== undefined && inputs.diskExclusionProperties === undefined;
    const live = await (found ? changeItem(context, write, found, isReset) : createItem(context, write));
    return { id, live, kept };
  },

  inputsOf: inputsOfItem,

  async stop(context, old, { id }, way, deadline) {
    if (way === "suspend") await requireImmutability(context, old, deadline);
    const body = way === "suspend" ? suspendBody(old) : stopBody(old);
    await context.azure().recoveryServicesItems.createOrUpdate(id, body, { deadline });
  },
  delete: (context, id, deadline) => context.azure().recoveryServicesItems.delete(id, { deadline }),
  async afterDeletion() {},
  async deletedText(context, old, id, deadline) {
    const found = await context.azure().recoveryServicesItems.get(id, { deadline });
    const name = itemCalled(old);
    return found ? deletedUntil(name, readItem(found.properties).purgedAt) : itemNotListed(name);
  },
};

export const protectedItem = protectionLifecycle(items);
