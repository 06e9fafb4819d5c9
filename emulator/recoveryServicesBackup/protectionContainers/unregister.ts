import { operation } from "../../http/operation.js";
import { noContent } from "../../http/reply.js";
import { recoveryError } from "../../recoveryServices/recoveryError.js";
import { requireVault } from "../../recoveryServices/vaultPath.js";
import { beginBelowVault } from "../asyncBackup.js";
import { activeItemsIn } from "../protectedItems/activeItems.js";
import { containerKey, containerPath } from "./path.js";

export const unregister = operation({
  name: "ProtectionContainers_Unregister",
  method: "DELETE",
  path: containerPath,
  answer(call) {
    const vault = requireVault(call);
    const key = containerKey(call);
    if (!vault.containers.has(key)) return noContent;
    if (activeItemsIn(vault, key).length > 0) {
      // The code as users report it.
      throw recoveryError(400, "BMSUserErrorContainerHasDatasources", "There are protected items in this container.");
    }
    const vaultId = vault.body.id.toLowerCase();
    return beginBelowVault(call, vault.body.id, { kind: "containerUnregistered", vaultId, key });
  },
});
