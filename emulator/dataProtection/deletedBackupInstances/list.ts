import { operation } from "../../http/operation.js";
import { page } from "../../http/page.js";
import { requireVault } from "../vaultPath.js";
import { deletedInstancesPath, showDeleted } from "./path.js";

export const list = operation({
  name: "DeletedBackupInstances_List",
  method: "GET",
  path: deletedInstancesPath,
  answer: (call) => page(call, [...requireVault(call).deletedInstances.values()], showDeleted),
});
