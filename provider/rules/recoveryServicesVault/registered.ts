import type { FactName, Facts, ProtectedItem, RegisteredContainer } from "../facts.js";
import { factValue } from "../findings.js";
import { type Open, openFacts } from "../undecided.js";
import { counted, firstFew } from "../wording.js";

/** What a vault has of something. `open`: not known, or not known to be nothing. */
export type Has = { is: "empty" } | { is: "full"; text: string } | { is: "open"; open: Open };

/** What the vault backs up. Soft-deleted items count where they still hold data. */
export function items(facts: Facts, { withSoftDeleted }: { withSoftDeleted: boolean }): Has {
  const known = (factValue(facts.protectedItems) ?? []).filter((item) => withSoftDeleted || !item.isSoftDeleted);
  return has(facts, known.length > 0 ? [itemsText(known)] : [], ["protectedItems"]);
}

/** Whatever was registered with the vault. Once it was, the storage type is locked, also where nothing shows any more. */
export function registered(facts: Facts): Has {
  const protectedItems = factValue(facts.protectedItems) ?? [];
  const containers = factValue(facts.containers) ?? [];
  const isLocked = factValue(facts.storageTypeState)?.toLowerCase() === "locked";
  const texts = [
    protectedItems.length > 0 && itemsText(protectedItems),
    containers.length > 0 && containersText(containers),
    protectedItems.length + containers.length === 0 && isLocked && "a locked storage type, so something was registered",
  ];
  return has(
    facts,
    texts.filter((text) => text !== false),
    registrationFacts,
  );
}

export const registrationFacts: FactName[] = ["protectedItems", "containers", "storageTypeState"];

export function has(facts: Facts, texts: string[], names: readonly FactName[]): Has {
  if (texts.length > 0) return { is: "full", text: texts.join("; ") };
  const open = openFacts(facts, names);
  return open ? { is: "open", open } : { is: "empty" };
}

/** By name and state, in an order that does not depend on Azure's. */
export function itemsText(items: readonly ProtectedItem[]): string {
  const deleted = items.filter(({ isSoftDeleted }) => isSoftDeleted).length;
  const count =
    deleted === items.length
      ? counted(deleted, "soft-deleted item")
      : `${counted(items.length, "protected item")}${deleted > 0 ? `, ${deleted} of them soft-deleted` : ""}`;
  return `${count}: ${firstFew(items.map(({ name, state }) => `${name} (${state})`).sort())}`;
}

export const containersText = (containers: readonly RegisteredContainer[]): string =>
  `${counted(containers.length, "registered container")}: ${firstFew(containers.map(({ name }) => name).sort())}`;
