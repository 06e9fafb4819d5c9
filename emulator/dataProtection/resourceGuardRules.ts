import type { ArmError } from "../arm/armError.js";
import type { Call } from "../arm/operation.js";
import type { ArmResource, BackupVaultRecord } from "../state/records.js";
import { unverified } from "./backupError.js";
import { type ResourceGuards, resourceGuardsOf } from "./guardConsent.js";
import { guardedOperations } from "./guardedOperations.js";
import type { VaultChange, VaultRule } from "./vaultSettings.js";

// https://learn.microsoft.com/azure/backup/multi-user-authorization-concept
const touched: Record<string, (change: VaultChange) => boolean> = {
  "Microsoft.DataProtection/backupVaults/write#reduceImmutabilityState": ({ before, after }) =>
    before?.immutability === "Unlocked" && after.immutability === "Disabled",
  "Microsoft.DataProtection/backupVaults/write#reduceSoftDeleteSecurity": ({ before, after }) =>
    before !== undefined && before.softDelete !== "Off" && after.softDelete === "Off",
  "Microsoft.DataProtection/backupVaults/write#modifyEncryptionSettings": ({ before, after }) =>
    before !== undefined && JSON.stringify(before.encryption) !== JSON.stringify(after.encryption),
};

export const resourceGuard: VaultRule = (change) => {
  const { vault, resourceGuards, after } = change;
  for (const { operation } of guardedOperations) {
    if (vault === undefined || !touched[operation]?.(change)) continue;
    const missing = missingRequest({ vault, resourceGuards }, operation, after.resourceGuardOperationRequests);
    if (missing !== undefined) return missing;
  }
  return undefined;
};

/** A vault of either kind. */
interface Guarded {
  resourceGuards: Pick<ResourceGuards, "get" | "isAllowed">;
  vault: { guardProxies: ReadonlyMap<string, ArmResource> };
}

/** For what is guarded apart from the vault's own settings. */
export function refuseUnguarded(guarded: Guarded, operation: string, given: string[] = []): void {
  const missing = missingRequest(guarded, operation, given);
  if (missing !== undefined) throw missing;
}

/** What is guarded and deleted without a request's content is unlocked before: `unlockDelete`. */
export function refuseLocked(
  call: Pick<Call, "world" | "now" | "request">,
  vault: BackupVaultRecord,
  instanceId: string,
): void {
  const request = guardRequest({ vault, resourceGuards: resourceGuardsOf(call) }, instanceDeletion);
  if (request === undefined || (vault.unlocked.get(instanceId.toLowerCase()) ?? 0) > call.now) return;
  throw unverified(
    "resource-guard-required",
    `The vault is protected by a resource guard: call unlockDelete with ${request} first. Azure's own answer is ` +
      "not documented.",
    403,
  );
}

const instanceDeletion = "Microsoft.DataProtection/backupVaults/backupInstances/delete";

function missingRequest(guarded: Guarded, operation: string, given: string[]): ArmError | undefined {
  const request = guardRequest(guarded, operation);
  const collection = request?.replace(/default$/, "").toLowerCase();
  if (request === undefined || collection === undefined) return undefined;
  const guardId = request.slice(0, request.lastIndexOf("/", request.lastIndexOf("/") - 1));
  if (given.some((id) => id.toLowerCase().startsWith(collection))) {
    return guarded.resourceGuards.isAllowed(guardId.toLowerCase()) ? undefined : notAllowed(guardId);
  }
  return unverified(
    "resource-guard-required",
    `The vault is protected by a resource guard: ${operation} needs resourceGuardOperationRequests with ${request}. ` +
      "Azure's own answer is not documented.",
    403,
  );
}

/** https://learn.microsoft.com/azure/backup/multi-user-authorization: a guard is in the region of its vaults. */
export function refuseOtherRegion(region: string, guard: ArmResource): void {
  if (guard.location === region) return;
  throw unverified(
    "resource-guard-other-region",
    `The resource guard is in ${guard.location}, and the vault in ${region}: they have to be in the same region. Azure's own ` +
      "answer is not documented.",
  );
}

/** Another guard in the place of the first would take that one away without a request. What Azure does is not documented. */
export function refuseOtherGuard(proxies: Iterable<ArmResource>, guardId: string): void {
  const [proxy] = proxies;
  const has = proxy === undefined ? guardId : String(proxy.properties.resourceGuardResourceId);
  if (has.toLowerCase() === guardId.toLowerCase()) return;
  throw unverified(
    "resource-guard-required",
    `The vault is protected by the resource guard ${has}: take it away first. Azure's own answer is not documented.`,
    403,
  );
}

/** The request is there, and the guard's owner has not allowed what it asks for. */
export const notAllowed = (guardId: string): ArmError =>
  unverified(
    "resource-guard-required",
    `The caller does not have sufficient permissions on the resource guard ${guardId}: Backup MUA Operator, and of a guard in ` +
      "another tenant a token of that tenant in x-ms-authorization-auxiliary. Azure's own answer is not documented.",
    403,
  );

/** The object that has to be asked for; undefined: the operation is not guarded. */
export function guardRequest({ vault, resourceGuards }: Guarded, operation: string): string | undefined {
  const [proxy] = vault.guardProxies.values();
  if (proxy === undefined) return undefined;
  const guardId = String(proxy.properties.resourceGuardResourceId);
  const guard = resourceGuards.get(guardId.toLowerCase());
  const excluded: string[] = guard?.properties.vaultCriticalOperationExclusionList ?? [];
  const known = guardedOperations.find((guarded) => guarded.operation === operation);
  if (known === undefined || (!known.isMandatory && excluded.includes(operation))) return undefined;
  return `${guardId}/${known.requests}/default`;
}
