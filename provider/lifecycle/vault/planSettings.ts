import type { Context } from "../../host/context.js";
import type { FromProgram } from "../../host/fromProgram.js";
import type { Facts } from "../../rules/index.js";
import { merge } from "../../vaults/compare.js";
import { readVault, type SomeSettings, settingsOf } from "../../vaults/definitions.js";
import { isWritten } from "../../vaults/writes.js";
import { isAwaited } from "../run/vaults.js";
import { evaluateWithFacts, sentences } from "../vault/judge.js";
import type { Plan } from "../vault/plan.js";
import { orWarned, prerequisites, unseen } from "../vault/prerequisites.js";
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
 */
export async function planSettings(
  context: Context,
  id: string,
  wanted: (has: SomeSettings) => SomeSettings,
  assumed: SomeSettings,
  program: FromProgram,
): Promise<SettingsPlan> {
  const type = serviceOf(id);
  const seen = await readForPreview(type, context, id);
  const { live, unreadable } = seen;
  const before: SomeSettings = live ? readVault(type, id, live) : { ...settingsOf(id, {}), ...assumed };
  const settings = settingsOf(id, wanted(before));
  const after = merge(type, before, settings);
  const writes = !live || isWritten(type, settings, before, live);
  const known: Facts = unreadable ? { vault: { unreadable } } : {};
  const isSettled = !program.waitsForNew;
  const proposed = { id, before, after, live, writes, when: "plan" as const, facts: known, isSettled };
  const { verdicts, facts } = await evaluateWithFacts(type, context, proposed);
  const { refused, open, warned } = sentences(verdicts, after.vaultName);
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
