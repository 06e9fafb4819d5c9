import type { Facts, StoppedInstance } from "../provider/rules/index.js";
import { textAt } from "../provider/vaults/body.js";
import { isValue } from "../provider/vaults/values.js";
import type { PlannedChange } from "./changes/plannedChange.js";
import type { FactQuery, Live } from "./live.js";
import { isAzapiUpdate } from "./vaults/azapiUpdate.js";
import { subjectOf } from "./vaults/index.js";

/** The lower-case IDs of what the preview deletes in Azure, each by itself. */
export const deletedIn = (all: readonly PlannedChange[]): ReadonlySet<string> =>
  new Set(
    all.flatMap((planned) => {
      const { action, old } = planned;
      return action === "delete" && old?.id !== undefined && isDeletedItself(planned, all)
        ? [old.id.toLowerCase()]
        : [];
    }),
  );

/** Of a change that deletes or replaces a resource: whether that deletes it in Azure, before what it is in is deleted. */
export const isDeletedItself = (planned: PlannedChange, all: readonly PlannedChange[]): boolean =>
  !isKeptInAzure(planned) && !isTakenAlong(planned, all);

/** Of a change that deletes or replaces a resource: whether only the program gives it up. */
export const isKeptInAzure = (planned: PlannedChange): boolean =>
  planned.old?.retainOnDelete === true || isAzapiUpdate(planned.type) || keptBackup(planned) !== undefined;

/** https://www.pulumi.com/docs/iac/concepts/resources/options/deletedwith/ */
function isTakenAlong({ old }: PlannedChange, all: readonly PlannedChange[]): boolean {
  if (old?.deletedWith === undefined) return false;
  const whole = all.find(({ address }) => address === old.deletedWith);
  // The preview of a resource that stays as it is may not show it.
  return whole === undefined || whole.action === "delete" || whole.action === "replace";
}

/**
 * What the removal of a backup instance or protected item does instead of deleting the backups: that of this package's, by its
 * argument, and that of others, where the reader of the preview found that it is set so.
 */
export function keptBackup(planned: Pick<PlannedChange, "type" | "old" | "new">): StoppedInstance | undefined {
  if (planned.old?.keepsBackups) return planned.old.keepsBackups;
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
  const isKept = !isValue("Off", textAt(body, "properties.securitySettings.softDeleteSettings.state"));
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
