import type { Context } from "../host/context.js";
import type { Difference, Lifecycle, Properties } from "../host/serve.js";
import { isUnknown } from "../host/unknowns.js";
import { deadlineAfter } from "./arguments/values.js";
import { isOn, isSystemAssigned, withIdentity, withoutIdentity } from "./identityAssignment/identities.js";
import { type IdentityAssignmentInputs, parse } from "./identityAssignment/inputs.js";
import { type Principal, principalOn } from "./identityAssignment/principal.js";
import { notVisible, noVault, usedByInstances } from "./identityAssignment/wording.js";
import { pause } from "./pause.js";
import { naming } from "./vault/naming.js";
import { kindOf } from "./vault/vaultId.js";
import type { VaultInputs } from "./vault/vaultInputs.js";
import { changeSettings } from "./vault/write.js";
import { oneAtATime } from "./vaultLock.js";
import { claimApart, isSetInline } from "./vaultSettings/claims.js";
import { planSettings } from "./vaultSettings/planSettings.js";
import { isBeingReplaced } from "./vaultSettings/replacement.js";
import { settingsOf } from "./vaultSettings/settingsOf.js";
import { typeOf } from "./vaultSettings/typeOf.js";

async function check(context: Context, olds: Properties, news: Properties) {
  const old = olds as Partial<IdentityAssignmentInputs>;
  const { inputs, problems } = parse(news, old);
  if (problems.length > 0)
    return {
      inputs: news,
      failures: problems.map(({ path, expected }) => `Identity assignment: ${path} ${expected}.`),
    };
  const result = { inputs: inputs as unknown as Properties };
  if (isUnknown(inputs.vault)) return { ...result, failures: [] };
  const failures = claimApart(context, inputs.vault, "identity");
  const isUnchanged = old.vault === inputs.vault && old.identity === inputs.identity;
  if (isUnchanged || isUnknown(inputs.identity)) return { ...result, failures };
  const plan = await planSettings(
    context,
    inputs.vault,
    (has) => ({ identity: withIdentity(has.identity, inputs.identity) }),
    {},
  );
  for (const warning of [...plan.judged.notes, ...plan.warned]) await context.warn(warning);
  return { ...result, failures, judged: plan.judged };
}

async function diff(_context: Context, _id: string, olds: Properties, news: Properties): Promise<Difference> {
  const [old, inputs] = [asInputs(olds), asInputs(news)];
  // A vault that is not known here is one that is being replaced, and its identities go with it.
  const isMoved = old.vault !== inputs.vault;
  const isOther = old.identity !== inputs.identity;
  const replaces = [...(isMoved ? ["vault"] : []), ...(isOther && !isUnknown(inputs.identity) ? ["identity"] : [])];
  return { changes: isMoved || isOther, replaces, deleteBeforeReplace: false };
}

async function create(context: Context, properties: Properties) {
  const inputs = asInputs(properties);
  const { vault, identity } = inputs;
  const deadline = deadlineAfter(inputs.timeouts?.create);
  return begin(vault, async () => {
    const found = await typeOf(vault).vaults(context.azure()).get(vault, { deadline });
    if (!found) throw new Error(noVault(vault));
    const added = async (has: Partial<VaultInputs>) =>
      settingsOf(vault, { identity: withIdentity(has.identity, identity) });
    await changeSettings(typeOf(vault), context, vault, added, { found, deadline });
    return { id: `${vault}#${identity}`, outs: { ...inputs, ...(await visiblePrincipal(context, inputs, deadline)) } };
  });
}

async function read(context: Context, _id: string, props: Properties) {
  const inputs = inputsOf(props);
  const { vault, identity } = inputs;
  const deadline = deadlineAfter(undefined);
  const live = await naming(vault, async () => typeOf(vault).vaults(context.azure()).get(vault, { deadline }));
  if (!live || !isOn(typeOf(vault).fromArm(vault, live).identity, identity)) return undefined;
  const principal = principalOn(live, identity);
  const isKnown = props.principalId === principal.principalId && props.clientId !== undefined;
  const clientId = isKnown ? props.clientId : await clientIdOf(context, inputs, principal, deadline);
  return { props: { ...inputs, ...principal, clientId }, inputs: inputs as unknown as Properties };
}

/** Only how long things may take can change: another vault or identity is another assignment. */
async function update(_context: Context, _id: string, olds: Properties, news: Properties) {
  const { principalId, tenantId, clientId } = olds;
  return { outs: { ...news, principalId, tenantId, clientId } };
}

async function remove(context: Context, _id: string, props: Properties): Promise<void> {
  const { vault, identity, timeouts } = asInputs(props);
  if (isBeingReplaced(context, vault) || isSetInline(context, vault, "identity")) return;
  const deadline = deadlineAfter(timeouts?.delete);
  await begin(vault, async () => {
    const found = await typeOf(vault).vaults(context.azure()).get(vault, { deadline });
    if (!found) return;
    const left = async (has: Partial<VaultInputs>) => {
      if (isOn(has.identity, identity)) await refuseWhileUsed(context, vault, identity);
      return settingsOf(
        vault,
        isOn(has.identity, identity) ? { identity: withoutIdentity(has.identity, identity) } : {},
      );
    };
    await changeSettings(typeOf(vault), context, vault, left, { found, deadline });
  });
}

export const identityAssignment = { check, diff, create, read, update, delete: remove } satisfies Lifecycle;

const begin = <T>(vault: string, work: () => Promise<T>) => naming(vault, () => oneAtATime(vault, work));

const asInputs = (properties: Properties) => properties as unknown as IdentityAssignmentInputs;

function inputsOf(props: Properties): IdentityAssignmentInputs {
  const { vault, identity, timeouts } = asInputs(props);
  return { vault, identity, ...(timeouts && { timeouts }) };
}

/** The vault does not show it of its own identity. Whoever may not read it elsewhere does without. */
async function clientIdOf(
  context: Context,
  { vault, identity }: IdentityAssignmentInputs,
  { clientId }: Principal,
  deadline: number,
): Promise<string | undefined> {
  if (clientId !== undefined || !isSystemAssigned(identity)) return clientId;
  try {
    return (await context.azure().systemAssignedIdentity(vault, { deadline }))?.clientId;
  } catch {
    return undefined;
  }
}

/** Azure shows the principal of a new identity some moments after it has reported the write as done. */
async function visiblePrincipal(context: Context, { vault, identity }: IdentityAssignmentInputs, deadline: number) {
  for (let waitMs = 250; ; waitMs = Math.min(waitMs * 2, 10_000)) {
    const live = await typeOf(vault).vaults(context.azure()).get(vault, { deadline });
    const principal = live ? principalOn(live, identity) : {};
    if (principal.principalId) {
      return { ...principal, clientId: await clientIdOf(context, { vault, identity }, principal, deadline) };
    }
    if (Date.now() + waitMs > deadline) throw new Error(notVisible(vault, identity));
    await pause(waitMs);
  }
}

/** That its key needs the identity is a rule's; what an instance needs is only a warning there. */
async function refuseWhileUsed(context: Context, vault: string, identity: string): Promise<void> {
  // Items of a Recovery Services vault do not say which identity they use.
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
