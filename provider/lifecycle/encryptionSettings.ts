import type { Context } from "../host/context.js";
import type { FromProgram } from "../host/fromProgram.js";
import type { Difference, Lifecycle, Properties } from "../host/serve.js";
import { readVault } from "../vaults/definitions.js";
import { isUnknown } from "../vaults/unknowns.js";
import { problemText } from "../vaults/values.js";
import { nameIn } from "../vaults/vaultId.js";
import { deadlineAfter } from "./deadlines.js";
import {
  asInputs,
  asSettings,
  asShown,
  differing,
  type EncryptionSettingsInputs,
  encryptionOf,
  parseSettings,
  vaultIn,
} from "./encryptionSettings/inputs.js";
import {
  cannotBeDeleted,
  noKeyOnVault,
  notices,
  sameSettingsTwice,
  settingsStay,
  takenOver,
  vaultNotKnown,
} from "./encryptionSettings/wording.js";
import { isKept, isThere, isWantedTwice, newInstance, stays } from "./run/holders.js";
import { isSetInline, registerResourceOwner } from "./run/owners.js";
import { assignedTo } from "./run/program.js";
import { clearMark, isBeingReplaced, markRead, oneAtATime, takeMark } from "./run/vaults.js";
import { changeSettings } from "./vault/changeSettings.js";
import { setEncryptionKeyWithRetry } from "./vault/encryptionKey.js";
import { evaluateChange, sentences } from "./vault/judge.js";
import { planSettings } from "./vault/planSettings.js";
import { keyOfAnotherCloud } from "./vault/prerequisites.js";
import { serviceOf } from "./vault/services.js";
import { noVault, withVaultInError } from "./vault/wording.js";

/** What the stack's state records. */
type Recorded = EncryptionSettingsInputs & { state?: string; instance?: string };

async function check(context: Context, olds: Partial<Recorded>, news: Properties, program: FromProgram) {
  const old = olds;
  const { inputs, problems } = parseSettings(news, old);
  if (problems.length > 0)
    return {
      inputs: news,
      failures: problems.map((problem) => `Encryption settings: ${problemText(problem)}`),
    };
  const result = { inputs };
  const { vault, keyUri, identity } = inputs;
  if (isUnknown(vault)) {
    await context.warn(vaultNotKnown);
    return { ...result, failures: [], judged: { vault, verdicts: [], refused: [], notes: [vaultNotKnown] } };
  }
  clearMark(context, markOf(vault));
  const failures = registerResourceOwner(context, vault, "encryption", `${keyUri} ${identity}`.toLowerCase());
  const isTwice = isWantedTwice(context, ofVault(vault), Object.keys(olds).length === 0);
  if (isTwice && failures.length === 0) failures.push(sameSettingsTwice(vault));
  const isMoved = old.vault !== vault;
  if (!isMoved && differing(inputs, old).length === 0) return { ...result, failures };

  const wanted = asSettings(inputs);
  // Where the vault does not exist yet or cannot be read, its key is as recorded.
  const known = isMoved ? undefined : { state: "Enabled", keyUri: old.keyUri, identity: old.identity };
  const assumed = known ? { encryption: known } : {};
  const assigned = assignedTo(context, vault);
  const plan = await planSettings(context, vault, () => wanted, assumed, program, assigned);
  const elsewhere = await keyOfAnotherCloud(serviceOf(vault).kind, context, { before: plan.has }, wanted);
  const present = plan.has?.encryption?.keyUri;
  const isForeign = isMoved && present && present.toLowerCase() !== keyUri.toLowerCase() && !isUnknown(keyUri);
  const adopted = isForeign ? [takenOver(vault, present)] : [];
  const later = isUnknown(keyUri) ? [] : notices(inputs, plan.facts);
  const notes = [...plan.judged.notes, ...adopted, ...later];
  for (const warning of [...notes, ...plan.warned]) await context.warn(warning);
  return { ...result, failures: [...failures, ...plan.failures, ...elsewhere], judged: { ...plan.judged, notes } };
}

async function diff(
  context: Context,
  _id: string,
  old: Recorded,
  inputs: EncryptionSettingsInputs,
): Promise<Difference> {
  const isRefresh = takeMark(context, markOf(old.vault));
  // A vault whose ID is unknown here is being replaced, and its encryption is deleted with it.
  const isMoved = old.vault !== inputs.vault;
  const isOther = differing(inputs, old).length > 0 || old.state !== "Enabled";
  if (!isMoved) stays(context, ofVault(old.vault), [ofVault(old.vault)], old.instance);
  return {
    refused: isRefresh || isMoved ? [] : refusedAmong(old, inputs),
    changes: isMoved || isOther,
    replaces: isMoved ? ["vault"] : [],
    deleteBeforeReplace: false,
  };
}

async function create(context: Context, inputs: EncryptionSettingsInputs) {
  const instance = newInstance();
  const outs = await write(context, inputs, inputs.timeouts?.create);
  isThere(context, ofVault(inputs.vault), [ofVault(inputs.vault)], instance);
  return { id: `${inputs.vault}#encryption`, outs: { ...outs, instance } };
}

async function read(context: Context, id: string, props: Recorded) {
  const { state: _, instance, ...recorded } = props;
  const isRecorded = recorded.vault !== undefined;
  const vault = isRecorded ? recorded.vault : vaultIn(id);
  const live = await withVaultInError(vault, async () =>
    serviceOf(vault)
      .vaults(context.azure())
      .get(vault, { deadline: deadlineAfter(undefined) }),
  );
  const encryption = live && encryptionOf(vault, live);
  if (!encryption && isRecorded) return undefined;
  if (!encryption) throw new Error(noKeyOnVault(vault));
  markRead(context, markOf(vault));
  const now = asShown(isRecorded ? recorded : asInputs(vault, encryption), encryption);
  const state = encryption.state ?? "Enabled";
  return { props: { ...now, state, instance: isRecorded ? instance : newInstance() }, inputs: now };
}

async function update(context: Context, _id: string, { instance }: Recorded, inputs: EncryptionSettingsInputs) {
  return { outs: { ...(await write(context, inputs, inputs.timeouts?.update)), instance } };
}

/**
 * Not called where the settings are deleted together with their vault (`deletedWith`). Azure cannot return a vault to
 * platform-managed keys. Settings that another resource of the program manages stay on the vault.
 */
async function remove(context: Context, _id: string, props: Recorded): Promise<void> {
  const { vault } = props;
  if (isBeingReplaced(context, vault) || isSetInline(context, vault, "encryption")) return;
  if (isKept(context, ofVault(vault), props.instance)) return context.warn(settingsStay(vault));
  await withVaultInError(vault, async () => {
    const live = await serviceOf(vault)
      .vaults(context.azure())
      .get(vault, { deadline: deadlineAfter(undefined) });
    if (!live || !encryptionOf(vault, live)) return;
    const type = serviceOf(vault);
    const { encryption: _, ...after } = readVault(type, vault, live);
    const proposed = {
      id: vault,
      before: readVault(type, vault, live),
      after,
      live,
      writes: true,
      when: "write" as const,
    };
    throw new Error(cannotBeDeleted(sentences(evaluateChange(type, proposed), nameIn(vault)).refused));
  });
}

export const encryptionSettings = { check, diff, create, read, update, delete: remove } satisfies Lifecycle;

function refusedAmong(old: EncryptionSettingsInputs, inputs: EncryptionSettingsInputs): string[] {
  const [before, after] = [asSettings(old), asSettings(inputs)];
  const proposed = { id: old.vault, before, after, writes: differing(inputs, old).length > 0, when: "plan" } as const;
  return sentences(evaluateChange(serviceOf(old.vault), proposed), after.vaultName).refused;
}

const markOf = (vault: string) => `${vault}#encryption`;
const ofVault = (vault: string): string => `encryption ${vault}`.toLowerCase();

async function write(context: Context, inputs: EncryptionSettingsInputs, timeout: string | undefined) {
  const { vault } = inputs;
  const deadline = deadlineAfter(timeout);
  return withVaultInError(vault, () =>
    oneAtATime(context, vault, async () => {
      if (!(await serviceOf(vault).vaults(context.azure()).get(vault, { deadline }))) throw new Error(noVault(vault));
      const setting = { wanted: asSettings(inputs), permission: inputs.timeouts?.permission, deadline };
      const live = await setEncryptionKeyWithRetry(serviceOf(vault), context, setting, () =>
        changeSettings(serviceOf(vault), context, vault, async () => setting.wanted, { deadline }),
      );
      return { ...inputs, state: encryptionOf(vault, live)?.state ?? "Enabled" };
    }),
  );
}
