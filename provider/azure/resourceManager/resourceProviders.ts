import type { ArmClient } from "../armClient.js";
import type { Kind } from "../reading/kind.js";
import { listOf, type Of, object, optional, text } from "../reading/shapes.js";
import { find } from "../reads.js";
import type { OperationOptions } from "../within.js";

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
    within: OperationOptions,
  ): Promise<ResourceProviderResource | undefined>;
}

export const createResourceProviders = (client: ArmClient): ResourceProviders => ({
  get(subscriptionId, namespace, within) {
    const path = `/subscriptions/${subscriptionId}/providers/${namespace}`;
    return find(client, { path, apiVersion: "2021-04-01" }, resourceProvider, within);
  },
});
