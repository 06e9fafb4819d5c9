import { ArmError } from "../../http/armError.js";
import type { Call } from "../../http/operation.js";
import type { World } from "../../world.js";
import type { RoleAssignment } from "../records.js";

export const assignmentsPath = "/{scope}/providers/Microsoft.Authorization/roleAssignments";
export const assignmentPath = `${assignmentsPath}/{roleAssignmentName}` as const;

export function assignmentId({ params }: Call<"scope" | "roleAssignmentName">): string {
  return `/${params.scope}/providers/Microsoft.Authorization/roleAssignments/${params.roleAssignmentName}`;
}

/** The subscription of a scope has to be there, and its group. */
export function requireScope(world: World, scope: string): void {
  const [, subscription, , group] = /^subscriptions\/([^/]+)(\/resourceGroups\/([^/]+))?/i.exec(scope) ?? [];
  if (subscription?.toLowerCase() !== world.subscriptionId) {
    throw new ArmError(404, "SubscriptionNotFound", `The subscription '${subscription ?? scope}' could not be found.`);
  }
  if (group === undefined) return;
  if (world.resourceGroups.has(`/subscriptions/${subscription}/resourcegroups/${group}`.toLowerCase())) return;
  throw new ArmError(404, "ResourceGroupNotFound", `Resource group '${group}' could not be found.`);
}

export function findAssignment(call: Call<"scope" | "roleAssignmentName">): RoleAssignment | undefined {
  requireScope(call.world, call.params.scope);
  return call.world.roleAssignments.get(assignmentId(call).toLowerCase());
}
