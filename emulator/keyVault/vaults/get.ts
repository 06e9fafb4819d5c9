import { operation } from "../../http/operation.js";
import { ok } from "../../http/reply.js";
import { keyVaultPath, requireKeyVault } from "./path.js";

export const get = operation({
  name: "Vaults_Get",
  method: "GET",
  path: keyVaultPath,
  answer: (call) => ok(requireKeyVault(call).body),
});
