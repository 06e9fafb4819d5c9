import { resourceNotFound } from "../arm/armError.js";
import { page } from "../arm/list.js";
import { refuseLocation } from "../arm/locations.js";
import { asyncLocation, asyncOperation, beginOperation, retryAfter } from "../arm/longRunning.js";
import { noContent, ok, operation } from "../arm/operation.js";
import { requestBody } from "../arm/requestBody.js";
import { requireGroup, requireSubscription } from "../arm/resourceGroup.js";
import { type ArmResource, type BackupVaultBody, backupVaultType } from "../state/records.js";
import { invalidInput, unverified } from "./backupError.js";
import { undelete } from "./deletedVaults.js";
import { isSecureByDefault } from "./softDeleteRules.js";
import { patchVault, putVault, showVault } from "./vaultBody.js";
import {
  findVault,
  locationId,
  refuseWhileWriting,
  requireVault,
  type VaultCall,
  vaultId,
  vaultPath,
  vaultsPath,
} from "./vaultPath.js";
import { vaultShape } from "./vaultRequest.js";
import { refuseDeletion } from "./vaultRules.js";
import { vaultSettings } from "./vaultSettings.js";
import { writeVault } from "./writeVault.js";

const get = operation({
  name: "BackupVaults_Get",
  method: "GET",
  path: vaultPath,
  answer(call) {
    const body = call.fault?.kind === "stale" ? staleVault(call) : findVault(call)?.body;
    if (body === undefined) {
      throw resourceNotFound(backupVaultType, call.params.vaultName, call.params.resourceGroupName);
    }
    return ok(showVault(body, call.apiVersion));
  },
});

const createOrUpdate = operation({
  name: "BackupVaults_CreateOrUpdate",
  method: "PUT",
  path: vaultPath,
  answer(call) {
    const given = requestBody(call.request, vaultShape);
    const vault = findVault(call);
    refuseLocation(given, backupVaultType, call.params.resourceGroupName, vault?.body);
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

const update = operation({
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

const remove = operation({
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

const listInResourceGroup = operation({
  name: "BackupVaults_GetInResourceGroup",
  method: "GET",
  path: vaultsPath,
  answer(call) {
    const prefix = `${requireGroup(call).id.toLowerCase()}/`;
    const vaults = [...call.world.vaults].filter(([id]) => id.startsWith(prefix));
    return page(call, vaults, ([, { body }]) => showVault(body, call.apiVersion));
  },
});

const listInSubscription = operation({
  name: "BackupVaults_GetInSubscription",
  method: "GET",
  path: "/subscriptions/{subscriptionId}/providers/Microsoft.DataProtection/backupVaults",
  answer(call) {
    requireSubscription(call);
    const vaults = [...call.world.vaults.values()];
    return page(call, vaults, ({ body }) => showVault(body, call.apiVersion));
  },
});

/** Names are taken per resource group; that of a soft-deleted vault is free. */
const checkNameAvailability = operation({
  name: "BackupVaults_CheckNameAvailability",
  method: "POST",
  path: "/subscriptions/{subscriptionId}/resourceGroups/{resourceGroupName}/providers/Microsoft.DataProtection/locations/{location}/checkNameAvailability",
  answer(call) {
    const { name, type } = requestBody(call.request, { name: "string", type: "string" });
    if (String(type).toLowerCase() !== backupVaultType.toLowerCase())
      throw invalidInput(`type must be ${backupVaultType}.`);
    const id = `${requireGroup(call).id}/providers/${backupVaultType}/${name}`;
    if (!call.world.vaults.has(id.toLowerCase())) return ok({ nameAvailable: true });
    const message = `The name '${name}' is in use in this resource group.`;
    return ok({ nameAvailable: false, reason: "AlreadyExists", message });
  },
});

export const backupVaults = [
  get,
  createOrUpdate,
  update,
  remove,
  listInResourceGroup,
  listInSubscription,
  checkNameAvailability,
];

/**
 * The vault as it was before its last write: not there yet, with its old settings, or still there after its deletion
 * has ended. Azure does the last one: Azure/azure-rest-api-specs#38944.
 */
function staleVault(call: VaultCall): BackupVaultBody | undefined {
  const vault = findVault(call);
  if (vault !== undefined) return vault.previous;
  const id = vaultId(call).toLowerCase();
  return call.world.lastDeletedVaults.get(id);
}
