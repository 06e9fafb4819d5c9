import type { ArmResource } from "../../armResource.js";
import { resourceNotFound } from "../../http/armError.js";
import type { Call } from "../../http/operation.js";
import { requireGroup } from "../../resourceManager/requireGroup.js";

export const guardType = "Microsoft.DataProtection/resourceGuards";
export const guardsPath =
  "/subscriptions/{subscriptionId}/resourceGroups/{resourceGroupName}/providers/Microsoft.DataProtection/resourceGuards";
export const guardPath = `${guardsPath}/{resourceGuardsName}` as const;

export type GuardCall = Call<"subscriptionId" | "resourceGroupName" | "resourceGuardsName">;

export function guardId({ params }: GuardCall): string {
  const group = `/subscriptions/${params.subscriptionId}/resourceGroups/${params.resourceGroupName}`;
  return `${group}/providers/${guardType}/${params.resourceGuardsName}`;
}

export function findGuard(call: GuardCall): ArmResource | undefined {
  requireGroup(call);
  return call.world.resourceGuards.get(guardId(call).toLowerCase());
}

export function requireGuard(call: GuardCall): ArmResource {
  const found = findGuard(call);
  if (found !== undefined) return found;
  throw resourceNotFound(guardType, call.params.resourceGuardsName, call.params.resourceGroupName);
}
