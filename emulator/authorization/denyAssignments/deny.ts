import type { ArmResource } from "../../armResource.js";
import { guid, type World } from "../../world.js";

/** https://learn.microsoft.com/rest/api/authorization/deny-assignments/get */
export function deny(world: World, scope: string, principalId: string, dataActions: string[]): ArmResource {
  const name = guid();
  const body = {
    id: `${scope}/providers/Microsoft.Authorization/denyAssignments/${name}`,
    type: "Microsoft.Authorization/denyAssignments",
    name,
    properties: {
      denyAssignmentName: name,
      description: "Made by the emulator's host.",
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
