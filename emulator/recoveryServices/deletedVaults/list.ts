import { operation } from "../../http/operation.js";
import { page } from "../../http/page.js";
import { normalLocation } from "../../resourceManager/locations.js";
import { requireSubscription } from "../../resourceManager/requireGroup.js";

export const deletedVaultsPath =
  "/subscriptions/{subscriptionId}/providers/Microsoft.RecoveryServices/locations/{location}/deletedVaults";

export const list = operation({
  name: "DeletedVaults_ListBySubscriptionId",
  method: "GET",
  path: deletedVaultsPath,
  answer(call) {
    requireSubscription(call);
    const location = normalLocation(call.params.location);
    const here = [...call.world.deletedRecoveryServicesVaults.values()];
    return page(
      call,
      here.filter(({ record }) => record.body.location === location),
      ({ body }) => body,
    );
  },
});
