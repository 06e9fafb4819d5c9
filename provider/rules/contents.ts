import type { FactNameOf, FactsOf, Instance, ProtectedItem, RegisteredContainer } from "./facts.js";
import { factValue } from "./findings.js";
import { type Open, openFacts } from "./undecided.js";
import { counted, firstFew } from "./wording.js";

/** What a vault has of something. `open`: not known, or not known to be nothing. */
export type Contents = { is: "empty" } | { is: "full"; text: string } | { is: "open"; open: Open };

/** What a Backup vault holds. Soft-deleted instances count: their backups still lie in the vault. */
export function instances(facts: FactsOf<"BackupVault">): Contents & { onlyDeleted?: boolean } {
  const active = factValue(facts.protection) ?? [];
  const deleted = factValue(facts.deleted) ?? [];
  if (active.length + deleted.length > 0) {
    return { is: "full", text: instancesText(active, deleted), onlyDeleted: active.length === 0 };
  }
  const open = openFacts(facts, ["protection", "deleted"]);
  return open ? { is: "open", open } : { is: "empty" };
}

function instancesText(active: Instance[], deleted: Instance[]): string {
  const parts = [
    active.length > 0 && `${counted(active.length, "backup instance")}: ${named(active)}`,
    deleted.length > 0 && `${counted(deleted.length, "soft-deleted backup instance")}: ${named(deleted)}`,
  ];
  return parts.filter((part) => part !== false).join("; ");
}

/** By name and state, in an order that does not depend on Azure's. */
export function named(instances: readonly (Instance | ProtectedItem)[]): string {
  return firstFew(instances.map(({ name, state }) => `${name} (${state})`).sort());
}

type Facts = FactsOf<"RecoveryServicesVault">;

/** What a Recovery Services vault backs up. Soft-deleted items count where they still hold data. */
export function items(facts: Facts, { withSoftDeleted }: { withSoftDeleted: boolean }): Contents {
  const known = (factValue(facts.protectedItems) ?? []).filter((item) => withSoftDeleted || !item.isSoftDeleted);
  return contents(facts, known.length > 0 ? [itemsText(known)] : [], ["protectedItems"]);
}

/**
 * Whatever was registered with a Recovery Services vault. Once it was, the storage type is locked, also where nothing
 * shows any more.
 */
export function registered(facts: Facts): Contents {
  const protectedItems = factValue(facts.protectedItems) ?? [];
  const containers = factValue(facts.containers) ?? [];
  const isLocked = factValue(facts.storageTypeState)?.toLowerCase() === "locked";
  const texts = [
    protectedItems.length > 0 && itemsText(protectedItems),
    containers.length > 0 && containersText(containers),
    protectedItems.length + containers.length === 0 && isLocked && "a locked storage type, so something was registered",
  ];
  return contents(
    facts,
    texts.filter((text) => text !== false),
    registrationFacts,
  );
}

export const registrationFacts = ["protectedItems", "containers", "storageTypeState"] as const;

export function contents(
  facts: Facts,
  texts: string[],
  names: readonly FactNameOf<"RecoveryServicesVault">[],
): Contents {
  if (texts.length > 0) return { is: "full", text: texts.join("; ") };
  const open = openFacts(facts, names);
  return open ? { is: "open", open } : { is: "empty" };
}

export function itemsText(items: readonly ProtectedItem[]): string {
  const deleted = items.filter(({ isSoftDeleted }) => isSoftDeleted).length;
  const count =
    deleted === items.length
      ? counted(deleted, "soft-deleted item")
      : `${counted(items.length, "protected item")}${deleted > 0 ? `, ${deleted} of them soft-deleted` : ""}`;
  return `${count}: ${named(items)}`;
}

export const containersText = (containers: readonly RegisteredContainer[]): string =>
  `${counted(containers.length, "registered container")}: ${firstFew(containers.map(({ name }) => name).sort())}`;
