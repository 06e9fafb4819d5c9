import type { Context } from "../../host/context.js";
import type { FromProgram } from "../../host/fromProgram.js";
import type { Facts } from "../../rules/index.js";
import { noVault } from "../identityAssignment/wording.js";
import { isWritten } from "../vault/hasFailed.js";
import { isAwaited } from "../vault/inProgram.js";
import { evaluateWithFacts, sentences } from "../vault/judgement.js";
import { look } from "../vault/look.js";
import { merge } from "../vault/merge.js";
import type { Plan } from "../vault/plan.js";
import { orWarned, prerequisites, unseen } from "../vault/prerequisites.js";
import type { VaultInputs } from "../vault/vaultInputs.js";
import { settingsOf } from "./settingsOf.js";
import { typeOf } from "./typeOf.js";

export interface SettingsPlan extends Plan {
  /** The vault as it is. Absent: there is none yet, or it could not be read. */
  has?: Partial<VaultInputs>;
  facts: Facts;
}

/**
 * What `up` would refuse of a change to settings of a vault, judged from the vault as it is.
 *
 * @param assumed what to judge from where the vault does not exist yet, or cannot be read
 */
export async function planSettings(
  context: Context,
  id: string,
  wanted: (has: Partial<VaultInputs>) => Partial<VaultInputs>,
  assumed: Partial<VaultInputs>,
  program: FromProgram,
): Promise<SettingsPlan> {
  const type = typeOf(id);
  const seen = await look(type, context, id);
  const { live, unreadable } = seen;
  const before: Partial<VaultInputs> = live ? type.fromArm(id, live) : { ...settingsOf(id, {}), ...assumed };
  const settings = settingsOf(id, wanted(before));
  const after = merge<VaultInputs>(before, settings);
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
    has: live && type.fromArm(id, live),
    facts,
  };
}
