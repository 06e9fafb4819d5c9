import type { Facts, StoppedInstance } from "../provider/rules/index.js";
import { textAt } from "../provider/vaults/body.js";
import type { PlannedChange } from "./changes/plannedChange.js";
import type { FactQuery, Live } from "./live.js";
import { subjectOf } from "./vaults/index.js";

/** The lower-case IDs of what the preview deletes in Azure. */
export const deletedIn = (all: readonly PlannedChange[]): ReadonlySet<string> =>
  new Set(
    all.flatMap((planned) => {
      const { action, old } = planned;
      const isDeleted = action === "delete" && !old?.retainOnDelete && keptBackup(planned) === undefined;
      return isDeleted && old?.id !== undefined ? [old.id.toLowerCase()] : [];
    }),
  );

/** What this package's `BackupInstance` or `ProtectedItem` does at its removal instead of deleting the backups. */
export function keptBackup(planned: Pick<PlannedChange, "type" | "old" | "new">): StoppedInstance | undefined {
  const subject = subjectOf(planned);
  const isBackup = subject?.is === "dependency" && /^(backupInstance|protectedItem)$/.test(subject.dependency.kind);
  if (!isBackup || subject.dependency.provider !== "azure-backup") return undefined;
  const { onDelete = "stopProtectionRetainData" } = planned.old?.inputs ?? {};
  return onDelete === "stopProtectionRetainData" || onDelete === "suspend" ? onDelete : undefined;
}

/**
 * Azure as a vault's deletion finds it: the policies and backups in the vault that the same run deletes go before it. Soft
 * delete keeps the backups.
 */
export const withoutDeleted = (live: Live, deleted: ReadonlySet<string>): Live => ({
  ...live,
  async facts(about, names) {
    const isDeleted = (id: string | undefined) => id !== undefined && deleted.has(id.toLowerCase());
    const asked = names.includes("deleted") ? [...new Set([...names, "protection" as const])] : names;
    return left(await live.facts(about, asked), about, isDeleted);
  },
});

function left(facts: Facts, { id, body }: FactQuery, isDeleted: (id: string | undefined) => boolean): Facts {
  const { policies, protection, deleted, protectedItems } = facts;
  const all = protection && "value" in protection ? protection.value : [];
  const going = all.filter((instance) => isDeleted(instance.id));
  const isKept = textAt(body, "properties.securitySettings.softDeleteSettings.state") !== "Off";
  return {
    ...facts,
    ...(policies &&
      "value" in policies && {
        policies: { value: policies.value.filter((name) => !isDeleted(`${id}/backupPolicies/${name}`)) },
      }),
    ...(going.length > 0 && { protection: { value: all.filter((instance) => !going.includes(instance)) } }),
    ...(going.length > 0 &&
      isKept &&
      deleted &&
      "value" in deleted && { deleted: { value: [...deleted.value, ...going] } }),
    ...(protectedItems &&
      "value" in protectedItems && {
        protectedItems: {
          value: protectedItems.value.map((item) => (isDeleted(item.id) ? { ...item, isSoftDeleted: true } : item)),
        },
      }),
  };
}
