import { crossRegionRestoreNeedsGeo, crossRegionRestoreStays } from "./crossRegionRestore.js";
import { crossSubscriptionRestore } from "./crossSubscriptionRestore.js";
import {
  encryptionBeforeRegistration,
  encryptionStays,
  infrastructureEncryption,
  kekIdentityShape,
  keyUriShape,
  userIdentityAndPrivateEndpoint,
} from "./encryption.js";
import { immutability } from "./immutability.js";
import { redundancy } from "./redundancy.js";
import { resourceGuard } from "./resourceGuard.js";
import { resourceMove } from "./resourceMove.js";
import { softDeleteAlwaysOn, softDeleteOff, softDeleteRetention } from "./softDelete.js";
import type { VaultChange, VaultRule } from "./vaultChange.js";
import { vaultName } from "./vaultName.js";

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
