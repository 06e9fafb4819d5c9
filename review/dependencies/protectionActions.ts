import { instanceResumed, instanceStopped, type StoppedInstance, type Verdict } from "../../provider/rules/index.js";
import { unknown } from "../../provider/vaults/ruleVault.js";
import { type PlannedChange, protectionAction } from "../changes/plannedChange.js";
import type { HiddenNames } from "../withoutHiddenNames.js";
import type { DependencyChange } from "./change.js";
import { judgeStopConsent } from "./guards.js";
import { vaultIn } from "./reading.js";

const stops: Record<string, StoppedInstance> = {
  stop_protection: "stopProtectionRetainData",
  suspend_backups: "suspend",
};

const remediation = "To keep backing it up, remove the action, or what triggers it.";

/**
 * azurerm's action on a backup instance.
 * https://registry.terraform.io/providers/hashicorp/azurerm/latest/docs/actions/data_protection_backup_instance_protect
 */
export async function judgeProtectionAction(change: DependencyChange): Promise<Verdict[]> {
  const { wanted, judge } = change;
  const action = wanted.text("protect_action");
  if (action === "resume_protection") return judge(instanceResumed, true);
  // While backups are suspended, the policy goes on to decide how long they are kept.
  if (action === "resume_backups") return [];
  const way = action === undefined || action === unknown ? undefined : stops[action];
  if (!way) return judge(instanceStopped, unknown);
  const verdicts = judge(instanceStopped, way).map((verdict) => ({ ...verdict, remediation }));
  const ref = vaultIn(wanted.text("backup_instance_id"));
  return [...verdicts, ...(await judgeStopConsent(change, "BackupVault", ref, way))];
}

/** The instance may be elsewhere, so that only its ID has its name. */
export function instanceActedOn({ type, old }: PlannedChange, hidden: HiddenNames): string | undefined {
  if (type !== protectionAction || old?.id === undefined) return undefined;
  return `It acts on the backup instance ${hidden.of(old.id) ?? old.id.split("/").at(-1)}.`;
}
