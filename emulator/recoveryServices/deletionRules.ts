import type { ArmResource, RecoveryServicesVaultRecord } from "../state/records.js";
import { recoveryError, unverified } from "./recoveryError.js";
import { refusalWhileMoving } from "./vaultRules.js";

/**
 * What is soft-deleted does not stand against a deletion: https://learn.microsoft.com/azure/backup/secure-by-default.
 * The rest does: https://learn.microsoft.com/azure/backup/backup-azure-delete-vault
 */
export function refuseRecoveryServicesDeletion(vault: RecoveryServicesVaultRecord): void {
  const moving = refusalWhileMoving(vault);
  if (moving !== undefined) throw moving;
  const isActive = ({ properties }: ArmResource) => !properties.isScheduledForDeferredDelete;
  const active = [...vault.protectedItems.values()].filter(isActive).map(nameOf);
  if (active.length > 0) throw protectedItemsLeft(active);
  const registered = [...vault.containers.values()].map(nameOf);
  if (registered.length > 0) throw containersLeft(registered);
  if (vault.replicatedItems.size > 0) throw stillHas("replicated items", [...vault.replicatedItems.values()]);
  const endpoints: ArmResource[] = vault.body.properties.privateEndpointConnections ?? [];
  if (endpoints.length > 0) throw stillHas("private endpoint connections", endpoints);
}

// The code as users report it; the sentences are those of Microsoft's help for it.
function protectedItemsLeft(items: string[]) {
  return recoveryError(
    400,
    "BMSUserErrorVaultDeletionNotAllowed",
    `Vault cannot be deleted as there are existing resources within the vault. : ${items.join(",")}\n` +
      "Ensure there are no backup items, protected servers, or backup management servers associated with this vault.",
  );
}

// Quoted in MicrosoftDocs/azure-docs#42016.
function containersLeft(containers: string[]) {
  return recoveryError(
    400,
    "ServiceResourceNotEmptyWithContainerDetails",
    `Vault cannot be deleted as there are existing resources within the vault. : ${containers.join(",")}\n` +
      "Unregister all containers from the vault and then retry to delete vault. For instructions, see " +
      "https://aka.ms/AB-AA4ecq5",
  );
}

function stillHas(what: string, resources: ArmResource[]) {
  const names = resources.map(nameOf).join(",");
  return unverified(
    "rsv-delete-not-empty",
    `Vault cannot be deleted as there are existing resources within the vault: ${what} ${names}. Azure's own ` +
      "code for these is not documented.",
  );
}

const nameOf = ({ name, properties }: ArmResource): string => properties?.friendlyName ?? name;
