import { ArmError } from "../../http/armError.js";
import { operation } from "../../http/operation.js";
import { ok, type Reply } from "../../http/reply.js";
import type { World } from "../../world.js";
import { roleOf } from "../roles.js";
import { showRole } from "./show.js";

export const getAtScope = operation({
  name: "RoleDefinitions_Get",
  method: "GET",
  path: "/{scope}/providers/Microsoft.Authorization/roleDefinitions/{roleDefinitionId}",
  answer: ({ world, params }) => role(world, params.roleDefinitionId, params.scope),
});

export const getById = operation({
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
