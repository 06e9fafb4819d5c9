import type { ArmResource } from "../../armResource.js";
import { irreversible, networkRules } from "../stores/properties.js";

// https://learn.microsoft.com/azure/key-vault/managed-hsm/soft-delete-overview
export function managedHsmProperties(given: ArmResource, before?: ArmResource): ArmResource {
  if (given.enableSoftDelete === false) throw irreversible("enableSoftDelete");
  if (before?.enablePurgeProtection && given.enablePurgeProtection === false) {
    throw irreversible("enablePurgeProtection");
  }
  return {
    tenantId: before?.tenantId ?? given.tenantId,
    initialAdminObjectIds: before?.initialAdminObjectIds ?? given.initialAdminObjectIds ?? [],
    enableSoftDelete: true,
    softDeleteRetentionInDays: before?.softDeleteRetentionInDays ?? given.softDeleteRetentionInDays ?? 90,
    enablePurgeProtection: given.enablePurgeProtection ?? before?.enablePurgeProtection ?? false,
    ...networkRules({ networkAcls: before?.networkAcls ?? {}, ...given }, before),
    provisioningState: "Succeeded",
    statusMessage: "The Managed HSM is provisioned and ready to use.",
  };
}
