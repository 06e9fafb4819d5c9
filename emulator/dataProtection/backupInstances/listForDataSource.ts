import { operation } from "../../http/operation.js";
import { page } from "../../http/page.js";
import { instanceOf } from "../protectedSources.js";

/** Asked at a data source, whichever service that belongs to: by which backup instances it is protected. */
export const listForDataSource = operation({
  name: "BackupInstancesExtensionRouting_List",
  method: "GET",
  path: "/{scope}/providers/Microsoft.DataProtection/backupInstances",
  answer(call) {
    const found = instanceOf(call.world, `/${call.params.scope}`);
    return page(call, found ? [found.instance] : [], (instance) => instance);
  },
});
