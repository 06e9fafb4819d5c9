import { operation } from "../../http/operation.js";
import { page } from "../../http/page.js";
import { normalLocation } from "../../resourceManager/locations.js";
import { requireSubscription } from "../../resourceManager/requireGroup.js";

export const deletedVaultsPath =
  "/subscriptions/{subscriptionId}/providers/Microsoft.DataProtection/locations/{location}/deletedVaults";

export const list = operation({
  name: "DeletedBackupVaults_ListByLocation",
  method: "GET",
  path: deletedVaultsPath,
  answer(call) {
    requireSubscription(call);
    const location = normalLocation(call.params.location);
    const here = [...call.world.deletedVaults.values()].filter(({ body }) => body.location === location);
    return page(call, here, ({ body }) => body);
  },
});
