import { covers } from "../authorization/covers.js";
import { listOf, type Of, object, optional, text } from "../reading/shapes.js";

/** https://learn.microsoft.com/azure/role-based-access-control/role-definitions#control-and-data-actions */
export const permission = object({ dataActions: optional(listOf(text)), notDataActions: optional(listOf(text)) });
export type Permission = Of<typeof permission>;

/** The data actions of Azure's roles that make up the use of a key. */
export const keyActions = {
  get: "Microsoft.KeyVault/vaults/keys/read",
  wrap: "Microsoft.KeyVault/vaults/keys/wrap/action",
  unwrap: "Microsoft.KeyVault/vaults/keys/unwrap/action",
};

/** Those of a Managed HSM's own roles. https://learn.microsoft.com/azure/key-vault/managed-hsm/built-in-roles */
export const localKeyActions: typeof keyActions = {
  get: "Microsoft.KeyVault/managedHsm/keys/read/action",
  wrap: "Microsoft.KeyVault/managedHsm/keys/wrap/action",
  unwrap: "Microsoft.KeyVault/managedHsm/keys/unwrap/action",
};

export const allows = ({ dataActions = [], notDataActions = [] }: Permission, action: string): boolean =>
  dataActions.some((each) => covers(each, action)) && !notDataActions.some((each) => covers(each, action));
