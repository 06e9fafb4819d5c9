import type { ArmResource } from "../../armResource.js";
import { irreversible, networkRules } from "../stores/properties.js";

// https://learn.microsoft.com/azure/key-vault/general/soft-delete-overview
export function keyVaultProperties(given: ArmResource, before?: ArmResource): ArmResource {
  if (before?.enableSoftDelete && given.enableSoftDelete === false) throw irreversible("enableSoftDelete");
  if (given.enablePurgeProtection === false) throw irreversible("enablePurgeProtection");
  return {
    sku: { family: "A", name: "standard", ...given.sku },
    tenantId: given.tenantId,
    accessPolicies: given.accessPolicies ?? before?.accessPolicies ?? [],
    enableSoftDelete: given.enableSoftDelete ?? before?.enableSoftDelete ?? true,
    softDeleteRetentionInDays: given.softDeleteRetentionInDays ?? before?.softDeleteRetentionInDays ?? 90,
    ...((given.enablePurgeProtection || before?.enablePurgeProtection) && { enablePurgeProtection: true }),
    enableRbacAuthorization: given.enableRbacAuthorization ?? before?.enableRbacAuthorization ?? false,
    enabledForDeployment: given.enabledForDeployment ?? false,
    enabledForDiskEncryption: given.enabledForDiskEncryption ?? before?.enabledForDiskEncryption ?? false,
    enabledForTemplateDeployment: given.enabledForTemplateDeployment ?? before?.enabledForTemplateDeployment ?? false,
    ...networkRules(given, before),
    provisioningState: "Succeeded",
  };
}
