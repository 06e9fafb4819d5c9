import type { World } from "../world.js";
import { roleOf } from "./builtInRoles.js";
import { isAtOrAbove } from "./scope.js";

/** What a principal is granted at a scope: by assignments there and above it, once they have taken effect. */
export function dataActionsOf(world: World, principalId: string, scope: string, now: number): string[] {
  return [...world.roleAssignments.values()]
    .filter(({ effectiveAt }) => effectiveAt <= now)
    .filter(
      ({ body: { properties } }) => properties.principalId === principalId && isAtOrAbove(properties.scope, scope),
    )
    .flatMap(({ body }) => roleOf(body.properties.roleDefinitionId)?.dataActions ?? []);
}
