import type { Context } from "../../host/context.js";
import { perRun } from "../../host/perRun.js";
import type { Judged } from "../../host/review.js";
import { isUnknown, unknownSentinel } from "../../host/unknowns.js";
import { announceReplacement } from "../vaultSettings/replacement.js";
import { differences, removals } from "./compare.js";
import { fromArm } from "./fromArm.js";
import { type BackupVaultInputs, fixedAtCreation, writable } from "./inputs.js";
import { decide, sentences } from "./judgement.js";
import { look } from "./look.js";
import { merge } from "./merge.js";
import { keyOfAnotherCloud, regionUnknown } from "./ofThisCloud.js";
import type { Question } from "./question.js";
import { cannotAdopt, couldNotLook, nameOf, putBack, sameVaultTwice, vaultExists, vaultGone } from "./wording.js";

export interface Plan {
  /** What no rule says and prevents the preview all the same. */
  failures: string[];
  judged: Judged;
  /** The verdicts that refuse nothing, in words. */
  warned: string[];
}

const nothingToSay = (vault: string): Plan => failing(vault, []);

const failing = (vault: string, failures: string[]): Plan => ({
  failures,
  judged: { vault, verdicts: [], refused: [], notes: [] },
  warned: [],
});

/** Vaults to be deleted and created again under the same id: the engine has their new half checked as a new vault. */
const replacedInPlace = perRun(() => new Set<string>());

/** What `up` would refuse, and what the reader of the preview should know. Asks Azure only if something changes. */
export async function plan(
  context: Context,
  old: BackupVaultInputs | undefined,
  inputs: BackupVaultInputs,
): Promise<Plan> {
  if (old) return isUnchanged(old, inputs) ? nothingToSay(old.vaultId) : planChange(context, old, inputs);
  return planCreation(context, inputs);
}

export const isUnchanged = (old: BackupVaultInputs, inputs: BackupVaultInputs): boolean =>
  differences(inputs, old).length === 0 && removals(old, inputs).length === 0;

/** The arguments that make it another vault. What is not known yet may still turn out to be the same. */
export const replacedBy = (old: Partial<BackupVaultInputs>, inputs: BackupVaultInputs): (keyof BackupVaultInputs)[] =>
  differences(inputs, old).filter((name) => fixedAtCreation.some((each) => each === name) && !isUnknown(inputs[name]));

async function planCreation(context: Context, inputs: BackupVaultInputs): Promise<Plan> {
  const id = inputs.vaultId;
  const isNewHalf = replacedInPlace(context).delete(id.toLowerCase());
  if (!isUnknown(id) && !isNewHalf && isClaimedTwice(context, id)) return failing(id, [sameVaultTwice(inputs)]);
  const { live, unreadable } = isUnknown(id) || isNewHalf ? {} : await look(context, id);
  if (!live) return judged(context, { id, after: inputs, when: "plan" }, inputs, unreadable);
  if (!inputs.adopt) return failing(id, [vaultExists(id)]);
  const before = fromArm(id, live);
  const differing = replacedBy(before, inputs);
  if (differing.length > 0) return failing(id, [cannotAdopt(id, differing)]);
  return judged(context, { id, before, after: merge(before, inputs), live, when: "plan" }, inputs);
}

async function planChange(context: Context, old: BackupVaultInputs, inputs: BackupVaultInputs): Promise<Plan> {
  const id = old.vaultId;
  const { live, unreadable } = await look(context, id);
  const isReplaced = replacedBy(old, inputs).length > 0;
  const before = live ? fromArm(id, live) : recorded(old, inputs);
  const after = live && !isReplaced ? merge(before, inputs, removals(old, inputs)) : inputs;
  const result = await judged(context, { id, before, after, live, when: "plan" }, inputs, unreadable);
  if (!live && !unreadable) result.judged.notes.unshift(vaultGone(id));
  if (isReplaced && id === inputs.vaultId) {
    // The new half is checked only where nothing is refused, or in a review, which goes on all the same.
    replacedInPlace(context).add(id.toLowerCase());
    if (result.failures.length + result.judged.refused.length === 0) announceReplacement(context, id);
  }
  if (live && !isReplaced) {
    const drifted = differences(inputs, before).filter((name) => !differences(inputs, old).includes(name));
    if (drifted.length > 0) result.judged.notes.push(putBack(inputs, drifted));
  }
  return result;
}

async function judged(
  context: Context,
  question: Question,
  inputs: BackupVaultInputs,
  unreadable?: string,
): Promise<Plan> {
  const facts = unreadable ? { vault: { unreadable } } : {};
  const verdicts = await decide(context, { ...question, facts });
  const { refused, open, warned } = sentences(verdicts, nameOf(inputs), question.before?.vaultName);
  const looked = unreadable ? [couldNotLook(inputs, unreadable)] : [];
  const elsewhere = await keyOfAnotherCloud(context, question, inputs);
  const nowhere = unreadable ? [] : await regionUnknown(context, question, inputs);
  return {
    failures: [...nowhere, ...elsewhere],
    judged: { vault: question.id, verdicts, refused, notes: looked },
    warned: [...open, ...warned],
  };
}

/** In a program no two resources are one vault. */
const newVaults = perRun(() => new Set<string>());

function isClaimedTwice(context: Context, id: string): boolean {
  const isKnown = newVaults(context).has(id.toLowerCase());
  newVaults(context).add(id.toLowerCase());
  return isKnown;
}

/** The vault as it was last known. What the program sets now and did not before may have any value at Azure. */
function recorded(old: BackupVaultInputs, inputs: BackupVaultInputs): Partial<BackupVaultInputs> {
  const unmanaged = writable.filter((name) => old[name] === undefined && inputs[name] !== undefined);
  return { ...old, ...Object.fromEntries(unmanaged.map((name) => [name, unknownSentinel])) };
}
