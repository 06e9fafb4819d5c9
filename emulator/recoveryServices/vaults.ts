import { resourceNotFound } from "../arm/armError.js";
import { page } from "../arm/list.js";
import { refuseLocation } from "../arm/locations.js";
import { asyncLocation, asyncOperation, beginOperation, retryAfter } from "../arm/longRunning.js";
import { noContent, ok, operation } from "../arm/operation.js";
import { requestBody } from "../arm/requestBody.js";
import { requireGroup, requireSubscription } from "../arm/resourceGroup.js";
import { identitiesOf } from "../managedIdentity/identityOfResource.js";
import type { LongRunningOperation } from "../state/longRunningOperation.js";
import { type ArmResource, recoveryServicesVaultType, type TrackedResource } from "../state/records.js";
import { refuseRecoveryServicesDeletion } from "./deletionRules.js";
import { endAtOnce } from "./endVault.js";
import { invalidParameter } from "./recoveryError.js";
import { patchVault, putVault } from "./vaultBody.js";
import { findVault, refuseWhileWriting, requireVault, vaultId, vaultPath, vaultsPath } from "./vaultPath.js";
import { vaultShape } from "./vaultRequest.js";
import { writeVault } from "./writeVault.js";

const get = operation({
  name: "Vaults_Get",
  method: "GET",
  path: vaultPath,
  answer(call) {
    const vault = findVault(call);
    const stale = vault === undefined ? call.world.lastDeletedVaults.get(vaultId(call).toLowerCase()) : vault.previous;
    const body = call.fault?.kind === "stale" ? stale : vault?.body;
    if (body !== undefined) return ok(body);
    throw resourceNotFound(recoveryServicesVaultType, call.params.vaultName, call.params.resourceGroupName);
  },
});

const createOrUpdate = operation({
  name: "Vaults_CreateOrUpdate",
  method: "PUT",
  path: vaultPath,
  answer(call) {
    const given = requestBody(call.request, vaultShape);
    const id = vaultId(call);
    const leaving = call.world.recoveryServicesVaults.get(id.toLowerCase());
    if (leaving?.isBeingDeleted) refuseWhileWriting(call.world, leaving);
    const vault = findVault(call);
    refuseLocation(given, recoveryServicesVaultType, call.params.resourceGroupName, vault?.body);
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

const update = operation({
  name: "Vaults_Update",
  method: "PATCH",
  path: vaultPath,
  answer(call) {
    const given = requestBody(call.request, vaultShape);
    const vault = requireVault(call);
    const before = vault.body;
    const begun = writeVault(call, vault, patchVault(call.world, before, given), given);
    const { id } = vault.body;
    if (isAtOnce(given, before, vault.body) && willSucceed(begun)) {
      endAtOnce(call.world, begun, call.now);
      return ok(vault.body);
    }
    const headers = {
      ...asyncOperation(call, id, begun),
      ...asyncLocation(call, id, begun),
      ...retryAfter(call, 10),
    };
    return { status: 202, headers };
  },
});

/** Recorded: identities come to a vault without any, and the last ones leave it, without an operation. */
function isAtOnce({ identity, properties }: ArmResource, before: TrackedResource, after: TrackedResource): boolean {
  if (!identity || Object.keys(properties ?? {}).length > 0) return false;
  return [before, after].some((vault) => identitiesOf(vault.identity).length === 0);
}

const willSucceed = ({ failure, endsAt }: LongRunningOperation): boolean =>
  failure === undefined && Number.isFinite(endsAt);

const remove = operation({
  name: "Vaults_Delete",
  method: "DELETE",
  path: vaultPath,
  answer(call) {
    const vault = findVault(call);
    if (vault === undefined) return noContent;
    refuseWhileWriting(call.world, vault);
    refuseRecoveryServicesDeletion(vault);
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

const listByResourceGroup = operation({
  name: "Vaults_ListByResourceGroup",
  method: "GET",
  path: vaultsPath,
  answer(call) {
    const prefix = `${requireGroup(call).id.toLowerCase()}/`;
    const here = [...call.world.recoveryServicesVaults].filter(([id]) => id.startsWith(prefix));
    return page(call, here, ([, { body }]) => body);
  },
});

const listBySubscription = operation({
  name: "Vaults_ListBySubscriptionId",
  method: "GET",
  path: "/subscriptions/{subscriptionId}/providers/Microsoft.RecoveryServices/vaults",
  answer(call) {
    requireSubscription(call);
    return page(call, [...call.world.recoveryServicesVaults.values()], ({ body }) => body);
  },
});

/** Names are taken per resource group; that of a soft-deleted vault is free. */
const checkNameAvailability = operation({
  name: "RecoveryServices_CheckNameAvailability",
  method: "POST",
  path: "/subscriptions/{subscriptionId}/resourceGroups/{resourceGroupName}/providers/Microsoft.RecoveryServices/locations/{location}/checkNameAvailability",
  answer(call) {
    const { name, type } = requestBody(call.request, { name: "string", type: "string" });
    if (String(type).toLowerCase() !== recoveryServicesVaultType.toLowerCase()) throw invalidParameter("type");
    const id = `${requireGroup(call).id}/providers/${recoveryServicesVaultType}/${name}`;
    if (!call.world.recoveryServicesVaults.has(id.toLowerCase())) return ok({ nameAvailable: true });
    const message = `The name '${name}' is in use in this resource group.`;
    return ok({ nameAvailable: false, reason: "AlreadyExists", message });
  },
});

export const recoveryServicesVaults = [
  get,
  createOrUpdate,
  update,
  remove,
  listByResourceGroup,
  listBySubscription,
  checkNameAvailability,
];
