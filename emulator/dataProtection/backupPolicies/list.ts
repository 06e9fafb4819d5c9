import { operation } from "../../http/operation.js";
import { page } from "../../http/page.js";
import { requireVault } from "../vaultPath.js";
import { policiesPath } from "./path.js";

export const list = operation({
  name: "BackupPolicies_List",
  method: "GET",
  path: policiesPath,
  answer: (call) => page(call, [...requireVault(call).policies.values()], (policy) => policy),
});
