import { ArmError } from "../../http/armError.js";
import { operation } from "../../http/operation.js";
import { page } from "../../http/page.js";
import { builtInRoles } from "../builtInRoles.js";
import { showRole } from "./show.js";

export const list = operation({
  name: "RoleDefinitions_List",
  method: "GET",
  path: "/{scope}/providers/Microsoft.Authorization/roleDefinitions",
  answer(call) {
    const filter = call.request.query.get("$filter");
    const name = /roleName\s+eq\s+'([^']*)'/i.exec(filter ?? "")?.[1]?.toLowerCase();
    if (filter && name === undefined && !/^(atScope\w*\(\)|type\s+eq\s+'BuiltInRole')$/i.test(filter.trim())) {
      throw new ArmError(400, "UnsupportedQuery", `The filter '${filter}' is not supported.`);
    }
    const found = builtInRoles.filter(({ roleName }) => name === undefined || roleName.toLowerCase() === name);
    return page(call, found, (role) => showRole(role, call.params.scope));
  },
});
