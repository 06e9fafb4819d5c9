import { operation } from "../../http/operation.js";
import { page } from "../../http/page.js";
import { isAtOrAbove } from "../scope.js";
import { assignmentFilter } from "./filter.js";
import { assignmentsPath, requireScope } from "./path.js";

/** What is assigned at a scope, above it and below it; a filter narrows that. */
export const listForScope = operation({
  name: "RoleAssignments_ListForScope",
  method: "GET",
  path: assignmentsPath,
  answer(call) {
    requireScope(call.world, call.params.scope);
    const scope = `/${call.params.scope}`;
    const wanted = assignmentFilter(call.request.query.get("$filter"), scope);
    const found = [...call.world.roleAssignments.values()]
      .map(({ body }) => body)
      .filter(({ properties }) => isAtOrAbove(properties.scope, scope) || isAtOrAbove(scope, properties.scope))
      .filter(wanted);
    return page(call, found, (assignment) => assignment);
  },
});
