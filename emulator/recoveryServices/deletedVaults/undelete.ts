import { operation } from "../../http/operation.js";
import { requestBody } from "../../http/requestBody.js";
import { operationUrl } from "../../operations/asyncHeaders.js";
import { beginOperation, retryAfter } from "../../operations/begin.js";
import type { RecoveryServicesVaultRecord } from "../records.js";
import { invalidParameter, unverified } from "../recoveryError.js";
import { deletedVaultId, deletedVaultPath, requireDeletedVault } from "./path.js";

/** Brings a vault back with its settings and what is in it, into the group that it was in or into another one. */
export const undelete = operation({
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
      throw unverified("undelete-name-taken", `There is a vault ${id} already. Azure's answer is not known.`, 409);
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
