import type { ArmResource } from "../../armResource.js";
import type { RecoveryServicesVaultRecord } from "../records.js";
import { recoveryError, unverified } from "../recoveryError.js";

/**
 * What is soft-deleted does not stand against a deletion: https://learn.microsoft.com/azure/backup/secure-by-default.
 * The rest does: https://learn.microsoft.com/azure/backup/backup-azure-delete-vault
 */
export function refuseDeletion(vault: RecoveryServicesVaultRecord): void {
  const registered = [...vault.containers.values()].map(nameOf);
  if (registered.length > 0) throw notEmpty(registered);
  const active = [...vault.protectedItems.values()].filter(
    ({ properties }) => !properties.isScheduledForDeferredDelete,
  );
  if (active.length > 0) throw stillHas("protected items", active);
  if (vault.replicatedItems.size > 0) throw stillHas("replicated items", [...vault.replicatedItems.values()]);
  const endpoints: ArmResource[] = vault.body.properties.privateEndpointConnections ?? [];
  if (endpoints.length > 0) throw stillHas("private endpoint connections", endpoints);
}

// Quoted in MicrosoftDocs/azure-docs#42016.
function notEmpty(containers: string[]) {
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
    `Vault cannot be deleted as there are existing resources within the vault: ${what} ${names}. Azure's code for ` +
      "these is not known.",
  );
}

const nameOf = ({ name, properties }: ArmResource): string => properties?.friendlyName ?? name;
