import { ArmError, resourceNotFound } from "../arm/armError.js";
import { page } from "../arm/list.js";
import { normalLocation } from "../arm/locations.js";
import { type Call, noContent, ok, operation } from "../arm/operation.js";
import { requestBody } from "../arm/requestBody.js";
import { requireGroup, requireSubscription } from "../arm/resourceGroup.js";
import { tracked } from "../arm/shape.js";
import type { ArmResource } from "../state/records.js";
import { guid } from "../state/world.js";

const identityType = "Microsoft.ManagedIdentity/userAssignedIdentities";

const identitiesPath =
  "/subscriptions/{subscriptionId}/resourceGroups/{resourceGroupName}/providers/Microsoft.ManagedIdentity/userAssignedIdentities";

export const identityPath = `${identitiesPath}/{resourceName}` as const;

export type IdentityCall = Call<"subscriptionId" | "resourceGroupName" | "resourceName">;

/** The service writes "resourcegroups" small. */
function identityId({ params }: IdentityCall): string {
  const group = `/subscriptions/${params.subscriptionId}/resourcegroups/${params.resourceGroupName}`;
  return `${group}/providers/${identityType}/${params.resourceName}`;
}

function findIdentity(call: IdentityCall): ArmResource | undefined {
  requireGroup(call);
  return call.world.userAssignedIdentities.get(identityId(call).toLowerCase());
}

export function requireIdentity(call: IdentityCall): ArmResource {
  const found = findIdentity(call);
  if (found !== undefined) return found;
  throw resourceNotFound(identityType, call.params.resourceName, call.params.resourceGroupName);
}

const get = operation({
  name: "UserAssignedIdentities_Get",
  method: "GET",
  path: identityPath,
  answer: (call) => ok(requireIdentity(call)),
});

const createOrUpdate = operation({
  name: "UserAssignedIdentities_CreateOrUpdate",
  method: "PUT",
  path: identityPath,
  answer(call) {
    const before = findIdentity(call);
    const given = requestBody(call.request, { ...tracked, properties: { isolationScope: "string" } });
    if (!given.location) {
      throw new ArmError(400, "LocationRequired", "The location property is required for this definition.");
    }
    const id = identityId(call);
    const identity = {
      id: before?.id ?? id,
      name: before?.name ?? call.params.resourceName,
      type: identityType,
      location: before?.location ?? normalLocation(String(given.location)),
      tags: given.tags ?? {},
      properties: before?.properties ?? {
        isolationScope: given.properties?.isolationScope ?? "None",
        tenantId: call.world.tenantId,
        principalId: guid(),
        clientId: guid(),
      },
    };
    call.world.userAssignedIdentities.set(id.toLowerCase(), identity);
    return { status: before === undefined ? 201 : 200, body: identity };
  },
});

const update = operation({
  name: "UserAssignedIdentities_Update",
  method: "PATCH",
  path: identityPath,
  answer(call) {
    const identity = requireIdentity(call);
    identity.tags = requestBody(call.request, tracked).tags ?? identity.tags;
    return ok(identity);
  },
});

/** Azure lets it go, also while vaults hold it: what needs it fails from then on. */
const remove = operation({
  name: "UserAssignedIdentities_Delete",
  method: "DELETE",
  path: identityPath,
  answer(call) {
    const found = findIdentity(call);
    if (found === undefined) return noContent;
    call.world.userAssignedIdentities.delete(identityId(call).toLowerCase());
    for (const { id } of credentialsOf(call, found)) call.world.federatedIdentityCredentials.delete(id.toLowerCase());
    return { status: 200 };
  },
});

const listByResourceGroup = operation({
  name: "UserAssignedIdentities_ListByResourceGroup",
  method: "GET",
  path: identitiesPath,
  answer(call) {
    const prefix = `${requireGroup(call).id.toLowerCase()}/`;
    const here = [...call.world.userAssignedIdentities].filter(([id]) => id.startsWith(prefix));
    return page(call, here, ([, identity]) => identity);
  },
});

const listBySubscription = operation({
  name: "UserAssignedIdentities_ListBySubscription",
  method: "GET",
  path: "/subscriptions/{subscriptionId}/providers/Microsoft.ManagedIdentity/userAssignedIdentities",
  answer(call) {
    requireSubscription(call);
    return page(call, [...call.world.userAssignedIdentities.values()], (identity) => identity);
  },
});

export const userAssignedIdentities = [get, createOrUpdate, update, remove, listByResourceGroup, listBySubscription];

export function credentialsOf({ world }: Call<never>, identity: ArmResource): ArmResource[] {
  const prefix = `${identity.id}/federatedIdentityCredentials/`.toLowerCase();
  return [...world.federatedIdentityCredentials].filter(([id]) => id.startsWith(prefix)).map(([, body]) => body);
}
