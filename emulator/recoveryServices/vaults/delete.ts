import { operation } from "../../http/operation.js";
import { noContent } from "../../http/reply.js";
import { asyncLocation, asyncOperation } from "../../operations/asyncHeaders.js";
import { beginOperation, retryAfter } from "../../operations/begin.js";
import { refuseWhileWriting } from "../refuseWhileWriting.js";
import { refuseDeletion } from "../rules/deletion.js";
import { findVault, vaultPath } from "../vaultPath.js";

export const remove = operation({
  name: "Vaults_Delete",
  method: "DELETE",
  path: vaultPath,
  answer(call) {
    const vault = findVault(call);
    if (vault === undefined) return noContent;
    refuseWhileWriting(call.world, vault);
    refuseDeletion(vault);
    const { id } = vault.body;
    const begun = beginOperation(call, { kind: "recoveryServicesVaultDeleted", vaultId: id.toLowerCase() });
    vault.operation = begun.id;
    // Azure/azure-rest-api-specs#38962: reads do not find it any more, while lists still do.
    vault.isBeingDeleted = true;
    const headers = {
      ...asyncOperation(call, id, begun),
      ...asyncLocation(call, id, begun),
      ...retryAfter(call, 30),
    };
    return { status: 202, headers };
  },
});
