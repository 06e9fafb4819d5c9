import type { Facts, Instance } from "../facts.js";
import { factValue } from "../findings.js";
import { type Open, openFacts } from "../undecided.js";
import { counted, firstFew } from "../wording.js";

/**
 * What a vault holds. Soft-deleted instances count: their backups still lie in the vault. `open`: not known, or not
 * known to be empty.
 */
export type Held = { is: "empty" } | { is: "full"; text: string; onlyDeleted: boolean } | { is: "open"; open: Open };

export function held(facts: Facts): Held {
  const active = factValue(facts.protection) ?? [];
  const deleted = factValue(facts.deleted) ?? [];
  if (active.length + deleted.length > 0) {
    return { is: "full", text: contents(active, deleted), onlyDeleted: active.length === 0 };
  }
  const open = openFacts(facts, ["protection", "deleted"]);
  return open ? { is: "open", open } : { is: "empty" };
}

function contents(active: Instance[], deleted: Instance[]): string {
  const parts = [
    active.length > 0 && `${counted(active.length, "backup instance")}: ${named(active)}`,
    deleted.length > 0 && `${counted(deleted.length, "soft-deleted backup instance")}: ${named(deleted)}`,
  ];
  return parts.filter((part) => part !== false).join("; ");
}

/** By name and state, in an order that does not depend on Azure's. */
export function named(instances: readonly Instance[]): string {
  return firstFew(instances.map(({ name, state }) => `${name} (${state})`).sort());
}
