import type { ArmClient } from "../armClient.js";
import type { Within } from "../within.js";

/** https://learn.microsoft.com/rest/api/resources/subscriptions/get */
export interface SubscriptionResource {
  subscriptionId: string;
  displayName?: string;
  /** `Enabled`; `Warned`, `PastDue`, `Disabled` and `Deleted` take no or few writes. */
  state?: string;
}

export interface Subscriptions {
  get(subscriptionId: string, within: Within): Promise<SubscriptionResource>;
}

export const createSubscriptions = (client: ArmClient): Subscriptions => ({
  async get(subscriptionId, within) {
    // Not found is an error here: it comes from the wrong tenant.
    const read = { method: "GET", path: `/subscriptions/${subscriptionId}`, apiVersion: "2022-12-01" } as const;
    return (await client.send(read, within)).body as SubscriptionResource;
  },
});
