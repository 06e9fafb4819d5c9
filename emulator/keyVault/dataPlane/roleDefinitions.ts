import { ArmError } from "../../arm/armError.js";
import { ok, operation } from "../../arm/operation.js";
import type { ArmResource } from "../../state/records.js";
import { type LocalRole, localRoleId, localRoleOf, localRoles } from "../localRoles.js";
import { atScopes } from "./request.js";

const get = atScopes("roleDefinitions/{roleDefinitionName}").map((path) =>
  operation({
    name: "RoleDefinitions_Get",
    method: "GET",
    path,
    answer({ params }) {
      const found = localRoleOf(params.roleDefinitionName);
      if (found !== undefined) return ok(showLocalRole(found));
      throw new ArmError(404, "RoleDefinitionNotFound", "Requested role definition not found");
    },
  }),
);

const list = atScopes("roleDefinitions").map((path) =>
  operation({
    name: "RoleDefinitions_List",
    method: "GET",
    path,
    answer({ request }) {
      const filter = request.query.get("$filter");
      const wanted = /^\s*roleName\s+eq\s+'([^']*)'\s*$/i.exec(filter ?? "")?.[1]?.toLowerCase();
      if (filter && wanted === undefined && !/^\s*atScopeAndBelow\(\)\s*$/i.test(filter)) {
        throw new ArmError(400, "BadParameter", `The filter '${filter}' is not supported.`);
      }
      const found = localRoles.filter(({ roleName }) => wanted === undefined || roleName.toLowerCase() === wanted);
      return ok({ value: found.map(showLocalRole) });
    },
  }),
);

function showLocalRole({ name, roleName, dataActions }: LocalRole): ArmResource {
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

export const localRoleDefinitions = [...get, ...list];
