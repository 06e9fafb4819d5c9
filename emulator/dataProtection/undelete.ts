import type { ArmResource } from "../armResource.js";
import { ArmError } from "../http/armError.js";
import type { Call } from "../http/operation.js";
import { putIdentity } from "../managedIdentity/identityOfResource.js";
import { beginOperation } from "../operations/begin.js";
import type { LongRunningOperation } from "../operations/longRunningOperation.js";
import { unverified } from "./backupError.js";
import type { BackupVaultBody } from "./records.js";

/** A PUT that names a soft-deleted vault brings that one back, with its settings and what is in it. */
export function undelete(
  call: Call,
  id: string,
  deletedVaultId: string,
  given: ArmResource,
): { body: BackupVaultBody; operation: LongRunningOperation } {
  const { world } = call;
  if (world.vaults.has(id.toLowerCase())) {
    throw unverified("undelete-name-taken", `There is a vault ${id} already. Azure's answer is not known.`, 409);
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
