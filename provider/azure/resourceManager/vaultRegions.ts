import type { Within } from "../within.js";
import type { ResourceProviders } from "./resourceProviders.js";

/** Regions in which a subscription can have vaults of one type, in Azure's short spelling such as `westeurope`. */
export type VaultRegions = (subscriptionId: string, within: Within) => Promise<string[]>;

/** @param resourceType such as `Microsoft.DataProtection/backupVaults` */
export function createVaultRegions(providers: ResourceProviders, resourceType: string): VaultRegions {
  const [namespace = "", type = ""] = resourceType.split("/");
  // The same for all vaults of a run.
  const known = new Map<string, Promise<string[]>>();

  async function ask(subscriptionId: string, within: Within): Promise<string[]> {
    const provider = await providers.get(subscriptionId, namespace, within);
    const vaults = provider?.resourceTypes?.find((each) => each.resourceType.toLowerCase() === type.toLowerCase());
    if (!vaults?.locations?.length) throw new Error(`Azure does not tell where ${resourceType} can be.`);
    return vaults.locations.map((name) => name.replaceAll(" ", "").toLowerCase());
  }

  return (subscriptionId, within) => {
    const answer = known.get(subscriptionId) ?? ask(subscriptionId, within);
    known.set(subscriptionId, answer);
    answer.catch(() => known.delete(subscriptionId));
    return answer;
  };
}
