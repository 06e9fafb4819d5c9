import { ArmError } from "../arm/armError.js";
import { page } from "../arm/list.js";
import { ok, operation } from "../arm/operation.js";
import { requireScope } from "../arm/resourceGroup.js";
import type { ArmResource } from "../state/records.js";
import { guid, type World } from "../state/world.js";
import { isAtOrAbove, isMeant } from "./access.js";

const get = operation({
  name: "DenyAssignments_Get",
  method: "GET",
  path: "/{scope}/providers/Microsoft.Authorization/denyAssignments/{denyAssignmentId}",
  answer({ world, params: { scope, denyAssignmentId } }) {
    requireScope(world, scope);
    const id = `/${scope}/providers/Microsoft.Authorization/denyAssignments/${denyAssignmentId}`;
    const found = world.denyAssignments.get(id.toLowerCase());
    if (found !== undefined) return ok(found);
    throw new ArmError(404, "DenyAssignmentNotFound", `The deny assignment '${denyAssignmentId}' is not found.`);
  },
});

/** At a scope, above it and below it; a filter narrows that. */
const list = operation({
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

/** https://learn.microsoft.com/rest/api/authorization/deny-assignments/get */
export function deny(world: World, scope: string, principalId: string, dataActions: string[]): ArmResource {
  const name = guid();
  const body = {
    id: `${scope}/providers/Microsoft.Authorization/denyAssignments/${name}`,
    type: "Microsoft.Authorization/denyAssignments",
    name,
    properties: {
      denyAssignmentName: name,
      description: "Created by the program that runs the emulator.",
      permissions: [{ actions: [], notActions: [], dataActions, notDataActions: [] }],
      scope,
      doNotApplyToChildScopes: false,
      principals: [{ id: principalId, type: "ServicePrincipal" }],
      excludePrincipals: [],
      isSystemProtected: true,
    },
  };
  world.denyAssignments.set(body.id.toLowerCase(), body);
  return body;
}

export const denyAssignments = [get, list];
