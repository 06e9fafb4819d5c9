import type { ArmClient } from "../armClient.js";
import { find } from "../reads.js";
import type { Within } from "../within.js";

/** https://learn.microsoft.com/rest/api/resources/providers/get */
export interface ResourceProviderResource {
  namespace: string;
  /** `Registered`, `Registering`, `NotRegistered`, `Unregistering`, `Unregistered` */
  registrationState?: string;
}

export interface ResourceProviders {
  get(subscriptionId: string, namespace: string, within: Within): Promise<ResourceProviderResource | undefined>;
}

export const createResourceProviders = (client: ArmClient): ResourceProviders => ({
  get: (subscriptionId, namespace, within) =>
    find(client, { path: `/subscriptions/${subscriptionId}/providers/${namespace}`, apiVersion: "2021-04-01" }, within),
});
