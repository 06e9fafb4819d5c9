import { isArmError } from "../azure/index.js";
import type { Context } from "../host/context.js";
import type { Difference, Lifecycle, Properties } from "../host/serve.js";
import { isUnknown } from "../host/unknowns.js";
import { deadlineAfter } from "./arguments/values.js";
import { grant, localPlaceOf, revoke } from "./keyAccess/grant.js";
import { type Grant, type KeyAccessInputs, keyOf, parse } from "./keyAccess/inputs.js";
import { vaultsUsing } from "./keyAccess/users.js";
import { couldNotSee, mayNotGrant, stillNeeded } from "./keyAccess/wording.js";
import { messageOf } from "./messageOf.js";
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
  const { keyUri, principalId } = inputs;
  const deadline = deadlineAfter(inputs.timeouts?.create);
  const azure = context.azure();
  const place = await azure.keyRights.place(keyUri, { deadline });
  const given = await oneAtATime(place.storeId, () => grant(azure, inputs, place, deadline)).catch((error) => {
    throw isArmError(error) && error.status === 403 ? new Error(mayNotGrant(keyUri, error.message)) : error;
  });
  forgetFacts(context);
  return { id: given.roleAssignmentId ?? `${place.keyId}#${principalId}`, outs: { ...inputs, ...given } };
}

async function read(context: Context, _id: string, props: Properties) {
  const { grantedBy, keyVaultId, roleAssignmentId, keyPermissions, ...rest } = props as unknown as KeyAccessInputs &
    Grant;
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

/** The same access to the same key: only its address or how long things may take has changed. */
async function update(_context: Context, _id: string, olds: Properties, news: Properties) {
  const { grantedBy, keyVaultId, roleAssignmentId, keyPermissions } = olds;
  return { outs: { ...news, grantedBy, keyVaultId, roleAssignmentId, keyPermissions } };
}

async function remove(context: Context, _id: string, props: Properties): Promise<void> {
  const access = props as unknown as KeyAccessInputs & Grant;
  if (access.grantedBy === "Nothing") return;
  const deadline = deadlineAfter(access.timeouts?.delete);
  const azure = context.azure();
  await whileVaultsGo(context, access, deadline);
  await oneAtATime(access.keyVaultId, () => revoke(azure, access, deadline));
  forgetFacts(context);
}

export const keyAccess = { check, diff, create, read, update, delete: remove } satisfies Lifecycle;

const asInputs = (properties: Properties) => properties as unknown as KeyAccessInputs;
/** A `destroy` deletes a vault and the access beside it at once: the vault is given this long to begin. */
const beginMs = 5_000;

/** Returns when no vault needs the access any more. Vaults that this process is at work on may be on their way out. */
async function whileVaultsGo(context: Context, access: KeyAccessInputs & Grant, deadline: number): Promise<void> {
  for (let patience = Date.now() + beginMs; ; ) {
    const users = await vaultsUsing(context.azure(), access, deadline);
    if (users.length === 0) return;
    if (users.some(({ id = "" }) => isBusy(id))) patience = Date.now() + beginMs;
    if (Date.now() > Math.min(patience, deadline)) {
      throw new Error(stillNeeded(access.keyUri, users.map(({ name = "" }) => name).sort()));
    }
    await new Promise((done) => setTimeout(done, 1_000));
  }
}
