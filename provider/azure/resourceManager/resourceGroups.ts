import type { ArmClient } from "../armClient.js";
import { find } from "../reads.js";
import type { Within } from "../within.js";

/** https://learn.microsoft.com/rest/api/resources/resource-groups/get */
export interface ResourceGroupResource {
  name: string;
  location: string;
}

export interface ResourceGroups {
  get(subscriptionId: string, name: string, within: Within): Promise<ResourceGroupResource | undefined>;
}

export const createResourceGroups = (client: ArmClient): ResourceGroups => ({
  get: (subscriptionId, name, within) =>
    find(client, { path: `/subscriptions/${subscriptionId}/resourceGroups/${name}`, apiVersion: "2021-04-01" }, within),
});
