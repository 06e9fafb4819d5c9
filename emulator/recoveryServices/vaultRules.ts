import type { ArmError } from "../arm/armError.js";
import type { RecoveryServicesVaultRecord } from "../state/records.js";
import {
  encryptionBeforeRegistration,
  encryptionStays,
  infrastructureEncryption,
  kekIdentityShape,
  keyUriShape,
  userIdentityAndPrivateEndpoint,
} from "./encryptionRules.js";
import { immutability, immutabilityDuration, lockedConfiguration } from "./immutabilityRules.js";
import { unverified } from "./recoveryError.js";
import { resourceGuard } from "./resourceGuardRules.js";
import { softDeleteAlwaysOn, softDeleteOff, softDeleteRetention } from "./softDeleteRules.js";
import {
  crossRegionRestoreNeedsGeo,
  crossRegionRestoreStays,
  crossSubscriptionRestore,
  redundancy,
} from "./storageRules.js";
import type { VaultChange, VaultRule } from "./vaultSettings.js";

// https://learn.microsoft.com/azure/azure-resource-manager/management/resource-name-rules#microsoftrecoveryservices
const vaultName: VaultRule = ({ before, name }) => {
  if (before !== undefined || /^[A-Za-z][-A-Za-z0-9]{1,49}$/.test(name)) return undefined;
  return unverified(
    "rsv-name-invalid",
    `The vault name '${name}' is invalid: it must have 2 to 50 letters, digits and hyphens, and begin with a letter.`,
  );
};

const resourceMove: VaultRule = ({ vault }) => refusalWhileMoving(vault);

const all: readonly VaultRule[] = [
  vaultName,
  resourceMove,
  redundancy,
  crossRegionRestoreNeedsGeo,
  crossRegionRestoreStays,
  crossSubscriptionRestore,
  softDeleteOff,
  softDeleteAlwaysOn,
  softDeleteRetention,
  immutability,
  immutabilityDuration,
  lockedConfiguration,
  encryptionStays,
  encryptionBeforeRegistration,
  keyUriShape,
  kekIdentityShape,
  infrastructureEncryption,
  userIdentityAndPrivateEndpoint,
  resourceGuard,
];

/** Azure reports the first thing that it dislikes, not all of them. */
export function refuseForbidden(change: VaultChange, rules = all): void {
  for (const rule of rules) {
    const refusal = rule(change);
    if (refusal !== undefined) throw refusal;
  }
}

/**
 * "both the source and target resource groups are locked. This means you can't create, delete, or update resources":
 * https://learn.microsoft.com/azure/azure-resource-manager/management/move-resource-group-and-subscription
 */
export function refusalWhileMoving(vault: RecoveryServicesVaultRecord | undefined): ArmError | undefined {
  if (vault?.body.properties.moveState !== "InProgress") return undefined;
  return unverified(
    "rsv-update-while-moving",
    `The Recovery Services vault '${vault.body.name}' is being moved, and its resource group is locked. Azure's own code for this is not documented.`,
    409,
  );
}
