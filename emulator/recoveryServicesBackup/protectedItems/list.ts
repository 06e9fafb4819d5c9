import { type FilterFields, filterOf } from "../../http/filter.js";
import { operation } from "../../http/operation.js";
import { page } from "../../http/page.js";
import { requireVault, vaultPath } from "../../recoveryServices/vaultPath.js";

/** Also those that are soft-deleted. */
export const list = operation({
  name: "BackupProtectedItems_List",
  method: "GET",
  path: `${vaultPath}/backupProtectedItems`,
  answer(call) {
    const wanted = filterOf(call.request.query.get("$filter"), fields);
    return page(call, [...requireVault(call).protectedItems.values()].filter(wanted), (item) => item);
  },
});

const fields: FilterFields = {
  backupManagementType: ({ properties }) => properties.backupManagementType,
  itemType: ({ properties }) => properties.workloadType,
  policyName: ({ properties }) => properties.policyName,
  containerName: ({ properties }) => properties.containerName,
  friendlyName: ({ properties }) => properties.friendlyName,
};
