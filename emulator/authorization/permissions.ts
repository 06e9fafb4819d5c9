import { page } from "../arm/list.js";
import { operation } from "../arm/operation.js";
import { requireScope } from "../arm/resourceGroup.js";
import type { Role } from "../state/identityRecords.js";
import { isAtOrAbove, roleOf } from "./access.js";
import { builtInRoles } from "./builtInRoles.js";

/**
 * What the caller may do at a scope, an entry for each role.
 * https://learn.microsoft.com/rest/api/authorization/permissions/list-for-resource-group
 */
export const listPermissions = operation({
  name: "Permissions_ListForScope",
  method: "GET",
  path: "/{scope}/providers/Microsoft.Authorization/permissions",
  answer(call) {
    const { world, params } = call;
    requireScope(world, params.scope);
    const own = [...world.roleAssignments.values()]
      .map(({ body: { properties } }) => properties)
      .filter(({ principalId }) => principalId === world.application.objectId);
    const roles = own
      .filter(({ scope }) => isAtOrAbove(scope, `/${params.scope}`))
      .flatMap(({ roleDefinitionId }) => roleOf(world, roleDefinitionId) ?? []);
    return page(call, own.length === 0 ? owner : roles, show);
  },
});

/** Whoever signs in may do everything, until it is given a role. */
const owner = builtInRoles.filter(({ roleName }) => roleName === "Owner");

const show = ({ actions, notActions = [], dataActions, notDataActions = [] }: Role) => ({
  actions,
  notActions,
  dataActions,
  notDataActions,
});
