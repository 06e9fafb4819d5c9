import type { ArmClient } from "../armClient.js";
import type { Kind } from "../reading/kind.js";
import { type Of, object, optional, shown, text } from "../reading/shapes.js";
import { listAll, read } from "../reads.js";
import type { OperationOptions } from "../within.js";

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
  get(subscriptionId: string, within: OperationOptions): Promise<SubscriptionResource>;
  /** Those that can be seen. */
  list(within: OperationOptions): Promise<SubscriptionResource[]>;
}

const apiVersion = "2022-12-01";

export const createSubscriptions = (client: ArmClient): Subscriptions => ({
  get: (subscriptionId, within) =>
    read(client, { path: `/subscriptions/${subscriptionId}`, apiVersion }, subscription, within),
  list: (within) => listAll(client, { path: "/subscriptions", apiVersion }, subscription, within),
});
