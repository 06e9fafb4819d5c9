import type { Context } from "../host/context.js";
import { perRun } from "../host/perRun.js";
import type { Difference, Lifecycle, Properties } from "../host/serve.js";
import { deadlineAfter } from "./arguments/values.js";
import { differences, removals } from "./backupVault/compare.js";
import { fromArm } from "./backupVault/fromArm.js";
import type { BackupVaultInputs } from "./backupVault/inputs.js";
import { sentences, verdictsOn } from "./backupVault/judgement.js";
import { naming } from "./backupVault/naming.js";
import { liveInputs, outputs } from "./backupVault/outputs.js";
import { argumentNames, parse } from "./backupVault/parse.js";
import { plan, replacedBy } from "./backupVault/plan.js";
import { returnRemovedToDefault } from "./backupVault/removed.js";
import {
  cannotAdopt,
  identitiesStay,
  leftAsItIs,
  nameOf,
  takenOver,
  vaultExists,
  vaultGone,
} from "./backupVault/wording.js";
import { changeVault, createVault, deleteVault } from "./backupVault/write.js";
import { clearMark, markRead, takeMark } from "./refreshMark.js";
import { oneAtATime } from "./vaultLock.js";
import { claimInline } from "./vaultSettings/claims.js";
import { handOver, stillOwn } from "./vaultSettings/handOver.js";
import { endReplacement } from "./vaultSettings/replacement.js";

async function check(context: Context, olds: Properties, news: Properties) {
  // The engine sends no old inputs for a new vault, and for the new half of a replacement.
  const old = Object.keys(olds).length > 0 ? asInputs(olds) : undefined;
  const { setting, env } = context;
  const subscriptionId = setting("subscriptionId") ?? env.ARM_SUBSCRIPTION_ID ?? env.AZURE_SUBSCRIPTION_ID;
  const { setApart, ...program } = news;
  const { inputs: given, problems } = parse(program, old, subscriptionId);
  const over = handOver(context, old, given, setApart);
  const own = old && stillOwn(context, old, given.vaultId);
  const { inputs, leftAlone } = own ? returnRemovedToDefault(own, given) : { inputs: given, leftAlone: [] };
  clearMark(inputs.vaultId);

  if (problems.length > 0) {
    const wrong = problems.map(({ path, expected }) => `Backup vault "${nameOf(inputs)}": ${path} ${expected}.`);
    const verdicts = verdictsOn({ id: inputs.vaultId, before: own, after: inputs, when: "plan" });
    const { refused } = sentences(verdicts, nameOf(inputs), old?.vaultName);
    return { inputs: news, failures: wrong, judged: { vault: inputs.vaultId, verdicts, refused, notes: [] } };
  }
  const twice = (["identity", "encryption"] as const)
    .filter((setting) => inputs[setting] !== undefined)
    .flatMap((setting) => claimInline(context, inputs.vaultId, nameOf(inputs), setting));
  const { failures, judged, warned } = await plan(context, own, inputs);
  const left = over.includes("identity") ? [identitiesStay(inputs)] : [];
  const notes = [...judged.notes, ...left, ...leftAlone.map((name) => leftAsItIs(inputs, name))];
  for (const warning of [...notes, ...warned]) await context.warn(warning);
  return { inputs: inputs as unknown as Properties, failures: [...twice, ...failures], judged: { ...judged, notes } };
}

async function diff(context: Context, id: string, olds: Properties, news: Properties): Promise<Difference> {
  const [old, inputs] = [asInputs(olds), asInputs(news)];
  const isRefresh = takeMark(id);
  const replaces = replacedBy(old, inputs);
  const isJudged = !isRefresh && replaces.length === 0;
  const before = stillOwn(context, old, id);
  const verdicts = isJudged ? verdictsOn({ id, before, after: inputs, when: "plan" }) : [];
  return {
    refused: sentences(verdicts, nameOf(inputs)).refused,
    changes:
      differences(inputs, old).length > 0 ||
      removals(old, inputs).length > 0 ||
      !sameText(old, inputs, "accept", "timeouts"),
    replaces,
    // Two vaults of one name cannot exist in one group at a time.
    deleteBeforeReplace: replaces.length > 0 && old.vaultId === inputs.vaultId,
  };
}

async function create(context: Context, properties: Properties) {
  const inputs = asInputs(properties);
  const id = inputs.vaultId;
  return begin(id, async () => {
    const deadline = deadlineAfter(inputs.timeouts?.create);
    const found = await context.azure().backupVaults.get(id, { deadline });
    if (!found) return { id, outs: outputs(inputs, await createVault(context, inputs, deadline)) };
    if (!inputs.adopt) throw new Error(vaultExists(id));
    const differing = replacedBy(fromArm(id, found), inputs);
    if (differing.length > 0) throw new Error(cannotAdopt(id, differing));
    adoptedInThisRun(context).add(id.toLowerCase());
    return { id, outs: outputs(inputs, await changeVault(context, inputs, found, [], deadline)) };
  });
}

async function read(context: Context, id: string, props: Properties) {
  const isRecorded = props.provisioningState !== undefined;
  const deadline = deadlineAfter(undefined);
  const live = await naming(id, async () => context.azure().backupVaults.get(id, { deadline }));
  if (!live && isRecorded) return undefined;
  if (!live) throw new Error(`There is no Backup vault ${id}.`);
  markRead(id);
  // A vault that is only looked up, by `BackupVault.get`, is shown whole: the program manages nothing of it.
  const managed = isRecorded ? asInputs(props) : ({ ...fromArm(id, live), vaultId: id } as BackupVaultInputs);
  const inputs = liveInputs(inputsOf(managed), live);
  return { props: outputs(inputs, live), inputs: inputs as unknown as Properties };
}

async function update(context: Context, id: string, olds: Properties, news: Properties) {
  const inputs = asInputs(news);
  return begin(id, async () => {
    const deadline = deadlineAfter(inputs.timeouts?.update);
    const found = await context.azure().backupVaults.get(id, { deadline });
    if (found) {
      const removed = removals(stillOwn(context, asInputs(olds), id), inputs);
      const vault = await changeVault(context, inputs, found, removed, deadline);
      return { outs: outputs(inputs, vault) };
    }
    // Recorded while its creation was not finished, and then it was not: this run finishes it.
    if (olds.provisioningState !== "Unknown") throw new Error(vaultGone(id));
    return { outs: outputs(inputs, await createVault(context, inputs, deadline)) };
  });
}

async function remove(context: Context, id: string, props: Properties): Promise<void> {
  // A resource that was renamed in the program is created, which adopts the vault, and then deleted under its old name.
  if (adoptedInThisRun(context).has(id.toLowerCase())) throw new Error(takenOver(id));
  await begin(id, () => deleteVault(context, id, deadlineAfter(asInputs(props).timeouts?.delete)));
  endReplacement(context, id);
}

export const backupVault = { check, diff, create, read, update, delete: remove } satisfies Lifecycle;

const adoptedInThisRun = perRun(() => new Set<string>());

/** One at a time; how long a resource may take counts from its turn. */
const begin = <T>(id: string, work: () => Promise<T>) => naming(id, () => oneAtATime(id, work));

const asInputs = (properties: Properties) => properties as unknown as BackupVaultInputs;

/** The arguments among a vault's outputs. */
const inputsOf = (outs: BackupVaultInputs) =>
  asInputs(Object.fromEntries(Object.entries(outs).filter(([name]) => argumentNames.includes(name))));

/** What changes nothing at Azure, but has to be recorded: `delete` is given what was recorded, not the program. */
const sameText = (a: BackupVaultInputs, b: BackupVaultInputs, ...names: (keyof BackupVaultInputs)[]) =>
  names.every((name) => JSON.stringify(sorted(a[name])) === JSON.stringify(sorted(b[name])));

const sorted = (value: unknown) =>
  Array.isArray(value) || typeof value !== "object" || value === null
    ? (value ?? null)
    : Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
