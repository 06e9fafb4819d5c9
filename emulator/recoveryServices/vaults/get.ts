import { resourceNotFound } from "../../http/armError.js";
import { operation } from "../../http/operation.js";
import { ok } from "../../http/reply.js";
import { vaultType } from "../records.js";
import { findVault, vaultId, vaultPath } from "../vaultPath.js";

export const get = operation({
  name: "Vaults_Get",
  method: "GET",
  path: vaultPath,
  answer(call) {
    const vault = findVault(call);
    const stale = vault === undefined ? call.world.lastDeletedVaults.get(vaultId(call).toLowerCase()) : vault.previous;
    const body = call.fault?.kind === "stale" ? stale : vault?.body;
    if (body !== undefined) return ok(body);
    throw resourceNotFound(vaultType, call.params.vaultName, call.params.resourceGroupName);
  },
});
