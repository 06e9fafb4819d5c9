/** By this version everything is read and deleted, and a vault is written whose soft delete is AlwaysOn. */
export const apiVersion = "2026-06-01";

/**
 * The last version before 2025-09-01, from which on Azure was seen to refuse every write after which soft delete is not
 * AlwaysOn: "If you don't want to enable this setting, use an older API version instead."
 * https://github.com/hashicorp/terraform-provider-azurerm/pull/31877
 */
export const apiVersionBeforeAlwaysOn = "2025-07-01";

/**
 * The version that a vault is written by, from what its soft delete will be. The older one takes every state, so it is
 * the one for a state that is absent or not known yet.
 */
export const writeApiVersion = (softDeleteState: unknown): string =>
  String(softDeleteState).toLowerCase() === "alwayson" ? apiVersion : apiVersionBeforeAlwaysOn;
