import { operation } from "../../http/operation.js";
import { page } from "../../http/page.js";

/** Asked at a data source, whichever service that belongs to: by which backup instances it is protected. */
export const listForDataSource = operation({
  name: "BackupInstancesExtensionRouting_List",
  method: "GET",
  path: "/{scope}/providers/Microsoft.DataProtection/backupInstances",
  answer(call) {
    const source = `/${call.params.scope}`.toLowerCase();
    const found = [...call.world.vaults.values()].flatMap(({ instances }) =>
      [...instances.values()].filter(({ properties }) => properties.dataSourceInfo.resourceID.toLowerCase() === source),
    );
    return page(call, found, (instance) => instance);
  },
});
