import type { VaultInputs } from "../vault/vaultInputs.js";
import { nameIn } from "../vault/wording.js";

/** Settings of one vault, and nothing else of it, in the shape in which vaults are judged and written. */
export function settingsOf(id: string, settings: Partial<VaultInputs>): VaultInputs {
  const [, , subscriptionId, , resourceGroupName] = id.split("/");
  return { subscriptionId, resourceGroupName, vaultName: nameIn(id), vaultId: id, ...settings } as VaultInputs;
}
