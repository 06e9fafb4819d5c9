import type { AzureFacts, KeyIdentity } from "../../azure/index.js";
import type { FactLoaders } from "../readFacts.js";
import type { ProposedChange } from "./proposedChange.js";
import type { VaultInputs, VaultResource } from "./vaultInputs.js";

/** How the facts about a vault's key and its guard are read, for a vault of either kind. */
export function keyFactReaders<I extends VaultInputs, R extends VaultResource>(
  read: () => AzureFacts,
  { id, before, after, live, deadline }: ProposedChange<I, R>,
): FactLoaders {
  const within = deadline === undefined ? undefined : { deadline };
  const keyOf = (settings: Partial<VaultInputs> | undefined) => settings?.encryption?.keyUri ?? "";
  const accessOf = async (settings: Partial<VaultInputs> | undefined) =>
    read().keyAccess(keyOf(settings), whoOf(settings?.encryption?.identity ?? "", live), within);
  return {
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

function whoOf(identity: string, live: VaultResource | undefined): KeyIdentity {
  if (identity !== "SystemAssigned") return { id: identity };
  if (live) return { principalId: live.identity?.principalId };
  throw new Error("the vault does not exist yet, or cannot be seen, and so no system-assigned identity either.");
}
