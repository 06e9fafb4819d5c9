import type { ArmClient } from "../armClient.js";
import { find } from "../reads.js";
import type { Within } from "../within.js";

interface ResourceProvider {
  resourceTypes?: { resourceType: string; locations?: string[] }[];
}

/** Regions in which a subscription can have Backup vaults, in Azure's short spelling such as `westeurope`. */
export type VaultRegions = (subscriptionId: string, within: Within) => Promise<string[]>;

export function createVaultRegions(client: ArmClient): VaultRegions {
  // The same for all vaults of a run.
  const known = new Map<string, Promise<string[]>>();

  async function ask(subscriptionId: string, within: Within): Promise<string[]> {
    const path = `/subscriptions/${subscriptionId}/providers/Microsoft.DataProtection`;
    const provider = await find<ResourceProvider>(client, { path, apiVersion: "2021-04-01" }, within);
    const vaults = provider?.resourceTypes?.find(({ resourceType }) => /^backupVaults$/i.test(resourceType));
    if (!vaults?.locations?.length) throw new Error("Azure does not tell where Backup vaults can be.");
    return vaults.locations.map((name) => name.replaceAll(" ", "").toLowerCase());
  }

  return (subscriptionId, within) => {
    const answer = known.get(subscriptionId) ?? ask(subscriptionId, within);
    known.set(subscriptionId, answer);
    answer.catch(() => known.delete(subscriptionId));
    return answer;
  };
}
