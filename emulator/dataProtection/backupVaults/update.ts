import { operation } from "../../http/operation.js";
import { ok } from "../../http/reply.js";
import { requestBody } from "../../http/requestBody.js";
import { asyncLocation, asyncOperation, retryAfter } from "../asyncHeaders.js";
import { showVault } from "../showVault.js";
import { patchVault } from "../vaultBody.js";
import { requireVault, vaultPath } from "../vaultPath.js";
import { vaultShape } from "../vaultShape.js";
import { writeVault } from "../writeVault.js";

export const update = operation({
  name: "BackupVaults_Update",
  method: "PATCH",
  path: vaultPath,
  answer(call) {
    const given = requestBody(call.request, vaultShape);
    const vault = requireVault(call);
    const begun = writeVault(call, vault, patchVault(call.world, vault.body, given));
    if (begun === undefined) return ok(showVault(vault.body, call.apiVersion));
    const { id } = vault.body;
    const headers = {
      ...asyncOperation(call, id, begun),
      ...asyncLocation(call, id, begun),
      ...retryAfter(call, 10),
    };
    return { status: 202, headers };
  },
});
