import { isDeepStrictEqual } from "node:util";
import type { Vault } from "../provider/vaults/ruleVault.js";
import { at, containsUnknown, type Value } from "./values.js";

type Both = Record<"before" | "after", Vault>;

/**
 * Whether what a finding is about is not known, and the change keeps it, whatever it is. The rules treat what is not known as a
 * possible change.
 *
 * @param set what the resource itself sets, which was something else before if only the new value is not known
 */
export function isKeptUnknown(property: string, vault: Both, set: Both): boolean {
  const [had, has, was, is] = [vault.before, vault.after, set.before, set.after].map((each) => valueIn(each, property));
  const isNewlyUnknown = containsUnknown(is) && !containsUnknown(was);
  return property !== "" && isDeepStrictEqual(had, has) && containsUnknown(had) && !isNewlyUnknown;
}

/** The same of what the resource does not set at all. */
export const isLeftUnknown = (property: string, vault: Both, set: Both): boolean =>
  isKeptUnknown(property, vault, set) && [set.before, set.after].every((each) => valueIn(each, property) === undefined);

/** A key and the identity that accesses it are judged together. */
function valueIn(vault: Vault, property: string): Value {
  const [path = ""] = /^(identity|encryption(?=\.(keyUri|identity)))/.exec(property) ?? [property];
  return at(vault as Value, path);
}
