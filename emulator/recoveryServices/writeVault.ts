import { beginOperation } from "../arm/longRunning.js";
import type { Call } from "../arm/operation.js";
import { resourceGuardsOf } from "../dataProtection/guardConsent.js";
import type { LongRunningOperation } from "../state/longRunningOperation.js";
import type { ArmResource, RecoveryServicesVaultRecord, TrackedResource } from "../state/records.js";
import { defaultPolicies } from "./defaultPolicies.js";
import { newEtag } from "./vaultBody.js";
import { refuseWhileWriting } from "./vaultPath.js";
import { refuseForbidden } from "./vaultRules.js";
import { vaultSettings } from "./vaultSettings.js";

/** Judges a new state of a vault and begins to write it. The vault shows it at once, but for the encryption. */
export function writeVault(
  call: Call,
  vault: RecoveryServicesVaultRecord | undefined,
  next: TrackedResource,
  given: ArmResource,
): LongRunningOperation {
  const { world } = call;
  if (vault !== undefined) refuseWhileWriting(world, vault);
  refuseForbidden({
    name: next.name,
    before: vault === undefined || vault.neverProvisioned ? undefined : vaultSettings(vault.body),
    after: vaultSettings(next),
    vault,
    resourceGuards: resourceGuardsOf(call),
  });
  const body = structuredClone(next);
  body.etag = newEtag(call.now);
  const { properties } = body;
  // It asks for this one change.
  delete properties.resourceGuardOperationRequests;
  const encryption = properties.encryption;
  if (vault !== undefined && !vault.neverProvisioned) {
    const old = vault.body.properties.encryption;
    if (old === undefined) delete properties.encryption;
    else properties.encryption = structuredClone(old);
  }
  const record = vault ?? emptyVault(body);
  record.previous = vault?.body;
  record.body = body;
  const wrote = record.vaultApiWrote;
  wrote.redundancy ||= given.properties?.redundancySettings != null;
  wrote.softDelete ||= given.properties?.securitySettings?.softDeleteSettings != null;
  const id = body.id.toLowerCase();
  const operation = beginOperation(call, { kind: "recoveryServicesVaultWritten", vaultId: id, encryption });
  record.operation = operation.id;
  world.recoveryServicesVaults.set(id, record);
  return operation;
}

function emptyVault(body: TrackedResource): RecoveryServicesVaultRecord {
  return {
    body,
    neverProvisioned: true,
    isBeingDeleted: false,
    vaultApiWrote: { redundancy: false, softDelete: false },
    everRegistered: false,
    everProtected: false,
    extendedInfo: {},
    policies: defaultPolicies(body.id),
    containers: new Map(),
    protectedItems: new Map(),
    jobs: new Map(),
    replicatedItems: new Map(),
    guardProxies: new Map(),
    unlocked: new Map(),
  };
}
