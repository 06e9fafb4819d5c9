import { ArmError } from "../arm/armError.js";
import { page } from "../arm/list.js";
import { noContent, ok, operation, type Reply } from "../arm/operation.js";
import { requestBody } from "../arm/requestBody.js";
import { requireScope } from "../arm/resourceGroup.js";
import type { Role } from "../state/identityRecords.js";
import type { ArmResource } from "../state/records.js";
import type { World } from "../state/world.js";
import { isAtOrAbove, roleOf, rolesOf } from "./access.js";
import { builtInRoles } from "./builtInRoles.js";

const getAtScope = operation({
  name: "RoleDefinitions_Get",
  method: "GET",
  path: "/{scope}/providers/Microsoft.Authorization/roleDefinitions/{roleDefinitionId}",
  answer: ({ world, params }) => role(world, params.roleDefinitionId, params.scope),
});

const getById = operation({
  name: "RoleDefinitions_GetById",
  method: "GET",
  path: "/providers/Microsoft.Authorization/roleDefinitions/{roleDefinitionId}",
  answer: ({ world, params }) => role(world, params.roleDefinitionId, ""),
});

function role(world: World, id: string, scope: string): Reply {
  const found = roleOf(world, id);
  if (found !== undefined) return ok(showRole(found, scope));
  throw new ArmError(
    404,
    "RoleDefinitionDoesNotExist",
    `The specified role definition with ID '${id}' does not exist.`,
  );
}

/** Custom roles are found where they may be assigned, and below. */
const list = operation({
  name: "RoleDefinitions_List",
  method: "GET",
  path: "/{scope}/providers/Microsoft.Authorization/roleDefinitions",
  answer(call) {
    const scope = `/${call.params.scope}`;
    const wanted = filter(call.request.query.get("$filter"));
    const found = rolesOf(call.world).filter(
      (role) => wanted(role) && (role.assignableScopes ?? ["/"]).some((each) => isAtOrAbove(each, scope)),
    );
    return page(call, found, (role) => showRole(role, call.params.scope));
  },
});

/** https://learn.microsoft.com/azure/role-based-access-control/role-definitions-list */
function filter(text: string | null): (role: Role) => boolean {
  if (!text) return () => true;
  const parts = text.split(/\s+and\s+/i).map((part) => test(part.trim()));
  return (role) => parts.every((matches) => matches(role));
}

function test(part: string): (role: Role) => boolean {
  if (/^atScope(AndBelow)?\(\)$/i.test(part)) return () => true;
  const [, field = "", value = ""] = /^(roleName|type)\s+eq\s+'([^']*)'$/i.exec(part) ?? [];
  const wanted = value.toLowerCase();
  if (/^roleName$/i.test(field)) return ({ roleName }) => roleName.toLowerCase() === wanted;
  if (/^type$/i.test(field))
    return ({ assignableScopes }) => (wanted === "customrole") === (assignableScopes !== undefined);
  throw new ArmError(400, "UnsupportedQuery", `The filter '${part}' is not supported.`);
}

const actions = ["string"] as const;

const shape = {
  properties: {
    roleName: "string",
    description: "string",
    assignableScopes: ["string"],
    permissions: [{ actions, notActions: actions, dataActions: actions, notDataActions: actions }],
  },
} as const;

/** A custom role. https://learn.microsoft.com/azure/role-based-access-control/custom-roles-rest */
const createOrUpdate = operation({
  name: "RoleDefinitions_CreateOrUpdate",
  method: "PUT",
  path: "/{scope}/providers/Microsoft.Authorization/roleDefinitions/{roleDefinitionId}",
  answer({ world, request, params: { scope, roleDefinitionId: name } }) {
    requireScope(world, scope);
    if (!/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(name)) {
      throw new ArmError(
        400,
        "InvalidRoleDefinitionId",
        `The role definition ID '${name}' is not valid. It must be a GUID.`,
      );
    }
    const given = requestBody(request, shape).properties ?? {};
    const { roleName, description, assignableScopes, permissions } = given;
    if (!roleName || !assignableScopes?.length || permissions?.length !== 1) {
      const fact = "'roleName', 'assignableScopes' and one entry in 'permissions' are required";
      throw new ArmError(400, "RoleDefinitionInvalid", `The role definition is not valid: ${fact}.`);
    }
    const isTaken = rolesOf(world).some((each) => each.name !== name.toLowerCase() && each.roleName === roleName);
    if (isTaken || builtInRoles.some((each) => each.name === name.toLowerCase())) {
      const message = "A custom role with the same name already exists in this directory. Use a different name.";
      throw new ArmError(409, "RoleDefinitionWithSameNameExists", message);
    }
    const { actions = [], notActions = [], dataActions = [], notDataActions = [] } = permissions[0];
    const granted = { actions, notActions, dataActions, notDataActions };
    const role: Role = {
      name: name.toLowerCase(),
      roleName,
      description: description ?? "",
      ...granted,
      assignableScopes,
    };
    world.customRoles.set(role.name, role);
    return { status: 201, body: showRole(role, scope) };
  },
});

const remove = operation({
  name: "RoleDefinitions_Delete",
  method: "DELETE",
  path: "/{scope}/providers/Microsoft.Authorization/roleDefinitions/{roleDefinitionId}",
  answer({ world, params: { scope, roleDefinitionId } }) {
    requireScope(world, scope);
    const role = roleOf(world, roleDefinitionId);
    if (role === undefined) return noContent;
    const isAssigned = [...world.roleAssignments.values()].some(
      ({ body }) => roleOf(world, body.properties.roleDefinitionId)?.name === role.name,
    );
    if (isAssigned) {
      const message = "There are existing role assignments referencing role (code: RoleDefinitionHasAssignments).";
      throw new ArmError(400, "RoleDefinitionHasAssignments", message);
    }
    if (role.assignableScopes === undefined) {
      throw new ArmError(
        400,
        "EmulatorUnverifiedRoleBuiltIn",
        `The role '${role.roleName}' is built in and cannot be deleted.`,
      );
    }
    world.customRoles.delete(role.name);
    return ok(showRole(role, scope));
  },
});

/** `scope` without its first slash; empty for the tenant. */
function showRole(role: Role, scope: string): ArmResource {
  const { name, roleName, description = roleName, assignableScopes } = role;
  const { actions, notActions = [], dataActions, notDataActions = [] } = role;
  const subscription = /^subscriptions\/[^/]+/i.exec(scope)?.[0];
  return {
    id: `${subscription === undefined ? "" : `/${subscription}`}/providers/Microsoft.Authorization/roleDefinitions/${name}`,
    type: "Microsoft.Authorization/roleDefinitions",
    name,
    properties: {
      roleName,
      type: assignableScopes === undefined ? "BuiltInRole" : "CustomRole",
      description,
      assignableScopes: assignableScopes ?? ["/"],
      permissions: [{ actions, notActions, dataActions, notDataActions }],
    },
  };
}

export const roleDefinitions = [getAtScope, getById, list, createOrUpdate, remove];
