import { ArmError } from "../arm/armError.js";
import { page } from "../arm/list.js";
import { normalLocation } from "../arm/locations.js";
import { beginOperation } from "../arm/longRunning.js";
import { type Call, ok, operation } from "../arm/operation.js";
import { requireSubscription } from "../arm/resourceGroup.js";
import { putIdentity } from "../managedIdentity/identityOfResource.js";
import type { LongRunningOperation } from "../state/longRunningOperation.js";
import type { ArmResource, BackupVaultBody } from "../state/records.js";
import { unverified } from "./backupError.js";
import { locationId } from "./vaultPath.js";

const deletedVaultsPath =
  "/subscriptions/{subscriptionId}/providers/Microsoft.DataProtection/locations/{location}/deletedVaults";

const list = operation({
  name: "DeletedBackupVaults_ListByLocation",
  method: "GET",
  path: deletedVaultsPath,
  answer(call) {
    requireSubscription(call);
    const location = normalLocation(call.params.location);
    const here = [...call.world.deletedVaults.values()].filter(({ body }) => body.location === location);
    return page(call, here, ({ body }) => body);
  },
});

const get = operation({
  name: "DeletedBackupVaults_Get",
  method: "GET",
  path: `${deletedVaultsPath}/{deletedVaultName}`,
  answer(call) {
    requireSubscription(call);
    const id = `${locationId(call.params)}/deletedVaults/${call.params.deletedVaultName}`;
    const found = call.world.deletedVaults.get(id.toLowerCase());
    if (found !== undefined) return ok(found.body);
    throw new ArmError(404, "ResourceNotFound", `The deleted vault '${call.params.deletedVaultName}' was not found.`);
  },
});

export const deletedVaults = [get, list];

/** A PUT that names a soft-deleted vault brings that one back, with its settings and what is in it. */
export function undelete(
  call: Call,
  id: string,
  deletedVaultId: string,
  given: ArmResource,
): { body: BackupVaultBody; operation: LongRunningOperation } {
  const { world } = call;
  if (world.vaults.has(id.toLowerCase())) {
    throw unverified(
      "undelete-name-taken",
      `There is a vault ${id} already. Azure's own answer is not documented.`,
      409,
    );
  }
  // What the header held is not in any recording: the id and the bare name are both taken.
  const [key, deleted] =
    [...world.deletedVaults].find(
      ([deletedId, { body }]) =>
        deletedId === deletedVaultId.toLowerCase() || body.name === deletedVaultId.toLowerCase(),
    ) ?? [];
  const original = deleted?.body.properties.originalBackupVaultResourcePath.toLowerCase();
  if (key === undefined || deleted === undefined || original !== id.toLowerCase()) {
    throw new ArmError(404, "ResourceNotFound", `The deleted vault '${deletedVaultId}' of ${id} was not found.`);
  }
  const { record } = deleted;
  world.deletedVaults.delete(key);
  record.body.identity = putIdentity(world, undefined, given.identity ?? record.body.identity);
  record.body.properties.provisioningState = "Provisioning";
  const operation = beginOperation(call, { kind: "vaultWritten", vaultId: id.toLowerCase() });
  record.operation = operation.id;
  world.vaults.set(id.toLowerCase(), record);
  return { body: record.body, operation };
}
