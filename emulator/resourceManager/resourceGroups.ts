import { ArmError } from "../arm/armError.js";
import { filterOf, page, resourceFields, top } from "../arm/list.js";
import { normalLocation } from "../arm/locations.js";
import { beginOperation, retryAfter } from "../arm/longRunning.js";
import { noContent, ok, operation } from "../arm/operation.js";
import { requestBody } from "../arm/requestBody.js";
import { groupId, requireGroup, requireSubscription } from "../arm/resourceGroup.js";
import { tracked } from "../arm/shape.js";

const groupsPath = "/subscriptions/{subscriptionId}/resourcegroups";

/** https://learn.microsoft.com/azure/azure-resource-manager/management/resource-name-rules */
export function isGroupName(name: string): boolean {
  return /^[-\w.()]{1,90}$/.test(name) && !name.endsWith(".");
}

export const groupPath = `${groupsPath}/{resourceGroupName}` as const;

const get = operation({
  name: "ResourceGroups_Get",
  method: "GET",
  path: groupPath,
  answer: (call) => ok(requireGroup(call)),
});

const checkExistence = operation({
  name: "ResourceGroups_CheckExistence",
  method: "HEAD",
  path: groupPath,
  answer(call) {
    requireSubscription(call);
    return call.world.resourceGroups.has(groupId(call).toLowerCase()) ? noContent : { status: 404 };
  },
});

const createOrUpdate = operation({
  name: "ResourceGroups_CreateOrUpdate",
  method: "PUT",
  path: groupPath,
  answer(call) {
    requireSubscription(call);
    const { resourceGroupName: name } = call.params;
    const given = requestBody(call.request, tracked);
    if (!isGroupName(name)) {
      const message =
        `The provided resource group name '${name}' has these invalid characters or length. The name can only be ` +
        "a letter, digit, '-', '.', '(', ')' or '_', of at most 90 characters, and not end with '.'.";
      throw new ArmError(400, "InvalidResourceGroupName", message);
    }
    if (typeof given.location !== "string" || given.location === "") {
      throw new ArmError(400, "LocationRequired", "The location property is required for this definition.");
    }
    const id = groupId(call);
    const existing = call.world.resourceGroups.has(id.toLowerCase()) ? requireGroup(call) : undefined;
    const location = normalLocation(given.location);
    if (existing !== undefined && existing.location !== location) {
      const message =
        `Invalid resource group location '${location}'. The Resource group already exists in location ` +
        `'${existing.location}'.`;
      throw new ArmError(409, "InvalidResourceGroupLocation", message);
    }
    const group = {
      id: existing?.id ?? id,
      name: existing?.name ?? name,
      type: "Microsoft.Resources/resourceGroups",
      location,
      ...(given.tags && { tags: given.tags }),
      properties: { provisioningState: "Succeeded" },
    };
    call.world.resourceGroups.set(id.toLowerCase(), group);
    return { status: existing === undefined ? 201 : 200, body: group };
  },
});

/** Tags and nothing else: a group cannot be renamed or moved. */
const update = operation({
  name: "ResourceGroups_Update",
  method: "PATCH",
  path: groupPath,
  answer(call) {
    const group = requireGroup(call);
    const { tags } = requestBody(call.request, { tags: { "*": "string" } });
    if (tags !== undefined) group.tags = tags;
    return ok(group);
  },
});

const remove = operation({
  name: "ResourceGroups_Delete",
  method: "DELETE",
  path: groupPath,
  answer(call) {
    const group = requireGroup(call);
    group.properties.provisioningState = "Deleting";
    const begun = beginOperation(call, { kind: "resourceGroupDeleted", groupId: group.id.toLowerCase() });
    const { origin } = call.request;
    const location = `${origin}/subscriptions/${call.params.subscriptionId}/operationresults/${encodeURIComponent(begun.id)}`;
    const headers = {
      Location: `${location}?api-version=${call.request.query.get("api-version")}`,
      ...retryAfter(call, 15),
    };
    return { status: 202, headers };
  },
});

const list = operation({
  name: "ResourceGroups_List",
  method: "GET",
  path: groupsPath,
  answer(call) {
    requireSubscription(call);
    const wanted = filterOf(call.request.query.get("$filter"), resourceFields);
    return page(call, [...call.world.resourceGroups.values()].filter(wanted), (group) => group, top(call));
  },
});

/** Where the deletion of a resource group is followed. */
const operationResults = operation({
  name: "Subscriptions_GetOperationResult",
  method: "GET",
  path: "/subscriptions/{subscriptionId}/operationresults/{operationId}",
  answer(call) {
    requireSubscription(call);
    const found = call.world.operations.get(call.params.operationId);
    if (found === undefined) {
      throw new ArmError(404, "OperationNotFound", `The operation '${call.params.operationId}' was not found.`);
    }
    if (!found.ended) {
      const { origin, path, query } = call.request;
      return { status: 202, headers: { Location: `${origin}${path}?${query}`, ...retryAfter(call, 15) } };
    }
    if (found.failure === undefined) return ok(undefined);
    throw new ArmError(409, found.failure.code, found.failure.message);
  },
});

export const resourceGroups = [createOrUpdate, update, get, checkExistence, list, remove, operationResults];
