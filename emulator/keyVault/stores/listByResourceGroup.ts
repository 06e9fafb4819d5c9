import { operation } from "../../http/operation.js";
import { page } from "../../http/page.js";
import { requireGroup } from "../../resourceManager/requireGroup.js";
import { showStore, storesPath } from "./path.js";
import { storesOf, storeTypes } from "./types.js";

export const listByResourceGroup = storeTypes.map((type) =>
  operation({
    name: type === "vaults" ? "Vaults_ListByResourceGroup" : "ManagedHsms_ListByResourceGroup",
    method: "GET",
    path: storesPath(type),
    answer(call) {
      const prefix = `${requireGroup(call).id.toLowerCase()}/`;
      const here = [...storesOf(call.world, type)].filter(([id]) => id.startsWith(prefix));
      return page(call, here, ([, store]) => showStore(call, store));
    },
  }),
);
