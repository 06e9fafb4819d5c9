import type { Context } from "../../host/context.js";
import type { Facts } from "../../rules/index.js";
import { fromArm } from "../backupVault/fromArm.js";
import type { BackupVaultInputs, BackupVaultSettings } from "../backupVault/inputs.js";
import { decideWithFacts, sentences } from "../backupVault/judgement.js";
import { look } from "../backupVault/look.js";
import { merge } from "../vault/merge.js";
import type { Plan } from "../vault/plan.js";
import { couldNotLook } from "../vault/wording.js";
import { settingsOf } from "./settingsOf.js";

export interface SettingsPlan extends Plan {
  /** The vault as it is. Absent: there is none yet, or it could not be read. */
  has?: BackupVaultSettings;
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
  wanted: (has: Partial<BackupVaultSettings>) => Partial<BackupVaultInputs>,
  assumed: Partial<BackupVaultSettings>,
): Promise<SettingsPlan> {
  const { live, unreadable } = await look(context, id);
  const before = live ? fromArm(id, live) : { ...settingsOf(id, {}), ...assumed };
  const after = merge(before, settingsOf(id, wanted(before)));
  const known: Facts = unreadable ? { vault: { unreadable } } : {};
  const question = { id, before, after, live, when: "plan" as const, facts: known };
  const { verdicts, facts } = await decideWithFacts(context, question);
  const { refused, open, warned } = sentences(verdicts, after.vaultName);
  const looked = unreadable ? [couldNotLook("BackupVault", after, unreadable)] : [];
  return {
    failures: [],
    judged: { vault: id, verdicts, refused, notes: looked },
    warned: [...open, ...warned],
    has: live && fromArm(id, live),
    facts,
  };
}
