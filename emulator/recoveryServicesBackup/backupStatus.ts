import { type Call, ok, operation } from "../arm/operation.js";
import { requestBody } from "../arm/requestBody.js";
import { requireSubscription } from "../arm/resourceGroup.js";
import { invalidParameter, unverified } from "../recoveryServices/recoveryError.js";
import type { ArmResource } from "../state/records.js";
import type { World } from "../state/world.js";

/** Which vault protects a source, if one does. A share is named besides its account. */
const get = operation({
  name: "BackupStatus_Get",
  method: "POST",
  path: "/subscriptions/{subscriptionId}/providers/Microsoft.RecoveryServices/locations/{azureRegion}/backupStatus",
  answer(call) {
    requireSubscription(call);
    const { resourceId, poLogicalName } = requestBody(call.request, shape);
    if (resourceId === undefined) throw invalidParameter("resourceId");
    const item = itemOf(call.world, resourceId, poLogicalName);
    if (item === undefined) return ok(unprotected(call.world, resourceId));
    const { containerName, vaultId, policyName } = item.properties;
    return ok({
      protectionStatus: "Protected",
      vaultId,
      fabricName: "Azure",
      containerName,
      protectedItemName: item.name,
      policyName,
      registrationStatus: "Registered",
    });
  },
});

/**
 * The model has "container registration status" and the vault besides the protection:
 * https://learn.microsoft.com/rest/api/backup/backup-status/get
 */
function unprotected(world: World, source: string): ArmResource {
  const isIts = ({ properties }: ArmResource) => properties.sourceResourceId?.toLowerCase() === source.toLowerCase();
  for (const { body, containers } of world.recoveryServicesVaults.values()) {
    const { name: containerName } = [...containers.values()].find(isIts) ?? {};
    if (containerName === undefined) continue;
    const registered = { vaultId: body.id, containerName, registrationStatus: "Registered" };
    return { protectionStatus: "NotProtected", fabricName: "Azure", ...registered };
  }
  return { protectionStatus: "NotProtected", fabricName: "Invalid" };
}

const shape = { resourceType: "string", resourceId: "string", poLogicalName: "string" } as const;

/** The item of a source, in whichever vault. What is soft-deleted holds it, too. */
function itemOf(world: World, source: string, share: string | undefined): ArmResource | undefined {
  const isIts = ({ properties }: ArmResource) =>
    properties.sourceResourceId?.toLowerCase() === source.toLowerCase() &&
    (share === undefined || properties.friendlyName?.toLowerCase() === share.toLowerCase());
  const all = [...world.recoveryServicesVaults.values()].flatMap(({ protectedItems }) => [...protectedItems.values()]);
  return all.find(isIts);
}

/** Quoted in Azure/terraform-provider-azapi#398, without a code. */
export function refuseOtherVault({ world }: Call, vaultId: string, source: string, share?: string): void {
  const other = itemOf(world, source, share)?.properties.vaultId;
  if (other === undefined || other.toLowerCase() === vaultId.toLowerCase()) return;
  throw unverified(
    "item-in-another-vault",
    "Virtual machine is already registered\\registering with another recovery services vault. Please select a different virtual machine " +
      "for registration. Azure's own code is not documented.",
  );
}

export const backupStatus = [get];
