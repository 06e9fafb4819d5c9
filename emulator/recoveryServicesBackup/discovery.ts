import { type FilterFields, filterOf, page } from "../arm/list.js";
import { operation } from "../arm/operation.js";
import { requireVault, vaultPath } from "../recoveryServices/vaultPath.js";
import type { ArmResource } from "../state/records.js";
import { itemNameOf, sharesOf } from "../storage/fileShares.js";
import { beginBelow, discover } from "./backupOperations.js";
import { containerKey, containerPath, requireContainer } from "./protectionContainers.js";

/** Looks for what can be protected in a registered storage account: a share that is newer is not listed before. */
const inquire = operation({
  name: "ProtectionContainers_Inquire",
  method: "POST",
  path: `${containerPath}/inquire`,
  answer(call) {
    const { vault, container } = requireContainer(call);
    discover(call.world, vault, containerKey(call), container);
    return beginBelow(call, container.id, { kind: "nothing" });
  },
});

/** The file shares of registered storage accounts that are not protected. Machines are not emulated. */
const list = operation({
  name: "BackupProtectableItems_List",
  method: "GET",
  path: `${vaultPath}/backupProtectableItems`,
  answer(call) {
    const { containers, protectedItems, discovered = {} } = requireVault(call);
    const wanted = filterOf(call.request.query.get("$filter"), fields);
    const found = [...containers].flatMap(([key, container]) =>
      sharesOf(call.world, String(container.properties.sourceResourceId))
        .filter((share) => discovered[key]?.includes(share.id.toLowerCase()))
        .filter((share) => !protectedItems.has(`${key}/${itemNameOf(share)}`.toLowerCase()))
        .map((share) => protectable(container, share)),
    );
    return page(call, found.filter(wanted), (item) => item);
  },
});

const fields: FilterFields = {
  backupManagementType: ({ properties }) => properties.backupManagementType,
  workloadType: ({ properties }) => properties.workloadType,
  friendlyName: ({ properties }) => properties.friendlyName,
};

// https://learn.microsoft.com/azure/backup/backup-azure-file-share-rest-api
function protectable(container: ArmResource, share: ArmResource): ArmResource {
  const { friendlyName, sourceResourceId } = container.properties;
  const name = itemNameOf(share);
  return {
    id: `${container.id}/protectableItems/${name}`,
    name,
    type: "Microsoft.RecoveryServices/vaults/backupFabrics/protectionContainers/protectableItems",
    properties: {
      parentContainerFabricId: sourceResourceId,
      parentContainerFriendlyName: friendlyName,
      azureFileShareType: "XSMB",
      backupManagementType: "AzureStorage",
      workloadType: "AzureFileShare",
      protectableItemType: "AzureFileShare",
      friendlyName: share.name,
      protectionState: "NotProtected",
    },
  };
}

export const discovery = [inquire, list];
