import { operation } from "../../http/operation.js";
import { page } from "../../http/page.js";
import { requireSubscription } from "../../resourceManager/requireGroup.js";
import { deletedStoresPath, showDeletedStore } from "./deletedPath.js";
import { deletedStoresOf, storeTypes } from "./types.js";

export const listDeleted = storeTypes.map((type) =>
  operation({
    name: type === "vaults" ? "Vaults_ListDeleted" : "ManagedHsms_ListDeleted",
    method: "GET",
    path: deletedStoresPath(type),
    answer(call) {
      requireSubscription(call);
      const deleted = [...deletedStoresOf(call.world, type).values()];
      return page(call, deleted, (each) => showDeletedStore(call.params.subscriptionId, type, each));
    },
  }),
);
