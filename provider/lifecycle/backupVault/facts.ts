import type { Azure } from "../../azure/index.js";
import type { FactReaders } from "../readFacts.js";
import type { Question } from "./question.js";

/** How each fact about a Backup vault is read. */
export function factReaders(azure: () => Azure, { id, before, after, deadline }: Question): FactReaders {
  const within = deadline === undefined ? undefined : { deadline };
  const keyOf = (settings: typeof before) => settings?.encryption?.keyUri ?? "";
  const identityOf = (settings: typeof before) => settings?.encryption?.identity ?? "";
  return {
    protection: () => azure().instances(id, within),
    deleted: () => azure().deletedInstances(id, within),
    policies: () => azure().policyNames(id, within),
    guard: () => azure().guard(id, within),
    key: () => azure().key(keyOf(after), within),
    keyVault: () => azure().keyVault(keyOf(after), within),
    access: () => azure().keyAccess(keyOf(after), identityOf(after), id, within),
    oldKey: () => azure().key(keyOf(before), within),
    oldKeyVault: () => azure().keyVault(keyOf(before), within),
    oldAccess: () => azure().keyAccess(keyOf(before), identityOf(before), id, within),
    vault: async () => "read",
  };
}
