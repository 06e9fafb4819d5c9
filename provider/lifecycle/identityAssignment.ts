import { isArmError } from "../azure/index.js";
import type { Context } from "../host/context.js";
import type { FromProgram } from "../host/fromProgram.js";
import type { Difference, Lifecycle, Properties } from "../host/serve.js";
import type { SomeSettings } from "../vaults/definitions.js";
import { readVault, settingsOf } from "../vaults/definitions.js";
import {
  isOn,
  isSystemAssigned,
  type Principal,
  principalOn,
  withIdentity,
  withoutIdentity,
} from "../vaults/identity.js";
import { isUnknown } from "../vaults/unknowns.js";
import { problemText } from "../vaults/values.js";
import { kindOf } from "../vaults/vaultId.js";
import { deadlineAfter, pause } from "./deadlines.js";
import { assignmentIn, type IdentityAssignmentInputs, parseAssignment } from "./identityAssignment/inputs.js";
import {
  alreadyOnVault,
  clientIdIsRead,
  clientIdUnread,
  identityStays,
  notOnVault,
  notVisible,
  sameIdentityTwice,
  usedByInstances,
  vaultNotKnown,
} from "./identityAssignment/wording.js";
import { messageOf } from "./run/facts.js";
import { isKept, isThere, isWantedTwice, newInstance, stays } from "./run/holders.js";
import { isSetInline, isTakenOver, registerResourceOwner } from "./run/owners.js";
import { willAssign } from "./run/program.js";
import { isBeingReplaced, oneAtATime } from "./run/vaults.js";
import { changeSettings } from "./vault/changeSettings.js";
import { planSettings } from "./vault/planSettings.js";
import { serviceOf } from "./vault/services.js";
import { noVault, withVaultInError } from "./vault/wording.js";

/** What the stack's state records. */
type Recorded = IdentityAssignmentInputs & Principal & { instance?: string; isClientIdPending?: boolean };

async function check(context: Context, olds: Partial<Recorded>, news: Properties, program: FromProgram) {
  const old = olds;
  const { inputs, problems } = parseAssignment(news, old);
  if (problems.length > 0)
    return {
      inputs: news,
      failures: problems.map((problem) => `Identity assignment: ${problemText(problem)}`),
    };
  const result = { inputs };
  if (isUnknown(inputs.vault)) {
    // A vault that this run has still to create needs no check.
    const notes = program.waitsForNew ? [] : [vaultNotKnown];
    for (const warning of notes) await context.warn(warning);
    return { ...result, failures: [], judged: { vault: inputs.vault, verdicts: [], refused: [], notes } };
  }
  const failures = registerResourceOwner(context, inputs.vault, "identity");
  willAssign(context, inputs.vault, inputs.identity);
  if (isUnknown(inputs.identity)) return { ...result, failures };
  const isNew = Object.keys(olds).length === 0;
  if (isWantedTwice(context, onVault(inputs), isNew)) failures.push(sameIdentityTwice(inputs.vault, inputs.identity));
  if (old.vault === inputs.vault && old.identity === inputs.identity) return { ...result, failures };
  const plan = await planSettings(
    context,
    inputs.vault,
    (has) => ({ identity: withIdentity(has.identity, inputs.identity) }),
    {},
    program,
  );
  const isForeign = isNew && isOn(plan.has?.identity, inputs.identity) && !comesFrom(context, inputs.vault);
  const notes = [...plan.judged.notes, ...(isForeign ? [alreadyOnVault(inputs.vault, inputs.identity)] : [])];
  for (const warning of [...notes, ...plan.warned]) await context.warn(warning);
  return { ...result, failures: [...failures, ...plan.failures], judged: { ...plan.judged, notes } };
}

/** The vault's own argument set the identity until now, or the vault is being replaced. */
const comesFrom = (context: Context, vault: string): boolean =>
  isTakenOver(context, vault, "identity") || isBeingReplaced(context, vault);

const onVault = ({ vault, identity }: IdentityAssignmentInputs): string =>
  `identity ${vault} ${identity}`.toLowerCase();

async function diff(
  context: Context,
  _id: string,
  old: Recorded,
  inputs: IdentityAssignmentInputs,
): Promise<Difference> {
  // A vault whose ID is unknown here is being replaced, and its identities are deleted with it.
  const isMoved = old.vault !== inputs.vault;
  const isOther = old.identity !== inputs.identity;
  const replaces = [...(isMoved ? ["vault"] : []), ...(isOther && !isUnknown(inputs.identity) ? ["identity"] : [])];
  if (replaces.length === 0) stays(context, onVault(old), [onVault(old)], old.instance);
  const isPending = old.isClientIdPending === true;
  if (isPending && !isMoved && !isOther) await context.warn(clientIdIsRead(inputs.vault, inputs.identity));
  return { changes: isMoved || isOther || isPending, replaces, deleteBeforeReplace: false };
}

async function create(context: Context, inputs: IdentityAssignmentInputs) {
  const { vault, identity } = inputs;
  const deadline = deadlineAfter(inputs.timeouts?.create);
  return begin(context, vault, async () => {
    const found = await serviceOf(vault).vaults(context.azure()).get(vault, { deadline });
    if (!found) throw new Error(noVault(vault));
    const added = async (has: SomeSettings) => settingsOf(vault, { identity: withIdentity(has.identity, identity) });
    await changeSettings(serviceOf(vault), context, vault, added, { found, deadline });
    const instance = newInstance();
    isThere(context, onVault(inputs), [onVault(inputs)], instance);
    const principal = await visiblePrincipal(context, inputs, deadline);
    const client = await clientOf(context, inputs, principal, deadline, true);
    return { id: `${vault}#${identity}`, outs: { ...inputs, ...principal, ...client, instance } };
  });
}

async function read(context: Context, id: string, props: Recorded) {
  const isRecorded = props.vault !== undefined;
  const inputs = isRecorded ? inputsOf(props) : assignmentIn(id);
  const { vault, identity } = inputs;
  const deadline = deadlineAfter(undefined);
  const live = await withVaultInError(vault, async () =>
    serviceOf(vault).vaults(context.azure()).get(vault, { deadline }),
  );
  if (!live || !isOn(readVault(serviceOf(vault), vault, live).identity, identity)) {
    if (isRecorded) return undefined;
    throw new Error(notOnVault(vault, identity));
  }
  const principal = principalOn(live, identity);
  const isKnown = props.principalId === principal.principalId && props.clientId !== undefined;
  const client = isKnown ? { clientId: props.clientId } : await clientOf(context, inputs, principal, deadline, false);
  return {
    props: { ...inputs, ...principal, ...client, instance: isRecorded ? props.instance : newInstance() },
    inputs,
  };
}

/**
 * Only `timeouts` can change, because another vault or identity is another assignment. A client ID that an earlier run
 * could not read is read now.
 */
async function update(context: Context, _id: string, olds: Recorded, inputs: IdentityAssignmentInputs) {
  const { principalId, tenantId, clientId, instance } = olds;
  if (clientId !== undefined) return { outs: { ...inputs, principalId, tenantId, clientId, instance } };
  const { vault, identity } = inputs;
  const deadline = deadlineAfter(undefined);
  const live = await withVaultInError(vault, async () =>
    serviceOf(vault).vaults(context.azure()).get(vault, { deadline }),
  );
  if (!live) throw new Error(noVault(vault));
  const shown = principalOn(live, identity);
  const principal = shown.principalId ? shown : { principalId, tenantId };
  const client = await clientOf(context, inputs, principal, deadline, false);
  return { outs: { ...inputs, ...principal, ...client, instance } };
}

async function remove(context: Context, _id: string, props: Recorded): Promise<void> {
  const { vault, identity, timeouts } = props;
  if (isBeingReplaced(context, vault) || isSetInline(context, vault, "identity")) return;
  if (isKept(context, onVault({ vault, identity }), props.instance))
    return context.warn(identityStays(vault, identity));
  const deadline = deadlineAfter(timeouts?.delete);
  await begin(context, vault, async () => {
    const found = await serviceOf(vault).vaults(context.azure()).get(vault, { deadline });
    if (!found) return;
    const left = async (has: SomeSettings) => {
      if (isOn(has.identity, identity)) await refuseWhileUsed(context, vault, identity);
      return settingsOf(
        vault,
        isOn(has.identity, identity) ? { identity: withoutIdentity(has.identity, identity) } : {},
      );
    };
    await changeSettings(serviceOf(vault), context, vault, left, { found, deadline });
  });
}

export const identityAssignment = { check, diff, create, read, update, delete: remove } satisfies Lifecycle;

const begin = <T>(context: Context, vault: string, work: () => Promise<T>) =>
  withVaultInError(vault, () => oneAtATime(context, vault, work));

function inputsOf({ vault, identity, timeouts }: Recorded): IdentityAssignmentInputs {
  return { vault, identity, ...(timeouts && { timeouts }) };
}

/**
 * The vault does not return the client ID of its system-assigned identity. If it cannot be read, the next run tries again.
 * If the caller may not read it, only one more run does: permissions granted together with the identity are effective then.
 */
async function clientOf(
  context: Context,
  { vault, identity }: IdentityAssignmentInputs,
  { principalId, clientId }: Principal,
  deadline: number,
  isNew: boolean,
): Promise<{ clientId?: string; isClientIdPending?: boolean }> {
  if (clientId !== undefined) return { clientId };
  try {
    if (!isSystemAssigned(identity)) throw new Error("the vault does not return it yet.");
    const found = await context.azure().systemAssignedIdentity(vault, { deadline });
    if (found?.principalId && found.principalId !== principalId)
      throw new Error("Azure returned the client ID of another identity.");
    if (!found?.clientId) throw new Error("Azure does not return it yet.");
    return { clientId: found.clientId };
  } catch (error) {
    const isForbidden = isArmError(error) && error.status === 403;
    const isClientIdPending = !isForbidden || isNew;
    await context.warn(clientIdUnread(vault, identity, messageOf(error), isClientIdPending));
    return isClientIdPending ? { isClientIdPending } : {};
  }
}

/** Azure returns the principal of a new identity only some moments after it reports the write as complete. */
async function visiblePrincipal(context: Context, { vault, identity }: IdentityAssignmentInputs, deadline: number) {
  for (let waitMs = 250; ; waitMs = Math.min(waitMs * 2, 10_000)) {
    const live = await serviceOf(vault).vaults(context.azure()).get(vault, { deadline });
    const principal = live ? principalOn(live, identity) : {};
    if (principal.principalId) return principal;
    if (Date.now() + waitMs > deadline) throw new Error(notVisible(vault, identity));
    await pause(waitMs);
  }
}

/** The rules refuse to remove an identity that the key needs, but only warn about one that backup instances use. */
async function refuseWhileUsed(context: Context, vault: string, identity: string): Promise<void> {
  // Azure does not return which identity an item of a Recovery Services vault uses.
  if (kindOf(vault) !== "BackupVault") return;
  const instances = await context.azure().instances(vault);
  const users = instances.filter((each) => each.identity.toLowerCase() === identity.toLowerCase());
  if (users.length > 0)
    throw new Error(
      usedByInstances(
        vault,
        identity,
        users.map(({ name }) => name),
      ),
    );
}
