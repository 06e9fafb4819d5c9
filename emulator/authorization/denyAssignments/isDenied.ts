import type { ArmResource } from "../../armResource.js";
import type { World } from "../../world.js";
import { covers } from "../covers.js";
import { isAtOrAbove } from "../scope.js";

/** All principals of the directory, as a deny assignment names them. */
export const everyone = "00000000-0000-0000-0000-000000000000";

/**
 * A deny wins over every grant.
 * https://learn.microsoft.com/azure/role-based-access-control/deny-assignments
 */
export function isDenied(world: World, scope: string, principalId: string, dataAction: string): boolean {
  return [...world.denyAssignments.values()].some(
    ({ properties }) =>
      isAtOrAbove(properties.scope, scope) &&
      isMeant(properties, principalId) &&
      properties.permissions.some(
        ({ dataActions = [], notDataActions = [] }: ArmResource) =>
          covers(dataActions, dataAction) && !covers(notDataActions, dataAction),
      ),
  );
}

export function isMeant({ principals, excludePrincipals }: ArmResource, principalId: string): boolean {
  const names = (list: ArmResource[]) => list.map(({ id }) => id.toLowerCase());
  const wanted = principalId.toLowerCase();
  const meant = names(principals);
  return (meant.includes(wanted) || meant.includes(everyone)) && !names(excludePrincipals).includes(wanted);
}
