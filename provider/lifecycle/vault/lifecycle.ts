import { findSetting } from "../../azure/index.js";
import type { Context } from "../../host/context.js";
import type { FromProgram } from "../../host/fromProgram.js";
import type { Difference, Lifecycle, Properties } from "../../host/serve.js";
import { overridableCodes } from "../../rules/index.js";
import type { Body } from "../../vaults/body.js";
import { differences, liveInputs, returnRemovedToDefault } from "../../vaults/compare.js";
import {
  argumentNames,
  outputsOf,
  programOf,
  readVault,
  type SomeSettings,
  type VaultInputs,
} from "../../vaults/definitions.js";
import { assignedIdentities } from "../../vaults/identity.js";
import { impliedByVault, withImplied } from "../../vaults/impliedInputs.js";
import { parseVault } from "../../vaults/parseVault.js";
import { hasFailed } from "../../vaults/ruleVault.js";
import { containsUnknown, unknownSentinel } from "../../vaults/unknowns.js";
import { fields, list, oneOf, parseFields, problemText } from "../../vaults/values.js";
import { isSameVault, requireVaultId, vaultIdOf, vaultNouns } from "../../vaults/vaultId.js";
import { deadlineAfter } from "../deadlines.js";
import { inlineManaged, registerInlineOwner, settingsTakenOver } from "../run/owners.js";
import { willAssign } from "../run/program.js";
import {
  awaitUnfinished,
  awaitVault,
  clearMark,
  endReplacement,
  isKeptVault,
  keepVault,
  markRead,
  mayAdopt,
  oneAtATime,
  takeMark,
} from "../run/vaults.js";
import { againWhileBusy } from "./atRest.js";
import { restorableNow } from "./deletedVaults.js";
import { evaluateChange, sentences } from "./judge.js";
import { isGoneAtAzure, isUpdated, plan, replacedBy } from "./plan.js";
import { findNew } from "./prerequisites.js";
import { services, type VaultService } from "./services.js";
import {
  called,
  cannotAdopt,
  identitiesStay,
  keepsCurrentValue,
  nameOf,
  takenOver,
  vaultExists,
  vaultGone,
  waitsForName,
  withVaultInError,
} from "./wording.js";
import { bringBack, changeVault, createVault, deleteVault } from "./writeVault.js";

/** What the stack's state records of a vault, as far as it matters here. */
type Recorded = VaultInputs & { provisioningState?: string };

/** The lifecycle of a vault of either kind. */
function vaultLifecycle(type: VaultService): Lifecycle {
  /** The arguments among a vault's outputs. */
  const inputsOf = (outs: VaultInputs): VaultInputs => {
    const names = argumentNames(type);
    return Object.fromEntries(Object.entries(outs).filter(([name]) => names.includes(name))) as VaultInputs;
  };

  /** An argument that is no longer set returns to Azure's default in the same update, and is not managed after that. */
  const withDefaults = (
    own: VaultInputs | undefined,
    inputs: VaultInputs,
  ): { inputs: VaultInputs; leftAlone: string[] } =>
    own ? returnRemovedToDefault(type, own, inputs) : { inputs, leftAlone: [] };

  const outsOf = (inputs: VaultInputs, live: Body): Properties => ({ ...inputs, ...outputsOf(type, live) });

  async function check(context: Context, olds: VaultInputs, news: Properties, fromProgram: FromProgram) {
    // The engine sends no old inputs for a new vault, and for the new half of a replacement.
    const old = Object.keys(olds).length > 0 ? olds : undefined;
    const { setting, env } = context;
    const subscriptionId = findSetting("subscriptionId", setting, env)?.value;
    const { externallyManaged: external, ...program } = news;
    const { inputs: given, problems } = parseVault(type, program, old, {
      defaultSubscriptionId: subscriptionId,
      codes: overridableCodes(type.kind),
    });
    const { externallyManaged } = parseFields(ofProgram, { externallyManaged: external }, "", problems);
    const over = settingsTakenOver(context, old, given, externallyManaged);
    const own = old && inlineManaged(context, old, given.vaultId);
    const { inputs, leftAlone } = withDefaults(own, given);
    clearMark(context, inputs.vaultId);
    context.run.regions.set(inputs.vaultId.toLowerCase(), String(inputs.location));
    if (inputs.immutability !== undefined)
      context.run.immutability.set(inputs.vaultId.toLowerCase(), String(inputs.immutability));
    if (old && isSameVault(old.vaultId, inputs.vaultId)) keepVault(context, inputs.vaultId);
    else if (!old) awaitVault(context, inputs.vaultId);

    if (problems.length > 0) {
      // A wrong name is shown as the program writes it.
      const vaultName = typeof news.vaultName === "string" ? news.vaultName : inputs.vaultName;
      const wrong = problems.map((problem) => `${called(type.kind, { vaultName })}: ${problemText(problem)}`);
      const writes = !own || differences(type, inputs, own).length > 0;
      const verdicts = evaluateChange(type, { id: inputs.vaultId, before: own, after: inputs, writes, when: "plan" });
      const { refused } = sentences(verdicts, nameOf(inputs), old?.vaultName);
      return { inputs: news, failures: wrong, judged: { vault: inputs.vaultId, verdicts, refused, notes: [] } };
    }
    const twice = (["identity", "encryption"] as const)
      .filter((setting) => inputs[setting] !== undefined)
      .flatMap((setting) => registerInlineOwner(context, inputs.vaultId, setting));
    const { identity } = inputs;
    for (const each of containsUnknown(identity) ? [unknownSentinel] : assignedIdentities(identity))
      willAssign(context, inputs.vaultId, each);
    const isChanged = old && isUpdated(type, old, given);
    const { failures, judged, warned } = await plan(type, context, own, inputs, fromProgram, isChanged);
    const left = over.includes("identity") ? [identitiesStay(type.kind, inputs)] : [];
    const notes = [...judged.notes, ...left, ...leftAlone.map((name) => keepsCurrentValue(type.kind, inputs, name))];
    for (const warning of [...notes, ...warned]) await context.warn(warning);
    // Without the defaults: an argument that is not in the program is not managed once it has its default.
    return { inputs: given, failures: [...twice, ...failures], judged: { ...judged, notes } };
  }

  async function diff(context: Context, id: string, old: Recorded, inputs: VaultInputs): Promise<Difference> {
    const isRefresh = takeMark(context, id);
    const replaces = replacedBy(type, old, inputs);
    const isJudged = !isRefresh && replaces.length === 0;
    const before = inlineManaged(context, old, id);
    const { inputs: after } = withDefaults(before, inputs);
    const writes = differences(type, after, old).length > 0;
    // The vault is not read here, so settings that the program has never set may have any value.
    const unmanaged = type.writable.filter((name) => before[name] === undefined && after[name] === undefined);
    const open = Object.fromEntries(unmanaged.map((name) => [name, unknownSentinel])) as SomeSettings;
    const [has, wants] = [before, after].map((each) => ({ ...each, ...open }));
    const verdicts = isJudged ? evaluateChange(type, { id, before: has, after: wants, writes, when: "plan" }) : [];
    const isUnfinished = old.provisioningState === "Unknown";
    if (isUnfinished) awaitUnfinished(context, id);
    const isLost = isJudged && isGoneAtAzure(context, id) && !isUnfinished;
    return {
      failures: isLost ? [vaultGone(id)] : [],
      refused: sentences(verdicts, nameOf(inputs)).refused,
      changes: isUpdated(type, old, inputs) || (!isRefresh && hasFailed({ properties: old })),
      replaces,
      // A resource group cannot contain two vaults with the same name.
      deleteBeforeReplace: replaces.length > 0 && isSameVault(old.vaultId, inputs.vaultId),
    };
  }

  async function create(context: Context, inputs: VaultInputs) {
    const id = inputs.vaultId;
    return begin(context, id, async () => {
      const deadline = deadlineAfter(inputs.timeouts?.create);
      const vault = await whenNameIsFree(context, inputs, deadline, () => createOrAdopt(context, inputs, deadline));
      // Asked to replace a vault that is gone, the engine then deletes the old one, which has the same ID.
      if (context.run.recordedVaults.has(id.toLowerCase())) keepVault(context, id);
      return { id, outs: outsOf(inputs, vault) };
    });
  }

  const whenNameIsFree = (context: Context, inputs: VaultInputs, deadline: number, make: () => Promise<Body>) =>
    againWhileBusy(deadline, ({ reason }) => context.warn(waitsForName(type.kind, inputs, reason)), make);

  async function createOrAdopt(context: Context, inputs: VaultInputs, deadline: number): Promise<Body> {
    const id = inputs.vaultId;
    const found = await findNew(type, context, id, { deadline });
    const deleted = found ? undefined : await restorableNow(type, context, inputs, deadline);
    if (deleted) return bringBack(type, context, inputs, deleted, deadline);
    if (!found) return createVault(type, context, inputs, deadline);
    if (!mayAdopt(context, inputs)) throw new Error(vaultExists(id));
    const has = readVault(type, id, found);
    const differing = replacedBy(type, has, inputs);
    if (differing.length > 0) throw new Error(cannotAdopt(id, differing, has, inputs));
    // Whatever becomes of the update, a resource under its old name does not take the vault along.
    keepVault(context, id);
    return changeVault(type, context, inputs, found, {}, deadline);
  }

  async function read(context: Context, id: string, props: Recorded) {
    const named = requireVaultId(id, type.kind);
    const isRecorded = props.vaultId !== undefined;
    const deadline = deadlineAfter(undefined);
    const live = await withVaultInError(id, async () => type.vaults(context.azure()).get(id, { deadline }));
    if (!live && isRecorded) return undefined;
    if (!live) throw new Error(`${vaultNouns[type.kind]} ${id} does not exist.`);
    markRead(context, id);
    // For an import and for `get`, all settings are returned.
    const inputs = isRecorded
      ? liveInputs(type, inputsOf(props), readVault(type, id, live))
      : // Whoever imports a vault may spell its ID in any way. From a program's arguments it follows in this one.
        programOf(type, vaultIdOf(named), live);
    return { props: outsOf(inputs, live), inputs };
  }

  async function update(context: Context, id: string, olds: Recorded, inputs: VaultInputs) {
    return begin(context, id, async () => {
      const deadline = deadlineAfter(inputs.timeouts?.update);
      const found = await type.vaults(context.azure()).get(id, { deadline });
      if (found) {
        const own = inlineManaged(context, olds, id);
        const { inputs: wanted } = withDefaults(own, inputs);
        const vault = await changeVault(type, context, wanted, found, own, deadline);
        return { outs: outsOf(inputs, vault) };
      }
      // The creation was recorded as unfinished, and the vault does not exist: this run creates it.
      if (olds.provisioningState !== "Unknown") throw new Error(vaultGone(id));
      const make = () => createVault(type, context, inputs, deadline);
      return { outs: outsOf(inputs, await whenNameIsFree(context, inputs, deadline, make)) };
    });
  }

  async function remove(context: Context, id: string, props: Recorded): Promise<void> {
    // A resource that was renamed in the program is created under its new name, which adopts the vault, and then deleted
    // under its old one: in the same run, or in a later one if the first was interrupted.
    if (isKeptVault(context, id)) return context.warn(takenOver(id));
    await begin(context, id, () => deleteVault(type, context, id, deadlineAfter(props.timeouts?.delete)));
    endReplacement(context, id);
  }

  /** The plugin does not record what follows from the other inputs. */
  const whole = (inputs: Properties) => withImplied(inputs, impliedByVault(type.kind)) as VaultInputs;
  return {
    check: (context, olds, news, program) => check(context, whole(olds), news, program),
    diff: (context, id, old, inputs) => diff(context, id, whole(old), whole(inputs)),
    create: (context, inputs) => create(context, whole(inputs)),
    read: (context, id, props) => read(context, id, props as Recorded),
    update: (context, id, olds, inputs) => update(context, id, whole(olds), whole(inputs)),
    delete: (context, id, props) => remove(context, id, props as Recorded),
  };
}

/** Not recorded. The classes set it themselves; a program that uses the plugin does. */
const ofProgram = fields({ externallyManaged: list(oneOf("identity", "encryption")) });

/** One at a time for each vault. A resource's timeout begins with its turn. */
const begin = <T>(context: Context, id: string, work: () => Promise<T>) =>
  withVaultInError(id, () => oneAtATime(context, id, work));

export const backupVault: Lifecycle = vaultLifecycle(services.BackupVault);
export const recoveryServicesVault: Lifecycle = vaultLifecycle(services.RecoveryServicesVault);
