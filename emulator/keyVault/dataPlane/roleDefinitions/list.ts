import { ArmError } from "../../../http/armError.js";
import { operation } from "../../../http/operation.js";
import { ok } from "../../../http/reply.js";
import { atScopes } from "../localScope.js";
import { localRoles } from "./builtInRoles.js";
import { showLocalRole } from "./show.js";

export const list = atScopes("roleDefinitions").map((path) =>
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
