import { operation } from "../../http/operation.js";
import { ok } from "../../http/reply.js";
import { deletedVaultPath, requireDeletedVault } from "./path.js";

export const get = operation({
  name: "DeletedVaults_Get",
  method: "GET",
  path: deletedVaultPath,
  answer: (call) => ok(requireDeletedVault(call).body),
});
