import type { ArmResource } from "../../armResource.js";
import { ArmError } from "../../http/armError.js";
import { operation } from "../../http/operation.js";
import { requestBody } from "../../http/requestBody.js";
import type { World } from "../../world.js";
import { roleOf } from "../roles.js";
import { assignmentId, assignmentPath, findAssignment } from "./path.js";

export const create = operation({
  name: "RoleAssignments_Create",
  method: "PUT",
  path: assignmentPath,
  answer(call) {
    const { world, now, settings } = call;
    const existing = findAssignment(call);
    const { roleAssignmentName: name, scope } = call.params;
    if (!/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(name)) {
      throw new ArmError(
        400,
        "InvalidRoleAssignmentId",
        `The role assignment ID '${name}' is not valid. It must be a GUID.`,
      );
    }
    const { properties: given = {} } = requestBody(call.request, shape);
    const role = roleOf(world, String(given.roleDefinitionId ?? ""));
    if (role === undefined) {
      const message = `The specified role definition with ID '${given.roleDefinitionId}' does not exist.`;
      throw new ArmError(400, "RoleDefinitionDoesNotExist", message);
    }
    refusePrincipal(world, given);
    const roleDefinitionId = `/subscriptions/${world.subscriptionId}/providers/Microsoft.Authorization/roleDefinitions/${role.name}`;
    const at = { principalId: given.principalId, roleDefinitionId, scope: `/${scope}` };
    if (existing !== undefined) return { status: 200, body: unchanged(existing.body, at) };
    refuseSecond(world, at);
    const written = new Date(now).toISOString();
    const body = {
      id: assignmentId(call),
      type: "Microsoft.Authorization/roleAssignments",
      name,
      properties: {
        ...at,
        principalType: given.principalType ?? "ServicePrincipal",
        condition: given.condition ?? null,
        conditionVersion: given.conditionVersion ?? null,
        createdOn: written,
        updatedOn: written,
        createdBy: null,
        updatedBy: world.application.objectId,
        delegatedManagedIdentityResourceId: null,
        description: given.description ?? null,
      },
    };
    world.roleAssignments.set(body.id.toLowerCase(), { body, effectiveAt: now + settings.permissionDelayMs });
    return { status: 201, body };
  },
});

const shape = {
  properties: {
    roleDefinitionId: "string",
    principalId: "string",
    principalType: "string",
    condition: "string",
    conditionVersion: "string",
    description: "string",
  },
} as const;

type Assigned = { principalId: string; roleDefinitionId: string; scope: string };

function same(properties: ArmResource, at: Assigned): boolean {
  return (
    properties.principalId === at.principalId &&
    properties.roleDefinitionId === at.roleDefinitionId &&
    properties.scope.toLowerCase() === at.scope.toLowerCase()
  );
}

function unchanged(body: ArmResource, at: Assigned): ArmResource {
  if (same(body.properties, at)) return body;
  const message = "Tenant ID, application ID, principal ID, and scope are not allowed to be updated.";
  throw new ArmError(400, "RoleAssignmentUpdateNotPermitted", message);
}

function refuseSecond(world: World, at: Assigned): void {
  const twin = [...world.roleAssignments.values()].find(({ body }) => same(body.properties, at));
  if (twin === undefined) return;
  const id = twin.body.name.replaceAll("-", "");
  throw new ArmError(
    409,
    "RoleAssignmentExists",
    `The role assignment already exists. The ID of the existing role assignment is ${id}.`,
  );
}

/** Whoever names the type says that the directory may not know the principal yet. */
function refusePrincipal(world: World, { principalId, principalType }: ArmResource): void {
  const known = [
    world.application.objectId,
    ...[...world.userAssignedIdentities.values()].map(({ properties }) => properties.principalId),
    ...[...world.vaults.values(), ...world.recoveryServicesVaults.values()].map(
      ({ body }) => body.identity?.principalId,
    ),
  ];
  if (known.includes(principalId) || (principalType !== undefined && principalId)) return;
  throw new ArmError(
    400,
    "PrincipalNotFound",
    `Principal ${principalId} does not exist in the directory ${world.tenantId}. Check that you have the correct principal ID.`,
  );
}
