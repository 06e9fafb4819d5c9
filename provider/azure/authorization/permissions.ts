import type { ArmClient } from "../armClient.js";
import type { Kind } from "../reading/kind.js";
import { listOf, type Of, object, optional, text } from "../reading/shapes.js";
import { listAll } from "../reads.js";
import type { OperationOptions } from "../within.js";
import { covers } from "./covers.js";

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
  listForScope(scope: string, within: OperationOptions): Promise<Permission[]>;
}

export const createPermissions = (client: ArmClient): Permissions => ({
  listForScope: (scope, within) =>
    listAll(
      client,
      { path: `${scope}/providers/Microsoft.Authorization/permissions`, apiVersion: "2022-04-01" },
      permission,
      within,
    ),
});

/** What one role excludes, another one may give. */
export const permits = (permissions: readonly Permission[], action: string): boolean =>
  permissions.some(
    ({ actions = [], notActions = [] }) =>
      actions.some((each) => covers(each, action)) && !notActions.some((each) => covers(each, action)),
  );
