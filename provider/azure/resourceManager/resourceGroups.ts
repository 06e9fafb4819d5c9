import type { ArmClient } from "../armClient.js";
import type { Kind } from "../reading/kind.js";
import { type Of, object, optional, text } from "../reading/shapes.js";
import { find } from "../reads.js";
import type { OperationOptions } from "../within.js";

/** https://learn.microsoft.com/rest/api/resources/resource-groups/get */
const resourceGroup = {
  noun: "a resource group",
  // `Deleting` while it is on its way out.
  shape: object({ name: text, location: text, properties: optional(object({ provisioningState: optional(text) })) }),
} satisfies Kind<unknown>;
export type ResourceGroupResource = Of<typeof resourceGroup.shape>;

export interface ResourceGroups {
  get(subscriptionId: string, name: string, within: OperationOptions): Promise<ResourceGroupResource | undefined>;
}

export const createResourceGroups = (client: ArmClient): ResourceGroups => ({
  get(subscriptionId, name, within) {
    const path = `/subscriptions/${subscriptionId}/resourceGroups/${name}`;
    return find(client, { path, apiVersion: "2021-04-01" }, resourceGroup, within);
  },
});
