import type { Role } from "../state/identityRecords.js";
import type { ArmResource } from "../state/records.js";
import type { World } from "../state/world.js";
import { builtInRoles } from "./builtInRoles.js";

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

/**
 * Whether the application may do this at a scope. Whoever signs in may do everything, until it is given a role: see
 * permissions.ts.
 */
export function isPermitted(world: World, scope: string, action: string, now: number): boolean {
  const own = [...world.roleAssignments.values()].filter(
    ({ body: { properties } }) => properties.principalId === world.application.objectId,
  );
  return own.length === 0 || isActionGranted(world, scope, world.application.objectId, action, now);
}

/** The same as `isGranted`, of the control plane. */
export function isActionGranted(
  world: World,
  scope: string,
  principalId: string | undefined,
  action: string,
  now: number,
): boolean {
  return [...world.roleAssignments.values()]
    .filter(
      ({ effectiveAt, body: { properties } }) =>
        effectiveAt <= now && properties.principalId === principalId && isAtOrAbove(properties.scope, scope),
    )
    .some(({ body }) => {
      const { actions = [], notActions = [] } = roleOf(world, body.properties.roleDefinitionId) ?? {};
      return covers(actions, action) && !covers(notActions, action);
    });
}

/** All principals of the directory, as a deny assignment names them. */
const everyone = "00000000-0000-0000-0000-000000000000";

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

export function rolesOf(world: World): Role[] {
  return [...builtInRoles, ...world.customRoles.values()];
}

export function roleOf(world: World, roleDefinitionId: string): Role | undefined {
  const name = roleDefinitionId.slice(roleDefinitionId.lastIndexOf("/") + 1).toLowerCase();
  return rolesOf(world).find((role) => role.name.toLowerCase() === name);
}

/** Whether one of these actions is this one, or has it below it: "Microsoft.KeyVault/vaults/keys/*". */
export function covers(granted: readonly string[], wanted: string): boolean {
  return granted.some((action) => patternOf(action).test(wanted));
}

function patternOf(action: string): RegExp {
  const parts = action.split("*").map((part) => part.replace(/[.$()+?^|[\]\\{}/]/g, "\\$&"));
  return new RegExp(`^${parts.join(".*")}$`, "i");
}

/** Scopes are paths: `/subscriptions/s` is above `/subscriptions/s/resourceGroups/g`. */
export function isAtOrAbove(upper: string, lower: string): boolean {
  const [above, below] = [upper.toLowerCase().replace(/\/$/, ""), lower.toLowerCase()];
  return below === above || below.startsWith(`${above}/`);
}
