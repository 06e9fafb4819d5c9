import { findSetting, previewDeadline, type ResourceGuardResource, wasAccepted } from "../azure/index.js";
import type { Context } from "../host/context.js";
import type { FromProgram } from "../host/fromProgram.js";
import type { Checked, Difference, Lifecycle, Properties } from "../host/serve.js";
import { PartialResource } from "../host/serve.js";
import { guardInUse, guardMandatory, guardWeakened, judgeDependency, type Verdict } from "../rules/index.js";
import { newlyExcluded } from "../vaults/guardedOperations.js";
import { guardIdForm, parseGuardId } from "../vaults/guardId.js";
import { containsUnknown, isUnknown, unknownSentinel } from "../vaults/unknowns.js";
import { problemText } from "../vaults/values.js";
import { deadlineAfter } from "./deadlines.js";
import {
  guardOutputs,
  inputsOfLive,
  isChanged,
  isSameGuardSettings,
  parseGuard,
  type ResourceGuardInputs,
  replacedBy,
  settingsIn,
  unknownOperations,
  wantedSettings,
} from "./guards/guardInputs.js";
import { vaultsOfGuard } from "./guards/users.js";
import {
  adoptsGuard,
  cannotAdoptGuard,
  guardCalled,
  guardExists,
  guardGone,
  guardNotRead,
  guardStays,
  noGroup,
  notDeletedUnread,
  notGuarded,
  noVaultUsesIt,
  nowExcluded,
  ruleText,
  sameGuardTwice,
  unfinished,
  withGuardInError,
} from "./guards/wording.js";
import { messageOf } from "./run/facts.js";
import { isKept, isThere, isWantedTwice, newInstance, stays } from "./run/holders.js";
import { mayAdopt, oneAtATime } from "./run/vaults.js";
import { orWarned } from "./vault/prerequisites.js";

/** What the stack's state records. */
type Recorded = ResourceGuardInputs & { instance?: string; isUnfinished?: true };

async function check(
  context: Context,
  olds: Partial<Recorded>,
  news: Properties,
  program: FromProgram,
): Promise<Checked> {
  const isNew = Object.keys(olds).length === 0;
  const subscriptionId = findSetting("subscriptionId", context.setting, context.env)?.value;
  const { inputs, problems } = parseGuard(news, olds, subscriptionId);
  const id = inputs.resourceGuardId;
  if (problems.length > 0)
    return { inputs: news, failures: problems.map((problem) => `${guardCalled(id)}: ${problemText(problem)}`) };
  const excluded = inputs.vaultCriticalOperationExclusionList ?? [];
  const verdicts = judgeDependency(guardMandatory, isNew ? "create" : "change", knownIn(excluded));
  const judged = { vault: unknownSentinel, verdicts, refused: said(verdicts, id), notes: [] };
  const added = newlyExcluded(olds.vaultCriticalOperationExclusionList ?? [], knownIn(excluded));
  for (const name of unknownOperations(added)) await context.warn(notGuarded(id, name));
  if (!isUnknown(id)) {
    context.run.regions.set(id.toLowerCase(), inputs.location);
    if (isWantedTwice(context, claimOf(id), isNew)) return { inputs, failures: [sameGuardTwice(id)], judged };
  }
  if (isNew) return { inputs, failures: await planNew(context, inputs, program), judged };
  if (replacedBy(olds, inputs).length === 0 && isChanged(olds, inputs) && verdicts.length === 0)
    await warnOfWeaker(context, id, olds.vaultCriticalOperationExclusionList, inputs, olds);
  return { inputs, failures: [], judged };
}

const claimOf = (id: string): string => `guard ${id}`.toLowerCase();

const knownIn = (names: readonly string[]): string[] =>
  isUnknown(names) ? [] : names.filter((name) => !isUnknown(name));

const said = (verdicts: readonly Verdict[], id: string): string[] =>
  verdicts.map((verdict) => ruleText(verdict, guardCalled(id)));

async function planNew(context: Context, inputs: ResourceGuardInputs, program: FromProgram): Promise<string[]> {
  const { resourceGuardId: id, subscriptionId, resourceGroupName } = inputs;
  if (isUnknown(id)) return [];
  const azure = context.azure();
  try {
    const found = await azure.resourceGuards.get(id, previewDeadline());
    if (found) return planAdoption(context, inputs, found);
    const group = await azure.resourceGroups.get(subscriptionId, resourceGroupName, previewDeadline());
    const missing = group ? [] : [noGroup(id, resourceGroupName, subscriptionId)];
    const { failures, notes } = orWarned({ missing, notes: [] }, program);
    for (const note of notes) await context.warn(note);
    return failures;
  } catch (error) {
    await context.warn(guardNotRead(id, messageOf(error)));
    return [];
  }
}

async function planAdoption(
  context: Context,
  inputs: ResourceGuardInputs,
  found: ResourceGuardResource,
): Promise<string[]> {
  const { resourceGuardId: id } = inputs;
  const refused = whyNotAdopted(context, inputs, found);
  if (refused !== undefined) return [refused];
  await context.warn(adoptsGuard(id));
  await warnOfWeaker(context, id, settingsIn(found).vaultCriticalOperationExclusionList, inputs, {});
  return [];
}

function whyNotAdopted(
  context: Context,
  { resourceGuardId: id, adopt, location }: ResourceGuardInputs,
  found: ResourceGuardResource,
): string | undefined {
  if (!mayAdopt(context, { ...(adopt !== undefined && { adopt }), vaultId: id })) return guardExists(id);
  const has = inputsOfLive(id, found, undefined).location;
  return isUnknown(location) || has === undefined || has === location
    ? undefined
    : cannotAdoptGuard(id, found.location, location);
}

/** Says what would lose its protection, and in which vaults. Azure lets whoever may write the guard do it. */
async function warnOfWeaker(
  context: Context,
  id: string,
  before: string[] | undefined,
  inputs: ResourceGuardInputs,
  olds: Partial<ResourceGuardInputs>,
): Promise<void> {
  const has = { vaultCriticalOperationExclusionList: before ?? [], tags: {} };
  const { vaultCriticalOperationExclusionList: after } = wantedSettings(inputs, olds, has);
  if (isUnknown(after)) return;
  const operations = newlyExcluded(before ?? [], knownIn(after));
  if (operations.length === 0) return;
  const vaults = await vaultsOfGuard(context.azure(), id, previewDeadline().deadline);
  const [verdict] = judgeDependency(guardWeakened, "change", vaults);
  if (!verdict) return context.warn(nowExcluded(id, operations, noVaultUsesIt));
  await context.warn(nowExcluded(id, operations, ruleText(verdict, guardCalled(id))));
}

async function diff(context: Context, _id: string, old: Recorded, inputs: ResourceGuardInputs): Promise<Difference> {
  const replaces = replacedBy(old, inputs);
  const id = old.resourceGuardId;
  if (replaces.length === 0) stays(context, claimOf(id), [claimOf(id)], old.instance);
  return {
    changes: replaces.length > 0 || isChanged(old, inputs) || containsUnknown(inputs) || old.isUnfinished === true,
    replaces,
    // A resource group cannot contain two guards with the same name.
    deleteBeforeReplace: replaces.length > 0 && id === inputs.resourceGuardId,
  };
}

async function create(context: Context, inputs: ResourceGuardInputs) {
  const { resourceGuardId: id } = inputs;
  return begin(context, id, async () => {
    const deadline = deadlineAfter(inputs.timeouts?.create);
    const found = await context.azure().resourceGuards.get(id, { deadline });
    const refused = found && whyNotAdopted(context, inputs, found);
    if (refused) throw new Error(refused);
    const instance = newInstance();
    const outs = await write(context, inputs, { instance }, found, deadline);
    isThere(context, claimOf(id), [claimOf(id)], instance);
    return { id, outs: { ...outs, instance } };
  });
}

/** What the program does not manage of a guard stays as it is. A new guard that may exist by now is recorded. */
async function write(
  context: Context,
  inputs: ResourceGuardInputs,
  olds: Partial<Recorded>,
  found: ResourceGuardResource | undefined,
  deadline: number,
): Promise<Properties> {
  const { resourceGuardId: id, location } = inputs;
  const { resourceGuards } = context.azure();
  const refused = said(judgeDependency(guardMandatory, "change", inputs.vaultCriticalOperationExclusionList ?? []), id);
  if (refused.length > 0) throw new Error(refused.join("\n"));
  const has = found ? settingsIn(found) : { vaultCriticalOperationExclusionList: [], tags: {} };
  const wanted = wantedSettings(inputs, olds, has);
  let isSent = false;
  try {
    if (!found || !isSameGuardSettings(wanted, has)) {
      const { vaultCriticalOperationExclusionList, tags } = wanted;
      const body = { location: found?.location ?? location, tags, properties: { vaultCriticalOperationExclusionList } };
      await resourceGuards.createOrUpdate(id, body, { deadline });
      isSent = true;
    }
    const live = await resourceGuards.get(id, { deadline });
    if (!live) throw new Error("Azure has accepted it, but does not return it yet.");
    return { ...inputs, ...guardOutputs(live) };
  } catch (error) {
    if (found || !(isSent || wasAccepted(error))) throw error;
    const properties = { ...inputs, instance: olds.instance, isUnfinished: true };
    throw new PartialResource(id, properties, [unfinished(guardCalled(id), messageOf(error))]);
  }
}

async function read(context: Context, id: string, props: Recorded) {
  if (!parseGuardId(id)) throw new Error(`"${id}" is not the ARM ID of a resource guard. Use ${guardIdForm}.`);
  const isRecorded = props.resourceGuardId !== undefined;
  const deadline = deadlineAfter(undefined);
  const live = await withGuardInError(id, async () => context.azure().resourceGuards.get(id, { deadline }));
  if (!live && isRecorded) return undefined;
  if (!live) throw new Error(`${guardCalled(id)} does not exist: ${id} returned 404.`);
  const inputs = inputsOfLive(id, live, isRecorded ? argumentsOf(props) : undefined);
  const instance = isRecorded ? props.instance : newInstance();
  return { props: { ...inputs, ...guardOutputs(live), instance }, inputs };
}

function argumentsOf(recorded: Recorded): ResourceGuardInputs {
  const { instance: _, isUnfinished: _1, resourceGuardOperations: _2, ...inputs } = recorded as Recorded & Properties;
  return inputs;
}

async function update(context: Context, id: string, olds: Recorded, inputs: ResourceGuardInputs) {
  return begin(context, id, async () => {
    const deadline = deadlineAfter(inputs.timeouts?.update);
    const found = await context.azure().resourceGuards.get(id, { deadline });
    // A creation that was recorded as unfinished, of which nothing came: this run creates the guard.
    if (!found && !olds.isUnfinished) throw new Error(guardGone(id));
    const instance = olds.instance ?? newInstance();
    const outs = await write(context, inputs, { ...olds, instance }, found, deadline);
    return { outs: { ...outs, instance } };
  });
}

async function remove(context: Context, id: string, props: Recorded): Promise<void> {
  if (isKept(context, claimOf(id), props.instance)) return context.warn(guardStays(id));
  await begin(context, id, async () => {
    const deadline = deadlineAfter(props.timeouts?.delete);
    const azure = context.azure();
    if (!(await azure.resourceGuards.get(id, { deadline }))) return;
    const verdicts = judgeDependency(guardInUse, "delete", await vaultsOfGuard(azure, id, deadline));
    const isOpen = verdicts.some(({ decision }) => decision === "undecided");
    const refused = said(verdicts, id);
    if (refused.length > 0) throw new Error([...refused, ...(isOpen ? [notDeletedUnread] : [])].join("\n"));
    await azure.resourceGuards.delete(id, { deadline });
  });
}

export const resourceGuard = { check, diff, create, read, update, delete: remove } satisfies Lifecycle;

const begin = <T>(context: Context, id: string, work: () => Promise<T>) =>
  withGuardInError(id, () => oneAtATime(context, id, work));
