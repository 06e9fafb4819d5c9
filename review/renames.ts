import type { PlannedChange } from "./changes/plannedChange.js";
import { keyOf } from "./owners.js";
import { toValue } from "./values.js";
import { isVaultId, type PreviewAdapter, partsOf, vaultOf } from "./vaults/adapters.js";
import { subjectOf } from "./vaults/index.js";

/**
 * Notes on vaults that the preview deletes under one name or type and creates under another: after a rename without alias,
 * or when another provider is to manage the vault. By both changes.
 *
 * @param kept the deletions that delete nothing, which say so themselves
 */
export function renamesIn(
  all: readonly PlannedChange[],
  kept: ReadonlyMap<string, string>,
): ReadonlyMap<PlannedChange, string> {
  const created = Map.groupBy(
    all.filter(({ action, operation }) => action === "create" || operation === "import"),
    nameInAzure,
  );
  const pairs = all.flatMap((gone) => {
    const isDeleted = gone.action === "delete" && gone.old?.retainOnDelete !== true && !kept.has(keyOf(gone));
    const name = isDeleted ? nameInAzure(gone) : undefined;
    const come = name === undefined ? undefined : created.get(name)?.find((each) => isOneSubscription(gone, each));
    return come ? [[gone, come] as const] : [];
  });
  return new Map(
    pairs.flatMap(([gone, come]) => {
      const how = adviceFor(gone, come);
      return [
        [gone, `"${come.name}" in this program is the same vault in Azure. ${how}`],
        [come, `"${gone.name}", which would be deleted, is the same vault in Azure. ${how}`],
      ] as const;
    }),
  );
}

function adviceFor(gone: PlannedChange, come: PlannedChange): string {
  const [from, to] = [adapterOf(gone), adapterOf(come)].map((adapter) => adapter?.provider);
  if (from === to) {
    return `If you renamed the resource in the program, add its old name to the \`aliases\` of "${come.name}".`;
  }
  const adopt = to === "azure-backup" ? "set `adopt: true` on" : "import the vault into";
  return `To manage it with "${come.name}", run \`pulumi state delete\` for "${gone.name}" and ${adopt} "${come.name}".`;
}

function adapterOf(planned: PlannedChange): PreviewAdapter | undefined {
  const subject = subjectOf(planned);
  return subject?.is === "vault" ? subject.vault : undefined;
}

/** Its kind, resource group and name, as far as all of them are known. */
function nameInAzure(planned: PlannedChange): string | undefined {
  const adapter = adapterOf(planned);
  if (!adapter) return undefined;
  const { vaultName, resourceGroupName } = namesOf(planned, adapter);
  if (typeof vaultName !== "string" || typeof resourceGroupName !== "string") return undefined;
  return [adapter.definition.kind, resourceGroupName, vaultName].join("/").toLowerCase();
}

const namesOf = ({ old, new: wanted }: PlannedChange, adapter: PreviewAdapter) =>
  isVaultId(old?.id) ? partsOf(old.id) : vaultOf(adapter, toValue((wanted ?? old)?.inputs ?? {}));

/** Other providers' arguments have no subscription: it may be the same one. */
function isOneSubscription(gone: PlannedChange, come: PlannedChange): boolean {
  const ids = [gone, come].map((planned) => {
    const adapter = adapterOf(planned);
    const id = adapter && namesOf(planned, adapter).subscriptionId;
    return typeof id === "string" ? id.toLowerCase() : undefined;
  });
  return ids.includes(undefined) || ids[0] === ids[1];
}
