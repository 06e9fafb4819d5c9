/** The api-version that each service is asked by. */

/** Backup vaults: by this version everything is read and deleted, and a vault is written whose soft delete is AlwaysOn. */
export const apiVersion = "2026-06-01";

/**
 * The last version before 2025-09-01, from which on Azure was seen to refuse every write after which soft delete is not
 * AlwaysOn: "If you don't want to enable this setting, use an older API version instead."
 * https://github.com/hashicorp/terraform-provider-azurerm/pull/31877
 */
const apiVersionBeforeAlwaysOn = "2025-07-01";

/**
 * The version that a Backup vault is written by, from what its soft delete will be. The older one takes every state, so it
 * is the one for a state that is absent or not known yet.
 */
export const writeApiVersion = (softDeleteState: unknown): string =>
  String(softDeleteState).toLowerCase() === "alwayson" ? apiVersion : apiVersionBeforeAlwaysOn;

/**
 * What lies in a Backup vault is written by the older version: it was recorded with vaults in every state of soft delete, and
 * whether a newer one takes a write to what lies in a vault that is not AlwaysOn, nobody has reported.
 */
export const contentWriteApiVersion: string = apiVersionBeforeAlwaysOn;

/** Before 2026-03-01, the specification has no backup of all containers of a storage account. */
export const autoProtectionApiVersion: string = apiVersion;

/** Recovery Services vaults. What lies in them is another API, whose version Microsoft's client for it knows. */
export const recoveryServicesApiVersion = "2026-07-01";

/** Associations of Recovery Services vaults with resource guards: the version of Microsoft's client for what lies in vaults. */
export const recoveryServicesBackupApiVersion = "2023-06-01";

/**
 * Protected items, their containers and what Azure says of their sources: the version by which Terraform's provider writes items.
 * Before 2025-01-01, Azure backs up no Trusted Launch machine by a standard policy:
 * https://learn.microsoft.com/azure/backup/backup-azure-vms-enhanced-policy
 */
export const protectedItemsApiVersion = "2025-02-01";

/**
 * Policies of Recovery Services vaults: the version by which Terraform's provider writes them. Microsoft's client does not know
 * what came after its own, such as backup of file shares in the vault.
 */
export const protectionPoliciesApiVersion = "2024-10-01";

/** Subscriptions themselves. */
export const subscriptionsApiVersion = "2022-12-01";

/** What a subscription has: resource groups, resource providers, resources of any type. */
export const resourcesApiVersion = "2021-04-01";

/** Role assignments, role definitions, deny assignments, permissions. */
export const authorizationApiVersion = "2022-04-01";

export const managedIdentityApiVersion = "2023-01-31";

/** AKS clusters, and the trusted access that they give. */
export const containerServiceApiVersion = "2025-05-01";

/** Extensions of AKS clusters. */
export const kubernetesConfigurationApiVersion = "2024-11-01";

/** Key vaults, Managed HSMs and keys, as Resource Manager shows them. */
export const keyVaultApiVersion = "2023-07-01";

/** The data plane of a Managed HSM. */
export const managedHsmApiVersion = "7.4";
