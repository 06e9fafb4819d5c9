import { type FilterFields, filterOf } from "../../http/filter.js";
import { operation } from "../../http/operation.js";
import { page } from "../../http/page.js";
import { requireVault, vaultPath } from "../../recoveryServices/vaultPath.js";

export const list = operation({
  name: "BackupProtectionContainers_List",
  method: "GET",
  path: `${vaultPath}/backupProtectionContainers`,
  answer(call) {
    const wanted = filterOf(call.request.query.get("$filter"), fields);
    return page(call, [...requireVault(call).containers.values()].filter(wanted), (container) => container);
  },
});

const fields: FilterFields = {
  backupManagementType: ({ properties }) => properties.backupManagementType,
  status: ({ properties }) => properties.registrationStatus,
  friendlyName: ({ properties }) => properties.friendlyName,
  containerType: ({ properties }) => properties.containerType,
};
