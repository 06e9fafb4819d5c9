import type { ArmResource } from "../../armResource.js";
import { operation } from "../../http/operation.js";
import { ok } from "../../http/reply.js";
import { requestBody } from "../../http/requestBody.js";
import { refuseLocation } from "../../resourceManager/refuseLocation.js";
import { asyncOperation, retryAfter } from "../asyncHeaders.js";
import { unverified } from "../backupError.js";
import { type BackupVaultBody, vaultType } from "../records.js";
import { showVault } from "../showVault.js";
import { undelete } from "../undelete.js";
import { putVault } from "../vaultBody.js";
import { findVault, vaultId, vaultPath } from "../vaultPath.js";
import { vaultShape } from "../vaultShape.js";
import { writeVault } from "../writeVault.js";

export const createOrUpdate = operation({
  name: "BackupVaults_CreateOrUpdate",
  method: "PUT",
  path: vaultPath,
  answer(call) {
    const given = requestBody(call.request, vaultShape);
    const vault = findVault(call);
    refuseLocation(given, vaultType, call.params.resourceGroupName, vault?.body);
    // Older versions do not know the header.
    const deletedVaultId = call.apiVersion >= "2025-09-01" ? call.request.headers["x-ms-deleted-vault-id"] : undefined;
    const id = vaultId(call);
    if (deletedVaultId !== undefined) {
      const undeleted = undelete(call, id, deletedVaultId, given);
      return created(undeleted.body, undeleted.operation);
    }
    refuseEncryptionLeftOut(given, vault?.body);
    const next = putVault(call, id, given, vault?.body);
    const begun = writeVault(call, vault, next);
    const body = call.world.vaults.get(id.toLowerCase())?.body as BackupVaultBody;
    return begun === undefined ? ok(showVault(body, call.apiVersion)) : created(body, begun);

    function created(body: BackupVaultBody, begun: Parameters<typeof asyncOperation>[2]) {
      return {
        // Recorded: 201 also for the update of a vault, and no Location.
        status: 201,
        headers: { ...asyncOperation(call, body.id, begun), ...retryAfter(call, 10) },
        body: showVault(body, call.apiVersion),
      };
    }

    function refuseEncryptionLeftOut(body: ArmResource, before: BackupVaultBody | undefined) {
      const left = body.properties?.securitySettings?.encryptionSettings == null;
      const held = before?.properties.securitySettings.encryptionSettings?.state ?? "Disabled";
      if (!call.settings.strictEncryption || !left || held === "Disabled") return;
      throw unverified("cmk-removed", "The encryption settings of a vault with a customer-managed key are left out.");
    }
  },
});
