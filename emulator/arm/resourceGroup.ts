import type { ArmResource } from "../state/records.js";
import { tenantOf } from "../state/tenants.js";
import type { World } from "../state/world.js";
import { ArmError } from "./armError.js";
import type { Call } from "./operation.js";

type InSubscription = Call<"subscriptionId">;

type InGroup = Call<"subscriptionId" | "resourceGroupName">;

export function requireSubscription({ world, params }: InSubscription): void {
  if (tenantOf(world, params.subscriptionId) !== undefined) return;
  const message = `The subscription '${params.subscriptionId}' could not be found.`;
  throw new ArmError(404, "SubscriptionNotFound", message);
}

export function groupId({ params }: InGroup): string {
  return `/subscriptions/${params.subscriptionId}/resourceGroups/${params.resourceGroupName}`;
}

/** Nothing is written into a group that is being deleted; it may be asked to go once more. */
function refuseWhileDeprovisioning({ name, properties }: ArmResource, method: string): void {
  if (properties.provisioningState !== "Deleting" || !["PUT", "PATCH", "POST"].includes(method)) return;
  const message = `The resource group '${name}' is in deprovisioning state and cannot perform this operation.`;
  throw new ArmError(409, "ResourceGroupBeingDeleted", message);
}

/** Azure's answer to any path below a resource group that is not there. */
export function requireGroup(call: InGroup): ArmResource {
  requireSubscription(call);
  const group = call.world.resourceGroups.get(groupId(call).toLowerCase());
  if (group !== undefined) {
    refuseWhileDeprovisioning(group, call.request.method);
    return group;
  }
  const message = `Resource group '${call.params.resourceGroupName}' could not be found.`;
  throw new ArmError(404, "ResourceGroupNotFound", message);
}

/** The subscription of a scope has to be there, and its group. */
export function requireScope(world: World, scope: string): void {
  const [, subscription, , group] = /^subscriptions\/([^/]+)(\/resourceGroups\/([^/]+))?/i.exec(scope) ?? [];
  if (subscription === undefined || tenantOf(world, subscription) === undefined) {
    throw new ArmError(404, "SubscriptionNotFound", `The subscription '${subscription ?? scope}' could not be found.`);
  }
  if (group === undefined) return;
  if (world.resourceGroups.has(`/subscriptions/${subscription}/resourcegroups/${group}`.toLowerCase())) return;
  throw new ArmError(404, "ResourceGroupNotFound", `Resource group '${group}' could not be found.`);
}
