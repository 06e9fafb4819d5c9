import { crossRegionRestoreNeedsGeo, crossRegionRestoreStays } from "./crossRegionRestore.js";
import { crossSubscriptionRestore } from "./crossSubscriptionRestore.js";
import {
  encryptionShape,
  encryptionStays,
  infrastructureEncryption,
  kekIdentityAttached,
  keyAndIdentityTogether,
  systemIdentityAtCreate,
} from "./encryption.js";
import { immutability } from "./immutability.js";
import { archiveStoreAlone, redundancy, snapshotStore } from "./redundancy.js";
import { resourceGuard } from "./resourceGuard.js";
import { resourceMove } from "./resourceMove.js";
import { softDeleteAlwaysOn, softDeleteByApiVersion, softDeleteOff, softDeleteRetention } from "./softDelete.js";
import type { VaultChange, VaultRule } from "./vaultChange.js";
import { vaultName } from "./vaultName.js";

const rules: readonly VaultRule[] = [
  vaultName,
  resourceMove,
  snapshotStore,
  archiveStoreAlone,
  redundancy,
  crossRegionRestoreNeedsGeo,
  crossRegionRestoreStays,
  crossSubscriptionRestore,
  softDeleteAlwaysOn,
  softDeleteRetention,
  softDeleteByApiVersion,
  softDeleteOff,
  immutability,
  encryptionStays,
  encryptionShape,
  systemIdentityAtCreate,
  keyAndIdentityTogether,
  kekIdentityAttached,
  infrastructureEncryption,
  resourceGuard,
];

/** Azure reports the first thing that it dislikes, not all of them. */
export function refuseForbidden(change: VaultChange): void {
  for (const rule of rules) {
    const refusal = rule(change);
    if (refusal !== undefined) throw refusal;
  }
}
