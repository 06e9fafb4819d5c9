import { operation } from "../../http/operation.js";
import { ok } from "../../http/reply.js";
import { requireVault } from "../../recoveryServices/vaultPath.js";
import { showStorageConfig, storageConfigPath } from "./path.js";

export const get = operation({
  name: "BackupResourceStorageConfigsNonCRR_Get",
  method: "GET",
  path: storageConfigPath,
  answer: (call) => ok(showStorageConfig(requireVault(call))),
});
