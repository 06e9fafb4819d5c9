import { operation } from "../../http/operation.js";
import { ok } from "../../http/reply.js";
import { requireVault } from "../../recoveryServices/vaultPath.js";
import { showVaultConfig, vaultConfigPath } from "./path.js";

export const get = operation({
  name: "BackupResourceVaultConfigs_Get",
  method: "GET",
  path: vaultConfigPath,
  answer: (call) => ok(showVaultConfig(requireVault(call))),
});
