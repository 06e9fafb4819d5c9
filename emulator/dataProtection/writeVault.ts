import type { Call } from "../http/operation.js";
import { beginOperation } from "../operations/begin.js";
import type { LongRunningOperation } from "../operations/longRunningOperation.js";
import { type BackupVaultBody, type BackupVaultRecord, emptyVault } from "./records.js";
import { refuseWhileWriting } from "./refuseWhileWriting.js";
import { refuseForbidden } from "./rules/index.js";
import { vaultSettings } from "./vaultSettings.js";

/** Judges a new state of a vault and begins to write it. The vault shows it at once, but for the encryption. */
export function writeVault(
  call: Call,
  vault: BackupVaultRecord | undefined,
  next: BackupVaultBody,
): LongRunningOperation {
  const { world, apiVersion } = call;
  if (vault !== undefined) refuseWhileWriting(world, vault);
  refuseForbidden({
    name: next.name,
    location: next.location,
    apiVersion,
    before: vault === undefined || vault.neverProvisioned ? undefined : vaultSettings(vault.body),
    after: vaultSettings(next),
    vault,
    resourceGuards: world.resourceGuards,
  });
  const body = structuredClone(next);
  // It asks for this one change: no recorded vault carries it.
  delete body.properties.resourceGuardOperationRequests;
  const security = body.properties.securitySettings;
  const encryptionSettings = security.encryptionSettings;
  if (vault !== undefined && !vault.neverProvisioned) {
    // Recorded: while it is being updated, a vault shows the key that it had.
    const old = vault.body.properties.securitySettings?.encryptionSettings;
    if (old === undefined) delete security.encryptionSettings;
    else security.encryptionSettings = structuredClone(old);
  }
  const record = vault ?? emptyVault(body);
  record.previous = vault?.body;
  record.body = body;
  const id = body.id.toLowerCase();
  const operation = beginOperation(call, { kind: "vaultWritten", vaultId: id, encryptionSettings });
  record.operation = operation.id;
  world.vaults.set(id, record);
  return operation;
}
