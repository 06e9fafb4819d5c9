import { ArmError } from "../../http/armError.js";
import type { Call } from "../../http/operation.js";
import { normalLocation } from "../../resourceManager/locations.js";
import { requireSubscription } from "../../resourceManager/requireGroup.js";
import type { DeletedRecoveryServicesVault } from "../records.js";
import { deletedVaultsPath } from "./list.js";

export const deletedVaultPath = `${deletedVaultsPath}/{deletedVaultName}` as const;

export type DeletedVaultCall = Call<"subscriptionId" | "location" | "deletedVaultName">;

export function deletedVaultId({ params: { subscriptionId, location, deletedVaultName } }: DeletedVaultCall): string {
  const locationId = `/subscriptions/${subscriptionId}/providers/Microsoft.RecoveryServices/locations/`;
  return `${locationId}${normalLocation(location)}/deletedVaults/${deletedVaultName}`;
}

export function requireDeletedVault(call: DeletedVaultCall): DeletedRecoveryServicesVault {
  requireSubscription(call);
  const found = call.world.deletedRecoveryServicesVaults.get(deletedVaultId(call).toLowerCase());
  if (found !== undefined) return found;
  throw new ArmError(404, "ResourceNotFound", `The deleted vault '${call.params.deletedVaultName}' was not found.`);
}
