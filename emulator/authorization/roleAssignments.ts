import { ArmError } from "../arm/armError.js";
import { page } from "../arm/list.js";
import { type Call, noContent, ok, operation } from "../arm/operation.js";
import { requestBody } from "../arm/requestBody.js";
import { requireScope } from "../arm/resourceGroup.js";
import type { RoleAssignment } from "../state/identityRecords.js";
import type { ArmResource } from "../state/records.js";
import type { World } from "../state/world.js";
import { isAtOrAbove, roleOf } from "./access.js";

const assignmentsPath = "/{scope}/providers/Microsoft.Authorization/roleAssignments";

const assignmentPath = `${assignmentsPath}/{roleAssignmentName}` as const;

function assignmentId({ params }: Call<"scope" | "roleAssignmentName">): string {
  return `/${params.scope}/providers/Microsoft.Authorization/roleAssignments/${params.roleAssignmentName}`;
}

function findAssignment(call: Call<"scope" | "roleAssignmentName">): RoleAssignment | undefined {
  requireScope(call.world, call.params.scope);
  return call.world.roleAssignments.get(assignmentId(call).toLowerCase());
}

const get = operation({
  name: "RoleAssignments_Get",
  method: "GET",
  path: assignmentPath,
  answer(call) {
    const found = findAssignment(call);
    if (found !== undefined) return ok(found.body);
    const message = `The role assignment '${call.params.roleAssignmentName}' is not found.`;
    throw new ArmError(404, "RoleAssignmentNotFound", message);
  },
});

const create = operation({
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
    ...[...world.managedClusters.values()].map(({ identity }) => identity?.principalId),
    ...[...world.clusterExtensions.values()].map(({ properties }) => properties.aksAssignedIdentity.principalId),
  ];
  if (known.includes(principalId) || (principalType !== undefined && principalId)) return;
  throw new ArmError(
    400,
    "PrincipalNotFound",
    `Principal ${principalId} does not exist in the directory ${world.tenantId}. Check that you have the correct principal ID.`,
  );
}

const remove = operation({
  name: "RoleAssignments_Delete",
  method: "DELETE",
  path: assignmentPath,
  answer(call) {
    const found = findAssignment(call);
    if (found === undefined) return noContent;
    call.world.roleAssignments.delete(assignmentId(call).toLowerCase());
    return ok(found.body);
  },
});

/** What is assigned at a scope, above it and below it; a filter narrows that. */
const listForScope = operation({
  name: "RoleAssignments_ListForScope",
  method: "GET",
  path: assignmentsPath,
  answer(call) {
    requireScope(call.world, call.params.scope);
    const scope = `/${call.params.scope}`;
    const wanted = assignmentFilter(call.request.query.get("$filter"), scope);
    const found = [...call.world.roleAssignments.values()]
      .map(({ body }) => body)
      .filter(({ properties }) => isAtOrAbove(properties.scope, scope) || isAtOrAbove(scope, properties.scope))
      .filter(wanted);
    return page(call, found, (assignment) => assignment);
  },
});

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

export const roleAssignments = [get, create, remove, listForScope];
