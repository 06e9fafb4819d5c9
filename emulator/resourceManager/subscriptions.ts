import { operation } from "../http/operation.js";
import { ok } from "../http/reply.js";
import type { World } from "../world.js";
import { requireSubscription } from "./requireGroup.js";

export const getSubscription = operation({
  name: "Subscriptions_Get",
  method: "GET",
  path: "/subscriptions/{subscriptionId}",
  answer(call) {
    requireSubscription(call);
    return ok(subscription(call.world));
  },
});

export const listSubscriptions = operation({
  name: "Subscriptions_List",
  method: "GET",
  path: "/subscriptions",
  answer: ({ world }) => ok({ value: [subscription(world)], count: { type: "Total", value: 1 } }),
});

export const listTenants = operation({
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
