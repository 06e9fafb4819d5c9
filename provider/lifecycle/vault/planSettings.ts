import type { Context } from "../../host/context.js";
import type { FromProgram } from "../../host/fromProgram.js";
import type { Facts } from "../../rules/index.js";
import { merge } from "../../vaults/compare.js";
import { readVault, type SomeSettings, settingsOf } from "../../vaults/definitions.js";
import { type VaultIdentity, withIdentity } from "../../vaults/identity.js";
import { isUnknown, unknownSentinel } from "../../vaults/unknowns.js";
import { isWritten } from "../../vaults/writes.js";
import { isAwaited } from "../run/vaults.js";
import { evaluateWithFacts, sentences, worthSaying } from "../vault/judge.js";
import type { Plan } from "../vault/plan.js";
import { orWarned, prerequisites, unseen, type VaultInPreview } from "../vault/prerequisites.js";
import { serviceOf } from "../vault/services.js";
import { readForPreview } from "./prerequisites.js";
import { noVault } from "./wording.js";

export interface SettingsPlan extends Plan {
  /** The current vault. Absent if it does not exist yet or could not be read. */
  has?: SomeSettings;
  facts: Facts;
}

/**
 * What `up` would refuse of a change to settings of a vault, judged from its current state.
 *
 * @param assumed the settings to assume if the vault does not exist yet or cannot be read
 * @param assigned for a change of the key: the identities that the program assigns to the vault before
 */
export async function planSettings(
  context: Context,
  id: string,
  wanted: (has: SomeSettings) => SomeSettings,
  assumed: SomeSettings,
  program: FromProgram,
  assigned?: readonly string[],
): Promise<SettingsPlan> {
  const type = serviceOf(id);
  const seen = await readForPreview(type, context, id);
  const { live, unreadable } = seen;
  const now: SomeSettings = live ? readVault(type, id, live) : { ...settingsOf(id, {}), ...assumed };
  const keyIdentity = wanted(now).encryption?.identity;
  const before = assigned ? { ...now, identity: identityThen(seen, now, keyIdentity, assigned) } : now;
  const settings = settingsOf(id, wanted(before));
  const after = merge(type, before, settings);
  const writes = !live || isWritten(type, settings, before, live);
  const known: Facts = unreadable ? { vault: { unreadable } } : {};
  const isSettled = !program.waitsForNew;
  const proposed = { id, before, after, live, writes, when: "plan" as const, facts: known, isSettled };
  const { verdicts, facts } = await evaluateWithFacts(type, context, proposed);
  const { refused, open, warned } = sentences(worthSaying(verdicts), after.vaultName);
  const needed = live
    ? await prerequisites(type, context, before, after)
    : unreadable !== undefined
      ? unseen(type.kind, after, seen)
      : { missing: isAwaited(context, id) ? [] : [noVault(id)], notes: [] };
  const { failures, notes } = orWarned(needed, program);
  return {
    failures,
    judged: { vault: id, verdicts, refused, notes },
    warned: [...open, ...warned],
    has: live && readVault(type, id, live),
    facts,
  };
}

/**
 * The vault's identities when the key is set, and the program has assigned those that come before. Where it is not known
 * whether the key's identity is among them, they are unknown.
 */
function identityThen(
  { live, unreadable }: VaultInPreview,
  { identity }: SomeSettings,
  keyIdentity: string | undefined,
  assigned: readonly string[],
): VaultIdentity | undefined {
  const known = assigned.filter((each) => !isUnknown(each));
  const isAmong = known.some((each) => each === keyIdentity?.toLowerCase());
  const isOpen = !live && !isAmong && (unreadable !== undefined || known.length < assigned.length);
  return isOpen ? (unknownSentinel as never) : known.reduce<VaultIdentity | undefined>(withIdentity, identity);
}
