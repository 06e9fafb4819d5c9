import type { ArmResource } from "../../armResource.js";
import { ArmError } from "../../http/armError.js";
import { operation } from "../../http/operation.js";
import { page } from "../../http/page.js";
import { requireScope } from "../roleAssignments/path.js";
import { isAtOrAbove } from "../scope.js";
import { isMeant } from "./isDenied.js";

/** At a scope, above it and below it; a filter narrows that. */
export const list = operation({
  name: "DenyAssignments_ListForScope",
  method: "GET",
  path: "/{scope}/providers/Microsoft.Authorization/denyAssignments",
  answer(call) {
    requireScope(call.world, call.params.scope);
    const scope = `/${call.params.scope}`;
    const wanted = filter(call.request.query.get("$filter"), scope);
    const found = [...call.world.denyAssignments.values()]
      .filter(({ properties }) => isAtOrAbove(properties.scope, scope) || isAtOrAbove(scope, properties.scope))
      .filter(({ properties }) => wanted(properties));
    return page(call, found, (assignment) => assignment);
  },
});

/** https://learn.microsoft.com/azure/role-based-access-control/deny-assignments-rest */
function filter(text: string | null, scope: string): (properties: ArmResource) => boolean {
  if (!text) return () => true;
  const parts = text.split(/\s+and\s+/i).map((part) => test(part.trim(), scope));
  return (properties) => parts.every((matches) => matches(properties));
}

function test(part: string, scope: string): (properties: ArmResource) => boolean {
  if (/^atScope\(\)$/i.test(part)) return (properties) => isAtOrAbove(properties.scope, scope);
  const [, field = "", value = ""] =
    /^(principalId|denyAssignmentName)\s+eq\s+'([^']*)'$/i.exec(part) ??
    /^(assignedTo)\('([^']*)'\)$/i.exec(part) ??
    [];
  if (/^denyAssignmentName$/i.test(field)) return (properties) => properties.denyAssignmentName === value;
  // "principalId eq" finds what names the principal; "assignedTo" also what means everyone.
  if (/^principalId$/i.test(field)) {
    return ({ principals }) => principals.some(({ id }: ArmResource) => id.toLowerCase() === value.toLowerCase());
  }
  if (/^assignedTo$/i.test(field)) return (properties) => isMeant(properties, value);
  throw new ArmError(400, "UnsupportedQuery", `The filter '${part}' is not supported.`);
}
