import { operation } from "../../http/operation.js";
import { page } from "../../http/page.js";
import { requireGroup } from "../../resourceManager/requireGroup.js";
import { vaultsPath } from "../vaultPath.js";

export const listByResourceGroup = operation({
  name: "Vaults_ListByResourceGroup",
  method: "GET",
  path: vaultsPath,
  answer(call) {
    const prefix = `${requireGroup(call).id.toLowerCase()}/`;
    const here = [...call.world.recoveryServicesVaults].filter(([id]) => id.startsWith(prefix));
    return page(call, here, ([, { body }]) => body);
  },
});
