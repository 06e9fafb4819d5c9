import { previewDeadline } from "../../azure/index.js";
import type { Context } from "../../host/context.js";
import type { FromProgram } from "../../host/fromProgram.js";
import type { Checked, Difference, Lifecycle, Properties } from "../../host/serve.js";
import { isSameId } from "../../instances/armId.js";
import { judgeDependency } from "../../rules/index.js";
import { containsUnknown, isUnknown } from "../../vaults/unknowns.js";
import { isSameValue, problemText } from "../../vaults/values.js";
import { deadlineAfter } from "../deadlines.js";
import { forgetFacts, messageOf, orUnreadable, sharedFacts } from "../run/facts.js";
import { isKept, isThere, isWantedTwice, newInstance, placed, stays, wantedElsewhere } from "../run/holders.js";
import { withNameInError } from "../run/nameInError.js";
import { expectNewHalf, isAwaited, isBeingReplaced, isNewHalf, mayAdopt } from "../run/vaults.js";
import { byDecision } from "../vault/judge.js";
import { isVaultMissing, nothingMissing, together } from "../vault/prerequisites.js";
import { guardedRule, guardOf } from "./guard.js";
import {
  type Found,
  type Kept,
  type LiveProtection,
  type Outlook,
  type Protection,
  type ProtectionInputs,
  type Recorded,
  whenRemoved,
} from "./kind.js";
import { regionInPreview } from "./region.js";
import { isStopped, wantedState, wayOf, wayStopped } from "./stopped.js";
import { type Called, nothingToStop, protectionWording, type WayKept } from "./wording.js";

/*
 * The life of whatever a vault backs up: a backup instance in a Backup vault, a protected item in a Recovery Services vault. None
 * is replaced or deleted unless the stack's state says that its backups are given up.
 */

export function protectionLifecycle<
  I extends ProtectionInputs & Properties,
  L extends LiveProtection,
  K extends Kept & Properties,
>(kind: Protection<I, L, K>) {
  type State = Recorded<I, K>;
  const { keyOf, sourceOf, fixed } = kind;
  const say = protectionWording(kind.words);
  const called: Called<I> = (named) => kind.called(named);
  const claimOf = (inputs: I) => `${kind.words.short} ${keyOf(inputs)}`.toLowerCase();
  const sourceClaim = (inputs: I) => `protected ${sourceOf(inputs)}`.toLowerCase();
  const wholeOf = (inputs: I) => {
    const whole = isUnknown(inputs.vault) ? undefined : kind.inOneVault?.whole(inputs);
    return whole && `parts of ${whole}`.toLowerCase();
  };
  const named = <T>(name: string, work: () => Promise<T>) => withNameInError(name, work);

  async function check(context: Context, olds: Partial<State>, news: Properties, program: FromProgram) {
    const isNew = Object.keys(olds).length === 0;
    const { inputs, problems } = kind.parse(news, olds as Partial<I>);
    const name = called(inputs);
    if (problems.length > 0)
      return { inputs: news, failures: problems.map((problem) => `${name}: ${problemText(problem)}`) };
    const isTwice = !isUnknown(keyOf(inputs)) && isWantedTwice(context, claimOf(inputs), isNew);
    if (isTwice) return { inputs, failures: [say.twice(name)] };
    if (!isUnknown(sourceOf(inputs)) && isWantedTwice(context, sourceClaim(inputs), isNew))
      return { inputs, failures: [say.sourceTwice(name, sourceOf(inputs))] };
    const whole = wholeOf(inputs);
    const elsewhere = whole && wantedElsewhere(context, whole, inputs.vault, isNew);
    if (elsewhere !== undefined) return { inputs, failures: [kind.inOneVault?.text(inputs, elsewhere) ?? ""] };
    if (!isNew) return planChange(context, olds as State, inputs, program);
    return isUnknown(keyOf(inputs)) ? { inputs, failures: [] } : planNew(context, inputs, program);
  }

  async function planNew(context: Context, inputs: I, program: FromProgram): Promise<Checked> {
    const checked = (...failures: string[]): Checked => ({ inputs, failures });
    const { vault } = inputs;
    // What is replaced under its own ID, alone or with its vault, is still there in a preview.
    if (isNewHalf(context, keyOf(inputs)) || isBeingReplaced(context, vault)) return checked();
    try {
      const found = await kind.find(context, inputs, "plan", previewDeadline());
      if (found && !found.isDeleted) {
        const failure = whyNotAdopted(context, inputs, found);
        if (failure !== undefined) return checked(failure);
        await context.warn(say.adopts(called(inputs), found.live.state));
        const old = { ...kind.inputsOf(found.id, found.live, undefined), protectionState: found.live.state };
        return planInPlace(context, inputs, old as State);
      }
      if (await isVaultMissing(context, vault, program)) return checked(say.noVault(called(inputs), vault));
      // A deployment finds it out by the write, and what was deleted may come back without its source.
      const isAsked = !program.isDeployment && !found;
      const source = isAsked ? kind.regional(inputs) : undefined;
      const region =
        source === undefined ? nothingMissing : await regionInPreview(context, vault, source, called(inputs));
      const elsewhere = (isAsked ? await kind.elsewhereInPreview?.(context, inputs) : undefined) ?? nothingMissing;
      const where = together(region, elsewhere);
      const outlook = isAwaited(context, vault)
        ? await outlookInNewVault(context, inputs)
        : await kind.outlook(context, inputs, program, found);
      const failures = [...where.missing, ...outlook.failures];
      return planned(context, inputs, inputs, { ...outlook, failures, notes: [...where.notes, ...outlook.notes] });
    } catch (error) {
      await context.warn(say.notRead(called(inputs), messageOf(error)));
      return checked();
    }
  }

  async function outlookInNewVault(context: Context, inputs: I): Promise<Outlook> {
    const stopped = wayStopped(inputs) === undefined ? [] : [nothingToStop(called(inputs))];
    const { missing, notes } = await kind.policyInPreview(context, inputs, { waitsForNew: true });
    return { failures: [...stopped, ...missing], notes };
  }

  /** Undefined: it may be taken over. */
  function whyNotAdopted(context: Context, inputs: I, { id, live }: Found<L>): string | undefined {
    if (inputs.adopt !== true && !mayAdopt(context, { vaultId: id })) return say.exists(called(inputs), id);
    const differing = kind.differing(inputs, live);
    if (differing.length === 0 && live.unread.length === 0) return undefined;
    return say.cannotAdopt(called(inputs), differing, live.unread);
  }

  async function planChange(context: Context, old: State, inputs: I, program: FromProgram): Promise<Checked> {
    const { changed, open } = replacedBy(old, inputs);
    if (changed.length + open.length === 0) return planInPlace(context, inputs, old);
    const verdicts = await kind.judgeReplacement(context, old, changed, open);
    if (changed.length > 0 && keyOf(old) === keyOf(inputs)) expectNewHalf(context, keyOf(old));
    const failures = changed.length > 0 && program.createsFirst ? [say.createsFirst(called(inputs))] : [];
    return planned(context, inputs, old, { failures, notes: [], verdicts }, [...changed, ...open]);
  }

  /** @param old as the program had it, or as Azure has it */
  async function planInPlace(context: Context, inputs: I, old: State): Promise<Checked> {
    const changed = kind.written.filter((name) => !isSameValue(old[name], inputs[name]));
    const way = wayStopped(inputs);
    if (way !== undefined) return planStopped(context, inputs, old, way, changed);
    const isResumed = isStopped(kind.stateOf(old.protectionState)) && !isUnknown(inputs.protection);
    if (isResumed) await context.warn(say.resumes(called(inputs), inputs.policyId));
    if (changed.length === 0) return { inputs, failures: [] };
    const verdicts = await kind.judgeChange(context, old, inputs);
    const isSamePolicy = isSameId(inputs.policyId, old.policyId);
    const { missing, notes } = isSamePolicy ? nothingMissing : await kind.policyInPreview(context, inputs, {});
    return planned(context, inputs, old, { failures: missing, notes, verdicts }, changed);
  }

  /** @param changed the arguments that are written when its backup is resumed */
  async function planStopped(
    context: Context,
    inputs: I,
    old: State,
    way: WayKept,
    changed: readonly string[],
  ): Promise<Checked> {
    const name = called(inputs);
    const was = kind.stateOf(old.protectionState);
    const waiting = changed.length > 0 ? [say.waitsForResumption(name, changed)] : [];
    if (was === wantedState(inputs)) return planned(context, inputs, old, { failures: [], notes: waiting });
    if (isStopped(was)) return { inputs, failures: [say.resumeFirst(name, String(old.protectionState), way)] };
    const { deadline } = previewDeadline();
    const stop = { way, argument: "protection", when: "plan", deadline } as const;
    const failure = await kind.whyNotStopped(context, inputs, stop);
    const guard = await guardOf(sharedFacts(context), inputs.vault, deadline);
    const verdicts = judgeDependency(guardedRule(inputs.vault), "change", { what: way, guard, isOpen: false });
    const outlook = { failures: failure === undefined ? [] : [failure], notes: [say.stops(name, way), ...waiting] };
    return planned(context, inputs, old, { ...outlook, verdicts }, ["protection"]);
  }

  /** Nothing else is written: what differs from the program is written when its backup is resumed. */
  async function stop(context: Context, inputs: Recorded<I, K>, found: Found<L>, way: WayKept, deadline: number) {
    const name = called(inputs);
    const was = kind.stateOf(found.live.state);
    if (was === wantedState(inputs)) return found.live;
    if (isStopped(was)) throw new Error(say.resumeFirst(name, found.live.state, way));
    const failure = await kind.whyNotStopped(context, inputs, { way, argument: "protection", when: "write", deadline });
    if (failure !== undefined) throw new Error(failure);
    await kind.stop(context, inputs, found, way, deadline);
    const live = await kind.read(context, found.id, { deadline });
    if (live && kind.stateOf(live.state) === wantedState(inputs)) return live;
    throw new Error(say.notStopped(name, live?.state));
  }

  async function planned(
    context: Context,
    inputs: I,
    old: I,
    { failures, notes, verdicts = [] }: Outlook,
    changed: readonly string[] = [],
  ): Promise<Checked> {
    const said = byDecision(verdicts, (each) => kind.verdictText(each, old, changed));
    for (const warning of [...notes, ...said.open, ...said.warned]) await context.warn(warning);
    return { inputs, failures, judged: { vault: old.vault, verdicts, refused: said.refused, notes: [] } };
  }

  /** The arguments that Azure cannot change. A vault whose ID is unknown here is being replaced, with what is in it. */
  function replacedBy(old: I, inputs: I): { changed: string[]; open: string[] } {
    const differing = fixed.filter((name) => !isSameValue(old[name], inputs[name]));
    const isOpen = (name: keyof I & string) => name !== "vault" && containsUnknown(inputs[name]);
    return { changed: differing.filter((name) => !isOpen(name)), open: differing.filter(isOpen) };
  }

  /** What an update writes, or only records. */
  const changing = [...kind.written, "protection", "onDelete", "adopt", "undelete", "timeouts"] as (keyof I)[];

  async function diff(context: Context, _id: string, old: State, inputs: I): Promise<Difference> {
    const { changed: replaces, open } = replacedBy(old, inputs);
    if (replaces.length === 0) {
      stays(context, claimOf(old), [claimOf(old)], old.instance);
      stays(context, sourceClaim(old), [], old.instance);
      const whole = wholeOf(old);
      if (whole) stays(context, placed(whole, old.vault), [], old.instance);
    }
    const isOther = changing.some((name) => !isSameValue(old[name], inputs[name]));
    return {
      // Protection that was stopped or resumed outside of the program is as the program says again.
      changes:
        replaces.length + open.length > 0 || isOther || kind.stateOf(old.protectionState) !== wantedState(inputs),
      replaces,
      deleteBeforeReplace: replaces.length > 0,
    };
  }

  async function create(context: Context, inputs: I) {
    const deadline = deadlineAfter(inputs.timeouts?.create);
    const way = wayStopped(inputs);
    return named(called(inputs), async () => {
      const found = await kind.find(context, inputs, "write", { deadline });
      const failure = found && !found.isDeleted ? whyNotAdopted(context, inputs, found) : undefined;
      if (failure !== undefined) throw new Error(failure);
      const instance = newInstance();
      const { id, live, kept } = await (way !== undefined && found && !found.isDeleted
        ? takeStopped(context, inputs, found, way, { instance, deadline })
        : kind.create(context, inputs, found, { instance, deadline }));
      forgetFacts(context, kind.changes?.(inputs));
      isThere(context, claimOf(inputs), [claimOf(inputs)], instance);
      isThere(context, sourceClaim(inputs), [], instance);
      return { id, outs: { ...inputs, ...kept, protectionState: live.state } };
    });
  }

  /** Takes over one that is to stay without backup. */
  async function takeStopped(
    context: Context,
    inputs: I,
    found: Found<L>,
    way: WayKept,
    { instance, deadline }: { instance: string; deadline: number },
  ) {
    const kept = kind.keptIn({ ...inputs, instance } as State);
    const live = await stop(context, { ...inputs, ...kept }, found, way, deadline);
    return { id: found.id, live, kept };
  }

  async function read(context: Context, id: string, props: State) {
    const isRecorded = props.vault !== undefined;
    const name = isRecorded ? called(props) : kind.calledById(id);
    const deadline = deadlineAfter(undefined);
    const live = await named(name, async () => kind.read(context, id, { deadline }));
    if (!live && isRecorded) return undefined;
    if (!live) throw new Error(say.notThere(id));
    if (live.unread.length > 0) throw new Error(say.unknown(name, live.unread));
    if (!isRecorded && live.policyId === undefined) throw new Error(say.withoutPolicy(name, live.state));
    const protection = isRecorded ? props.protection : wayOf(kind.stateOf(live.state));
    const shown = kind.inputsOf(id, live, isRecorded ? props : undefined);
    const inputs = { ...shown, ...(protection !== undefined && { protection }) };
    // One that an earlier version recorded has no token.
    const kept = isRecorded ? kind.keptIn(props) : { instance: newInstance() };
    return { props: { ...inputs, ...kept, protectionState: live.state }, inputs };
  }

  async function update(context: Context, id: string, olds: State, inputs: I) {
    const { protectionState } = olds;
    const { changed } = replacedBy(olds, inputs);
    // The engine replaces it instead.
    if (changed.length > 0) throw new Error(say.cannotChange(called(inputs), changed));
    const kept = { ...kind.keptIn(olds), instance: olds.instance ?? newInstance() };
    const isWritten = kind.written.some((name) => !isSameValue(olds[name], inputs[name]));
    const way = wayStopped(inputs);
    const isAsWanted = kind.stateOf(protectionState) === wantedState(inputs);
    if (isAsWanted && (!isWritten || way !== undefined)) return { outs: { ...inputs, ...kept, protectionState } };
    const deadline = deadlineAfter(inputs.timeouts?.update);
    return named(called(inputs), async () => {
      const found = await kind.read(context, id, { deadline });
      if (!found && !kind.isUnconfirmed(protectionState)) throw new Error(say.gone(called(inputs)));
      // What this version does not know of it, its request would leave out.
      if (found && found.unread.length > 0) throw new Error(say.unknown(called(inputs), found.unread));
      if (way !== undefined && !found) throw new Error(nothingToStop(called(inputs)));
      const written =
        way !== undefined && found
          ? { live: await stop(context, { ...inputs, ...kept }, { id, live: found }, way, deadline), kept }
          : await kind.change(context, inputs, found, { id, old: olds, kept, deadline });
      forgetFacts(context);
      return { outs: { ...inputs, ...written.kept, protectionState: written.live.state } };
    });
  }

  async function remove(context: Context, id: string, props: State): Promise<void> {
    if (isKept(context, claimOf(props), props.instance)) return context.warn(say.stays(called(props)));
    const deadline = deadlineAfter(props.timeouts?.delete);
    const way = whenRemoved(props);
    await named(called(props), async () => {
      const live = await kind.read(context, id, { deadline });
      // An earlier deletion may have ended before it took back what was made for it.
      if (!live) return kind.afterDeletion(context, props, deadline);
      if (way !== "delete") {
        const state = kind.stateOf(live.state);
        // What has stopped keeps more than what is suspended.
        const isDone = state === "stopped" || state === wantedState({ protection: way });
        const asked = { way, argument: "onDelete", when: "write", deadline } as const;
        const failure = isDone ? undefined : await kind.whyNotStopped(context, props, asked);
        if (failure !== undefined) throw new Error(failure);
        if (!isDone) await kind.stop(context, props, { id, live }, way, deadline);
        await context.warn(say.stopped(called(props), state === "stopped" ? "stopProtectionRetainData" : way));
      } else {
        const verdicts = await kind.judgeDeletion(context, props, live, deadline);
        const stop = verdicts
          .filter(({ decision }) => decision !== "warn")
          .map((each) => kind.verdictText(each, props));
        if (stop.length > 0) throw new Error(stop.join("\n"));
        await kind.delete(context, props, id, deadline);
        await kind.afterDeletion(context, props, deadline);
        // It is gone, whatever becomes of the question what is left of it.
        const left = await orUnreadable(() => kind.deletedText(context, props, { id, live }, deadline));
        await context.warn("value" in left ? left.value : say.deleted(called(props), left.unreadable));
      }
      forgetFacts(context);
    });
  }

  return { check, diff, create, read, update, delete: remove } satisfies Lifecycle;
}
