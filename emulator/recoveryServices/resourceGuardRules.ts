import type { Call } from "../arm/operation.js";
import { type ResourceGuards, resourceGuardsOf } from "../dataProtection/guardConsent.js";
import { guardRequest } from "../dataProtection/resourceGuardRules.js";
import type { RecoveryServicesVaultRecord } from "../state/records.js";
import { unverified } from "./recoveryError.js";
import type { VaultChange, VaultRule } from "./vaultSettings.js";

/** What a guard watches in a write of the vault, unless it excludes it. */
const touched: Record<string, (change: VaultChange) => boolean> = {
  "write#reduceImmutabilityState": ({ before, after }) =>
    before?.immutability === "Unlocked" && after.immutability === "Disabled",
  "write#modifyEncryptionSettings": ({ before, after }) =>
    before !== undefined && JSON.stringify(before.encryption) !== JSON.stringify(after.encryption),
};

// https://learn.microsoft.com/azure/backup/multi-user-authorization-concept
export const resourceGuard: VaultRule = (change) => {
  const { vault, resourceGuards, after } = change;
  if (vault === undefined) return undefined;
  const errors = Object.entries(touched).map(([name, isTouched]) =>
    isTouched(change) ? missingConsent(vault, resourceGuards, name, after.resourceGuardOperationRequests) : undefined,
  );
  return errors.find((error) => error !== undefined);
};

/** For what is guarded apart from the vault's own settings. @param name of the operation, after the vault's type */
export function refuseUnguarded(
  call: Call,
  vault: RecoveryServicesVaultRecord,
  name: string,
  given: readonly string[] = [],
): void {
  const missing = missingConsent(vault, resourceGuardsOf(call), name, given);
  if (missing !== undefined) throw missing;
}

function missingConsent(
  vault: RecoveryServicesVaultRecord,
  guards: ResourceGuards,
  name: string,
  given: readonly string[],
) {
  const request = guardRequest({ vault, resourceGuards: guards }, operationOf(name));
  if (request === undefined) return undefined;
  const collection = request.replace(/default$/, "").toLowerCase();
  if (!given.some((id) => id.toLowerCase().startsWith(collection))) return guardRequired(request, operationOf(name));
  const guardId = collection.split("/").slice(0, -2).join("/");
  return guards.isAllowed(guardId) ? undefined : notAllowed(guardId);
}

const operationOf = (name: string) => `Microsoft.RecoveryServices/vaults/${name}`;

/** Where the request is missing, other tools report the first sentence: hashicorp/terraform-provider-azurerm#31887. */
const guardRequired = (request: string, what: string) =>
  unverified(
    "rsv-resource-guard-required",
    `ResourceGuard Operation requestid is either null or empty. ${what} needs resourceGuardOperationRequests with ${request}. ` +
      "The code of Azure's own answer is not documented.",
    403,
  );

/** The request is there, and the guard's owner has not allowed what it asks for. */
export const notAllowed = (guardId: string) =>
  unverified(
    "rsv-resource-guard-required",
    `The caller does not have sufficient permissions on the resource guard ${guardId}: Backup MUA Operator. Azure's own ` +
      "answer is not documented.",
    403,
  );

/** What a deletion's `unlockDelete` has to name: an item's, or the association's own. */
export const deletionOf = (resourceId: string): string =>
  /\/protectedItems\//i.test(resourceId)
    ? "backupFabrics/protectionContainers/protectedItems/delete"
    : "backupResourceGuardProxies/delete";

/**
 * A deletion that a guard watches has to be unlocked first, unless the guard excludes it; taking the guard away is
 * watched always. https://learn.microsoft.com/azure/backup/multi-user-authorization-concept
 */
export function refuseGuardedDeletion(call: Call, vault: RecoveryServicesVaultRecord, resourceId: string): void {
  const operation = operationOf(deletionOf(resourceId));
  const request = guardRequest({ vault, resourceGuards: resourceGuardsOf(call) }, operation);
  if (request === undefined || (vault.unlocked.get(resourceId.toLowerCase()) ?? 0) > call.now) return;
  throw guardRequired(request, `${operation} (unlockDelete)`);
}
