import { ArmError } from "../../http/armError.js";
import { operation } from "../../http/operation.js";
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
      return { status: 200 };
    },
  }),
);
