import { dataActionsOf } from "../authorization/dataActions.js";
import type { World } from "../world.js";
import type { FoundKey } from "./keyAt.js";

export type KeyUse = "get" | "wrapKey" | "unwrapKey";

const dataActions: Record<KeyUse, string> = {
  get: "Microsoft.KeyVault/vaults/keys/read",
  wrapKey: "Microsoft.KeyVault/vaults/keys/wrap/action",
  unwrapKey: "Microsoft.KeyVault/vaults/keys/unwrap/action",
};

/** What this principal may do with this key now, by the key vault's own way of granting it. */
export function mayUseKey(world: World, { keyVault, key }: FoundKey, principalId: string, use: KeyUse): boolean {
  const { properties, id } = keyVault.body;
  if (properties.enableRbacAuthorization) {
    const granted = dataActionsOf(world, principalId, `${id}/keys/${key.name}`);
    return granted.some((action) => covers(action, dataActions[use]));
  }
  const policies: { objectId: string; permissions?: { keys?: string[] } }[] = properties.accessPolicies;
  return policies.some(
    ({ objectId, permissions }) =>
      objectId === principalId &&
      permissions?.keys?.some((name) => [use.toLowerCase(), "all"].includes(name.toLowerCase())),
  );
}

/** "Microsoft.KeyVault/vaults/keys/*" covers what is below it. */
function covers(granted: string, wanted: string): boolean {
  const pattern = granted.split("*").map((part) => part.replace(/[.$()+?^|[\]\\{}/]/g, "\\$&"));
  return new RegExp(`^${pattern.join(".*")}$`, "i").test(wanted);
}
