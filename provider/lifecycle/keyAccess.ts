import { isArmError } from "../azure/index.js";
import type { KeyPlace } from "../azure/keyRights/index.js";
import type { Context } from "../host/context.js";
import { isPartialResource, PartialResource } from "../host/partialResource.js";
import type { Difference, Lifecycle, Properties } from "../host/serve.js";
import { isUnknown } from "../host/unknowns.js";
import { deadlineAfter } from "./arguments/values.js";
import { grant, isUnsure, localPlaceOf, revoke } from "./keyAccess/grant.js";
import { type Grant, type KeyAccessInputs, keyOf, parse } from "./keyAccess/inputs.js";
import { vaultsUsing } from "./keyAccess/users.js";
import { couldNotSee, failed, keyName, mayNotGrant, stillNeeded, unfinished } from "./keyAccess/wording.js";
import { messageOf } from "./messageOf.js";
import { pause } from "./pause.js";
import { forgetFacts, sharedFacts } from "./sharedFacts.js";
import { soon } from "./soon.js";
import { isBusy, oneAtATime } from "./vaultLock.js";

async function check(context: Context, olds: Properties, news: Properties) {
  const { inputs, problems } = parse(news);
  if (problems.length > 0)
    return { inputs: news, failures: problems.map(({ path, expected }) => `Key access: ${path} ${expected}.`) };
  const result = { inputs: inputs as unknown as Properties, failures: [] };
  const { keyUri } = inputs;
  if (isUnknown(keyUri) || olds.keyUri === keyUri) return result;
  try {
    await sharedFacts(context).keyRights.place(keyUri, soon());
  } catch (error) {
    // It may still be made in the same run.
    await context.warn(couldNotSee(keyUri, messageOf(error)));
  }
  return result;
}

async function diff(_context: Context, _id: string, olds: Properties, news: Properties): Promise<Difference> {
  const [old, inputs] = [asInputs(olds), asInputs(news)];
  const differs = {
    keyUri: keyOf(old.keyUri) !== keyOf(inputs.keyUri),
    principalId: old.principalId.toLowerCase() !== inputs.principalId.toLowerCase(),
    scope: old.scope !== inputs.scope,
  };
  const names = (["keyUri", "principalId", "scope"] as const).filter((name) => differs[name]);
  const replaces = names.filter((name) => !isUnknown(inputs[name]));
  return { changes: names.length > 0 || old.keyUri !== inputs.keyUri, replaces, deleteBeforeReplace: false };
}

async function create(context: Context, properties: Properties) {
  const inputs = asInputs(properties);
  const deadline = deadlineAfter(inputs.timeouts?.create);
  const { place, given } = await give(context, inputs, deadline);
  return { id: idOf(inputs, place, given), outs: { ...inputs, ...given } };
}

async function give(context: Context, inputs: KeyAccessInputs, deadline: number) {
  const { keyUri } = inputs;
  const azure = context.azure();
  return about(keyUri, async () => {
    const place = await azure.keyRights.place(keyUri, { deadline });
    try {
      return { place, given: await oneAtATime(place.storeId, () => grant(azure, inputs, place, deadline)) };
    } catch (error) {
      if (isArmError(error) && error.status === 403) throw new Error(mayNotGrant(keyUri, error.message));
      if (!isUnsure(error)) throw error;
      // The rights may be there now, and must not be taken for somebody else's.
      const { given } = error;
      const properties = { ...inputs, ...given, isUnfinished: true };
      throw new PartialResource(idOf(inputs, place, given), properties, [unfinished(keyUri, error.message)]);
    } finally {
      forgetFacts(context);
    }
  });
}

const idOf = ({ principalId }: KeyAccessInputs, place: KeyPlace, { roleAssignmentId }: Grant): string =>
  roleAssignmentId ?? `${place.keyId}#${principalId}`;

async function read(context: Context, _id: string, props: Properties) {
  const { grantedBy, keyVaultId, roleAssignmentId, keyPermissions, isUnfinished, ...rest } =
    props as unknown as KeyAccessInputs & Grant;
  const { keyRights } = context.azure();
  const within = { deadline: deadlineAfter(undefined) };
  if (grantedBy === "RoleAssignment" && roleAssignmentId) {
    if (!(await keyRights.roleAssignments.exists(roleAssignmentId, within))) return undefined;
  } else if (grantedBy === "LocalRoleAssignment") {
    if (!(await keyRights.localRoleAssignments.exists(localPlaceOf(props as unknown as Grant), within)))
      return undefined;
  } else {
    const { get, wrap, unwrap } = await keyRights.of(rest.keyUri, rest.principalId, within);
    if ([get, wrap, unwrap].includes("no")) return undefined;
  }
  return { props, inputs: rest as unknown as Properties };
}

/** The same access to the same key: only its address or how long things may take has changed, unless it was unfinished. */
async function update(context: Context, _id: string, olds: Properties, news: Properties) {
  const { grantedBy, keyVaultId, roleAssignmentId, keyPermissions = [], isUnfinished } = olds as unknown as Grant;
  if (!isUnfinished) return { outs: { ...news, grantedBy, keyVaultId, roleAssignmentId, keyPermissions } };
  const inputs = asInputs(news);
  const { given } = await give(context, inputs, deadlineAfter(inputs.timeouts?.create));
  const ours = [...new Set([...keyPermissions, ...(given.keyPermissions ?? [])])];
  return { outs: { ...news, grantedBy, keyVaultId, roleAssignmentId, keyPermissions: ours } };
}

async function remove(context: Context, _id: string, props: Properties): Promise<void> {
  const access = props as unknown as KeyAccessInputs & Grant;
  if (access.grantedBy === "Nothing") return;
  const deadline = deadlineAfter(access.timeouts?.delete);
  const azure = context.azure();
  await about(access.keyUri, async () => {
    await whileVaultsGo(context, access, deadline);
    await oneAtATime(access.keyVaultId, () => revoke(azure, access, deadline));
  });
  forgetFacts(context);
}

export const keyAccess = { check, diff, create, read, update, delete: remove } satisfies Lifecycle;

/** Every failure says which key it is about. */
async function about<T>(keyUri: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    const message = messageOf(error);
    if (isPartialResource(error) || message.includes(`"${keyName(keyUri)}"`)) throw error;
    throw new Error(failed(keyUri, message), { cause: error });
  }
}

const asInputs = (properties: Properties) => properties as unknown as KeyAccessInputs;
/** A `destroy` deletes a vault and the access beside it at once: the vault is given this long to begin. */
const beginMs = 5_000;

/** Returns when no vault needs the access any more. Vaults that this process is at work on may be on their way out. */
async function whileVaultsGo(context: Context, access: KeyAccessInputs & Grant, deadline: number): Promise<void> {
  for (let patience = Date.now() + beginMs; ; ) {
    const users = await vaultsUsing(context.azure(), access, deadline);
    if (users.length === 0) return;
    if (users.some(({ id }) => isBusy(id))) patience = Date.now() + beginMs;
    if (Date.now() > Math.min(patience, deadline)) {
      throw new Error(stillNeeded(access.keyUri, users));
    }
    await pause(1_000);
  }
}
