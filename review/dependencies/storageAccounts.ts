import type { DependencyChange } from "./change.js";

const accountPart =
  /^\/subscriptions\/[^/]+\/resourceGroups\/[^/]+\/providers\/Microsoft\.Storage\/storageAccounts\/[^/]+/i;

/** The ARM ID of the storage account in that of something in it. */
export const accountIn = (id: unknown): string | undefined =>
  typeof id === "string" ? accountPart.exec(id)?.[0] : undefined;

/**
 * The name of the storage account that a resource is, or is in. Names are unique in Azure. One that is created has no ID yet, and what
 * azurerm manages by the service of its own has that service's address as its ID.
 */
export function accountNameOf(change: Pick<DependencyChange, "old" | "wanted" | "planned">): string | undefined {
  const { old, wanted } = change;
  const [id] = accountIdsOf(change);
  if (id !== undefined) return accountNameIn(id);
  const named = [old, wanted].flatMap((reading) => {
    const [, inPath] =
      /(?:^|\/)storageAccounts\/([^/]+)/i.exec(String(reading.text("parentResourcePath")?.toString())) ?? [];
    return inPath ?? reading.text("storageAccountName", "accountName") ?? [];
  });
  const [, host] = /^https:\/\/([^./]+)\./.exec(old.id ?? "") ?? [];
  const name = named[0] ?? host;
  return typeof name === "string" ? accountNameIn(name) : undefined;
}

/** The arguments of each provider with the ARM ID of a storage account, or of something in it. */
const idPaths = [
  ...["storageAccountId", "resourceManagerId"],
  // Terraform and Pulumi spell those of azapi differently.
  ...["resourceId", "resource_id", "parentId", "parent_id"],
];

/** The ARM IDs by which it says which storage account it is, or is in. */
export const accountIdsOf = ({
  old,
  wanted,
  planned,
}: Pick<DependencyChange, "old" | "wanted" | "planned">): string[] =>
  [
    ...[old.id, planned.address],
    ...[old, wanted].flatMap((reading) => idPaths.map((path) => reading.text(path))),
  ].flatMap((id) => accountIn(id) ?? []);

/** The name of a storage account, which is unique in Azure, from its ARM ID. */
export const accountNameIn = (id: string): string => id.split("/").at(-1)?.toLowerCase() ?? "";
