import { operation } from "../../http/operation.js";
import { page } from "../../http/page.js";
import { requireSubscription } from "../../resourceManager/requireGroup.js";
import { showStore } from "./path.js";
import { storesOf, storeTypes } from "./types.js";

export const listBySubscription = storeTypes.map((type) =>
  operation({
    name: type === "vaults" ? "Vaults_ListBySubscription" : "ManagedHsms_ListBySubscription",
    method: "GET",
    path: `/subscriptions/{subscriptionId}/providers/Microsoft.KeyVault/${type}`,
    answer(call) {
      requireSubscription(call);
      return page(call, [...storesOf(call.world, type).values()], (store) => showStore(call, store));
    },
  }),
);
