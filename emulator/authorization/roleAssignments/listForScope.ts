import type { ArmResource } from "../../armResource.js";
import { ArmError } from "../../http/armError.js";
import { operation } from "../../http/operation.js";
import { page } from "../../http/page.js";
import { isAtOrAbove } from "../scope.js";
import { assignmentsPath, requireScope } from "./path.js";

/** What is assigned at a scope, above it and below it; a filter narrows that. */
export const listForScope = operation({
  name: "RoleAssignments_ListForScope",
  method: "GET",
  path: assignmentsPath,
  answer(call) {
    requireScope(call.world, call.params.scope);
    const scope = `/${call.params.scope}`;
    const wanted = filter(call.request.query.get("$filter"), scope);
    const found = [...call.world.roleAssignments.values()]
      .map(({ body }) => body)
      .filter(({ properties }) => isAtOrAbove(properties.scope, scope) || isAtOrAbove(scope, properties.scope))
      .filter(wanted);
    return page(call, found, (assignment) => assignment);
  },
});

// https://learn.microsoft.com/azure/role-based-access-control/role-assignments-list-rest
function filter(text: string | null, scope: string): (assignment: ArmResource) => boolean {
  if (!text) return () => true;
  const parts = text.split(/\s+and\s+/i).map((part) => part.trim());
  return (assignment) => parts.every((part) => matches(part, assignment.properties, scope));
}

function matches(part: string, properties: ArmResource, scope: string): boolean {
  if (/^atScope\(\)$/i.test(part)) return isAtOrAbove(properties.scope, scope);
  const principal = (/^principalId\s+eq\s+'([^']*)'$/i.exec(part) ?? /^assignedTo\('([^']*)'\)$/i.exec(part))?.[1];
  if (principal !== undefined) return properties.principalId.toLowerCase() === principal.toLowerCase();
  throw new ArmError(400, "UnsupportedQuery", `The filter '${part}' is not supported.`);
}
