import type { ArmResource } from "../../armResource.js";
import type { Role } from "../records.js";

/** `scope` without its first slash; empty for the tenant. */
export function showRole(role: Role, scope: string): ArmResource {
  const { name, roleName, description = roleName, assignableScopes } = role;
  const { actions, notActions = [], dataActions, notDataActions = [] } = role;
  const subscription = /^subscriptions\/[^/]+/i.exec(scope)?.[0];
  return {
    id: `${subscription === undefined ? "" : `/${subscription}`}/providers/Microsoft.Authorization/roleDefinitions/${name}`,
    type: "Microsoft.Authorization/roleDefinitions",
    name,
    properties: {
      roleName,
      type: assignableScopes === undefined ? "BuiltInRole" : "CustomRole",
      description,
      assignableScopes: assignableScopes ?? ["/"],
      permissions: [{ actions, notActions, dataActions, notDataActions }],
    },
  };
}
