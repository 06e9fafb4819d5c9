import { resourcesApiVersion } from "../arm/apiVersions.js";
import type { ArmClient } from "../arm/armClient.js";
import { find } from "../arm/reads.js";
import type { OperationOptions } from "../http/deadline.js";
import { type Kind, listOf, type Of, object, optional, text } from "../reading/shapes.js";

/** https://learn.microsoft.com/rest/api/resources/providers/get */
const resourceProvider = {
  noun: "a resource provider",
  shape: object({
    namespace: text,
    /** `Registered`, `Registering`, `NotRegistered`, `Unregistering`, `Unregistered` */
    registrationState: optional(text),
    resourceTypes: optional(listOf(object({ resourceType: text, locations: optional(listOf(text)) }))),
  }),
} satisfies Kind<unknown>;
export type ResourceProviderResource = Of<typeof resourceProvider.shape>;

export interface ResourceProviders {
  get(
    subscriptionId: string,
    namespace: string,
    options: OperationOptions,
  ): Promise<ResourceProviderResource | undefined>;
}

export const createResourceProviders = (client: ArmClient): ResourceProviders => ({
  get(subscriptionId, namespace, options) {
    const path = `/subscriptions/${subscriptionId}/providers/${namespace}`;
    return find(client, { path, apiVersion: resourcesApiVersion }, resourceProvider, options);
  },
});

/** What a subscription can have of one type of vaults. */
export interface VaultOffer {
  /** The resource provider's, such as `Microsoft.DataProtection`. */
  namespace: string;
  /** `Registered`, `Registering`, `NotRegistered`, `Unregistering` or `Unregistered`. */
  registrationState?: string;
  /** In Azure's short spelling, such as `westeurope`. */
  regions: string[];
}

export type VaultOffers = (subscriptionId: string, options: OperationOptions) => Promise<VaultOffer>;

/** @param resourceType such as `Microsoft.DataProtection/backupVaults` */
export function createVaultOffers(providers: ResourceProviders, resourceType: string): VaultOffers {
  const [namespace = "", type = ""] = resourceType.split("/");
  // The same for all vaults of a run.
  const known = new Map<string, Promise<VaultOffer>>();

  async function ask(subscriptionId: string, options: OperationOptions): Promise<VaultOffer> {
    const provider = await providers.get(subscriptionId, namespace, options);
    const vaults = provider?.resourceTypes?.find((each) => each.resourceType.toLowerCase() === type.toLowerCase());
    if (!vaults?.locations?.length) throw new Error(`Azure does not report the regions of ${resourceType}.`);
    const regions = vaults.locations.map((name) => name.replaceAll(" ", "").toLowerCase());
    return { namespace, registrationState: provider?.registrationState, regions };
  }

  return (subscriptionId, options) => {
    const response = known.get(subscriptionId) ?? ask(subscriptionId, options);
    known.set(subscriptionId, response);
    response.catch(() => known.delete(subscriptionId));
    return response;
  };
}
