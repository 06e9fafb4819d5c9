import { ArmError } from "../../../http/armError.js";
import { operation } from "../../../http/operation.js";
import { ok } from "../../../http/reply.js";
import { atScopes } from "../localScope.js";
import { localRoleOf } from "./builtInRoles.js";
import { showLocalRole } from "./show.js";

export const get = atScopes("roleDefinitions/{roleDefinitionName}").map((path) =>
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
