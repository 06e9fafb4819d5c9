import { operation } from "../../http/operation.js";
import { noContent } from "../../http/reply.js";
import { findKeyVault, keyVaultId, keyVaultPath } from "./path.js";

/** It is gone at once: recovering a key vault is not emulated. */
export const remove = operation({
  name: "Vaults_Delete",
  method: "DELETE",
  path: keyVaultPath,
  answer(call) {
    if (findKeyVault(call) === undefined) return noContent;
    call.world.keyVaults.delete(keyVaultId(call).toLowerCase());
    return { status: 200 };
  },
});
