import type { ArmResource } from "../../../armResource.js";
import { type LocalRole, localRoleId } from "./builtInRoles.js";

export function showLocalRole({ name, roleName, dataActions }: LocalRole): ArmResource {
  return {
    id: localRoleId(name),
    name,
    type: "Microsoft.Authorization/roleDefinitions",
    properties: {
      assignableScopes: ["/"],
      description: "",
      permissions: [{ actions: [], dataActions, notActions: [], notDataActions: [] }],
      roleName,
      type: "AKVBuiltInRole",
    },
  };
}
