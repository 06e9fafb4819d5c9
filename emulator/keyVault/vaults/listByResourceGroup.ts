import { operation } from "../../http/operation.js";
import { page } from "../../http/page.js";
import { requireGroup } from "../../resourceManager/requireGroup.js";
import { keyVaultsPath } from "./path.js";

export const listByResourceGroup = operation({
  name: "Vaults_ListByResourceGroup",
  method: "GET",
  path: keyVaultsPath,
  answer(call) {
    const prefix = `${requireGroup(call).id.toLowerCase()}/`;
    const here = [...call.world.keyVaults].filter(([id]) => id.startsWith(prefix));
    return page(call, here, ([, { body }]) => body);
  },
});
