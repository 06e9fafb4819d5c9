import type { ArmResource } from "../../../armResource.js";
import { guid } from "../../../world.js";
import { localRoleId } from "../roleDefinitions/builtInRoles.js";

export function localAssignment(scope: string, principalId: string, role: string, name = guid()): ArmResource {
  return {
    id: `${scope === "/" ? "" : scope}/providers/Microsoft.Authorization/roleAssignments/${name}`,
    name,
    properties: { principalId, roleDefinitionId: localRoleId(role), scope },
    type: "Microsoft.Authorization/roleAssignments",
  };
}
