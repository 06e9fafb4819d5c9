import { stateOf } from "../stateMachine.js";
import { unknown, type Vault } from "../vault.js";
import { crossRegionRestore } from "./crrAfterProtection.js";
import { crossSubscriptionRestore } from "./csrPermanentlyDisabled.js";
import { datastoreType } from "./datastoreSnapshotStore.js";
import { encryption, plainKey } from "./encryption.js";
import { immutability } from "./immutabilityLocked.js";
import { infrastructureEncryption } from "./infrastructureEncryptionFixed.js";
import { redundancy } from "./redundancyAfterProtection.js";
import { regionOf } from "./region.js";
import { retentionOf } from "./retention.js";
import { softDelete } from "./softDeleteAlwaysOn.js";

/** Whether both vaults are known to be the same to every rule. A value that is not known yet may be any. */
export function isSame(before: Vault, after: Vault): boolean {
  const [a, b] = [settings(before), settings(after)];
  return ![...a, ...b].includes(unknown) && JSON.stringify(a) === JSON.stringify(b);
}

const states = [
  datastoreType,
  redundancy,
  softDelete,
  immutability,
  crossRegionRestore,
  crossSubscriptionRestore,
  encryption,
  infrastructureEncryption,
];

/** Every setting that a rule compares, without what Azure does not keep: case, order, a default that is spelled out. */
function settings(vault: Vault): unknown[] {
  const { identity, encryption, classicAlerts, immutabilityConfiguration } = vault;
  const userAssigned = identity?.userAssigned === unknown ? [unknown] : (identity?.userAssigned ?? []);
  return [
    ...states.map((machine) => plain(stateOf(machine, vault))),
    ...[vault.vaultName, vault.resourceGroupName, vault.subscriptionId, encryption?.identity].map(plain),
    typeof vault.location === "string" ? regionOf(vault.location) : plain(vault.location),
    retentionOf(vault),
    encryption?.keyUri === unknown ? unknown : plainKey(encryption?.keyUri),
    plain(encryption?.identityId),
    ...[vault.softDelete?.enhancedSecurityState, classicAlerts?.alertsForCriticalOperations].map(plain),
    ...[classicAlerts?.emailNotificationsForSiteRecovery, immutabilityConfiguration?.type].map(plain),
    plain(immutabilityConfiguration?.durationInDays),
    identity?.systemAssigned === unknown ? unknown : identity?.systemAssigned === true,
    ...userAssigned.map(plain).sort((a, b) => String(a).localeCompare(String(b))),
  ];
}

const plain = (value: unknown): unknown => (typeof value === "string" ? value.toLowerCase() : (value ?? undefined));
