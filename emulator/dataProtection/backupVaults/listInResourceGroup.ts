import { operation } from "../../http/operation.js";
import { page } from "../../http/page.js";
import { requireGroup } from "../../resourceManager/requireGroup.js";
import { showVault } from "../showVault.js";
import { vaultsPath } from "../vaultPath.js";

export const listInResourceGroup = operation({
  name: "BackupVaults_GetInResourceGroup",
  method: "GET",
  path: vaultsPath,
  answer(call) {
    const prefix = `${requireGroup(call).id.toLowerCase()}/`;
    const vaults = [...call.world.vaults].filter(([id]) => id.startsWith(prefix));
    return page(call, vaults, ([, { body }]) => showVault(body, call.apiVersion));
  },
});
