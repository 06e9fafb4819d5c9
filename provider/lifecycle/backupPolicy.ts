import { previewDeadline } from "../azure/index.js";
import type { Context } from "../host/context.js";
import type { FromProgram } from "../host/fromProgram.js";
import type { Checked, Difference, Lifecycle, Properties } from "../host/serve.js";
import {
  type BackupPolicyInputs,
  inputsOfLive,
  isSamePolicy,
  parsePolicy,
  policyBody,
  policyContent,
  policyContents,
  readPolicy,
  requirePolicyId,
} from "../policies/backupPolicy.js";
import { isSameContent } from "../policies/content.js";
import { isUnknown } from "../vaults/unknowns.js";
import { isSameValue, problemText } from "../vaults/values.js";
import { judgeReplacement, usersOf } from "./backupPolicy/judge.js";
import {
  adoptsPolicy,
  cannotAdoptPolicy,
  createsPolicyFirst,
  inUse,
  notKept,
  noVaultForPolicy,
  policyCalled,
  policyExists,
  policyNotRead,
  policyStays,
  policyText,
  samePolicyTwice,
  unknownPolicy,
  withPolicyInError,
} from "./backupPolicy/wording.js";
import { deadlineAfter } from "./deadlines.js";
import { forgetFacts, messageOf } from "./run/facts.js";
import { isKept, isThere, isWantedTwice, newInstance, stays } from "./run/holders.js";
import { expectNewHalf, isBeingReplaced, isNewHalf, mayAdopt } from "./run/vaults.js";
import { byDecision } from "./vault/judge.js";
import { isVaultMissing } from "./vault/prerequisites.js";

/** What the stack's state records. */
type Recorded = BackupPolicyInputs & { instance?: string };

async function check(
  context: Context,
  olds: Partial<Recorded>,
  news: Properties,
  program: FromProgram,
): Promise<Checked> {
  const isNew = Object.keys(olds).length === 0;
  const { inputs, problems } = parsePolicy(news, olds);
  if (problems.length > 0)
    return { inputs: news, failures: problems.map((problem) => `${policyCalled(inputs)}: ${problemText(problem)}`) };
  if (isUnknown(inputs.policyId)) return { inputs, failures: [] };
  if (isWantedTwice(context, claimOf(inputs), isNew)) return { inputs, failures: [samePolicyTwice(inputs)] };
  return isNew ? planNew(context, inputs, program) : planChange(context, olds as Recorded, inputs, program);
}

async function planNew(context: Context, inputs: BackupPolicyInputs, program: FromProgram): Promise<Checked> {
  const { vault, policyId } = inputs;
  // What is replaced under its own ID, alone or with its vault, is still there in a preview.
  if (isNewHalf(context, policyId) || isBeingReplaced(context, vault)) return { inputs, failures: [] };
  try {
    const found = await context.azure().backupPolicies.get(policyId, previewDeadline());
    if (found) return existing(context, inputs, found.properties);
    const isMissing = await isVaultMissing(context, vault, program);
    return { inputs, failures: isMissing ? [noVaultForPolicy(inputs)] : [] };
  } catch (error) {
    await context.warn(policyNotRead(inputs, messageOf(error)));
    return { inputs, failures: [] };
  }
}

/** A policy of the program's name exists. It is taken over as it is, or not at all. */
async function existing(context: Context, inputs: BackupPolicyInputs, live: Properties): Promise<Checked> {
  if (!adopts(context, inputs)) return { inputs, failures: [policyExists(inputs)] };
  const has = readPolicy(live);
  const isSame = isSamePolicy(inputs, has);
  // What the program says of it is known only at `up`, which compares it then.
  const isOpen = isSame === undefined && has.unread.length === 0;
  if (!isSame && !isOpen) return { inputs, failures: [cannotAdoptPolicy(inputs, has.unread)] };
  await context.warn(adoptsPolicy(inputs));
  return { inputs, failures: [] };
}

const adopts = (context: Context, { adopt, policyId }: BackupPolicyInputs): boolean =>
  adopt === true || mayAdopt(context, { vaultId: policyId });

async function planChange(
  context: Context,
  old: Recorded,
  inputs: BackupPolicyInputs,
  program: FromProgram,
): Promise<Checked> {
  const replaces = replacedBy(old, inputs);
  if (replaces.length === 0) return { inputs, failures: [] };
  const keepsId = old.policyId === inputs.policyId;
  const verdicts = await judgeReplacement(context, old, inputs, keepsId);
  const { refused, open, warned } = byDecision(verdicts, (each) => policyText(each, old, replaces));
  for (const warning of [...open, ...warned]) await context.warn(warning);
  if (keepsId) expectNewHalf(context, old.policyId);
  const failures = keepsId && program.createsFirst ? [createsPolicyFirst(inputs)] : [];
  return {
    inputs,
    failures,
    judged: { vault: old.vault, verdicts, refused, notes: [] },
  };
}

/** The changed arguments. A part of the rules that is not known yet may turn out to be unchanged. */
function replacedBy(old: BackupPolicyInputs, inputs: BackupPolicyInputs): string[] {
  const names = ["vault", "policyName"] as const;
  // A vault whose ID is unknown here is being replaced, and its policies are deleted with it.
  const moved = names.filter((name) => old[name] !== inputs[name] && (name === "vault" || !isUnknown(inputs[name])));
  const [before, after] = [policyContent(old), policyContent(inputs)];
  const isSame = !before || !after || (old.dataSource === inputs.dataSource && isSameContent(before, after));
  return [...moved, ...(isSame ? [] : policyContents.filter((name) => !isSameValue(old[name], inputs[name])))];
}

async function diff(context: Context, _id: string, old: Recorded, inputs: BackupPolicyInputs): Promise<Difference> {
  const replaces = replacedBy(old, inputs);
  if (replaces.length === 0) stays(context, claimOf(old), [claimOf(old)], old.instance);
  const compared = [...policyContents, "policyName", "adopt", "timeouts"] as const;
  const isOther = compared.some((name) => !isSameValue(old[name], inputs[name]));
  return {
    changes: replaces.length > 0 || isOther,
    replaces,
    // A vault cannot have two policies of one name.
    deleteBeforeReplace: replaces.length > 0 && old.policyId === inputs.policyId,
  };
}

async function create(context: Context, inputs: BackupPolicyInputs) {
  const { policyId } = inputs;
  const deadline = deadlineAfter(inputs.timeouts?.create);
  return withPolicyInError(inputs, async () => {
    const policies = context.azure().backupPolicies;
    const found = await policies.get(policyId, { deadline });
    if (found && !adopts(context, inputs)) throw new Error(policyExists(inputs));
    const live = readPolicy((found ?? (await written(context, inputs, deadline))).properties);
    if (found && !isSamePolicy(inputs, live)) throw new Error(cannotAdoptPolicy(inputs, live.unread));
    if (!isSamePolicy(inputs, live)) await context.warn(notKept(inputs));
    forgetFacts(context);
    const instance = newInstance();
    isThere(context, claimOf(inputs), [claimOf(inputs)], instance);
    return { id: policyId, outs: { ...inputs, instance } };
  });
}

/** A response may be lost after Azure has created the policy: what is there then is looked at, and is what was sent. */
async function written(context: Context, inputs: BackupPolicyInputs, deadline: number) {
  const policies = context.azure().backupPolicies;
  try {
    return await policies.createOrUpdate(inputs.policyId, policyBody(inputs), { deadline });
  } catch (error) {
    const found = await policies.get(inputs.policyId, { deadline }).catch(() => undefined);
    if (found && isSamePolicy(inputs, readPolicy(found.properties))) return found;
    throw error;
  }
}

async function read(context: Context, id: string, props: Recorded) {
  requirePolicyId(id);
  const isRecorded = props.policyId !== undefined;
  const named = isRecorded ? props : { policyId: id };
  const deadline = deadlineAfter(undefined);
  const found = await withPolicyInError(named, async () => context.azure().backupPolicies.get(id, { deadline }));
  if (!found && isRecorded) return undefined;
  if (!found) throw new Error(`Backup policy ${id} does not exist.`);
  const { instance, ...recorded } = props;
  const live = readPolicy(found.properties);
  if (isRecorded && isSamePolicy(recorded, live)) return { props, inputs: recorded };
  if (live.unread.length > 0) throw new Error(unknownPolicy(id, live.unread));
  const { adopt, timeouts } = recorded;
  const inputs = { ...inputsOfLive(id, live), ...(adopt !== undefined && { adopt }), ...(timeouts && { timeouts }) };
  return { props: { ...inputs, instance: instance ?? newInstance() }, inputs };
}

/** The same policy: another form of the same rules, or what only this package uses. Nothing is sent. */
async function update(_context: Context, _id: string, { instance }: Recorded, inputs: BackupPolicyInputs) {
  return { outs: { ...inputs, instance: instance ?? newInstance() } };
}

async function remove(context: Context, id: string, props: Recorded): Promise<void> {
  if (isKept(context, claimOf(props), props.instance)) return context.warn(policyStays(props));
  const deadline = deadlineAfter(props.timeouts?.delete);
  await withPolicyInError(props, async () => {
    const azure = context.azure();
    if (!(await azure.backupPolicies.get(id, { deadline }))) return;
    const users = usersOf(id, await azure.instances(props.vault, { deadline }));
    if (users.length > 0) throw new Error(inUse(props, users));
    await azure.backupPolicies.delete(id, { deadline });
    forgetFacts(context);
  });
}

const claimOf = ({ policyId }: Pick<BackupPolicyInputs, "policyId">): string => `policy ${policyId}`.toLowerCase();

export const backupPolicy = { check, diff, create, read, update, delete: remove } satisfies Lifecycle;
