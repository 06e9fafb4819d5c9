import type { Context } from "../../host/context.js";
import type { FromProgram } from "../../host/fromProgram.js";
import type { Judged } from "../../host/review.js";
import { differences, differencesInWords, merge, removals } from "../../vaults/compare.js";
import { readVault, type SomeSettings, type VaultInputs } from "../../vaults/definitions.js";
import { isUnknown, unknownSentinel } from "../../vaults/unknowns.js";
import { isSameValue } from "../../vaults/values.js";
import { isSameVault } from "../../vaults/vaultId.js";
import { isWritten } from "../../vaults/writes.js";
import { announceReplacement, expectNewHalf, isNewHalf, mayAdopt } from "../run/vaults.js";
import { restorableInPreview, settingsOf } from "./deletedVaults.js";
import { evaluate, type ProposedChange, sentences, worthSaying } from "./judge.js";
import {
  keyOfAnotherCloud,
  nothingMissing,
  orWarned,
  prerequisites,
  readForPreview,
  readNewForPreview,
  unseen,
  type VaultInPreview,
} from "./prerequisites.js";
import type { VaultService } from "./services.js";
import {
  adopts,
  cannotAdopt,
  createdAgain,
  createsFirst,
  nameOf,
  restoresDrift,
  sameVaultTwice,
  vaultExists,
  vaultGone,
} from "./wording.js";

export interface Plan {
  /** What prevents the preview, apart from the rules. */
  failures: string[];
  judged: Judged;
  /** The verdicts that are not refusals, in words. */
  warned: string[];
}

const nothingToSay = (vault: string): Plan => failing(vault, []);

const failing = (vault: string, failures: string[]): Plan => ({
  failures,
  judged: { vault, verdicts: [], refused: [], notes: [] },
  warned: [],
});

/**
 * What `up` would refuse, and what the reader of the preview should know. Calls Azure only if something changes.
 *
 * @param inputs the program's inputs, with Azure's defaults for arguments that were removed
 * @param isUpdated whether `up` updates the vault, which also restores what was changed outside Pulumi
 */
export async function plan(
  type: VaultService,
  context: Context,
  old: VaultInputs | undefined,
  inputs: VaultInputs,
  program: FromProgram,
  isUpdated = true,
): Promise<Plan> {
  if (!old) return planCreation(type, context, inputs, program);
  const id = old.vaultId;
  if (isSameVault(id, inputs.vaultId) && isAdoptedBeside(context, id, "recordedVaults"))
    return failing(id, [sameVaultTwice(type.kind, inputs)]);
  return isUpdated ? planChange(type, context, old, inputs, program) : nothingToSay(id);
}

/** Whether `up` updates the vault for these inputs. */
export const isUpdated = (type: VaultService, old: VaultInputs, inputs: VaultInputs): boolean =>
  differences(type, inputs, old).length > 0 ||
  removals(type, old, inputs).length > 0 ||
  !sameText(old, inputs, "accept", "timeouts");

/** Arguments that change nothing in Azure but must be recorded: `delete` receives what was recorded, not the program. */
const sameText = (a: VaultInputs, b: VaultInputs, ...names: (keyof VaultInputs)[]) =>
  names.every((name) => isSameValue(a[name], b[name]));

/** The changed arguments that require a replacement. A value that is not known yet may turn out to be unchanged. */
export const replacedBy = (type: VaultService, old: SomeSettings, inputs: VaultInputs): string[] => {
  const fixed = type.fixedAtCreation;
  return differences(type, inputs, old).filter((name) => fixed.includes(name) && !isUnknown(inputs[name]));
};

async function planCreation(
  type: VaultService,
  context: Context,
  inputs: VaultInputs,
  program: FromProgram,
): Promise<Plan> {
  const id = inputs.vaultId;
  const isReplacement = isNewHalf(context, id);
  if (!isUnknown(id) && !isReplacement && isClaimedTwice(context, id))
    return failing(id, [sameVaultTwice(type.kind, inputs)]);
  // For a vault that is replaced under the same ID, the prerequisites were checked with the old half.
  const seen = isUnknown(id) || isReplacement ? {} : await readNewForPreview(type, context, id);
  const { live } = seen;
  if (!live) return planNew(type, context, inputs, program, seen, isReplacement);
  // Asked for a replacement, the engine has the resource checked once more, as a new one.
  if (context.run.recordedVaults.has(id.toLowerCase())) return failing(id, [createdAgain(type.kind, inputs)]);
  if (!mayAdopt(context, inputs)) return failing(id, [vaultExists(id)]);
  if (isAdoptedBeside(context, id, "adoptedVaults")) return failing(id, [sameVaultTwice(type.kind, inputs)]);
  const before = readVault(type, id, live);
  const differing = replacedBy(type, before, inputs);
  if (differing.length > 0) return failing(id, [cannotAdopt(id, differing, before, inputs)]);
  const [after, writes] = [merge(type, before, inputs), isWritten(type, inputs, before, live)];
  const proposed: ProposedChange = { id, before, after, live, writes, when: "plan" };
  const result = await judged(type, context, proposed, inputs, program, seen);
  result.judged.notes.unshift(adopts(id, differencesInWords(type, inputs, before)));
  return result;
}

/** A vault that does not exist: created, or brought back from the soft-deleted ones. */
async function planNew(
  type: VaultService,
  context: Context,
  inputs: VaultInputs,
  program: FromProgram,
  seen: VaultInPreview,
  isReplacement: boolean,
): Promise<Plan> {
  const id = inputs.vaultId;
  const isLookedFor = !isUnknown(id) && !isReplacement && seen.unreadable === undefined;
  const { deleted, failures, notes } = isLookedFor
    ? await restorableInPreview(type, context, inputs)
    : { deleted: undefined, failures: [], notes: [] };
  if (failures.length > 0) return failing(id, failures);
  const before = deleted && settingsOf(type, deleted, id);
  const differing = before ? replacedBy(type, before, inputs) : [];
  if (before && differing.length > 0) return failing(id, [cannotAdopt(id, differing, before, inputs)]);
  const after = before ? merge(type, before, inputs) : inputs;
  const proposed: ProposedChange = { id, before, after, writes: true, when: "plan" };
  // What it holds shows only when it is back. `up` judges its update then.
  const facts = deleted ? { vault: { unreadable: "it is soft-deleted." } } : undefined;
  const result = await judged(type, context, proposed, inputs, program, seen, isReplacement, facts);
  result.judged.notes.unshift(...notes);
  return result;
}

/**
 * Whether a vault that would change does not exist. Only `diff` receives whether its creation was completed: if not, `up`
 * completes it.
 */
export const isGoneAtAzure = ({ run }: Context, id: string): boolean => run.goneVaults.has(id.toLowerCase());

async function planChange(
  type: VaultService,
  context: Context,
  old: VaultInputs,
  inputs: VaultInputs,
  program: FromProgram,
): Promise<Plan> {
  const id = old.vaultId;
  const seen = await readForPreview(type, context, id);
  const { live } = seen;
  const isGone = !live && seen.unreadable === undefined;
  const replaces = replacedBy(type, old, inputs);
  const isReplaced = replaces.length > 0;
  const before = live ? readVault(type, id, live) : recorded(type, old, inputs);
  const after = live && !isReplaced ? merge(type, before, inputs, old) : inputs;
  const writes = !live || isReplaced || isWritten(type, inputs, before, live);
  const proposed = { id, before, after, live, writes, replaces, when: "plan" } as const;
  const result = await judged(type, context, proposed, inputs, program, seen);
  // The replacement creates the new vault; the old one no longer exists.
  if (isGone && isReplaced) result.judged.notes.unshift(vaultGone(id));
  else if (isGone) context.run.goneVaults.add(id.toLowerCase());
  if (isReplaced && isSameVault(id, inputs.vaultId)) {
    if (program.createsFirst && !isGone) result.failures.push(createsFirst(id));
    // The new half is checked only if nothing is refused, or in a review, which continues after refusals.
    expectNewHalf(context, id);
    if (result.failures.length + result.judged.refused.length === 0) announceReplacement(context, id);
  }
  if (live && !isReplaced) {
    const changed = differences(type, inputs, old);
    const drifted = differences(type, inputs, before).filter((name) => !changed.includes(name));
    if (drifted.length > 0) result.judged.notes.push(restoresDrift(type.kind, inputs, drifted));
  }
  return result;
}

async function judged(
  type: VaultService,
  context: Context,
  proposed: ProposedChange,
  inputs: VaultInputs,
  program: FromProgram,
  seen: VaultInPreview,
  isReplacement = false,
  facts: ProposedChange["facts"] = seen.unreadable ? { vault: { unreadable: seen.unreadable } } : {},
): Promise<Plan> {
  const { unreadable } = seen;
  const verdicts = await evaluate(type, context, { ...proposed, facts, isSettled: !program.waitsForNew });
  const { refused, open, warned } = sentences(worthSaying(verdicts), nameOf(inputs), proposed.before?.vaultName);
  // A soft-deleted vault does not exist: what a new one needs must be there.
  const existing = proposed.live || proposed.replaces ? proposed.before : undefined;
  const elsewhere = await keyOfAnotherCloud(type.kind, context, proposed, inputs);
  const needed =
    unreadable !== undefined
      ? unseen(type.kind, inputs, seen)
      : isReplacement
        ? nothingMissing
        : await prerequisites(type, context, existing, inputs);
  const { failures, notes } = orWarned(needed, program);
  return {
    failures: [...failures, ...elsewhere],
    judged: { vault: proposed.id, verdicts, refused, notes },
    warned: [...open, ...warned],
  };
}

/** Records a new vault. Two resources of one program must not be the same vault. */
function isClaimedTwice({ run }: Context, id: string): boolean {
  const isKnown = run.newVaults.has(id.toLowerCase());
  run.newVaults.add(id.toLowerCase());
  return isKnown;
}

/** `adopt` may stay set after the adoption: a vault that one resource of the program has is not adopted by another. */
function isAdoptedBeside({ run }: Context, id: string, as: "recordedVaults" | "adoptedVaults"): boolean {
  const key = id.toLowerCase();
  run[as].add(key);
  return run.recordedVaults.has(key) && run.adoptedVaults.has(key);
}

/** The vault as last recorded. A setting that the program has only now begun to set may have any value in Azure. */
function recorded(type: VaultService, old: VaultInputs, inputs: VaultInputs): SomeSettings {
  const unmanaged = type.writable.filter((name) => old[name] === undefined && inputs[name] !== undefined);
  return { ...old, ...Object.fromEntries(unmanaged.map((name) => [name, unknownSentinel])) };
}
