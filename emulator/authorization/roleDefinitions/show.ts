import type { ArmResource } from "../../armResource.js";
import type { BuiltInRole } from "../builtInRoles.js";

/** `scope` without its first slash; empty for the tenant. */
export function showRole(role: BuiltInRole, scope: string): ArmResource {
  const { name, roleName, actions, notActions = [], dataActions } = role;
  const subscription = /^subscriptions\/[^/]+/i.exec(scope)?.[0];
  return {
    id: `${subscription === undefined ? "" : `/${subscription}`}/providers/Microsoft.Authorization/roleDefinitions/${name}`,
    type: "Microsoft.Authorization/roleDefinitions",
    name,
    properties: {
      roleName,
      type: "BuiltInRole",
      description: roleName,
      assignableScopes: ["/"],
      permissions: [{ actions, notActions, dataActions, notDataActions: [] }],
    },
  };
}
