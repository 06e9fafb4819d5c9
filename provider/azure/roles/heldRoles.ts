import { authorizationApiVersion } from "../arm/apiVersions.js";
import type { ArmClient } from "../arm/armClient.js";
import { find } from "../arm/reads.js";
import type { OperationOptions } from "../http/deadline.js";
import { allows, type HasRight } from "../keys/rights.js";
import { roleDefinition, rolesAt } from "../keys/roleAssignments.js";
import { type Kind, listOf, type Of, object, optional, text } from "../reading/shapes.js";
import { permits } from "../resourceManager/permissions.js";

const names = optional(listOf(text));

/** https://learn.microsoft.com/rest/api/authorization/role-definitions/get */
const definition = {
  ...roleDefinition,
  shape: object({
    properties: object({
      permissions: optional(
        listOf(object({ actions: names, notActions: names, dataActions: names, notDataActions: names })),
      ),
    }),
  }),
} satisfies Kind<unknown>;
type Permission = NonNullable<Of<typeof definition.shape>["properties"]["permissions"]>[number];

/**
 * Whether a principal may do at a scope what a built-in role permits: by that role, or by others that permit as much. Roles of
 * scopes above and of the principal's groups count. `unknown`: a condition or a role that cannot be read decides.
 */
export async function holdsRole(
  client: ArmClient,
  scope: string,
  principalId: string,
  roleId: string,
  options: OperationOptions,
): Promise<HasRight> {
  if (await isListedInGroup(client, scope, principalId, roleId, options)) return "yes";
  const assignments = await rolesAt(client, scope, principalId, options);
  if (assignments.some((each) => isIt(each, roleId) && !each.isConditional)) return "yes";
  if (assignments.length === 0) return "no";
  const subscription = scope.split("/").slice(0, 3).join("/");
  const needed = await permissionsOf(client, definitionAt(subscription, roleId), options);
  const roles = await Promise.all(
    assignments.map(async (each) => ({ ...each, has: await permissionsOf(client, each.roleDefinitionId, options) })),
  );
  const certain = roles.filter(({ isConditional }) => !isConditional).flatMap(({ has = [] }) => has);
  if (needed && isCovered(needed, certain)) return "yes";
  const perhaps = roles.flatMap(({ has = [] }) => has);
  const isOpen = !needed || roles.some(({ has }) => !has) || isCovered(needed, perhaps);
  return isOpen ? "unknown" : "no";
}

type HeldRole = Awaited<ReturnType<typeof rolesAt>>[number];

const isIt = ({ roleDefinitionId }: HeldRole, roleId: string) =>
  roleDefinitionId.toLowerCase().endsWith(`/${roleId.toLowerCase()}`);

/**
 * The list of a resource's group has the roles of all that is in it, so that a hundred disks of one group need one list. Whoever may
 * not read it, or does not find the role there, asks the resource itself.
 */
async function isListedInGroup(
  client: ArmClient,
  scope: string,
  principalId: string,
  roleId: string,
  options: OperationOptions,
): Promise<boolean> {
  const group = scope.split("/").slice(0, 5).join("/");
  if (group.length === scope.length) return false;
  try {
    const found = await rolesAt(client, group, principalId, options);
    const isHere = (at = "-") => `${scope}/`.toLowerCase().startsWith(`${at.replace(/\/$/, "")}/`.toLowerCase());
    return found.some((each) => isIt(each, roleId) && !each.isConditional && isHere(each.scope));
  } catch {
    return false;
  }
}

export const definitionAt = (subscription: string, roleId: string): string =>
  `${subscription}/providers/Microsoft.Authorization/roleDefinitions/${roleId}`;

async function permissionsOf(client: ArmClient, path: string, options: OperationOptions) {
  return (await find(client, { path, apiVersion: authorizationApiVersion }, definition, options))?.properties
    .permissions;
}

const isCovered = (needed: Permission[], held: Permission[]): boolean =>
  needed.every(
    ({ actions = [], dataActions = [] }) =>
      actions.every((action) => permits(held, action)) &&
      dataActions.every((action) => held.some((each) => allows(each, action))),
  );
