import type { World } from "../world.js";
import { covers } from "./covers.js";
import { roleOf } from "./roles.js";
import { isAtOrAbove } from "./scope.js";

/**
 * Whether a role grants this to a principal at a scope: by assignment there or above it, once that has taken effect.
 * https://learn.microsoft.com/azure/role-based-access-control/role-definitions#control-and-data-actions
 */
export function isGranted(world: World, scope: string, principalId: string, dataAction: string, now: number): boolean {
  return [...world.roleAssignments.values()]
    .filter(({ effectiveAt }) => effectiveAt <= now)
    .filter(
      ({ body: { properties } }) => properties.principalId === principalId && isAtOrAbove(properties.scope, scope),
    )
    .some(({ body }) => {
      const { dataActions = [], notDataActions = [] } = roleOf(world, body.properties.roleDefinitionId) ?? {};
      return covers(dataActions, dataAction) && !covers(notDataActions, dataAction);
    });
}
