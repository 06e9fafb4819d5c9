import type { RecoveryServicesVaultResource } from "../../azure/index.js";
import { unknown, type Vault } from "../../vaults/ruleVault.js";
import { fields, identityOf, markUnknown } from "../vault/normalForm.js";
import type { RecoveryServicesVaultSettings } from "./inputs.js";

/** Our arguments, or a live vault in their shape, as the rules' normal form. */
export function toRules(settings: Partial<RecoveryServicesVaultSettings>, live?: RecoveryServicesVaultResource): Vault {
  const { vaultName, resourceGroupName, subscriptionId, location, redundancy, immutability } = settings;
  const { crossRegionRestore, crossSubscriptionRestore, resourceGuardOperationRequests } = settings;
  const texts = { vaultName, resourceGroupName, subscriptionId, location, redundancy, immutability };
  const more = { crossRegionRestore, crossSubscriptionRestore, resourceGuardOperationRequests };
  const { softDelete, immutabilityConfiguration, classicAlerts, identity, encryption } = settings;
  const endpoints = live?.properties?.privateEndpointConnections;
  const vault: Vault = {
    ...(markUnknown({ ...texts, ...more }) as object),
    softDelete: fields(softDelete, ["state", "enhancedSecurityState", "retentionDurationInDays"]),
    immutabilityConfiguration: fields(immutabilityConfiguration, ["type", "durationInDays"]),
    classicAlerts: fields(classicAlerts, ["alertsForCriticalOperations", "emailNotificationsForSiteRecovery"]),
    identity: identityOf(identity),
    encryption: fields(encryption, ["state", "keyUri", "identity", "infrastructureEncryption"]),
    privateEndpoints: endpoints?.map(({ name, id }) => name ?? id?.split("/").at(-1) ?? "one without a name"),
    resourceMoveState: live?.properties?.moveState,
    isProtectedByResourceGuard: live && isGuarded(live.properties?.securitySettings?.multiUserAuthorization),
  };
  return Object.fromEntries(Object.entries(vault).filter(([, value]) => value !== undefined)) as Vault;
}

/** A word of a newer Azure may mean that a guard protects the vault. */
function isGuarded(authorization = "Disabled"): Vault["isProtectedByResourceGuard"] {
  if (/^enabled$/i.test(authorization)) return true;
  return /^(disabled|invalid)$/i.test(authorization) ? false : unknown;
}
