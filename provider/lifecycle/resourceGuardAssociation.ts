import { isArmError, permits, previewDeadline, type ResourceGuardProxyResource, wasAccepted } from "../azure/index.js";
import type { Context } from "../host/context.js";
import type { FromProgram } from "../host/fromProgram.js";
import type { Checked, Difference, Lifecycle, Properties } from "../host/serve.js";
import { PartialResource } from "../host/serve.js";
import { guardElsewhere, guardSelfApproved, judgeDependency, type Verdict } from "../rules/index.js";
import { removalRequests, requestOf } from "../vaults/guardedOperations.js";
import { associationIdOf, isSameGuard } from "../vaults/guardId.js";
import { where } from "../vaults/sharedSettings.js";
import { isUnknown } from "../vaults/unknowns.js";
import { problemText } from "../vaults/values.js";
import { kindOf, nameIn } from "../vaults/vaultId.js";
import { deadlineAfter } from "./deadlines.js";
import {
  type AssociationInputs,
  associationOutputs,
  guardOf,
  parseAssociation,
  vaultIn,
} from "./guards/associationInputs.js";
import {
  associationStays,
  guardUnread,
  hasAnotherGuard,
  noGuard,
  notAssociated,
  notListed,
  removalRefused,
  replacesGuard,
  sameVaultTwice,
  takesOver,
  withAssociationInError,
} from "./guards/associationWording.js";
import { whoIsSignedIn } from "./guards/whoIsSignedIn.js";
import { associationCalled, ruleText, unfinished } from "./guards/wording.js";
import { messageOf } from "./run/facts.js";
import { isKept, isThere, isWantedTwice, newInstance, stays } from "./run/holders.js";
import { isAwaited, oneAtATime } from "./run/vaults.js";
import { orWarned, type Prerequisites, readForPreview, unseen } from "./vault/prerequisites.js";
import { serviceOf } from "./vault/services.js";
import { noVault } from "./vault/wording.js";

/** What the stack's state records. */
type Recorded = AssociationInputs & { instance?: string; isUnfinished?: true } & Partial<
    ReturnType<typeof associationOutputs>
  >;

async function check(
  context: Context,
  olds: Partial<Recorded>,
  news: Properties,
  program: FromProgram,
): Promise<Checked> {
  const isNew = Object.keys(olds).length === 0;
  const { inputs, problems } = parseAssociation(news, olds);
  const { vault, resourceGuard } = inputs;
  if (problems.length > 0) {
    const subject = associationCalled(vault, resourceGuard);
    return { inputs: news, failures: problems.map((problem) => `${subject}: ${problemText(problem)}`) };
  }
  if (isUnknown(vault)) return { inputs, failures: [] };
  if (isWantedTwice(context, claimOf(vault), isNew)) return { inputs, failures: [sameVaultTwice(vault)] };
  const isMoved = olds.vault !== vault;
  if (isUnknown(resourceGuard) || (!isMoved && olds.resourceGuard === resourceGuard)) return { inputs, failures: [] };
  const { missing, notes, regions } = await whatIsMissing(context, inputs, isMoved ? undefined : olds.resourceGuard);
  const verdicts = otherRegion(inputs, regions);
  const approved = await selfApproved(context, inputs);
  const { failures, notes: warned } = orWarned({ missing, notes }, program);
  const replaced =
    !isMoved && olds.resourceGuard !== undefined ? [replacesGuard(vault, olds.resourceGuard, resourceGuard)] : [];
  for (const warning of [...replaced, ...warned, ...approved]) await context.warn(warning);
  return { inputs, failures, judged: { vault, verdicts, refused: ruleTexts(inputs, verdicts), notes: [] } };
}

/** A vault has one guard. */
const claimOf = (vaultId: string): string => `guard of ${vaultId}`.toLowerCase();

interface Regions {
  vault?: string;
  guard?: string;
}

/** Whether there is such a guard and such a vault, where they are, and which guard the vault has until now. */
async function whatIsMissing(
  context: Context,
  { vault, resourceGuard }: AssociationInputs,
  replaced: string | undefined,
): Promise<Prerequisites & { regions: Regions }> {
  const type = serviceOf(vault);
  const seen = await readForPreview(type, context, vault);
  const ofVault: Prerequisites = seen.live
    ? { missing: [], notes: [] }
    : seen.unreadable !== undefined
      ? unseen(type.kind, { vaultName: nameIn(vault) }, seen)
      : { missing: isAwaited(context, vault) ? [] : [noVault(vault)], notes: [] };
  const missing = [...ofVault.missing];
  const notes = [...ofVault.notes];
  const azure = context.azure();
  const { regions } = context.run;
  let guard: string | undefined;
  try {
    const found = await azure.resourceGuards.get(resourceGuard, previewDeadline());
    guard = found?.location;
    if (!found && !regions.has(resourceGuard.toLowerCase())) missing.push(noGuard(resourceGuard));
    const [proxy] = seen.live ? await azure.resourceGuardProxies.list(vault, previewDeadline()) : [];
    const has = proxy && guardOf(proxy);
    if (has && isSameGuard(has, resourceGuard)) notes.push(takesOver(vault, has));
    else if (has && !(replaced && isSameGuard(has, replaced))) missing.push(hasAnotherGuard(vault, has));
  } catch (error) {
    notes.push(guardUnread(resourceGuard, messageOf(error)));
  }
  // What the run has still to make is where the program says.
  const inProgram = (id: string) => regions.get(id.toLowerCase());
  const at = { vault: seen.live?.location ?? inProgram(vault), guard: guard ?? inProgram(resourceGuard) };
  return { missing, notes, regions: at };
}

/** A region that is not known is none to refuse. */
function otherRegion({ vault }: AssociationInputs, regions: Regions): Verdict[] {
  const region = (text: string | undefined) =>
    text === undefined || isUnknown(text) ? undefined : where.location.value.canonical(text);
  const found = {
    vault: { kind: kindOf(vault), name: nameIn(vault) },
    regions: { vault: region(regions.vault), guard: region(regions.guard) },
  };
  return judgeDependency(guardElsewhere, "change", found);
}

const ruleTexts = ({ vault, resourceGuard }: AssociationInputs, verdicts: readonly Verdict[]): string[] =>
  verdicts.map((each) => ruleText(each, associationCalled(vault, resourceGuard)));

/**
 * Whether the program has the guard, or the caller has what Backup MUA Operator has, and a Reader has not. Whoever may not
 * read its own permissions is told nothing.
 */
async function selfApproved(context: Context, inputs: AssociationInputs): Promise<string[]> {
  const { vault, resourceGuard } = inputs;
  const isOfProgram = context.run.regions.has(resourceGuard.toLowerCase());
  const own = isOfProgram
    ? []
    : await orAbsent(() => context.azure().permissions.listForScope(resourceGuard, previewDeadline()));
  const mayAct = isOfProgram || permits(own ?? [], `Microsoft.DataProtection/resourceGuards/${removalRequests}/action`);
  return ruleTexts(inputs, judgeDependency(guardSelfApproved, "change", { kind: kindOf(vault), mayAct }));
}

const orAbsent = <T>(read: () => Promise<T>): Promise<T | undefined> => read().catch(() => undefined);

async function diff(context: Context, _id: string, old: Recorded, inputs: AssociationInputs): Promise<Difference> {
  const replaces = (["vault", "resourceGuard"] as const).filter(
    (name) => old[name] !== inputs[name] && !(name === "resourceGuard" && isUnknown(inputs[name])),
  );
  if (replaces.length === 0) stays(context, claimOf(old.vault), [heldBy(old)], old.instance);
  const isOther = old.resourceGuard !== inputs.resourceGuard || !sameTimeouts(old, inputs) || old.isUnfinished === true;
  return {
    changes: replaces.length > 0 || isOther,
    replaces,
    // A vault has one association, under one name.
    deleteBeforeReplace: replaces.length > 0 && old.vault === inputs.vault,
  };
}

const sameTimeouts = (a: AssociationInputs, b: AssociationInputs): boolean =>
  a.timeouts?.create === b.timeouts?.create && a.timeouts?.delete === b.timeouts?.delete;

const heldBy = ({ vault, resourceGuard }: AssociationInputs): string =>
  `guard ${resourceGuard} of ${vault}`.toLowerCase();

async function create(context: Context, inputs: AssociationInputs) {
  return associate(context, inputs, newInstance());
}

/** An association that may exist by now is recorded. One with the same guard is taken over. */
async function associate(context: Context, inputs: AssociationInputs, instance: string) {
  const { vault, resourceGuard } = inputs;
  return begin(context, vault, async () => {
    const deadline = deadlineAfter(inputs.timeouts?.create);
    const azure = context.azure();
    const live = await serviceOf(vault).vaults(azure).get(vault, { deadline });
    if (!live) throw new Error(noVault(vault));
    const list = () => azure.resourceGuardProxies.list(vault, { deadline });
    const [found] = await list();
    if (found && !isSameGuard(guardOf(found), resourceGuard)) throw new Error(hasAnotherGuard(vault, guardOf(found)));
    const id = found?.id ?? associationIdOf(vault);
    let isSent = false;
    const made = async () => {
      await azure.resourceGuardProxies.createOrUpdate({ id, vaultId: vault }, resourceGuard, { deadline });
      isSent = true;
      const [proxy] = await list();
      if (!proxy) throw new Error(notListed(vault));
      return proxy;
    };
    if (!found) {
      const guard = await azure.resourceGuards.get(resourceGuard, { deadline });
      if (!guard) throw new Error(noGuard(resourceGuard));
      const refused = ruleTexts(inputs, otherRegion(inputs, { vault: live.location, guard: guard.location }));
      if (refused.length > 0) throw new Error(refused.join("\n"));
    }
    const proxy =
      found ??
      (await made().catch((error) => {
        if (!isSent && !wasAccepted(error)) throw error;
        const reason = unfinished(associationCalled(vault, resourceGuard), messageOf(error));
        throw new PartialResource(id, { ...inputs, instance, isUnfinished: true }, [reason]);
      }));
    isThere(context, claimOf(vault), [heldBy(inputs)], instance);
    return { id, outs: { ...inputs, ...associationOutputs(proxy), instance } };
  });
}

async function read(context: Context, id: string, props: Recorded) {
  const isRecorded = props.vault !== undefined;
  const vault = isRecorded ? props.vault : vaultIn(id);
  const live = await withAssociationInError(vault, async () => associationOf(context, vault));
  if (!live && isRecorded) return undefined;
  if (!live) throw new Error(notAssociated(vault));
  const has = guardOf(live);
  const resourceGuard = isRecorded && isSameGuard(props.resourceGuard, has) ? props.resourceGuard : has;
  const { timeouts } = props;
  const inputs = { vault, resourceGuard, ...(timeouts && { timeouts }) };
  const instance = isRecorded ? props.instance : newInstance();
  return { props: { ...inputs, ...associationOutputs(live), instance }, inputs };
}

/**
 * Undefined where the vault's list has none, or where the vault itself is gone. A vault has one association, so one that is listed is it,
 * whatever Azure calls it by then.
 */
async function associationOf(
  context: Context,
  vault: string,
  deadline = deadlineAfter(undefined),
): Promise<ResourceGuardProxyResource | undefined> {
  const azure = context.azure();
  try {
    const [found] = await azure.resourceGuardProxies.list(vault, { deadline });
    return found;
  } catch (error) {
    const isMissing = isArmError(error) && error.status === 404;
    if (isMissing && !(await serviceOf(vault).vaults(azure).get(vault, { deadline }))) return undefined;
    throw error;
  }
}

/** Only `timeouts` can change: another vault or another guard is another association. What was unfinished is completed. */
async function update(context: Context, _id: string, olds: Recorded, inputs: AssociationInputs) {
  const { resourceGuardOperationDetails, isUnfinished, instance = newInstance() } = olds;
  if (isUnfinished) return { outs: (await associate(context, inputs, instance)).outs };
  return { outs: { ...inputs, resourceGuardOperationDetails, instance } };
}

async function remove(context: Context, id: string, props: Recorded): Promise<void> {
  const { vault, timeouts } = props;
  if (isKept(context, heldBy(props), props.instance)) return context.warn(associationStays(vault));
  await begin(context, vault, async () => {
    const deadline = deadlineAfter(timeouts?.delete);
    const live = await associationOf(context, vault, deadline);
    if (!live) return;
    const guard = guardOf(live);
    const { resourceGuardProxies } = context.azure();
    const proxy = { id: live.id ?? id, vaultId: vault };
    try {
      await resourceGuardProxies.unlockDelete(proxy, [requestOf(guard, removalRequests)], { deadline });
      await resourceGuardProxies.delete(proxy, { deadline });
    } catch (error) {
      if (!isArmError(error) || error.status !== 403) throw error;
      throw new Error(removalRefused(vault, guard, error.message, await whoIsSignedIn(context, deadline)));
    }
  });
}

export const resourceGuardAssociation = { check, diff, create, read, update, delete: remove } satisfies Lifecycle;

const begin = <T>(context: Context, vault: string, work: () => Promise<T>) =>
  withAssociationInError(vault, () => oneAtATime(context, vault, work));
