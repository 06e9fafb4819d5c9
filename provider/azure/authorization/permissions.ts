import type { ArmClient } from "../armClient.js";
import { listAll } from "../reads.js";
import type { Within } from "../within.js";
import { covers } from "./covers.js";

/**
 * What one role gives to the caller.
 * https://learn.microsoft.com/rest/api/authorization/permissions/list-for-resource-group
 */
export interface Permission {
  actions?: string[];
  notActions?: string[];
}

export interface Permissions {
  /** The caller's own, at a subscription, a resource group or a resource. Inherited ones are among them. */
  listForScope(scope: string, within: Within): Promise<Permission[]>;
}

export const createPermissions = (client: ArmClient): Permissions => ({
  listForScope: (scope, within) =>
    listAll(
      client,
      { path: `${scope}/providers/Microsoft.Authorization/permissions`, apiVersion: "2022-04-01" },
      within,
    ),
});

/** What one role excludes, another one may give. */
export const permits = (permissions: readonly Permission[], action: string): boolean =>
  permissions.some(
    ({ actions = [], notActions = [] }) =>
      actions.some((each) => covers(each, action)) && !notActions.some((each) => covers(each, action)),
  );
