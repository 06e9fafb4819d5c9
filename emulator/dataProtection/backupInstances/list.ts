import { operation } from "../../http/operation.js";
import { page } from "../../http/page.js";
import { requireVault } from "../vaultPath.js";
import { instancesPath } from "./path.js";

export const list = operation({
  name: "BackupInstances_List",
  method: "GET",
  path: instancesPath,
  answer: (call) => page(call, [...requireVault(call).instances.values()], (instance) => instance),
});
