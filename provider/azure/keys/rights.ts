import { listOf, type Of, object, optional, text } from "../reading/shapes.js";
import { covers } from "../resourceManager/permissions.js";

export type HasRight = "yes" | "no" | "unknown";

/** What an identity may do with a key. */
export interface Access {
  get: HasRight;
  wrap: HasRight;
  unwrap: HasRight;
  /** True where access policies decide, or a deny assignment: then "no" is a proof. */
  proven: boolean;
  /** The deny assignment that takes rights away. */
  deniedBy?: string;
  /** Why deny assignments could not be read. */
  unseen?: string;
}

export type Rights = Pick<Access, "get" | "wrap" | "unwrap">;

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

/** A role that somebody has. Without permissions, it cannot be seen what it allows. */
export interface Role {
  permissions?: Permission[];
  isConditional: boolean;
}

/** What some roles together give. */
export function rightsOf(roles: Role[], actions: typeof keyActions): Rights {
  const may = (action: string): HasRight => {
    const granting = roles.filter(({ permissions }) => permissions?.some((each) => allows(each, action)));
    if (granting.some(({ isConditional }) => !isConditional)) return "yes";
    return granting.length > 0 || roles.some(({ permissions }) => !permissions) ? "unknown" : "no";
  };
  return { get: may(actions.get), wrap: may(actions.wrap), unwrap: may(actions.unwrap) };
}
