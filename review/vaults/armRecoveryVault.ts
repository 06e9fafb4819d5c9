import { type Maybe, unknown, type Vault } from "../../provider/vaults/ruleVault.js";
import { at, number, present, text, texts, type Value } from "../values.js";
import { guardOf, identityOf } from "./armVault.js";
import { partsOf } from "./vaultId.js";

/**
 * A Recovery Services vault as Resource Manager answers it, and as azure-native's arguments and outputs say it.
 * https://learn.microsoft.com/rest/api/recoveryservices/vaults/create-or-update
 */
export function armRecoveryVault(body: Value, id: Maybe<string> | undefined): Vault {
  const properties = at(body, "properties");
  const security = at(properties, "securitySettings");
  const softDelete = at(security, "softDeleteSettings");
  const immutability = at(security, "immutabilitySettings");
  const redundancy = at(properties, "redundancySettings");
  const encryption = at(properties, "encryption");
  const alerts = at(properties, "monitoringSettings", "classicAlertSettings");
  const restore = at(properties, "restoreSettings", "crossSubscriptionRestoreSettings");
  const keyUri = text(at(encryption, "keyVaultProperties", "keyUri"));
  const vault: Vault = {
    ...partsOf(id),
    location: text(at(body, "location")),
    redundancy: set(at(redundancy, "standardTierStorageRedundancy")),
    crossRegionRestore: set(at(redundancy, "crossRegionRestore")),
    softDelete: present({
      state: set(at(softDelete, "softDeleteState")),
      enhancedSecurityState: set(at(softDelete, "enhancedSecurityState")),
      retentionDurationInDays: number(at(softDelete, "softDeleteRetentionPeriodInDays")),
    }),
    immutability: text(at(immutability, "state")),
    immutabilityConfiguration: present({
      type: text(at(immutability, "configuration", "type")),
      durationInDays: number(at(immutability, "configuration", "durationInDays")),
    }),
    crossSubscriptionRestore: text(at(restore, "crossSubscriptionRestoreState")),
    identity: identityOf(at(body, "identity")),
    // Where the platform's keys encrypt the vault, Azure may still answer an encryption without a key.
    encryption:
      keyUri === undefined
        ? undefined
        : present({
            keyUri,
            ...keyIdentity(
              at(encryption, "kekIdentity", "useSystemAssignedIdentity"),
              at(encryption, "kekIdentity", "userAssignedIdentity"),
            ),
            infrastructureEncryption: text(at(encryption, "infrastructureEncryption")),
          }),
    resourceGuardOperationRequests: texts(at(properties, "resourceGuardOperationRequests")),
    classicAlerts: present({
      alertsForCriticalOperations: text(at(alerts, "alertsForCriticalOperations")),
      emailNotificationsForSiteRecovery: text(at(alerts, "emailNotificationsForSiteRecovery")),
    }),
    privateEndpoints: endpoints(at(properties, "privateEndpointConnections")),
    resourceMoveState: text(at(properties, "moveState")),
    isProtectedByResourceGuard: guardOf(at(security, "multiUserAuthorization")),
  };
  return present(vault) ?? {};
}

/** `Invalid` stands in this service's answers for what was never set. */
function set(value: Value): Maybe<string> | undefined {
  const state = text(value);
  return typeof state === "string" && /^invalid$/i.test(state) ? undefined : state;
}

/** Azure has a field for each kind, and they exclude each other. */
export function keyIdentity(isSystem: Value, id: Value): { identity?: Maybe<string>; identityId?: Maybe<string> } {
  const identityId = text(id) === "" ? undefined : text(id);
  if (isSystem === unknown) return { identity: unknown };
  if (isSystem === true) return { identity: "SystemAssigned", ...(identityId !== undefined && { identityId }) };
  return identityId === undefined ? {} : { identity: identityId };
}

function endpoints(connections: Value): Vault["privateEndpoints"] {
  if (connections === unknown) return unknown;
  if (!Array.isArray(connections) || connections.length === 0) return undefined;
  return connections.map((connection) => {
    const name = text(at(connection, "name")) ?? text(at(connection, "id"));
    return typeof name === "string" ? (name.split("/").at(-1) ?? name) : "one";
  });
}
