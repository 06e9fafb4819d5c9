import { type Azure, previewDeadline } from "../azure/index.js";
import { readers } from "../overview/readers.js";
import { type VaultKind, vaultNouns } from "../vaults/vaultId.js";

/** The vaults of one kind in a subscription, by their IDs: by default in that of the provider. */
export async function listVaults(kind: VaultKind, azure: Azure, given?: string): Promise<string[]> {
  const subscriptionId = given ?? azure.subscriptionId;
  if (!subscriptionId)
    throw new Error(
      `Which ${vaultNouns[kind]}s to list is not known. Set \`subscriptionId\`, or ARM_SUBSCRIPTION_ID for the provider.`,
    );
  const found = await readers[kind].list(azure, subscriptionId, previewDeadline());
  return found.flatMap(({ id }) => id ?? []).sort();
}
