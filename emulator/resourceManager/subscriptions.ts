import { displayNames, normalLocation, pairedLocations } from "../arm/locations.js";
import { ok, operation } from "../arm/operation.js";
import { requireSubscription } from "../arm/resourceGroup.js";
import type { World } from "../state/world.js";

const getSubscription = operation({
  name: "Subscriptions_Get",
  method: "GET",
  path: "/subscriptions/{subscriptionId}",
  answer(call) {
    requireSubscription(call);
    return ok(subscription(call.world));
  },
});

const listSubscriptions = operation({
  name: "Subscriptions_List",
  method: "GET",
  path: "/subscriptions",
  answer: ({ world }) => ok({ value: [subscription(world)], count: { type: "Total", value: 1 } }),
});

const listTenants = operation({
  name: "Tenants_List",
  method: "GET",
  path: "/tenants",
  answer: ({ world: { tenantId } }) =>
    ok({
      value: [
        {
          id: `/tenants/${tenantId}`,
          tenantId,
          displayName: "Emulator",
          tenantCategory: "Home",
          tenantType: "AAD",
          defaultDomain: "emulator.onmicrosoft.com",
          domains: ["emulator.onmicrosoft.com"],
        },
      ],
    }),
});

function subscription({ subscriptionId, tenantId }: World) {
  return {
    id: `/subscriptions/${subscriptionId}`,
    subscriptionId,
    tenantId,
    displayName: "Azure Backup emulator",
    state: "Enabled",
    subscriptionPolicies: {
      locationPlacementId: "Public_2014-09-01",
      quotaId: "PayAsYouGo_2014-09-01",
      spendingLimit: "Off",
    },
    authorizationSource: "RoleBased",
    managedByTenants: [],
  };
}

const listLocations = operation({
  name: "Subscriptions_ListLocations",
  method: "GET",
  path: "/subscriptions/{subscriptionId}/locations",
  answer(call) {
    requireSubscription(call);
    return ok({ value: displayNames.map((displayName) => location(call.params.subscriptionId, displayName)) });
  },
});

function location(subscriptionId: string, displayName: string) {
  const id = (name: string) => `/subscriptions/${subscriptionId}/locations/${name}`;
  const name = normalLocation(displayName);
  const pair = pairedLocations[name];
  return {
    id: id(name),
    name,
    type: "Region",
    displayName,
    regionalDisplayName: displayName,
    metadata: {
      regionType: "Physical",
      regionCategory: "Recommended",
      pairedRegion: pair === undefined ? [] : [{ name: pair, id: id(pair) }],
    },
  };
}

export const subscriptions = [listSubscriptions, getSubscription, listTenants, listLocations];
