import { isDeepStrictEqual } from "node:util";
import { beginOperation } from "../arm/longRunning.js";
import type { Call } from "../arm/operation.js";
import { identitiesOf } from "../managedIdentity/identityOfResource.js";
import type { LongRunningOperation } from "../state/longRunningOperation.js";
import { type BackupVaultBody, type BackupVaultRecord, emptyVault } from "../state/records.js";
import { resourceGuardsOf } from "./guardConsent.js";
import { asksForAlwaysOn } from "./softDeleteRules.js";
import { settableOf } from "./vaultBody.js";
import { refuseWhileWriting } from "./vaultPath.js";
import { refuseForbidden } from "./vaultRules.js";
import { vaultSettings } from "./vaultSettings.js";

/**
 * Judges a new state of a vault and begins to write it. The vault shows it at once, but for the encryption.
 * @returns undefined: it is the state that the vault has, and there is nothing to do
 */
export function writeVault(
  call: Call,
  vault: BackupVaultRecord | undefined,
  next: BackupVaultBody,
): LongRunningOperation | undefined {
  const { world, apiVersion } = call;
  if (vault !== undefined) refuseWhileWriting(world, vault);
  refuseForbidden({
    name: next.name,
    location: next.location,
    apiVersion,
    asksForAlwaysOn: asksForAlwaysOn(call),
    before: vault === undefined || vault.neverProvisioned ? undefined : vaultSettings(vault.body),
    after: vaultSettings(next),
    vault,
    resourceGuards: resourceGuardsOf(call),
  });
  if (vault !== undefined && isWritten(vault.body, next)) return undefined;
  const body = structuredClone(next);
  // It asks for this one change: no recorded vault carries it.
  delete body.properties.resourceGuardOperationRequests;
  body.properties.securitySettings ??= {};
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

/** Whether a vault is what is asked for. What failed before is always tried again. */
function isWritten(body: BackupVaultBody, next: BackupVaultBody): boolean {
  const encryption = body.properties.securitySettings?.encryptionSettings?.state;
  if (body.properties.provisioningState !== "Succeeded" || encryption === "Inconsistent") return false;
  return isDeepStrictEqual(writable(body), writable(next));
}

function writable({ tags = {}, identity, properties }: BackupVaultBody): unknown {
  const { resourceGuardOperationRequests: _, ...settings } = settableOf(properties);
  // As JSON: a member that is undefined is not there.
  return JSON.parse(JSON.stringify({ tags, identities: identitiesOf(identity), settings }));
}
