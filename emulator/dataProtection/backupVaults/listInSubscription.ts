import { operation } from "../../http/operation.js";
import { page } from "../../http/page.js";
import { requireSubscription } from "../../resourceManager/requireGroup.js";
import { showVault } from "../showVault.js";

export const listInSubscription = operation({
  name: "BackupVaults_GetInSubscription",
  method: "GET",
  path: "/subscriptions/{subscriptionId}/providers/Microsoft.DataProtection/backupVaults",
  answer(call) {
    requireSubscription(call);
    const vaults = [...call.world.vaults.values()];
    return page(call, vaults, ({ body }) => showVault(body, call.apiVersion));
  },
});
