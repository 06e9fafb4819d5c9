import type { TrackedResource } from "../../armResource.js";
import { operation } from "../../http/operation.js";
import { requestBody } from "../../http/requestBody.js";
import { asyncOperation } from "../../operations/asyncHeaders.js";
import { retryAfter } from "../../operations/begin.js";
import { refuseLocation } from "../../resourceManager/refuseLocation.js";
import { vaultType } from "../records.js";
import { invalidParameter } from "../recoveryError.js";
import { refuseWhileWriting } from "../refuseWhileWriting.js";
import { putVault } from "../vaultBody.js";
import { findVault, vaultId, vaultPath } from "../vaultPath.js";
import { vaultShape } from "../vaultShape.js";
import { writeVault } from "../writeVault.js";

export const createOrUpdate = operation({
  name: "Vaults_CreateOrUpdate",
  method: "PUT",
  path: vaultPath,
  answer(call) {
    const given = requestBody(call.request, vaultShape);
    const id = vaultId(call);
    const leaving = call.world.recoveryServicesVaults.get(id.toLowerCase());
    if (leaving?.isBeingDeleted) refuseWhileWriting(call.world, leaving);
    const vault = findVault(call);
    refuseLocation(given, vaultType, call.params.resourceGroupName, vault?.body);
    if (given.properties === undefined) throw invalidParameter("properties");
    const isNew = vault === undefined;
    const type = String(given.identity?.type ?? "None").toLowerCase();
    // Azure/azure-rest-api-specs#27851: a new vault with both kinds of identities gets none.
    if (isNew && type.includes("system") && type.includes("user")) given.identity = { type: "None" };
    const begun = writeVault(call, vault, putVault(call.world, id, given, vault?.body), given);
    // Azure/azure-rest-api-specs#27869: the operation that makes a vault with a user-assigned identity is not found.
    begun.isHidden = isNew && type === "userassigned";
    const body = call.world.recoveryServicesVaults.get(id.toLowerCase())?.body as TrackedResource;
    return {
      // Recorded: also for a vault that is there, and no Location.
      status: 201,
      headers: { ...asyncOperation(call, body.id, begun), ...retryAfter(call, 10) },
      body,
    };
  },
});
