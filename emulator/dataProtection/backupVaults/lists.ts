import { operation } from "../../http/operation.js";
import { page } from "../../http/page.js";
import { requireGroup } from "../../resourceManager/requireGroup.js";
import type { World } from "../../world.js";
import { showVault } from "../showVault.js";
import { vaultsPath } from "../vaultPath.js";

export const listInSubscription = operation({
  name: "BackupVaults_GetInSubscription",
  method: "GET",
  path: "/subscriptions/{subscriptionId}/providers/Microsoft.DataProtection/backupVaults",
  answer: (call) => page(call, shown(call.world, call.apiVersion, "/")),
});

export const listInResourceGroup = operation({
  name: "BackupVaults_GetInResourceGroup",
  method: "GET",
  path: vaultsPath,
  answer(call) {
    const group = requireGroup(call);
    return page(call, shown(call.world, call.apiVersion, `${group.id.toLowerCase()}/`));
  },
});

function shown(world: World, apiVersion: string, prefix: string) {
  return [...world.vaults].filter(([id]) => id.startsWith(prefix)).map(([, { body }]) => showVault(body, apiVersion));
}
