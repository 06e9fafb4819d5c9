import { filterOf, page, resourceFields, top } from "../arm/list.js";
import { operation } from "../arm/operation.js";
import { requireGroup, requireSubscription } from "../arm/resourceGroup.js";
import { allStores } from "../keyVault/stores.js";
import type { ArmResource } from "../state/records.js";
import type { World } from "../state/world.js";
import { groupPath } from "./resourceGroups.js";

const listInSubscription = operation({
  name: "Resources_List",
  method: "GET",
  path: "/subscriptions/{subscriptionId}/resources",
  answer(call) {
    requireSubscription(call);
    const wanted = filterOf(call.request.query.get("$filter"), resourceFields);
    return page(call, genericView(call.world).filter(wanted), (resource) => resource, top(call));
  },
});

const listInGroup = operation({
  name: "Resources_ListByResourceGroup",
  method: "GET",
  path: `${groupPath}/resources`,
  answer(call) {
    const prefix = `${requireGroup(call).id.toLowerCase()}/`;
    const wanted = filterOf(call.request.query.get("$filter"), resourceFields);
    const here = genericView(call.world).filter(({ id }) => id.toLowerCase().startsWith(prefix));
    return page(call, here.filter(wanted), (resource) => resource, top(call));
  },
});

/** Every resource, without its properties: what Resource Manager knows about it by itself. */
function genericView(world: World): ArmResource[] {
  const all: ArmResource[] = [
    ...[...world.vaults.values(), ...world.recoveryServicesVaults.values()].map(({ body }) => body),
    ...allStores(world).map(({ body }) => body),
    ...world.userAssignedIdentities.values(),
    ...world.resourceGuards.values(),
    ...world.managedClusters.values(),
    ...world.dataSources.values(),
  ];
  return all.map(({ id, name, type, location, tags, identity, sku }) => ({
    id,
    name,
    type,
    location,
    tags,
    identity,
    sku,
  }));
}

export const resources = [listInSubscription, listInGroup];
