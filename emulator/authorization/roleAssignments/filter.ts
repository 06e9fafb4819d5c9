import type { ArmResource } from "../../armResource.js";
import { ArmError } from "../../http/armError.js";
import { isAtOrAbove } from "../scope.js";

/** https://learn.microsoft.com/azure/role-based-access-control/role-assignments-list-rest */
export function assignmentFilter(text: string | null, scope: string): (assignment: ArmResource) => boolean {
  if (!text) return () => true;
  const parts = text.split(/\s+and\s+/i).map((part) => test(part.trim(), scope));
  return ({ properties }) => parts.every((matches) => matches(properties));
}

function test(part: string, scope: string): (properties: ArmResource) => boolean {
  if (/^atScope\(\)$/i.test(part)) return (properties) => isAtOrAbove(properties.scope, scope);
  const [, field = "", value = ""] =
    /^(principalId|roleDefinitionId)\s+eq\s+'([^']*)'$/i.exec(part) ?? /^(assignedTo)\('([^']*)'\)$/i.exec(part) ?? [];
  const wanted = value.toLowerCase();
  if (field.toLowerCase() === "roledefinitionid")
    return (properties) => lastOf(properties.roleDefinitionId) === lastOf(wanted);
  if (field !== "") return (properties) => properties.principalId.toLowerCase() === wanted;
  throw new ArmError(400, "UnsupportedQuery", `The filter '${part}' is not supported.`);
}

function lastOf(id: string): string {
  return id.slice(id.lastIndexOf("/") + 1).toLowerCase();
}
