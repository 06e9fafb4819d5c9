import type { FactReaders as AzureReaders, KeyIdentity } from "../../azure/index.js";
import type { FactReaders } from "../readFacts.js";
import type { Question } from "./question.js";

/** How each fact about a Backup vault is read. */
export function factReaders(read: () => AzureReaders, { id, before, after, live, deadline }: Question): FactReaders {
  const within = deadline === undefined ? undefined : { deadline };
  const keyOf = (settings: typeof before) => settings?.encryption?.keyUri ?? "";
  const accessOf = async (settings: typeof before) =>
    read().keyAccess(keyOf(settings), whoOf(settings?.encryption?.identity ?? "", live), within);
  return {
    protection: () => read().instances(id, within),
    deleted: () => read().deletedInstances(id, within),
    policies: () => read().policyNames(id, within),
    guard: () => read().guard(id, within),
    key: () => read().key(keyOf(after), within),
    keyVault: () => read().keyVault(keyOf(after), within),
    access: () => accessOf(after),
    oldKey: () => read().key(keyOf(before), within),
    oldKeyVault: () => read().keyVault(keyOf(before), within),
    oldAccess: () => accessOf(before),
    vault: async () => "read",
  };
}

function whoOf(identity: string, live: Question["live"]): KeyIdentity {
  if (identity !== "SystemAssigned") return { id: identity };
  if (live) return { principalId: live.identity?.principalId };
  throw new Error("the vault does not exist yet, or cannot be seen, and so no system-assigned identity either.");
}
