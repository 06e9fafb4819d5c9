import { authorizationApiVersion } from "../arm/apiVersions.js";
import type { ArmClient } from "../arm/armClient.js";
import { listAll } from "../arm/reads.js";
import type { OperationOptions } from "../http/deadline.js";
import { type Kind, listOf, type Of, object, optional, text } from "../reading/shapes.js";

/**
 * What one role gives to the caller.
 * https://learn.microsoft.com/rest/api/authorization/permissions/list-for-resource-group
 */
const permission = {
  noun: "what a role permits",
  shape: object({ actions: optional(listOf(text)), notActions: optional(listOf(text)) }),
} satisfies Kind<unknown>;
export type Permission = Of<typeof permission.shape>;

export interface Permissions {
  /** The caller's own, at a subscription, a resource group or a resource. Inherited ones are among them. */
  listForScope(scope: string, options: OperationOptions): Promise<Permission[]>;
}

export const createPermissions = (client: ArmClient): Permissions => ({
  listForScope: (scope, options) =>
    listAll(
      client,
      { path: `${scope}/providers/Microsoft.Authorization/permissions`, apiVersion: authorizationApiVersion },
      permission,
      options,
    ),
});

/** What one role excludes, another one may give. */
export const permits = (permissions: readonly Permission[], action: string): boolean =>
  permissions.some(
    ({ actions = [], notActions = [] }) =>
      actions.some((each) => covers(each, action)) && !notActions.some((each) => covers(each, action)),
  );

/**
 * Whether an action of a role means another one: `Microsoft.KeyVault/vaults/*` covers `.../vaults/keys/read`.
 * https://learn.microsoft.com/azure/role-based-access-control/role-definitions#control-and-data-actions
 */
export function covers(pattern: string, action: string): boolean {
  const literal = pattern.split("*").map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"));
  return new RegExp(`^${literal.join(".*")}$`, "i").test(action);
}
