import { ArmError, resourceNotFound } from "../arm/armError.js";
import { page } from "../arm/list.js";
import { normalLocation } from "../arm/locations.js";
import { type Call, noContent, ok, operation } from "../arm/operation.js";
import { requestBody } from "../arm/requestBody.js";
import { requireGroup, requireSubscription } from "../arm/resourceGroup.js";
import { tracked } from "../arm/shape.js";
import { putIdentity, resolveUserAssigned } from "../managedIdentity/identityOfResource.js";
import type { ArmResource } from "../state/records.js";
import type { World } from "../state/world.js";

export const clusterType = "Microsoft.ContainerService/managedClusters";

const clustersPath =
  "/subscriptions/{subscriptionId}/resourceGroups/{resourceGroupName}/providers/Microsoft.ContainerService/managedClusters";

export const clusterPath = `${clustersPath}/{resourceName}` as const;

export type ClusterCall = Call<"subscriptionId" | "resourceGroupName" | "resourceName">;

function clusterId({ params }: ClusterCall): string {
  const group = `/subscriptions/${params.subscriptionId}/resourceGroups/${params.resourceGroupName}`;
  return `${group}/providers/${clusterType}/${params.resourceName}`;
}

function findCluster(call: ClusterCall): ArmResource | undefined {
  requireGroup(call);
  return call.world.managedClusters.get(clusterId(call).toLowerCase());
}

export function requireCluster(call: ClusterCall): ArmResource {
  const found = findCluster(call);
  if (found !== undefined) return found;
  throw resourceNotFound(clusterType, call.params.resourceName, call.params.resourceGroupName);
}

const get = operation({
  name: "ManagedClusters_Get",
  method: "GET",
  path: clusterPath,
  answer: (call) => ok(requireCluster(call)),
});

/** Of a cluster, only what backup looks at: where it is and whose identity it has. There is nothing behind it. */
const createOrUpdate = operation({
  name: "ManagedClusters_CreateOrUpdate",
  method: "PUT",
  path: clusterPath,
  answer(call) {
    const { world, params } = call;
    const before = findCluster(call);
    const given = requestBody(call.request, {
      ...tracked,
      identity: { type: "string", userAssignedIdentities: { "*": { "*": "any" } } },
      properties: { "*": "any" },
    });
    if (!given.location) {
      throw new ArmError(400, "LocationRequired", "The location property is required for this definition.");
    }
    const id = clusterId(call);
    const location = before?.location ?? normalLocation(String(given.location));
    const identity = putIdentity(world, before?.identity, given.identity);
    resolveUserAssigned(world, identity);
    const cluster = {
      id: before?.id ?? id,
      name: before?.name ?? params.resourceName,
      type: clusterType,
      location,
      ...(given.tags && { tags: given.tags }),
      ...(identity && { identity }),
      properties: {
        ...given.properties,
        nodeResourceGroup: `MC_${params.resourceGroupName}_${params.resourceName}_${location}`,
        powerState: { code: "Running" },
        provisioningState: "Succeeded",
      },
    };
    world.managedClusters.set(id.toLowerCase(), cluster);
    return { status: before === undefined ? 201 : 200, body: cluster };
  },
});

const remove = operation({
  name: "ManagedClusters_Delete",
  method: "DELETE",
  path: clusterPath,
  answer(call) {
    requireGroup(call);
    removeCluster(call.world, clusterId(call).toLowerCase());
    return noContent;
  },
});

/** A cluster with what lies below it. */
export function removeCluster({ managedClusters, ...below }: World, id: string): void {
  managedClusters.delete(id);
  for (const children of [below.clusterExtensions, below.trustedAccessRoleBindings]) {
    for (const child of [...children.keys()].filter((each) => each.startsWith(`${id}/`))) children.delete(child);
  }
}

const listByResourceGroup = operation({
  name: "ManagedClusters_ListByResourceGroup",
  method: "GET",
  path: clustersPath,
  answer(call) {
    const prefix = `${requireGroup(call).id.toLowerCase()}/`;
    const here = [...call.world.managedClusters].filter(([id]) => id.startsWith(prefix));
    return page(call, here, ([, cluster]) => cluster);
  },
});

const listBySubscription = operation({
  name: "ManagedClusters_List",
  method: "GET",
  path: "/subscriptions/{subscriptionId}/providers/Microsoft.ContainerService/managedClusters",
  answer(call) {
    requireSubscription(call);
    return page(call, [...call.world.managedClusters.values()], (cluster) => cluster);
  },
});

export const managedClusters = [get, createOrUpdate, remove, listByResourceGroup, listBySubscription];
