import { resourceNotFound } from "../../http/armError.js";
import { operation } from "../../http/operation.js";
import { ok } from "../../http/reply.js";
import { vaultType } from "../records.js";
import { showVault } from "../showVault.js";
import { staleVault } from "../staleVault.js";
import { findVault, vaultPath } from "../vaultPath.js";

export const get = operation({
  name: "BackupVaults_Get",
  method: "GET",
  path: vaultPath,
  answer(call) {
    const body = call.fault?.kind === "stale" ? staleVault(call) : findVault(call)?.body;
    if (body === undefined) {
      throw resourceNotFound(vaultType, call.params.vaultName, call.params.resourceGroupName);
    }
    return ok(showVault(body, call.apiVersion));
  },
});
