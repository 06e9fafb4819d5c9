import type { ArmResource } from "../../armResource.js";
import { resourceNotFound } from "../../http/armError.js";
import type { Call } from "../../http/operation.js";
import { requireGroup } from "../../resourceManager/requireGroup.js";

export const identityType = "Microsoft.ManagedIdentity/userAssignedIdentities";
export const identitiesPath =
  "/subscriptions/{subscriptionId}/resourceGroups/{resourceGroupName}/providers/Microsoft.ManagedIdentity/userAssignedIdentities";
export const identityPath = `${identitiesPath}/{resourceName}` as const;

export type IdentityCall = Call<"subscriptionId" | "resourceGroupName" | "resourceName">;

/** The service writes "resourcegroups" small. */
export function identityId({ params }: IdentityCall): string {
  const group = `/subscriptions/${params.subscriptionId}/resourcegroups/${params.resourceGroupName}`;
  return `${group}/providers/${identityType}/${params.resourceName}`;
}

export function findIdentity(call: IdentityCall): ArmResource | undefined {
  requireGroup(call);
  return call.world.userAssignedIdentities.get(identityId(call).toLowerCase());
}

export function requireIdentity(call: IdentityCall): ArmResource {
  const found = findIdentity(call);
  if (found !== undefined) return found;
  throw resourceNotFound(identityType, call.params.resourceName, call.params.resourceGroupName);
}
