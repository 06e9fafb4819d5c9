import { isArmError, permits, previewDeadline, type ResourceGuardProxyResource } from "../azure/index.js";
import type { Context } from "../host/context.js";
import type { FromProgram } from "../host/fromProgram.js";
import type { Checked, Difference, Lifecycle, Properties } from "../host/serve.js";
import { guardElsewhere, guardSelfApproved, judgeDependency } from "../rules/index.js";
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
import { associationCalled, ruleText } from "./guards/wording.js";
import { messageOf } from "./run/facts.js";
import { isKept, isThere, isWantedTwice, newInstance, stays } from "./run/holders.js";
import { isAwaited, oneAtATime } from "./run/vaults.js";
import { orWarned, type Prerequisites, readForPreview, unseen } from "./vault/prerequisites.js";
import { serviceOf } from "./vault/services.js";
import { noVault } from "./vault/wording.js";

/** What the stack's state records. */
type Recorded = AssociationInputs & { instance?: string } & Partial<ReturnType<typeof associationOutputs>>;

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
  const { missing, notes } = await whatIsMissing(context, inputs, isMoved ? undefined : olds.resourceGuard);
  const judged = await refusals(context, inputs);
  const { failures, notes: warned } = orWarned({ missing, notes }, program);
  const replaced =
    !isMoved && olds.resourceGuard !== undefined ? [replacesGuard(vault, olds.resourceGuard, resourceGuard)] : [];
  for (const warning of [...replaced, ...warned, ...judged.warned]) await context.warn(warning);
  return { inputs, failures: [...failures, ...judged.refused] };
}

/** A vault has one guard. */
const claimOf = (vaultId: string): string => `guard of ${vaultId}`.toLowerCase();

/** Whether there is such a guard and such a vault, and which guard the vault has until now. */
async function whatIsMissing(
  context: Context,
  { vault, resourceGuard }: AssociationInputs,
  replaced: string | undefined,
): Promise<Prerequisites> {
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
  try {
    const isOfProgram = context.run.regions.has(resourceGuard.toLowerCase());
    if (!isOfProgram && !(await azure.resourceGuards.get(resourceGuard, previewDeadline())))
      missing.push(noGuard(resourceGuard));
    const [proxy] = seen.live ? await azure.resourceGuardProxies.list(vault, previewDeadline()) : [];
    const has = proxy && guardOf(proxy);
    if (has && isSameGuard(has, resourceGuard)) notes.push(takesOver(vault, has));
    else if (has && !(replaced && isSameGuard(has, replaced))) missing.push(hasAnotherGuard(vault, has));
  } catch (error) {
    notes.push(guardUnread(resourceGuard, messageOf(error)));
  }
  return { missing, notes };
}

/** What the rules say of the vault together with the guard, as far as both are known. */
async function refusals(
  context: Context,
  inputs: AssociationInputs,
  deadline = previewDeadline().deadline,
): Promise<{ refused: string[]; warned: string[] }> {
  const { vault, resourceGuard } = inputs;
  const subject = associationCalled(vault, resourceGuard);
  const kind = kindOf(vault);
  const regions = await regionsOf(context, inputs, deadline);
  const found = { vault: { kind, name: nameIn(vault) }, regions };
  const mayAct = await mayApprove(context, resourceGuard, deadline);
  return {
    refused: judgeDependency(guardElsewhere, "change", found).map((each) => ruleText(each, subject)),
    warned: judgeDependency(guardSelfApproved, "change", { kind, mayAct }).map((each) => ruleText(each, subject)),
  };
}

/** Absent where one does not exist yet and the program does not say it, or where it could not be read. */
async function regionsOf(context: Context, { vault, resourceGuard }: AssociationInputs, deadline: number) {
  const azure = context.azure();
  const live = {
    vault: await orAbsent(async () => (await serviceOf(vault).vaults(azure).get(vault, { deadline }))?.location),
    guard: await orAbsent(async () => (await azure.resourceGuards.get(resourceGuard, { deadline }))?.location),
  };
  const region = (given: string | undefined, id: string): string | undefined => {
    const text = given ?? context.run.regions.get(id.toLowerCase());
    return text === undefined || isUnknown(text) ? undefined : where.location.value.canonical(text);
  };
  return { vault: region(live.vault, vault), guard: region(live.guard, resourceGuard) };
}

const orAbsent = <T>(read: () => Promise<T>): Promise<T | undefined> => read().catch(() => undefined);

/** What Backup MUA Operator has, and a Reader has not. Whoever cannot read its own permissions is told nothing. */
async function mayApprove(context: Context, guardId: string, deadline: number): Promise<boolean> {
  const own = await orAbsent(() => context.azure().permissions.listForScope(guardId, { deadline }));
  return permits(own ?? [], `Microsoft.DataProtection/resourceGuards/${removalRequests}/action`);
}

async function diff(context: Context, _id: string, old: Recorded, inputs: AssociationInputs): Promise<Difference> {
  const replaces = (["vault", "resourceGuard"] as const).filter(
    (name) => old[name] !== inputs[name] && !(name === "resourceGuard" && isUnknown(inputs[name])),
  );
  if (replaces.length === 0) stays(context, claimOf(old.vault), [heldBy(old)], old.instance);
  const isOther = old.resourceGuard !== inputs.resourceGuard || !sameTimeouts(old, inputs);
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
  const { vault, resourceGuard } = inputs;
  return begin(context, vault, async () => {
    const deadline = deadlineAfter(inputs.timeouts?.create);
    const azure = context.azure();
    if (!(await serviceOf(vault).vaults(azure).get(vault, { deadline }))) throw new Error(noVault(vault));
    const list = () => azure.resourceGuardProxies.list(vault, { deadline });
    const [found] = await list();
    if (found && !isSameGuard(guardOf(found), resourceGuard)) throw new Error(hasAnotherGuard(vault, guardOf(found)));
    const id = found?.id ?? associationIdOf(vault);
    if (!found) {
      if (!(await azure.resourceGuards.get(resourceGuard, { deadline }))) throw new Error(noGuard(resourceGuard));
      const { refused } = await refusals(context, inputs, deadline);
      if (refused.length > 0) throw new Error(refused.join("\n"));
      await azure.resourceGuardProxies.createOrUpdate({ id, vaultId: vault }, resourceGuard, { deadline });
    }
    const [live] = found ? [found] : await list();
    if (!live) throw new Error(notListed(vault));
    const instance = newInstance();
    isThere(context, claimOf(vault), [heldBy(inputs)], instance);
    return { id, outs: { ...inputs, ...associationOutputs(live), instance } };
  });
}

async function read(context: Context, id: string, props: Recorded) {
  const isRecorded = props.vault !== undefined;
  const vault = isRecorded ? props.vault : vaultIn(id);
  const live = await withAssociationInError(vault, async () => associationOf(context, vault, id));
  if (!live && isRecorded) return undefined;
  if (!live) throw new Error(notAssociated(vault));
  const has = guardOf(live);
  const resourceGuard = isRecorded && isSameGuard(props.resourceGuard, has) ? props.resourceGuard : has;
  const { timeouts } = props;
  const inputs = { vault, resourceGuard, ...(timeouts && { timeouts }) };
  const instance = isRecorded ? props.instance : newInstance();
  return { props: { ...inputs, ...associationOutputs(live), instance }, inputs };
}

/** Undefined where the vault's list does not have it, or where the vault itself is gone. */
async function associationOf(
  context: Context,
  vault: string,
  id: string,
  deadline = deadlineAfter(undefined),
): Promise<ResourceGuardProxyResource | undefined> {
  const azure = context.azure();
  try {
    const all = await azure.resourceGuardProxies.list(vault, { deadline });
    return all.find((each) => each.id === undefined || each.id.toLowerCase() === id.toLowerCase());
  } catch (error) {
    const isMissing = isArmError(error) && error.status === 404;
    if (isMissing && !(await serviceOf(vault).vaults(azure).get(vault, { deadline }))) return undefined;
    throw error;
  }
}

/** Only `timeouts` can change: another vault or another guard is another association. */
async function update(_context: Context, _id: string, olds: Recorded, inputs: AssociationInputs) {
  const { resourceGuardOperationDetails, instance } = olds;
  return { outs: { ...inputs, resourceGuardOperationDetails, instance: instance ?? newInstance() } };
}

async function remove(context: Context, id: string, props: Recorded): Promise<void> {
  const { vault, timeouts } = props;
  if (isKept(context, heldBy(props), props.instance)) return context.warn(associationStays(vault));
  await begin(context, vault, async () => {
    const deadline = deadlineAfter(timeouts?.delete);
    const live = await associationOf(context, vault, id, deadline);
    if (!live) return;
    const guard = guardOf(live);
    const { resourceGuardProxies } = context.azure();
    const proxy = { id, vaultId: vault };
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

async function whoIsSignedIn(context: Context, deadline: number): Promise<string | undefined> {
  const who = await orAbsent(() => context.azure().signIn({ deadline }));
  if (who?.userName) return who.userName;
  return who?.objectId === undefined ? undefined : `The identity with the object ID ${who.objectId}`;
}

const begin = <T>(context: Context, vault: string, work: () => Promise<T>) =>
  withAssociationInError(vault, () => oneAtATime(context, vault, work));
