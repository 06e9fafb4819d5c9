import { assignmentFilter } from "../../../authorization/roleAssignments/filter.js";
import { isAtOrAbove } from "../../../authorization/scope.js";
import { operation } from "../../../http/operation.js";
import { page } from "../../../http/page.js";
import { atScopes, localScope } from "../localScope.js";
import { hsmOf } from "../storeOf.js";

/** At a scope, above it and below it. */
export const listForScope = atScopes("roleAssignments").map((path) =>
  operation({
    name: "RoleAssignments_ListForScope",
    method: "GET",
    path,
    answer(call) {
      const scope = localScope(call.params);
      const wanted = assignmentFilter(call.request.query.get("$filter"), scope);
      const found = [...hsmOf(call).roleAssignments.values()]
        .map(({ body }) => body)
        .filter(({ properties }) => isAtOrAbove(properties.scope, scope) || isAtOrAbove(scope, properties.scope))
        .filter(wanted);
      return page(call, found, (assignment) => assignment);
    },
  }),
);
