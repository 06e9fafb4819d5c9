import { ArmError } from "../../http/armError.js";
import { operation } from "../../http/operation.js";
import { beginOperation, retryAfter } from "../../operations/begin.js";
import { deletedStorePath, requireDeletedStore } from "./deletedPath.js";
import { deletedStoresOf, storeTypes } from "./types.js";

export const purgeDeleted = storeTypes.map((type) =>
  operation({
    name: type === "vaults" ? "Vaults_PurgeDeleted" : "ManagedHsms_PurgeDeleted",
    method: "POST",
    path: `${deletedStorePath(type)}/purge`,
    answer(call) {
      const { record } = requireDeletedStore(call, type);
      const { name, properties } = record.body;
      // https://learn.microsoft.com/azure/key-vault/general/soft-delete-overview#purge-protection
      if (properties.enablePurgeProtection) {
        throw new ArmError(405, "MethodNotAllowed", 'Operation "DeletedVaultPurge" is not allowed.');
      }
      deletedStoresOf(call.world, type).delete(name.toLowerCase());
      // Whoever gets no address to follow asks for the deleted store, as azurerm does, and does not find it.
      const begun = beginOperation(call, { kind: "nothing" });
      // Resource Manager's own operation, so by a version of its own.
      const address = `${call.request.origin}/subscriptions/${call.params.subscriptionId}/operationresults/${begun.id}`;
      return { status: 202, headers: { Location: `${address}?api-version=2021-04-01`, ...retryAfter(call, 15) } };
    },
  }),
);
