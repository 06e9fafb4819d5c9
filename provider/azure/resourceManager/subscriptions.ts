import { resourcesApiVersion, subscriptionsApiVersion } from "../arm/apiVersions.js";
import type { ArmClient } from "../arm/armClient.js";
import { find, listAll, read } from "../arm/reads.js";
import type { OperationOptions } from "../http/deadline.js";
import { type Kind, type Of, object, optional, shown, text } from "../reading/shapes.js";

/** https://learn.microsoft.com/rest/api/resources/subscriptions/get */
const subscription = {
  noun: "a subscription",
  shape: object({
    subscriptionId: text,
    displayName: shown,
    /** `Enabled`; `Warned`, `PastDue`, `Disabled` and `Deleted` take no or few writes. */
    state: optional(text),
  }),
} satisfies Kind<unknown>;
export type SubscriptionResource = Of<typeof subscription.shape>;

export interface Subscriptions {
  /** Not found is an error here: it comes from the wrong tenant. */
  get(subscriptionId: string, options: OperationOptions): Promise<SubscriptionResource>;
  /** Those that can be seen. */
  list(options: OperationOptions): Promise<SubscriptionResource[]>;
}

export const createSubscriptions = (client: ArmClient): Subscriptions => ({
  get: (subscriptionId, options) =>
    read(
      client,
      { path: `/subscriptions/${subscriptionId}`, apiVersion: subscriptionsApiVersion },
      subscription,
      options,
    ),
  list: (options) =>
    listAll(client, { path: "/subscriptions", apiVersion: subscriptionsApiVersion }, subscription, options),
});

/** https://learn.microsoft.com/rest/api/resources/resource-groups/get */
const resourceGroup = {
  noun: "a resource group",
  // `Deleting` while it is on its way out.
  shape: object({ name: text, location: text, properties: optional(object({ provisioningState: optional(text) })) }),
} satisfies Kind<unknown>;
export type ResourceGroupResource = Of<typeof resourceGroup.shape>;

export interface ResourceGroups {
  get(subscriptionId: string, name: string, options: OperationOptions): Promise<ResourceGroupResource | undefined>;
}

export const createResourceGroups = (client: ArmClient): ResourceGroups => ({
  get(subscriptionId, name, options) {
    const path = `/subscriptions/${subscriptionId}/resourceGroups/${name}`;
    return find(client, { path, apiVersion: resourcesApiVersion }, resourceGroup, options);
  },
});
