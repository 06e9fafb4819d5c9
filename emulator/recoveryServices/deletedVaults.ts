import { ArmError } from "../arm/armError.js";
import { page } from "../arm/list.js";
import { normalLocation } from "../arm/locations.js";
import { beginOperation, operationUrl, retryAfter } from "../arm/longRunning.js";
import { type Call, ok, operation } from "../arm/operation.js";
import { requestBody } from "../arm/requestBody.js";
import { requireSubscription } from "../arm/resourceGroup.js";
import type { DeletedRecoveryServicesVault, RecoveryServicesVaultRecord } from "../state/records.js";
import { status } from "./operationStatus.js";
import { invalidParameter, unverified } from "./recoveryError.js";

const deletedVaultsPath =
  "/subscriptions/{subscriptionId}/providers/Microsoft.RecoveryServices/locations/{location}/deletedVaults";

const list = operation({
  name: "DeletedVaults_ListBySubscriptionId",
  method: "GET",
  path: deletedVaultsPath,
  answer(call) {
    requireSubscription(call);
    const location = normalLocation(call.params.location);
    const here = [...call.world.deletedRecoveryServicesVaults.values()];
    return page(
      call,
      here.filter(({ record }) => record.body.location === location),
      ({ body }) => body,
    );
  },
});

const deletedVaultPath = `${deletedVaultsPath}/{deletedVaultName}` as const;

type DeletedVaultCall = Call<"subscriptionId" | "location" | "deletedVaultName">;

function deletedVaultId({ params: { subscriptionId, location, deletedVaultName } }: DeletedVaultCall): string {
  const locationId = `/subscriptions/${subscriptionId}/providers/Microsoft.RecoveryServices/locations/`;
  return `${locationId}${normalLocation(location)}/deletedVaults/${deletedVaultName}`;
}

function requireDeletedVault(call: DeletedVaultCall): DeletedRecoveryServicesVault {
  requireSubscription(call);
  const found = call.world.deletedRecoveryServicesVaults.get(deletedVaultId(call).toLowerCase());
  if (found !== undefined) return found;
  throw new ArmError(404, "ResourceNotFound", `The deleted vault '${call.params.deletedVaultName}' was not found.`);
}

const get = operation({
  name: "DeletedVaults_Get",
  method: "GET",
  path: deletedVaultPath,
  answer: (call) => ok(requireDeletedVault(call).body),
});

/** Brings a vault back with its settings and what is in it, into the group that it was in or into another one. */
const undelete = operation({
  name: "DeletedVaults_Undelete",
  method: "POST",
  path: `${deletedVaultPath}/undelete`,
  answer(call) {
    const { body, record } = requireDeletedVault(call);
    const shape = { properties: { recoveryResourceGroupId: "string" } } as const;
    const groupId = String(requestBody(call.request, shape).properties?.recoveryResourceGroupId ?? "");
    const group = call.world.resourceGroups.get(groupId.toLowerCase());
    if (group === undefined) throw invalidParameter("recoveryResourceGroupId");
    const id = `${group.id}/providers/${record.body.type}/${record.body.name}`;
    if (call.world.recoveryServicesVaults.has(id.toLowerCase())) {
      throw unverified(
        "undelete-name-taken",
        `There is a vault ${id} already. Azure's own answer is not documented.`,
        409,
      );
    }
    const deletedId = deletedVaultId(call);
    call.world.deletedRecoveryServicesVaults.delete(deletedId.toLowerCase());
    moveChildren(record, record.body.id, id);
    record.body = { ...record.body, id, properties: { ...record.body.properties, provisioningState: "Provisioning" } };
    const begun = beginOperation(call, { kind: "recoveryServicesVaultWritten", vaultId: id.toLowerCase() });
    record.operation = begun.id;
    call.world.recoveryServicesVaults.set(id.toLowerCase(), record);
    const address = operationUrl(call, `${body.id}/operations/${begun.id}`);
    return { status: 202, headers: { "Azure-AsyncOperation": address, Location: address, ...retryAfter(call, 10) } };
  },
});

/** What is in the vault is below it, also where it comes back in another group. */
function moveChildren(record: RecoveryServicesVaultRecord, from: string, to: string): void {
  const { policies, containers, protectedItems, jobs, replicatedItems, guardProxies } = record;
  for (const children of [policies, containers, protectedItems, jobs, replicatedItems, guardProxies]) {
    for (const [key, child] of children) {
      const text = JSON.stringify(child).replaceAll(`${from}/`, `${to}/`).replaceAll(`"${from}"`, `"${to}"`);
      children.set(key, JSON.parse(text));
    }
  }
}

const getOperationStatus = operation({
  name: "DeletedVaults_GetOperationStatus",
  method: "GET",
  path: `${deletedVaultPath}/operations/{operationId}`,
  answer(call) {
    requireSubscription(call);
    return status(call);
  },
});

export const deletedRecoveryServicesVaults = [get, list, undelete, getOperationStatus];
