import { ArmError, resourceNotFound } from "../arm/armError.js";
import { page } from "../arm/list.js";
import { normalLocation } from "../arm/locations.js";
import { type Call, noContent, ok, operation } from "../arm/operation.js";
import { requestBody } from "../arm/requestBody.js";
import { requireGroup, requireSubscription } from "../arm/resourceGroup.js";
import { tracked } from "../arm/shape.js";
import type { ArmResource } from "../state/records.js";
import type { World } from "../state/world.js";
import { invalidInput, unverified } from "./backupError.js";
import { guardedOperations, listedOperations } from "./guardedOperations.js";

const guardType = "Microsoft.DataProtection/resourceGuards";

const guardsPath =
  "/subscriptions/{subscriptionId}/resourceGroups/{resourceGroupName}/providers/Microsoft.DataProtection/resourceGuards";

const guardPath = `${guardsPath}/{resourceGuardsName}` as const;

type GuardCall = Call<"subscriptionId" | "resourceGroupName" | "resourceGuardsName">;

function guardId({ params }: GuardCall): string {
  const group = `/subscriptions/${params.subscriptionId}/resourceGroups/${params.resourceGroupName}`;
  return `${group}/providers/${guardType}/${params.resourceGuardsName}`;
}

function findGuard(call: GuardCall): ArmResource | undefined {
  requireGroup(call);
  return call.world.resourceGuards.get(guardId(call).toLowerCase());
}

function requireGuard(call: GuardCall): ArmResource {
  const found = findGuard(call);
  if (found !== undefined) return found;
  throw resourceNotFound(guardType, call.params.resourceGuardsName, call.params.resourceGroupName);
}

const get = operation({
  name: "ResourceGuards_Get",
  method: "GET",
  path: guardPath,
  answer: (call) => ok(requireGuard(call)),
});

const createOrUpdate = operation({
  name: "ResourceGuards_Put",
  method: "PUT",
  path: guardPath,
  answer(call) {
    const before = findGuard(call);
    const given = requestBody(call.request, {
      ...tracked,
      properties: { vaultCriticalOperationExclusionList: ["string"] },
    });
    if (!given.location) {
      throw new ArmError(400, "LocationRequired", "The location property is required for this definition.");
    }
    const excluded: string[] = given.properties?.vaultCriticalOperationExclusionList ?? [];
    const mandatory = guardedOperations.find((guarded) => guarded.isMandatory && excluded.includes(guarded.operation));
    if (mandatory !== undefined) throw invalidInput(`${mandatory.operation} cannot be excluded.`);
    const id = guardId(call);
    const guard = {
      id: before?.id ?? id,
      name: before?.name ?? call.params.resourceGuardsName,
      type: guardType,
      location: before?.location ?? normalLocation(String(given.location)),
      ...(given.tags && { tags: given.tags }),
      properties: {
        provisioningState: "Succeeded",
        resourceGuardOperations: listedOperations(excluded).map(({ vaultType, operation: name, requests }) => ({
          vaultCriticalOperation: name,
          // Recorded: for DataProtection's own, the operation's name once more.
          requestResourceType:
            vaultType === "Microsoft.DataProtection/backupVaults" ? name : `${guardType}/${requests}`,
        })),
        vaultCriticalOperationExclusionList: excluded,
        allowAutoApprovals: true,
      },
    };
    call.world.resourceGuards.set(id.toLowerCase(), guard);
    return ok(guard);
  },
});

/** Only the tags: what is guarded changes by PUT. */
const patch = operation({
  name: "ResourceGuards_Patch",
  method: "PATCH",
  path: guardPath,
  answer(call) {
    const guard = requireGuard(call);
    const { tags } = requestBody(call.request, { tags: { "*": "string" } });
    if (tags !== undefined) guard.tags = tags;
    return ok(guard);
  },
});

const remove = operation({
  name: "ResourceGuards_Delete",
  method: "DELETE",
  path: guardPath,
  answer(call) {
    if (findGuard(call) === undefined) return noContent;
    const user = userOf(call.world, guardId(call));
    if (user !== undefined) throw guardInUse(user);
    call.world.resourceGuards.delete(guardId(call).toLowerCase());
    return { status: 200 };
  },
});

/** A vault of either kind that has this guard. */
function userOf({ vaults, recoveryServicesVaults }: World, id: string): string | undefined {
  return [...vaults.values(), ...recoveryServicesVaults.values()].find(({ guardProxies }) =>
    [...guardProxies.values()].some(
      ({ properties }) => String(properties.resourceGuardResourceId).toLowerCase() === id.toLowerCase(),
    ),
  )?.body.id;
}

/** Microsoft's own tool reads a 409 as this: https://github.com/microsoft/mcp/pull/3322. No recording has the answer. */
const guardInUse = (vaultId: string) =>
  unverified(
    "resource-guard-in-use",
    `The resource guard protects ${vaultId}: take it from its vaults first. Azure's own answer is not documented.`,
    409,
  );

const listInResourceGroup = operation({
  name: "ResourceGuards_GetResourcesInResourceGroup",
  method: "GET",
  path: guardsPath,
  answer(call) {
    const prefix = `${requireGroup(call).id.toLowerCase()}/`;
    const here = [...call.world.resourceGuards].filter(([id]) => id.startsWith(prefix));
    return page(call, here, ([, guard]) => guard);
  },
});

const listInSubscription = operation({
  name: "ResourceGuards_GetResourcesInSubscription",
  method: "GET",
  path: "/subscriptions/{subscriptionId}/providers/Microsoft.DataProtection/resourceGuards",
  answer(call) {
    requireSubscription(call);
    return page(call, [...call.world.resourceGuards.values()], (guard) => guard);
  },
});

/**
 * The objects that guarded requests name: whoever may read one is allowed to do what it guards. The specification has
 * an operation for each kind, `ResourceGuards_GetDefault...Object` and `ResourceGuards_Get...Objects`.
 */
const getRequestObject = operation({
  name: "ResourceGuards_GetDefaultRequestsObject",
  method: "GET",
  path: `${guardPath}/{requests}/{requestName}`,
  answer(call) {
    const { requests, requestName } = call.params;
    const found = requestObject(call, requests);
    if (found.name === requestName.toLowerCase()) return ok(found);
    throw notFound(call, `${requests}/${requestName}`);
  },
});

const listRequestObjects = operation({
  name: "ResourceGuards_GetRequestsObjects",
  method: "GET",
  path: `${guardPath}/{requests}`,
  answer: (call) => page(call, [requestObject(call, call.params.requests)], (found) => found),
});

function requestObject(call: GuardCall, requests: string): ArmResource {
  const guard = requireGuard(call);
  const known = guardedOperations.find((guarded) => guarded.requests.toLowerCase() === requests.toLowerCase());
  if (known === undefined) throw notFound(call, requests);
  return { id: `${guard.id}/${known.requests}/default`, name: "default", type: `${guardType}/${known.requests}` };
}

function notFound({ params }: GuardCall, child: string) {
  return resourceNotFound(guardType, `${params.resourceGuardsName}/${child}`, params.resourceGroupName);
}

export const resourceGuards = [
  get,
  createOrUpdate,
  patch,
  remove,
  listInResourceGroup,
  listInSubscription,
  getRequestObject,
  listRequestObjects,
];
