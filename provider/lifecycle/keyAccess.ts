import type { KeyPlace, KeyRights } from "../azure/index.js";
import { isArmError, isNoKeyStore, previewDeadline } from "../azure/index.js";
import type { Context } from "../host/context.js";
import type { FromProgram } from "../host/fromProgram.js";
import type { Difference, Lifecycle, Properties } from "../host/serve.js";
import { PartialResource } from "../host/serve.js";
import { isUnknown } from "../vaults/unknowns.js";
import { problemText } from "../vaults/values.js";
import { deadlineAfter, pause } from "./deadlines.js";
import { existingAccess, revoke, rightsOf, ways } from "./keyAccess/grant.js";
import { accessIn, type Grant, type KeyAccessInputs, keyOf, parseKeyAccess } from "./keyAccess/inputs.js";
import { localPlaceOf } from "./keyAccess/localRoles.js";
import { isUnsure } from "./keyAccess/way.js";
import {
  accessStays,
  accessTo,
  alreadyGranted,
  cannotGrant,
  noAccess,
  noKey,
  noKeyStore,
  sameAccessTwice,
  stillNeeded,
  storeNotRead,
  unfinished,
} from "./keyAccess/wording.js";
import { forgetFacts, messageOf, sharedFacts } from "./run/facts.js";
import { isKept, isThere, isWantedTwice, newInstance, stays } from "./run/holders.js";
import { withNameInError } from "./run/nameInError.js";
import { willGrant } from "./run/program.js";
import { isBusy, oneAtATime } from "./run/vaults.js";
import { vaultsUsing } from "./vault/keyUsers.js";
import { orWarned, type Prerequisites } from "./vault/prerequisites.js";

async function check(context: Context, olds: Properties, news: Properties, program: FromProgram) {
  const { inputs, problems } = parseKeyAccess(news);
  if (problems.length > 0)
    return { inputs: news, failures: problems.map((problem) => `Key access: ${problemText(problem)}`) };
  const result = { inputs, failures: [] };
  const { keyUri, principalId } = inputs;
  if (isUnknown(keyUri)) return result;
  willGrant(context, keyOf(keyUri), principalId);
  const isNew = Object.keys(olds).length === 0;
  if (!isUnknown(principalId) && isWantedTwice(context, claimOf(inputs), isNew))
    return { ...result, failures: [sameAccessTwice(keyUri)] };
  if (olds.keyUri === keyUri) return result;
  const { failures, notes } = orWarned(await checkKey(context, inputs, isNew), program);
  for (const note of notes) await context.warn(note);
  return { ...result, failures };
}

/** Whether the key exists, and whether the access was granted already. */
async function checkKey(context: Context, inputs: KeyAccessInputs, isNew: boolean): Promise<Prerequisites> {
  const { keyUri, principalId } = inputs;
  const facts = sharedFacts(context);
  try {
    const place = await facts.keyRights.place(keyUri, previewDeadline());
    if ((await facts.key(keyUri, previewDeadline())) === "missing") return { missing: [noKey(keyUri)], notes: [] };
    const isGiven = isNew && !isUnknown(principalId) && (await isGivenAlready(facts.keyRights, inputs, place));
    return { missing: [], notes: isGiven ? [alreadyGranted(keyUri)] : [] };
  } catch (error) {
    if (isNoKeyStore(error)) return { missing: [noKeyStore(keyUri, messageOf(error))], notes: [] };
    return { missing: [], notes: [storeNotRead(keyUri, messageOf(error))] };
  }
}

/** A caller who cannot read it gets no warning. */
const isGivenAlready = (keyRights: KeyRights, inputs: KeyAccessInputs, place: KeyPlace): Promise<boolean> =>
  ways[place.by].found(keyRights, inputs, place, previewDeadline().deadline).then(Boolean, () => false);

async function diff(context: Context, _id: string, old: Recorded, inputs: KeyAccessInputs): Promise<Difference> {
  const differs = {
    keyUri: keyOf(old.keyUri) !== keyOf(inputs.keyUri),
    principalId: old.principalId.toLowerCase() !== inputs.principalId.toLowerCase(),
    scope: old.scope !== inputs.scope,
  };
  const names = (["keyUri", "principalId", "scope"] as const).filter((name) => differs[name]);
  const replaces = names.filter((name) => !isUnknown(inputs[name]));
  if (replaces.length === 0) stays(context, claimOf(inputs), heldBy(old), old.instance);
  const changes = names.length > 0 || old.keyUri !== inputs.keyUri || old.isUnfinished === true;
  return { changes, replaces, deleteBeforeReplace: false };
}

async function create(context: Context, inputs: KeyAccessInputs) {
  const { place, given } = await give(context, inputs, { instance: newInstance() });
  isThere(context, claimOf(inputs), heldBy({ ...inputs, ...given }), given.instance);
  return { id: idOf(inputs, place, given), outs: { ...inputs, ...given } };
}

/** @param before what was granted until now, which stays recorded as granted here whatever happens */
async function give(context: Context, inputs: KeyAccessInputs, before: Before, id?: string) {
  const { keyUri } = inputs;
  const azure = context.azure();
  const deadline = deadlineAfter(inputs.timeouts?.create);
  return withKeyInError(keyUri, async () => {
    const place = await azure.keyRights.place(keyUri, { deadline });
    const { grant } = ways[place.by];
    try {
      const given = await oneAtATime(context, place.storeId, () => grant(azure, inputs, place, deadline));
      return { place, given: together(before, given) };
    } catch (error) {
      if (isArmError(error) && error.status === 403) throw new Error(cannotGrant(keyUri, error.message));
      if (!isUnsure(error)) throw error;
      // The permissions may exist now. The next run must recognize them as granted by this resource.
      const given = together(before, error.given);
      const properties = { ...inputs, ...given, isUnfinished: true };
      throw new PartialResource(id ?? idOf(inputs, place, given), properties, [unfinished(keyUri, error.message)]);
    } finally {
      forgetFacts(context);
    }
  });
}

type Before = { instance: string } & Partial<Grant>;
type Recorded = KeyAccessInputs & Grant & { instance?: string };

function together(before: Before, given: Grant) {
  const keyPermissions = [...new Set([...(before.keyPermissions ?? []), ...(given.keyPermissions ?? [])])];
  const isOthers = given.grantedBy === "Nothing" && before.grantedBy !== undefined;
  return {
    ...given,
    grantedBy: isOthers ? before.grantedBy : given.grantedBy,
    roleAssignmentId: given.roleAssignmentId ?? before.roleAssignmentId,
    ...(keyPermissions.length > 0 && { keyPermissions }),
    instance: before.instance,
  } as Grant & { instance: string };
}

const idOf = ({ principalId }: KeyAccessInputs, place: KeyPlace, { roleAssignmentId }: Grant): string =>
  roleAssignmentId ?? `${place.keyId}#${principalId}`;

/** The access that only one resource of a program may declare. Two may still hold one policy, which applies to the key vault. */
const claimOf = ({ keyUri, principalId, scope }: KeyAccessInputs): string =>
  `access ${keyOf(keyUri)} ${principalId} ${scope}`.toLowerCase();

const heldBy = (access: KeyAccessInputs & Grant): string[] =>
  Object.values(rightsOf(access)).flatMap((right) => right?.toLowerCase() ?? []);

/** Undefined if nothing of the granted access is left. If a part is left, the next `up` completes it. */
async function read(context: Context, id: string, recorded: Recorded) {
  if (recorded.keyUri === undefined) return readUnrecorded(context, accessIn(id));
  return withKeyInError(recorded.keyUri, () => readRecorded(context, recorded));
}

async function readRecorded(context: Context, recorded: Recorded) {
  const { grantedBy, keyVaultId, roleAssignmentId, keyPermissions, isUnfinished, instance, ...rest } = recorded;
  const { keyRights } = context.azure();
  const within = { deadline: deadlineAfter(undefined) };
  const found = { props: recorded, inputs: rest };
  if (grantedBy === "RoleAssignment" && roleAssignmentId) {
    return (await keyRights.roleAssignments.exists(roleAssignmentId, within)) ? found : undefined;
  }
  if (grantedBy === "LocalRoleAssignment") {
    return (await keyRights.localRoleAssignments.exists(localPlaceOf(recorded), within)) ? found : undefined;
  }
  const left =
    grantedBy === "AccessPolicy" ? await keyRights.accessPolicies.of(keyVaultId, rest.principalId, within) : undefined;
  if (grantedBy === "AccessPolicy" && !left) return undefined;
  const { get, wrap, unwrap } = await keyRights.of(rest.keyUri, rest.principalId, within);
  if (![get, wrap, unwrap].includes("no")) return found;
  const isLeft = left?.policies.some(({ keys }) => keys.length > 0) ?? false;
  return isLeft ? { ...found, props: { ...recorded, isUnfinished: true } } : undefined;
}

function readUnrecorded(context: Context, inputs: KeyAccessInputs) {
  return withKeyInError(inputs.keyUri, async () => {
    const found = await existingAccess(context.azure(), inputs, deadlineAfter(undefined));
    if (!found) throw new Error(noAccess(inputs));
    return { props: { ...found, instance: newInstance() }, inputs: { ...inputs, scope: found.scope } };
  });
}

/** The same access to the same key: only the URI's version and spelling or `timeouts` can change, unless it was unfinished. */
async function update(context: Context, id: string, olds: Recorded, news: KeyAccessInputs) {
  const { grantedBy, keyVaultId, roleAssignmentId, keyPermissions, isUnfinished, instance } = olds;
  const before = { grantedBy, keyVaultId, roleAssignmentId, keyPermissions, instance: instance ?? newInstance() };
  if (!isUnfinished) return { outs: { ...news, ...before } };
  return { outs: { ...news, ...(await give(context, news, before, id)).given } };
}

async function remove(context: Context, _id: string, access: Recorded): Promise<void> {
  const isOthers = (right: string) => isKept(context, right.toLowerCase(), access.instance);
  if (access.grantedBy === "Nothing") return;
  if (heldBy(access).every(isOthers)) return context.warn(accessStays(access.keyUri));
  const deadline = deadlineAfter(access.timeouts?.delete);
  const azure = context.azure();
  await withKeyInError(access.keyUri, async () => {
    await whileVaultsGo(context, access, deadline);
    await oneAtATime(context, access.keyVaultId, () => revoke(azure, access, isOthers, deadline));
  });
  forgetFacts(context);
}

export const keyAccess = { check, diff, create, read, update, delete: remove } satisfies Lifecycle;

const withKeyInError = <T>(keyUri: string, work: () => Promise<T>): Promise<T> =>
  withNameInError(accessTo(keyUri), work);

/** A `destroy` deletes a vault and its access at the same time. The vault's deletion has this long to begin. */
const beginMs = 5_000;

/** Returns when no vault needs the access any more. A vault that this process is writing may be about to be deleted. */
async function whileVaultsGo(context: Context, access: KeyAccessInputs & Grant, deadline: number): Promise<void> {
  for (let patience = Date.now() + beginMs; ; ) {
    const users = await vaultsUsing(context.azure(), access, deadline);
    if (users.length === 0) return;
    if (users.some(({ id }) => isBusy(context, id))) patience = Date.now() + beginMs;
    if (Date.now() > Math.min(patience, deadline)) {
      throw new Error(stillNeeded(access.keyUri, users));
    }
    await pause(1_000);
  }
}
