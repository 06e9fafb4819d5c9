import { operation } from "../../http/operation.js";
import { page } from "../../http/page.js";
import { requireVault, vaultPath } from "../../recoveryServices/vaultPath.js";

/** None: what is unregistered here is gone. */
export const listDeleted = operation({
  name: "DeletedProtectionContainers_List",
  method: "GET",
  path: `${vaultPath}/backupDeletedProtectionContainers`,
  answer(call) {
    requireVault(call);
    return page(call, [], (container) => container);
  },
});
