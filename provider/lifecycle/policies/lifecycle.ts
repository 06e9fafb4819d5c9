import { previewDeadline } from "../../azure/index.js";
import type { Context } from "../../host/context.js";
import type { FromProgram } from "../../host/fromProgram.js";
import type { Checked, Difference, Lifecycle, Properties } from "../../host/serve.js";
import type { Verdict } from "../../rules/index.js";
import { isUnknown } from "../../vaults/unknowns.js";
import { isSameValue, problemText } from "../../vaults/values.js";
import { deadlineAfter } from "../deadlines.js";
import { forgetFacts, messageOf, orUnreadable } from "../run/facts.js";
import { isKept, isThere, isWantedTwice, newInstance, stays } from "../run/holders.js";
import { willHavePolicy } from "../run/program.js";
import { expectNewHalf, isBeingReplaced, isNewHalf, mayAdopt } from "../run/vaults.js";
import { byDecision } from "../vault/judge.js";
import { isVaultMissing } from "../vault/prerequisites.js";
import { doesOf, judgePlanned, judgeReplacement, usersOf } from "./judge.js";
import type { Does, LivePolicy, PolicyInputs, PolicyKind } from "./kind.js";
import {
  adoptsPolicy,
  cannotAdoptPolicy,
  createsPolicyFirst,
  inUseText,
  notKept,
  noVaultForPolicy,
  policyCalled,
  policyExists,
  policyGone,
  policyNotRead,
  policyOtherwise,
  policyStays,
  policyText,
  samePolicyTwice,
  unknownPolicy,
  withPolicyInError,
} from "./wording.js";

/*
 * The life of a backup policy in a vault of either kind. A policy in use is neither replaced nor deleted; what Azure changes in
 * place is judged against the live policy and vault before it is written.
 */
export function policyLifecycle<I extends PolicyInputs & Properties, C, L extends LivePolicy<C>>(
  kind: PolicyKind<I, C, L>,
) {
  /** What the stack's state records. */
  type Recorded = I & { instance?: string };
  const { words, contents } = kind;
  const said = (verdict: Verdict, policy: I, changed: readonly string[]) =>
    policyText(verdict, policy, changed, kind.inUse, words);

  async function check(context: Context, olds: Partial<Recorded>, news: Properties, program: FromProgram) {
    const isNew = Object.keys(olds).length === 0;
    const { inputs, problems, limits } = kind.parse(news, olds as Partial<I>);
    const isOlder =
      limits.length > 0 && (isNew ? await isAdoptedAsIs(context, inputs) : isSame(olds as Recorded, inputs));
    const wrong = isOlder ? problems : [...problems, ...limits];
    if (wrong.length > 0)
      return { inputs: news, failures: wrong.map((problem) => `${policyCalled(inputs)}: ${problemText(problem)}`) };
    if (isUnknown(inputs.policyId)) return { inputs, failures: [] };
    const { policyId, dataSource } = inputs;
    const isOpen = doesOf(kind, inputs) === undefined;
    if (!isUnknown(dataSource))
      willHavePolicy(context, policyId, { dataSource, ...(!isOpen && { properties: kind.body(inputs).properties }) });
    if (isWantedTwice(context, claimOf(inputs), isNew)) return { inputs, failures: [samePolicyTwice(inputs)] };
    return isNew ? planNew(context, inputs, program) : planChange(context, olds as Recorded, inputs, program);
  }

  /** Azure keeps a policy that it would not take any more. */
  async function isAdoptedAsIs(context: Context, inputs: I): Promise<boolean> {
    if (isUnknown(inputs.policyId) || !adopts(context, inputs)) return false;
    const found = await kind
      .policies(context.azure())
      .get(inputs.policyId, previewDeadline())
      .catch(() => undefined);
    return doesAsWanted(inputs, found);
  }

  function doesAsWanted(inputs: I, found: { properties: object } | undefined): boolean {
    const [has, wanted] = [found && liveDoes(kind.read(found.properties)), doesOf(kind, inputs)];
    return has !== undefined && wanted !== undefined && areSame(has, wanted);
  }

  async function planNew(context: Context, inputs: I, program: FromProgram): Promise<Checked> {
    const { vault, policyId } = inputs;
    // What is replaced under its own ID, alone or with its vault, is still there in a preview.
    if (isNewHalf(context, policyId) || isBeingReplaced(context, vault)) return { inputs, failures: [] };
    try {
      const found = await kind.policies(context.azure()).get(policyId, previewDeadline());
      if (found) return await existing(context, inputs, kind.read(found.properties));
      const isMissing = await isVaultMissing(context, vault, program);
      return { inputs, failures: isMissing ? [noVaultForPolicy(inputs)] : [] };
    } catch (error) {
      await context.warn(policyNotRead(inputs, messageOf(error)));
      return { inputs, failures: [] };
    }
  }

  /** A policy of the program's name exists. It is taken over as far as Azure can make of it what the program says. */
  async function existing(context: Context, inputs: I, live: L): Promise<Checked> {
    if (!adopts(context, inputs)) return { inputs, failures: [policyExists(inputs, words)] };
    if (!canBecome(live, inputs)) return { inputs, failures: [cannotAdoptPolicy(inputs, live.unread, words)] };
    await context.warn(adoptsPolicy(inputs));
    const before = { ...inputs, ...kind.inputsOfLive(inputs.policyId, live) } as I;
    return judged(
      context,
      before,
      inputs,
      changedIn(before, inputs),
      await judgePlanned(kind, context, before, inputs, "change"),
    );
  }

  const adopts = (context: Context, { adopt, policyId }: I): boolean =>
    adopt === true || mayAdopt(context, { vaultId: policyId });

  /** Whether Azure can make of what it has what the program says. What is not known yet is compared at `up`. */
  function canBecome(live: L, inputs: I): boolean {
    const [before, after] = [liveDoes(live), doesOf(kind, inputs)];
    return before !== undefined && (after === undefined || !kind.fixed(before, after));
  }

  const liveDoes = ({ dataSource, content, unread }: L): Does<C> | undefined =>
    dataSource !== undefined && content !== undefined && unread.length === 0 ? { dataSource, content } : undefined;

  async function planChange(context: Context, old: Recorded, inputs: I, program: FromProgram): Promise<Checked> {
    const replaces = replacedBy(old, inputs);
    const changed = changedIn(old, inputs);
    if (replaces.length === 0)
      return changed.length === 0
        ? { inputs, failures: [] }
        : judged(context, old, inputs, changed, await judgePlanned(kind, context, old, inputs, "change"));
    const keepsId = old.policyId === inputs.policyId;
    const verdicts = await judgeReplacement(kind, context, old, inputs, keepsId);
    if (keepsId) expectNewHalf(context, old.policyId);
    const failures = keepsId && program.createsFirst ? [createsPolicyFirst(inputs)] : [];
    return { ...(await judged(context, old, inputs, replaces, verdicts)), failures };
  }

  async function judged(context: Context, old: I, inputs: I, changed: readonly string[], verdicts: Verdict[]) {
    const { refused, open, warned } = byDecision(verdicts, (each) => said(each, old, changed));
    for (const warning of [...open, ...warned]) await context.warn(warning);
    return { inputs, failures: [], judged: { vault: inputs.vault, verdicts, refused, notes: [] } } satisfies Checked;
  }

  /** The arguments that make another policy of it. A part that is not known yet may turn out to be unchanged. */
  function replacedBy(old: I, inputs: I): string[] {
    const names = ["vault", "policyName"] as const;
    // A vault whose ID is unknown here is being replaced, and its policies are deleted with it.
    const moved = names.filter((name) => old[name] !== inputs[name] && (name === "vault" || !isUnknown(inputs[name])));
    const [before, after] = [doesOf(kind, old), doesOf(kind, inputs)];
    const isOther = before !== undefined && after !== undefined && kind.fixed(before, after);
    return [...moved, ...(isOther ? differing(old, inputs) : [])];
  }

  const differing = (old: I, inputs: I) => contents.filter((name) => !isSameValue(old[name], inputs[name]));

  /** The arguments by which the policy does something else. */
  const changedIn = (old: I, inputs: I): string[] => (isSame(old, inputs) ? [] : differing(old, inputs));

  function isSame(old: I, inputs: I): boolean {
    const [before, after] = [doesOf(kind, old), doesOf(kind, inputs)];
    return before !== undefined && after !== undefined && areSame(before, after);
  }

  const areSame = (a: Does<C>, b: Does<C>): boolean =>
    a.dataSource === b.dataSource && kind.isSameContent(a.content, b.content);

  async function diff(context: Context, _id: string, old: Recorded, inputs: I): Promise<Difference> {
    const replaces = replacedBy(old, inputs);
    if (replaces.length === 0) stays(context, claimOf(old), [claimOf(old)], old.instance);
    const compared = [...contents, "policyName", "adopt", "timeouts", "resourceGuardOperationRequests"];
    const isOther = compared.some((name) => !isSameValue(old[name], inputs[name]));
    return {
      changes: replaces.length > 0 || isOther,
      replaces,
      // A vault cannot have two policies of one name.
      deleteBeforeReplace: replaces.length > 0 && old.policyId === inputs.policyId,
    };
  }

  async function create(context: Context, inputs: I) {
    const { policyId } = inputs;
    const deadline = deadlineAfter(inputs.timeouts?.create);
    return withPolicyInError(inputs, async () => {
      const found = await kind.policies(context.azure()).get(policyId, { deadline });
      if (found && !adopts(context, inputs)) throw new Error(policyExists(inputs, words));
      const live = found && kind.read(found.properties);
      if (live && !canBecome(live, inputs)) throw new Error(cannotAdoptPolicy(inputs, live.unread, words));
      await (live ? change(context, inputs, live, deadline) : write(context, inputs, deadline));
      const instance = newInstance();
      isThere(context, claimOf(inputs), [claimOf(inputs)], instance);
      return { id: policyId, outs: { ...inputs, instance } };
    });
  }

  /** Writes what the program says, unless Azure has it already or its rules stand against it. */
  async function change(context: Context, inputs: I, live: L, deadline: number): Promise<void> {
    const [before, after] = [liveDoes(live), doesOf(kind, inputs)];
    if (!before || !after) throw new Error(unknownPolicy(inputs.policyId, live.unread));
    if (areSame(before, after)) return;
    if (kind.fixed(before, after)) throw new Error(policyOtherwise(inputs));
    const azure = context.azure();
    const { vault, policyId } = inputs;
    const users = () => orUnreadable(async () => usersOf(policyId, await kind.users(azure, vault, { deadline })));
    const requests = inputs.resourceGuardOperationRequests ?? [];
    const proposed = { vault, before, after, operation: "change", requests, users, azure, deadline } as const;
    const verdicts = await kind.judgeChange(proposed);
    const old = { ...inputs, ...kind.inputsOfLive(policyId, live) } as I;
    const stop = verdicts.filter(({ decision }) => decision !== "warn");
    if (stop.length > 0) throw new Error(stop.map((each) => said(each, old, differing(old, inputs))).join("\n"));
    await write(context, inputs, deadline);
  }

  /** A response may be lost after Azure has written the policy: what is there then is looked at, and is what was sent. */
  async function write(context: Context, inputs: I, deadline: number): Promise<void> {
    const policies = kind.policies(context.azure());
    try {
      const written = await policies.createOrUpdate(inputs.policyId, kind.body(inputs), { deadline });
      if (!doesAsWanted(inputs, written)) await context.warn(notKept(inputs));
    } catch (error) {
      const found = await policies.get(inputs.policyId, { deadline }).catch(() => undefined);
      if (!doesAsWanted(inputs, found)) throw error;
    }
    forgetFacts(context);
  }

  async function read(context: Context, id: string, props: Recorded) {
    kind.requireId(id);
    const isRecorded = props.policyId !== undefined;
    const named = isRecorded ? props : { policyId: id };
    const deadline = deadlineAfter(undefined);
    const found = await withPolicyInError(named, async () => kind.policies(context.azure()).get(id, { deadline }));
    if (!found && isRecorded) return undefined;
    if (!found) throw new Error(`Backup policy ${id} does not exist.`);
    const { instance, ...rest } = props;
    const recorded = rest as unknown as I;
    const live = kind.read(found.properties);
    const [has, had] = [liveDoes(live), isRecorded ? doesOf(kind, recorded) : undefined];
    if (has && had && areSame(has, had)) return { props, inputs: recorded };
    if (live.unread.length > 0) throw new Error(unknownPolicy(id, live.unread));
    const { adopt, timeouts } = recorded;
    const inputs = {
      ...kind.inputsOfLive(id, live),
      ...(adopt !== undefined && { adopt }),
      ...(timeouts && { timeouts }),
    };
    return { props: { ...inputs, instance: instance ?? newInstance() }, inputs };
  }

  /** Another form of the same, or what only this package uses, is recorded and not sent. */
  async function update(context: Context, id: string, olds: Recorded, inputs: I) {
    const outs = { ...inputs, instance: olds.instance ?? newInstance() };
    if (isSame(olds, inputs)) return { outs };
    const deadline = deadlineAfter(inputs.timeouts?.update);
    return withPolicyInError(inputs, async () => {
      const found = await kind.policies(context.azure()).get(id, { deadline });
      if (!found) throw new Error(policyGone(inputs));
      await change(context, inputs, kind.read(found.properties), deadline);
      return { outs };
    });
  }

  async function remove(context: Context, id: string, props: Recorded): Promise<void> {
    if (isKept(context, claimOf(props), props.instance)) return context.warn(policyStays(props));
    const deadline = deadlineAfter(props.timeouts?.delete);
    await withPolicyInError(props, async () => {
      const azure = context.azure();
      const policies = kind.policies(azure);
      if (!(await policies.get(id, { deadline }))) return;
      const users = usersOf(id, await kind.users(azure, props.vault, { deadline }));
      if (users.length > 0) throw new Error(inUseText(props, users, kind.kind, kind.inUse));
      await policies.delete(id, { deadline });
      forgetFacts(context);
    });
  }

  const claimOf = ({ policyId }: Pick<I, "policyId">): string => `policy ${policyId}`.toLowerCase();

  return { check, diff, create, read, update, delete: remove } satisfies Lifecycle;
}
