import { ArmError } from "../../../http/armError.js";
import { operation } from "../../../http/operation.js";
import { noContent } from "../../../http/reply.js";
import { deletedKeyPath, requireDeletedKey } from "./find.js";

export const purge = operation({
  name: "PurgeDeletedKey",
  method: "DELETE",
  path: deletedKeyPath,
  answer(call) {
    const { store, deleted } = requireDeletedKey(call);
    // https://learn.microsoft.com/azure/key-vault/general/soft-delete-overview#purge-protection
    if (store.body.properties.enablePurgeProtection) {
      const message =
        'Operation "purge" is not allowed because purge protection is enabled for this vault. Key Vault service will ' +
        "automatically purge it after the retention period has passed.";
      throw new ArmError(403, "Forbidden", message);
    }
    store.deletedKeys.delete(deleted.key.name.toLowerCase());
    return noContent;
  },
});
