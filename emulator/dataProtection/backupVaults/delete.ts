import { operation } from "../../http/operation.js";
import { noContent } from "../../http/reply.js";
import { beginOperation } from "../../operations/begin.js";
import { asyncLocation, asyncOperation, locationId, retryAfter } from "../asyncHeaders.js";
import { refuseWhileWriting } from "../refuseWhileWriting.js";
import { refuseDeletion } from "../rules/deletion.js";
import { isSecureByDefault } from "../secureByDefault.js";
import { findVault, vaultPath } from "../vaultPath.js";
import { vaultSettings } from "../vaultSettings.js";

export const remove = operation({
  name: "BackupVaults_Delete",
  method: "DELETE",
  path: vaultPath,
  answer(call) {
    const vault = findVault(call);
    if (vault === undefined) return noContent;
    refuseWhileWriting(call.world, vault);
    const { location, id } = vault.body;
    const secure = isSecureByDefault(location, call.apiVersion);
    refuseDeletion(vault, secure);
    const keep = secure && vaultSettings(vault.body).softDelete !== "Off";
    const begun = beginOperation(call, { kind: "vaultDeleted", vaultId: id.toLowerCase(), keep });
    vault.operation = begun.id;
    const { subscriptionId, resourceGroupName } = call.params;
    const group = `/subscriptions/${subscriptionId}/resourceGroups/${resourceGroupName}`;
    return {
      status: 202,
      headers: {
        // Recorded: one address below the group, the other below the subscription.
        ...asyncOperation(call, `${group}/providers/Microsoft.DataProtection/locations/${location}`, begun),
        ...asyncLocation(call, locationId({ subscriptionId, location }), begun),
        ...retryAfter(call, 30),
      },
    };
  },
});
